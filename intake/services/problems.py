"""One form for what is still missing: the same as the problems of a proposal's text."""

from __future__ import annotations

from typing import Any

from intake.i18n import Message


def problem(rule: str, path: str, message: Message) -> dict[str, Any]:
    """Something that must be put right first, with the place to do it."""
    return {"rule": rule, "severity": "error", "section": "", "path": path, "message": message}
