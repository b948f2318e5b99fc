"""One proposal of the year as data: what it is, who proposes it, and its steps with the working days between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from intake.cli.demo_year.documents import Draft, document
from intake.cli.demo_year.people import PANELS, Owner

Act = Callable[[Session, "Case", str], None]
Step = tuple[int, Act]
"""So many working days after the step before it; 0 is later on the same day."""


@dataclass(frozen=True)
class Case:
    """`ends` is how many working days ago the last of `steps` was; `later` are steps at days of their own.

    `reports` is how many working days ago the monthly reports begin; 0 when there are none.
    """

    name: str
    initiative: str
    title: str
    owner: Owner
    place: str
    steps: tuple[Step, ...] = ()
    ends: int = 0
    later: tuple[tuple[int, Act], ...] = ()
    panel: tuple[str, ...] = ("bkhcn", "byt")
    partner: str = "btc"
    scale: int = 1
    publish: bool = True
    reports: int = 0

    @cached_property
    def document(self) -> dict[str, Any]:
        draft = Draft(self.title, self.initiative, self.owner, self.place, self.scale, self.partner, self.publish)
        return document(draft)

    @property
    def leads(self) -> tuple[str, ...]:
        return tuple(PANELS[ministry].lead for ministry in self.panel)

    @property
    def reviewers(self) -> tuple[tuple[str, str], ...]:
        """Each reviewer with the lead who asks for the sheet, the lead ministry's first."""
        return tuple((email, PANELS[one].lead) for one in self.panel for email in PANELS[one].reviewers)
