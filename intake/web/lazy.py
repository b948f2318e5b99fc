"""Texts of form classes: written when the module is read, translated when a page is shown."""

from __future__ import annotations

from typing import Any, cast

from flask_babel import lazy_gettext


def _(msgid: str, **values: Any) -> str:
    """A text that becomes words only in the request that shows it; wtforms takes it for a plain string."""
    return cast(str, lazy_gettext(msgid, **values))
