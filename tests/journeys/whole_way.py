"""Every step of one proposal in order, from the first word to the issued decision, whoever walks."""

from __future__ import annotations

from pathlib import Path

from tests.journeys import reviewing, sitting
from tests.journeys.office import Office


def whole_way(office: Office, folder: Path) -> None:
    """The folder takes the file that the owner begins with."""
    reviewing.write(office, folder)
    reviewing.receive(office)
    reviewing.review(office)
    reviewing.assess(office)
    reviewing.synthesise(office)
    session = sitting.call(office)
    sitting.decide(office, session)
    sitting.release(office, session)
    sitting.issue(office, session)
    sitting.look_up(office)
