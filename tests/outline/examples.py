"""The 32 example files, and small changes to them."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from intake.outline import Document, check, import_proposal

FOLDER = Path(__file__).parents[1] / "data" / "examples"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
SHORT = [name for name in NAMES if name.startswith("short")]
GONE = object()


def example(name: str, changes: dict[str, Any] | None = None) -> dict[str, Any]:
    """An example file, with the values at some dotted paths under `sections` replaced (or `GONE`)."""
    data = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    for path, value in (changes or {}).items():
        put(data if path.startswith("administrative") else data["sections"], path, value)
    return data


def put(data: Any, path: str, value: Any) -> None:
    """Replace or remove what stands at a dotted path; a number is the place in a list."""
    *way, last = path.split(".")
    for name in way:
        data = data[int(name)] if isinstance(data, list) else data.setdefault(name, {})
    key: Any = int(last) if isinstance(data, list) else last
    if value is GONE:
        del data[key]
    elif isinstance(data, list) and key == len(data):
        data.append(copy.deepcopy(value))
    else:
        data[key] = copy.deepcopy(value)


def document(name: str, changes: dict[str, Any] | None = None) -> Document:
    """The stored document of an example, changed or not."""
    return import_proposal(example(name, changes))


def found(stored: Document, rule: str, own_names: tuple[str, ...] = ()) -> list[str]:
    """Paths at which a rule finds something."""
    return [problem.path for problem in check(stored, own_names) if problem.rule == rule]
