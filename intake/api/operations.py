"""The operations of the API: each declares its address, its right, what it takes and everything it may answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

from intake.i18n import Message
from intake.policy import ACTIONS

PUBLIC = "public"
READING = frozenset({"GET"})
PDF = "application/pdf"
ANY_BYTES = "application/octet-stream"
PARAMETER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
View = TypeVar("View", bound=Callable[..., Any])


class UndeclaredRight(RuntimeError):
    """An operation that names neither an action of the policy nor `public`: the app must not start."""


@dataclass(frozen=True)
class Operation:
    """One operation. `action` is the right it needs; roles that have another of `also` may call it too.

    `chosen` names the right that the body asks for, where one address takes several. `is_self_checked` says that only
    the service knows what the right is about (a document of some kind, the rows of a list). `leaves_no_trace`: no
    answered request is kept, because its fingerprint would give a secret ballot away to seven guesses. `receives` keeps
    a body that is a file (any bytes) before the transaction starts; the view gets what it answers as `file`.
    """

    method: str
    path: str
    view: Callable[..., Any]
    action: str
    summary: Message
    tag: str
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    answer: Any = None
    status: int = 200
    also: tuple[str, ...] = ()
    chosen: Callable[[Any], str | None] | None = None
    is_self_checked: bool = False
    is_body_optional: bool = False
    leaves_no_trace: bool = False
    has_etag: bool = False
    takes_if_match: bool = False
    receives: Callable[..., Any] | None = None
    media_types: tuple[str, ...] = ("application/json",)
    further: frozenset[int] = field(default_factory=frozenset)

    @property
    def name(self) -> str:
        return self.view.__name__

    @property
    def is_public(self) -> bool:
        return self.action == PUBLIC

    @property
    def writes(self) -> bool:
        return self.method not in READING

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """(name, converter) of each part of the address that varies."""
        return [(match["name"], match["converter"] or "string") for match in PARAMETER.finditer(self.path)]

    @property
    def statuses(self) -> list[int]:
        """Every status it can answer with, the good ones first."""
        found = {self.status, 400, 500} | self.further
        if not self.is_public:
            found |= {401, 403}
        if self.parameters:
            found.add(404)
        if self.writes:
            found |= {409, 413, 415, 422}
        if self.query:
            found.add(422)
        if self.has_etag:
            found.add(304)
        return sorted(found)


OPERATIONS: list[Operation] = []


def operation(
    method: str, path: str, *, action: str, summary: Message, tag: str, **details: Any
) -> Callable[[View], View]:
    """Declare an operation; raises UndeclaredRight for an action that the policy does not know."""

    def declare(view: View) -> View:
        declared = Operation(method, path, view, action, summary, tag, **details)
        check(declared)
        OPERATIONS.append(declared)
        return view

    return declare


def check(declared: Operation) -> None:
    """Raise when an operation says nothing about its right, or stands where another one does."""
    if declared.action not in ACTIONS and not declared.is_public:
        raise UndeclaredRight(f"{declared.method} {declared.path}: {declared.action!r} is no action of the policy")
    if stray := set(declared.also) - ACTIONS:
        raise UndeclaredRight(f"{declared.method} {declared.path}: {sorted(stray)} are no actions of the policy")
    for other in OPERATIONS:
        if (other.method, other.path) == (declared.method, declared.path) or other.name == declared.name:
            raise RuntimeError(f"{declared.method} {declared.path} ({declared.name}) is declared twice")
