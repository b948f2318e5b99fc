"""The year told: everything in order of time, with what the clock does on every day between, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

import click
from sqlalchemy.orm import Session

from intake import clock
from intake.cli import demo_stories as stories
from intake.cli.demo_stories import STORIES, Story
from intake.cli.demo_year.being_decided import BEING_DECIDED
from intake.cli.demo_year.cases import Case
from intake.cli.demo_year.coming_in import COMING_IN
from intake.cli.demo_year.decided import DECIDED
from intake.cli.demo_year.diary import Diary, Happening, seed
from intake.cli.demo_year.sessions import GOING_ON, SITTINGS, VOTERS
from intake.cli.demo_year.sittings import Sitting
from intake.cli.demo_year.under_review import UNDER_REVIEW
from intake.db import Database
from intake.services import audit, notices
from intake.services.calendars import calendar
from intake.worker import days


@dataclass(frozen=True)
class Year:
    """What is told: proposals of the year, stories of the tests among them, sittings."""

    cases: tuple[Case, ...]
    stories: tuple[Story, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    going_on: tuple[Sitting, ...] = ()


WHOLE = Year((*DECIDED, *BEING_DECIDED, *UNDER_REVIEW, *COMING_IN), STORIES, SITTINGS, (GOING_ON,))
CLOCK_TURNS = time(7, 30)
MAILS_KEPT = 2
"""Working days whose mails are sent; older ones were read long ago."""
# The stories that the tests tell at once take these working days for each step here.
PACE: dict[Callable[..., None], int] = {
    stories.submitted: 2,
    stories.linked: 1,
    stories.supplement_asked: 2,
    stories.assigned: 1,
    stories.scored: 2,
    stories.opined: 1,
    stories.assessed: 4,
    stories.synthesised: 2,
    stories.scheduled: 1,
    stories.decided: 9,
    stories.implemented: 2,
    stories.withdrawn: 3,
}
ENDS = {
    "sk15": 1,
    "sk13": 6,
    "sk12": 4,
    "sk14": 3,
    "sk18": 2,
    "sk06": 2,
    "sk10": 1,
    "sk16": 3,
    "sk24": 22,
    "sk25": 17,
    "sk07": 12,
    "sk11": 1,
}


def happenings(diary: Diary, year: Year) -> list[Happening]:
    """Everything that people do, in order of time."""
    found = [one for case in year.cases for one in diary.of_case(case)]
    found += [one for story in year.stories for one in of_story(diary, story)]
    found += [one for sitting in year.sittings for one in diary.of_sitting(sitting)]
    found += [one for sitting in year.going_on for one in diary.going_on(sitting, VOTERS)]
    return sorted(found, key=lambda one: one.at)


def of_story(diary: Diary, story: Story) -> Iterator[Happening]:
    """A story of the tests, spread over its days."""
    ago, steps = ENDS[story.initiative], []
    for step in reversed(story.steps):
        steps.append((ago, step))
        ago += PACE.get(getattr(step, "func", step), 0)
    steps.reverse()
    yield Happening(diary.at(ago + 3, seed(story.initiative)), partial(begin, diary, story))
    slot, before = 0, -1
    for ago, step in steps:
        slot = slot + 1 if ago == before else seed(story.initiative, ago)
        before = ago
        yield Happening(diary.at(ago, slot), partial(take, diary, story, step))


def begin(diary: Diary, story: Story, db: Session) -> None:
    diary.codes[story.initiative] = stories.begun(db, story)


def take(diary: Diary, story: Story, step: stories.Step, db: Session) -> None:
    step(db, diary.codes[story.initiative])


def mornings(first: datetime, last: datetime) -> Iterator[Happening]:
    """What the worker does by itself, once on each day."""
    day = clock.local_date(first) + timedelta(days=1)
    while (at := datetime.combine(day, CLOCK_TURNS, clock.ZONE)) < last:
        yield Happening(at, turn)
        day += timedelta(days=1)


def turn(db: Session) -> None:
    for one in days.TURNS:
        for item in one.find(db):
            one.do(db, item)


def tell(database: Database, people: Callable[[Session], None], year: Year = WHOLE) -> None:
    """Add `people` and tell the year in one transaction: an interrupted telling leaves nothing behind."""
    with database.writing() as db:
        diary = Diary(calendar(db))
        events = happenings(diary, year)
        first, loud_from = events[0].at, diary.at(MAILS_KEPT, 0)
        with clock.telling(first - timedelta(days=1)):
            people(db)
        everything = sorted([*events, *mornings(first, diary.now)], key=lambda one: one.at)
        with click.progressbar(everything, label="Telling the demonstration's year", show_pos=True) as told:
            for one in told:
                db.info[notices.SILENT] = one.at < loud_from
                with clock.telling(one.at):
                    one.act(db)
                audit.write_pending(db)
                # The next step sees what a request would see: rows from the database, nothing remembered.
                db.flush()
                db.expunge_all()
