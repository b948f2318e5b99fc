"""Somebody who types a whole proposal from an example file into the forms, box by box, adding rows by their buttons."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from intake.i18n import Text
from intake.outline import OUTLINE
from intake.outline.model import ChoiceField, Computed, Field, Group, Party, Rows
from intake.outline.references import name_of

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"
BILLION = 10**9
# What Playwright's `fill` and `select_option` do, for all boxes of a row at once; answers those that search a list.
FILL = """(wanted) => wanted.filter(({ id, words, code }) => {
  const box = document.getElementById(id);
  if (!box || box.disabled || box.readOnly || !box.checkVisibility()) throw new Error(`nobody can reach ${id}`);
  if (box.getAttribute("role") === "combobox") return true;
  if (box.tagName === "SELECT") {
    const found = [...box.options].find(({ label }) => code ? label.split(".")[0] === code : label === words);
    if (!found) throw new Error(`${id} does not offer ${words || code}`);
    box.value = found.value;
  } else box.value = words;
  for (const name of ["input", "change"]) box.dispatchEvent(new Event(name, { bubbles: true }));
  return false;
})"""


def example(file: str) -> dict[str, Any]:
    return json.loads((EXAMPLES / f"{file}.json").read_text(encoding="utf-8"))


def parts_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """What is compared: the sections and the administrative part, without what is left empty."""
    return {name: stated(data[name]) for name in ("sections", "administrative")}


def stated(value: Any) -> Any:
    """The value without empty boxes (null, "", no rows): a form cannot tell them apart. No and 0 are answers."""
    if isinstance(value, Mapping):
        kept = {key: stated(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, "", [], {})}
    return [stated(item) for item in value] if isinstance(value, list) else value


def written(value: float, language: str) -> str:
    """A number as people of this language write it: 2.400,5 or 2,400.5."""
    text = f"{Decimal(str(value)):,f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text


def day(value: str) -> str:
    return "/".join(reversed(value.split("-")))


@dataclass
class Typist:
    """A person at a page who reads one language; `waiting` are boxes to fill before the next button is pressed."""

    page: Page
    address: str
    language: str
    waiting: list[dict[str, str]] = field(default_factory=list)

    def type_all(self, data: Mapping[str, Any]) -> None:
        """Every part in order, each left by the button that saves and goes on."""
        self.page.goto(f"{self.address}/edit/{next(iter(OUTLINE.bodies))}")
        for part, body in OUTLINE.bodies.items():
            expect(self.page).to_have_url(f"{self.address}/edit/{part}")
            value = data["administrative"] if part == "administrative" else data["sections"].get(part)
            self.enter(body, value, part)
            self.press("go", "next")
        expect(self.page).to_have_url(f"{self.address}/submit")

    def exported(self) -> dict[str, Any]:
        answer = self.page.request.get(f"{self.address}/export.json")
        assert answer.ok
        return json.loads(answer.body())

    def enter(self, declared: Field, value: Any, path: str) -> None:
        if value in (None, "", [], {}) or isinstance(declared, Computed):
            return
        if isinstance(declared, Rows):
            for number, row in enumerate(value):
                self.row(declared, row, path, number)
        elif isinstance(declared, Group):
            named = {"name": value} if isinstance(declared, Party) and isinstance(value, str) else value
            self.inside(declared, named, path)
        else:
            self.one(declared, value, path)

    def inside(self, declared: Field, value: Mapping[str, Any], path: str) -> None:
        for child in declared.children:
            self.enter(child, value.get(child.id), f"{path}.{child.id}")

    def row(self, declared: Rows, value: Mapping[str, Any], path: str, number: int) -> None:
        """A row stands there already where there is one per phase; every other is added by its button."""
        if declared.one_per:
            fields = [child for child in declared.item if getattr(child, "to", "") != declared.one_per]
            self.inside(Group("row", declared.item_label, tuple(fields)), value, f"{path}.{number}")
            return
        self.press("row", f"add:{path}")
        expect(self.page.locator(f'[name="{path}.{number}.id"]')).to_be_attached()
        self.inside(declared, value, f"{path}.{number}")

    def one(self, declared: Field, value: Any, path: str) -> None:
        kind = declared.kind
        if kind in ("multichoice", "references"):
            self.tick(path, value, is_folded=kind == "references")
        elif kind == "bool":
            self.answer(declared, value, path)
        elif kind == "row_reference":
            self.waiting.append({"id": path, "code": value})
        elif kind in ("choice", "reference"):
            self.waiting.append({"id": path, "words": self.words(declared, value)})
        else:
            self.waiting.append({"id": path, "words": self.text(kind, value)})

    def press(self, name: str, value: str) -> None:
        """A button, after every box that waits is filled; where a list is searched, as a person types and takes it."""
        for searched in self.page.evaluate(FILL, self.waiting):
            box = self.box(searched["id"])
            box.fill(searched["words"])
            box.press("Enter")
        self.waiting.clear()
        self.page.locator(f'button[name="{name}"][value="{value}"]').last.click()

    def box(self, path: str) -> Locator:
        return self.page.locator(f'[id="{path}"]')

    def words(self, declared: Field, value: str) -> str:
        found: Text = (
            declared.label_of(value) if isinstance(declared, ChoiceField) else name_of(vars(declared)["to"], value)
        )
        return found.in_(self.language)

    def text(self, kind: str, value: Any) -> str:
        if kind == "money":
            return written(float(Decimal(value) / BILLION), self.language)
        if kind in ("integer", "decimal"):
            return written(value, self.language)
        if kind in ("date", "month", "date_or_row"):
            return day(value)
        return "\n".join(value) if kind == "text_list" else value

    def tick(self, path: str, values: list[str], *, is_folded: bool) -> None:
        if is_folded:
            self.box(path).locator("summary").click()
        for value in values:
            self.page.locator(f'[name="{path}"][value="{value}"]').check()

    def answer(self, declared: Field, value: bool, path: str) -> None:
        if declared.required:
            self.page.locator(f'[name="{path}"][value="{str(value).lower()}"]').check()
        elif value:
            self.box(path).check()
