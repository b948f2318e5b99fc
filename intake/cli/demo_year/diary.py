"""When everything of the year happened: each step on a working day of its own, in office hours, in order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from zlib import crc32

from sqlalchemy.orm import Session

from intake import clock
from intake.cli.demo_year import sittings
from intake.cli.demo_year.cases import Case
from intake.cli.demo_year.follow_up import reported
from intake.cli.demo_year.sittings import Item, Sitting
from intake.cli.demo_year.steps import created
from intake.workflow.deadlines import REPORT_DAY, WorkingCalendar

OFFICE_OPENS, HALF_HOUR = time(8), timedelta(minutes=30)
WRITING = 4
"""Working days from the first draft to the first step."""
LONGEST = 400


@dataclass(frozen=True)
class Happening:
    """Something that somebody does at a time."""

    at: datetime
    act: Callable[[Session], None]


class Diary:
    """The working days before now, and what is known of the proposals and sessions made so far."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self.now, today = clock.now(), clock.today()
        before = (today - timedelta(days=n) for n in range(1, LONGEST * 2))
        self.days = [today, *(day for day in before if calendar.is_working(day))]
        self.calendar = calendar
        self.codes: dict[str, str] = {}
        self.sessions: dict[Sitting, int] = {}

    def at(self, days_ago: int, slot: int) -> datetime:
        """The half hour of an office day; of today the last hours."""
        if days_ago == 0:
            return self.now - timedelta(hours=2) + timedelta(minutes=5 * slot)
        start = datetime.combine(self.days[days_ago], OFFICE_OPENS, clock.ZONE)
        return start + min(slot, 18) * HALF_HOUR + max(0, slot - 18) * timedelta(minutes=1)

    def of_case(self, case: Case) -> Iterator[Happening]:
        """The draft, the steps backwards from the last one, what comes later, the reports."""
        ago, steps = case.ends, []
        for pace, act in reversed(case.steps):
            steps.append((ago, act))
            ago += pace
        steps.reverse()
        yield Happening(self.at(ago + WRITING, seed(case.name)), partial(self.begin, case))
        slot, before = seed(case.name), -1
        for ago, act in [*steps, *case.later]:
            slot = slot + 1 if ago == before else seed(case.name, ago)
            before = ago
            yield Happening(self.at(ago, slot), partial(self.act, case, act))
        yield from self.reports(case)

    def begin(self, case: Case, db: Session) -> None:
        self.codes[case.name] = created(db, case)

    def act(self, case: Case, act: Callable[[Session, Case, str], None], db: Session) -> None:
        act(db, case, self.codes[case.name])

    def reports(self, case: Case) -> Iterator[Happening]:
        """One on the last working day before each 25th since the reports began."""
        months: dict[tuple[int, int], date] = {}
        for day in self.days[1 : case.reports]:
            if day.day < REPORT_DAY:
                months.setdefault((day.year, day.month), day)
        due = sorted(day for day in months.values() if day.day > REPORT_DAY - 5)
        for month, day in enumerate(due):
            at = datetime.combine(day, time(15), clock.ZONE)
            yield Happening(at, partial(self.act, case, partial(reported, month=month)))

    def of_sitting(self, sitting: Sitting) -> Iterator[Happening]:
        """The notice, and what has happened of the rest."""
        starts_at = self.at(sitting.held, 1) if sitting.held >= 0 else self.ahead(-sitting.held)
        yield Happening(self.at(sitting.called, 6), partial(self.call, sitting, starts_at))
        if sitting.held < 0:
            return
        yield Happening(starts_at, lambda db: sittings.opened(db, sitting, self.sessions[sitting]))
        at = starts_at
        for item in sitting.items:
            for act in (sittings.item_opened, sittings.voted, sittings.item_closed):
                at += timedelta(minutes=8)
                yield Happening(at, partial(self.deal, sitting, item, act))
        yield Happening(at + timedelta(minutes=5), lambda db: sittings.closed(db, self.sessions[sitting]))
        if sitting.is_released:
            yield Happening(self.at(sitting.held, 14), lambda db: sittings.released(db, self.sessions[sitting]))
        if sitting.number:
            yield Happening(self.at(sitting.held - 1, 2), lambda db: sittings.issued(db, sitting, self.codes))

    def going_on(self, sitting: Sitting, voters: tuple[str, ...]) -> Iterator[Happening]:
        """A sitting of this hour: the first item is voted on, the second is open and some have voted."""
        yield Happening(self.at(sitting.called, 6), partial(self.call, sitting, self.now - timedelta(minutes=50)))
        first, second = sitting.items[:2]
        some = partial(sittings.voted, people=voters)
        acts = [(first, act) for act in (sittings.item_opened, sittings.voted, sittings.item_closed)]
        acts += [(second, act) for act in (sittings.item_opened, some)]
        start = self.now - timedelta(minutes=45)
        yield Happening(start, lambda db: sittings.opened(db, sitting, self.sessions[sitting]))
        for number, (item, act) in enumerate(acts, 1):
            yield Happening(start + timedelta(minutes=8) * number, partial(self.deal, sitting, item, act))

    def ahead(self, days: int) -> datetime:
        coming = self.calendar.working_days_after(self.days[0])
        day = [next(coming) for _ in range(days)][-1]
        return datetime.combine(day, OFFICE_OPENS, clock.ZONE) + HALF_HOUR

    def call(self, sitting: Sitting, starts_at: datetime, db: Session) -> None:
        self.sessions[sitting] = sittings.called(db, sitting, self.codes, starts_at=starts_at)

    def deal(self, sitting: Sitting, item: Item, act: Callable[..., None], db: Session) -> None:
        act(db, sitting, self.sessions[sitting], item, self.codes)


def seed(*words: object) -> int:
    """A half hour of the morning, the same for the same words."""
    return crc32("/".join(map(str, words)).encode()) % 7
