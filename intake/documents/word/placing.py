"""Putting words that found no place where a person says they belong."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from intake.documents.word.answers import BULLET
from intake.documents.word.labels import heading_of
from intake.i18n import N_, Message, Text
from intake.outline import OUTLINE, check_interchange
from intake.outline.model import Field, Group, Rows, TextField

LEAVE_OUT, NOWHERE = "leave-out", ""
PLACES = ("richtext", "text", "text_list")
SAY_WHERE = N_("Say where this belongs, or that it is left out.")
NO_SUCH_PLACE = N_("There is no such place. Choose one of the list.")

Choice = tuple[str, str]


def targets(data: Mapping[str, Any]) -> list[tuple[Text, list[tuple[str, Text]]]]:
    """Where words can go, section by section: every text of the outline, and those of the rows that are there."""
    found = []
    for part, body in OUTLINE.bodies.items():
        value = data["sections"].get(part) if part in OUTLINE.by_id else data.get(part)
        inside = [(path, text) for path, text in _targets(body, value, part, Text("", ""))]
        if inside:
            found.append((heading_of(part), inside))
    return found


def _targets(field: Field, value: Any, path: str, above: Text) -> Iterator[tuple[str, Text]]:
    if isinstance(field, Rows):
        for index, row in enumerate(value or ()):
            code = row.get("code") or str(index + 1)
            named = Text(f"{field.item_label.vi} {code}", f"{field.item_label.en} {code}")
            for child in field.item:
                yield from _targets(child, row.get(child.id), f"{path}.{index}.{child.id}", below(above, named))
    elif isinstance(field, Group):
        inside = value if isinstance(value, Mapping) else {}
        for child in field.fields:
            named = above if path.count(".") == 0 else below(above, field.label)
            yield from _targets(child, inside.get(child.id), f"{path}.{child.id}", named)
    elif field.kind in PLACES:
        yield path, below(above, field.label)


def below(above: Text, label: Text) -> Text:
    return Text(
        f"{above.vi} › {label.vi.rstrip(':')}" if above.vi else label.vi.rstrip(":"),
        f"{above.en} › {label.en.rstrip(':')}" if above.en else label.en.rstrip(":"),
    )


def suggested(data: Mapping[str, Any], part: str) -> str:
    """The long text of a section that words beside its boxes most likely belong to; nothing where there is none."""
    known = [path for _head, inside in targets(data) for path, _label in inside if path.startswith(f"{part}.")]
    return next((path for path in known if OUTLINE.field(without_numbers(path)).kind == "richtext"), "")


def without_numbers(path: str) -> str:
    return ".".join(step for step in path.split(".") if not step.isdigit())


def placed(data: Mapping[str, Any], choices: Sequence[Choice]) -> tuple[dict[str, Any], dict[int, Message]]:
    """The value with every text added where its choice (text, path) says, and what is wrong with which choice."""
    result, wrong = copy.deepcopy(dict(data)), {}
    known = {path for _head, inside in targets(data) for path, _label in inside}
    for number, (text, path) in enumerate(choices):
        if path == LEAVE_OUT:
            continue
        if path not in known:
            wrong[number] = NO_SUCH_PLACE if path else SAY_WHERE
            continue
        before = copy.deepcopy(result)
        add(result, path, text)
        problem = next((message for _path, message in check_interchange(result)), None)
        if problem:
            wrong[number], result = problem, before
    return result, wrong


def add(data: dict[str, Any], path: str, text: str) -> None:
    """Add a text behind what stands at a path that `targets` named."""
    first, *way, name = path.split(".")
    field = OUTLINE.field(without_numbers(path))
    holder: Any = data if first == "administrative" else data["sections"]
    for step, following in zip((first, *way), (*way, name), strict=True):
        holder = holder[int(step)] if isinstance(holder, list) else child_of(holder, step, is_list=following.isdigit())
    before = holder.get(name)
    lines = [line for line in text.split("\n") if line.strip()]
    if field.kind == "text_list":
        holder[name] = [*(before or []), *(BULLET.sub("", line) for line in lines)]
    elif isinstance(field, TextField):
        holder[name] = " ".join([*([before] if before else []), *(line.strip() for line in lines)])
    else:
        holder[name] = "\n".join([*([before] if before else []), text])


def child_of(holder: dict[str, Any], step: str, *, is_list: bool) -> Any:
    """What is inside, made where nothing is yet; a party known by its name alone becomes one with fields."""
    inside = holder.get(step)
    if isinstance(inside, str):
        inside = {"name": inside}
    if inside is None:
        inside = [] if is_list else {}
    holder[step] = inside
    return inside
