"""Settling the bodies a proposal names: each is linked to the catalogue, or recorded as not in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from wtforms import SelectField

from intake.errors import Invalid
from intake.forms.desks import DeskForm, Options, Say, Words
from intake.i18n import N_, Message

NOT_LISTED = "-"
ROLES: dict[str, Message] = {
    "owner": N_("Proposes it"),
    "lead": N_("Is to lead it"),
    "partner": N_("Takes part"),
}


@dataclass(frozen=True)
class NamedBody:
    """A name in the proposal, what it stands for now, and what it may mean."""

    id: int
    role: str
    name: str
    organisation_id: str | None
    is_settled: bool
    likely: tuple[str, ...]


class LinkForm(DeskForm):
    """What one name stands for."""

    labels: ClassVar[Words] = {"organisation": N_("Organisation in the catalogue")}
    organisation = SelectField(choices=[])


class LinksForm(DeskForm):
    """One choice for each name."""

    def __init__(self, sent: Any = None, *, say: Say, bodies: Sequence[NamedBody], options: Options) -> None:
        super().__init__(sent, say=say)
        self.rows = [(body, link(sent, say, body, options)) for body in bodies]

    def field_at(self, path: str) -> Any:
        """`body.ROW` as the service names them."""
        return next((form.organisation for body, form in self.rows if path == f"body.{body.id}"), None)

    @property
    def chosen(self) -> dict[int, str | None]:
        """Row to organisation; None where the catalogue has none."""
        return {
            body.id: form.organisation.data if is_body(form.organisation.data) else None for body, form in self.rows
        }

    def ensure_settled(self) -> None:
        """Refuse while a name has no choice; each such row says so."""
        for body, form in self.rows:
            if not form.organisation.data:
                message = N_('Say what "%(name)s" stands for, or that it is not in the catalogue.', name=body.name)
                form.refuse(Invalid(errors=[("organisation", message)]))
                self.problems += form.problems


def is_body(value: str | None) -> bool:
    return bool(value) and value != NOT_LISTED


def link(sent: Any, say: Say, body: NamedBody, options: Options) -> LinkForm:
    form = LinkForm(sent, say=say, prefix=f"body-{body.id}-", data={"organisation": chosen(body)})
    form.organisation.label.text = body.name
    form.organisation.choices = choices(say, body, options)
    return form


def chosen(body: NamedBody) -> str:
    """What is shown as chosen at first: the link, the record, or nothing: a suggestion is never a link."""
    return body.organisation_id or (NOT_LISTED if body.is_settled else "")


def choices(say: Say, body: NamedBody, options: Options) -> list[tuple[str, str]]:
    """The likeliest first, then the whole catalogue."""
    names = dict(options)
    return [
        ("", say(N_("Choose an organisation"))),
        *likely(body.likely, names, say),
        (NOT_LISTED, say(N_("Not in the catalogue"))),
        *((id, name) for id, name in options if id not in body.likely),
    ]


def likely(ids: Iterable[str], names: dict[str, str], say: Say) -> list[tuple[str, str]]:
    return [(id, say(N_("%(name)s (suggested)", name=names[id]))) for id in ids if id in names]
