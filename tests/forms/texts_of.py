"""A filled document to take forms from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from intake import outline

EXAMPLE = Path(__file__).parents[1] / "data" / "examples" / "full_sk10.json"


def example() -> dict[str, Any]:
    """The interchange form of the full example."""
    return json.loads(EXAMPLE.read_text(encoding="utf-8"))


def document() -> dict[str, Any]:
    """The full example as it is stored, with fresh row ids."""
    return outline.import_proposal(example())
