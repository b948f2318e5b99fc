"""The words an outline is declared with: sections, fields and repeating rows, typed and frozen.

An outline is data. Forms, checks, JSON Schema, displays and differences read it; none of them names a field of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from functools import cached_property
from typing import Any, ClassVar

from intake.i18n import Text

ONE_LINE = 500
MANY_LINES = 20_000
LARGEST_COUNT = 1_000_000_000
LARGEST_NUMBER = 10**15
DECIMAL_PLACES = 6
LARGEST_VND = 9_000_000_000_000_000  # 9 million tỷ đồng, below 2**53: every JSON reader keeps it exact
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True)
class Choice:
    """One answer of a closed list."""

    id: str
    label: Text


@dataclass(frozen=True)
class Field:
    """What every field has. `recommended` asks for it by a warning or advice, `required` blocks submission."""

    kind: ClassVar[str] = ""

    id: str
    label: Text
    _: KW_ONLY
    hint: Text | None = None
    required: bool = False
    recommended: str = ""
    required_if: tuple[str, str] | None = None

    @property
    def children(self) -> tuple[Field, ...]:
        return ()

    def is_required_in(self, siblings: Mapping[str, Any]) -> bool:
        """Whether the field must be filled, given the values beside it."""
        if self.required_if:
            name, value = self.required_if
            return siblings.get(name) == value
        return self.required


@dataclass(frozen=True)
class TextField(Field):
    """One line of plain text."""

    kind: ClassVar[str] = "text"
    _: KW_ONLY
    max_length: int = ONE_LINE
    min_length: int = 0
    warn_length: int | None = None


@dataclass(frozen=True)
class RichText(Field):
    """Paragraphs of plain text; lines starting with `- ` are shown as a list."""

    kind: ClassVar[str] = "richtext"
    _: KW_ONLY
    max_length: int = MANY_LINES
    min_length: int = 0


@dataclass(frozen=True)
class ChoiceField(Field):
    """One of a closed list."""

    kind: ClassVar[str] = "choice"
    choices: tuple[Choice, ...] = ()

    def label_of(self, id: str) -> Text:
        return next((choice.label for choice in self.choices if choice.id == id), Text(id, id))


@dataclass(frozen=True)
class MultiChoice(ChoiceField):
    """Any number of a closed list."""

    kind: ClassVar[str] = "multichoice"


@dataclass(frozen=True)
class Flag(Field):
    """Yes or no. `must_be_true` is a declaration that has to be made before submitting."""

    kind: ClassVar[str] = "bool"
    _: KW_ONLY
    must_be_true: bool = False


@dataclass(frozen=True)
class IntegerField(Field):
    """A whole number."""

    kind: ClassVar[str] = "integer"
    _: KW_ONLY
    minimum: int = 0
    maximum: int = LARGEST_COUNT


@dataclass(frozen=True)
class DecimalField(Field):
    """A number with at most six decimals."""

    kind: ClassVar[str] = "decimal"


@dataclass(frozen=True)
class Money(Field):
    """An amount in whole đồng; people type and read tỷ đồng."""

    kind: ClassVar[str] = "money"


@dataclass(frozen=True)
class DateField(Field):
    """A day, YYYY-MM-DD."""

    kind: ClassVar[str] = "date"


@dataclass(frozen=True)
class MonthField(Field):
    """A month, YYYY-MM."""

    kind: ClassVar[str] = "month"


@dataclass(frozen=True)
class Reference(Field):
    """An entry of the catalogue: systems, initiatives, targets, organisations or units."""

    kind: ClassVar[str] = "reference"
    to: str = ""


@dataclass(frozen=True)
class References(Field):
    """Several entries of the catalogue, each once."""

    kind: ClassVar[str] = "references"
    to: str = ""
    _: KW_ONLY
    max_items: int = 30


@dataclass(frozen=True)
class RowReference(Field):
    """A row of another list of the same document: stored by row id, shown by code."""

    kind: ClassVar[str] = "row_reference"
    to: str = ""


@dataclass(frozen=True)
class DateOrRow(RowReference):
    """Either a day or a row of another list (a product is due on a day or by the end of a phase)."""

    kind: ClassVar[str] = "date_or_row"


@dataclass(frozen=True)
class TextList(Field):
    """Short lines of text, one thing each."""

    kind: ClassVar[str] = "text_list"
    _: KW_ONLY
    max_items: int = 50
    max_length: int = ONE_LINE


@dataclass(frozen=True)
class Computed(Field):
    """Worked out from the row it stands in: written in exports, never stored."""

    kind: ClassVar[str] = "computed"
    compute: Callable[[Mapping[str, Any]], int | None] = lambda row: None


@dataclass(frozen=True)
class Group(Field):
    """Named fields that belong together; with a number and guidance it is a sub-item of a section."""

    kind: ClassVar[str] = "group"
    fields: tuple[Field, ...] = ()
    _: KW_ONLY
    number: str = ""
    guidance: Text | None = None

    @property
    def children(self) -> tuple[Field, ...]:
        return self.fields


@dataclass(frozen=True)
class Party(Group):
    """A person or body with its contact. Where `accepts_name` is set, its name alone is a valid value."""

    kind: ClassVar[str] = "party"
    _: KW_ONLY
    accepts_name: bool = False


@dataclass(frozen=True)
class Rows(Field):
    """A repeating field. Each row has a random stable id; `code_prefix` gives its shown code by position."""

    kind: ClassVar[str] = "rows"
    item: tuple[Field, ...] = ()
    _: KW_ONLY
    item_label: Text
    code_prefix: str = ""
    min_items: int = 0
    max_items: int = 50
    one_per: str = ""

    @property
    def children(self) -> tuple[Field, ...]:
        return self.item

    def code(self, index: int) -> str:
        """Shown code of the row at `index`, counted from 0; empty when rows of this list have none."""
        return f"{self.code_prefix}{index + 1}" if self.code_prefix else ""


@dataclass(frozen=True)
class Section:
    """One numbered part of the outline. `body` is a group of fields, or one list of rows where the part is a list."""

    id: str
    number: int
    label: Text
    body: Group | Rows
    _: KW_ONLY
    guidance: Text | None = None
    required: bool = True

    @property
    def title(self) -> Text:
        """The label without the colon that ends it in the source."""
        return Text(self.label.vi.rstrip(":"), self.label.en.rstrip(":"))

    @property
    def fields(self) -> tuple[Field, ...]:
        return self.body.children


@dataclass(frozen=True)
class Rule:
    """A rule of the template: its exact wording, and whether it blocks submission."""

    id: str
    severity: str
    section: str
    message: Text
    origin: str


@dataclass(frozen=True)
class Band:
    """A range of risk levels."""

    id: str
    label: Text
    lowest: int
    highest: int


@dataclass(frozen=True)
class Outline:
    """An official template, declared once and versioned."""

    id: str
    aliases: tuple[str, ...]
    title: Text
    heading: Text
    intro: Text
    source: str
    sections: tuple[Section, ...]
    administrative: Group
    metadata: Group
    rules: tuple[Rule, ...]
    risk_bands: tuple[Band, ...]
    plan_phases: tuple[Text, ...]

    @cached_property
    def by_id(self) -> dict[str, Section]:
        return {section.id: section for section in self.sections}

    @cached_property
    def rule(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def bodies(self) -> dict[str, Group | Rows]:
        """Every part a person fills, in order: the sections, then `administrative`."""
        return {**{section.id: section.body for section in self.sections}, "administrative": self.administrative}

    @cached_property
    def lists(self) -> dict[str, Rows]:
        """Lists outside other lists, by path (`plan.phases`): what a row reference can point to."""
        return {path: field for path, field in _walk(self.bodies.items()) if isinstance(field, Rows)}

    def field(self, path: str) -> Field:
        """The field at a path without row numbers, such as `kpis.kpis.unit`; raises KeyError."""
        first, *rest = path.split(".")
        found: Field = self.bodies[first]
        for name in rest:
            found = {child.id: child for child in found.children}[name]
        return found

    def band(self, level: int) -> Band:
        """Band a risk level falls into."""
        return next(band for band in self.risk_bands if band.lowest <= level <= band.highest)


def _walk(fields: Any) -> Iterator[tuple[str, Field]]:
    for path, field in fields:
        yield path, field
        if isinstance(field, Group):
            yield from _walk((f"{path}.{child.id}", child) for child in field.fields)
