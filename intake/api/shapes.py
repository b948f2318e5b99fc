"""Base classes of everything that comes in and goes out, and the shapes that several operations share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    RootModel,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from intake.i18n import Text

FIRST_YEAR, LAST_YEAR = 2000, 2199
Item = TypeVar("Item")


def near_our_time(value: datetime) -> datetime:
    """Years that every database and every time zone can hold."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise PydanticCustomError("out_of_time", "out of range")
    return value


class OneOf:
    """Marks a text that is one of `values`; the description lists them, the error names them."""

    def __init__(self, values: Iterable[str]) -> None:
        self.values = list(values)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "enum": self.values}

    def check(self, value: str) -> str:
        if value not in self.values:
            raise PydanticCustomError("one_of", "not one of the known values", {"known": ", ".join(self.values)})
        return value


Instant = Annotated[AwareDatetime, AfterValidator(near_our_time)]
Email = Annotated[str, Field(max_length=320, examples=["secretary@demo.vn"])]
OrganisationId = Annotated[str, Field(max_length=100, examples=["bkhcn"])]
Code = Annotated[str, Field(max_length=40, examples=["SK-2026-7K3M9Q2X"])]
Sentence = Annotated[str, Field(max_length=20_000)]


class Body(BaseModel):
    """What a caller sends: exact types, no unknown key."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Query(BaseModel):
    """Parameters of an address: texts that are read as what they stand for, no unknown key."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Answer(BaseModel):
    """What we send."""

    model_config = ConfigDict(extra="forbid")


class Listing(Answer, Generic[Item]):
    """Some items, and the `after` of the next page (null at the end)."""

    items: list[Item]
    next: str | None


class Page(Query):
    """Which page of a list: the `next` of the page before, and at most how many items."""

    after: Annotated[str, Field(max_length=200)] | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class Words(Answer):
    """An official text in both languages."""

    vi: str
    en: str


class Reason(Body):
    """Why something is done."""

    reason: Sentence


class ReasonQuery(Query):
    """The same in the address, for clients that send no body with DELETE."""

    reason: Sentence = ""


class InitiativeProposal(RootModel[dict[str, Any]]):
    """A document `initiative-proposal/1`: its schema is the outline's, which also checks it."""


class Holder(Answer):
    """Who holds a proposal: a body, or its owner (no organisation)."""

    kind: str
    organisation: str | None


class Standing(Answer):
    """Where a proposal stands after a move."""

    code: str
    state: str
    holder: Holder | None
    due_on: date | None
    revision: int


class Problem(Answer):
    """Something missing or contradictory, with the place where it is put right."""

    rule: str
    severity: str
    section: str | None
    path: str
    message: str
    detail: str | None = None


def held_by(kind: str | None, organisation: str | None) -> Holder | None:
    """The holder as it is sent; None while nobody holds."""
    return Holder(kind=kind, organisation=organisation) if kind else None


def words(text: Text | None) -> Words | None:
    """An official text as it is sent."""
    return None if text is None else Words(vi=text.vi, en=text.en)
