"""Nothing in the database tells who cast which secret ballot: no shared value, no order, on either engine."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, text
from sqlalchemy.orm import Session

from intake.db import Database
from intake.models.base import Base
from intake.models.sessions import CHOICES
from intake.services import ballots, seeding, sessions
from proofs.site import databases
from tests.services import sittings
from tests.services.sittings import EVERYBODY

LONG = 60
SHORT = 2
SIGMAS = 6
LOOKS = (0, 1, 5)
SIX = tuple(choice for choice in CHOICES if choice != "merge")
HIDDEN = {"sqlite": ("rowid",), "postgresql": ("ctid::text", "xmin::text", "xmax::text", "cmin::text", "cmax::text")}
# A place is one of its own table: what it tells is the order of rows, which is looked at by itself.
TELLS_NOTHING = {"item_id", "choice", "ctid", "xmax", "cmin", "cmax"}
SEEDED = {"organisation", "organisation_name", "calendar_day", "procedure_stage", "period", "routing_default"}
SILENT = ("audit_entry", "outbox", "idempotency", "ballot", "attendance", "attendance_change", "document")
Row = dict[str, str]


def rows_of(db: Session, table: Table) -> list[Row]:
    """Every row as it lies there, with what the engine keeps beside the columns."""
    engine = db.get_bind().dialect.name
    hidden = () if table.dialect_options["sqlite"]["with_rowid"] is False and engine == "sqlite" else HIDDEN[engine]
    named = ", ".join([*(f'{one} AS "{one.split(":")[0]}"' for one in hidden), "*"])
    found = db.execute(text(f'SELECT {named} FROM "{table.name}"')).mappings()
    return [{name: str(value) for name, value in row.items() if value is not None} for row in found]


def everything(db: Session) -> dict[str, list[Row]]:
    """All tables but those that were filled before anybody was there."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in SEEDED]
    return {table.name: rows_of(db, table) for table in tables}


def shared(box: list[Row], others: dict[str, list[Row]]) -> Iterator[str]:
    """Values that stand with some ballots of the box, and with a row of another table."""
    for name in box[0]:
        if name in TELLS_NOTHING:
            continue
        values = {row[name] for row in box}
        for table, rows in others.items():
            for row in rows:
                found = [column for column in row if row[column] in values and same_kind(name, column)]
                # A value that all ballots share tells them not apart, but must not be that of one voter either.
                if found and (len(values) > 1 or table == "ballot"):
                    yield f"{name} of the box is {found} of {table}"
                if name in ("key", "sealed") and any(value in str(row) for value in values):
                    yield f"{name} of the box is within {table}"


def same_kind(name: str, column: str) -> bool:
    """Numbers of rows and of transactions mean something only among themselves."""
    return name == column if name in ("rowid", "xmin") else True


def orders(rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    """The rows by each column, and as they lie."""
    yield "as they lie", rows
    for name in sorted(set.intersection(*(set(row) for row in rows))):
        if len({row[name] for row in rows}) == len(rows):
            yield name, sorted(rows, key=lambda row: natural(row[name]))


def natural(value: str) -> tuple[int, int | str]:
    """Numbers by size, before words."""
    digits = value.strip("(0,").rstrip(")") if value.startswith("(") else value
    return (0, int(digits)) if digits.isdigit() else (1, value)


class Votes:
    """Secret votes of six people who all choose otherwise, so that an order betrays itself by its hits."""

    def __init__(self, database: Database, seed: int) -> None:
        self.database, self.random = database, random.Random(seed)
        self.hits: Counter[tuple[str, str]] = Counter()
        self.held_count = 0
        with database.writing() as db:
            held = sittings.sitting(db)
            sessions.open_session(db, held.session, actor=held.secretary)
            self.session_id, self.code = held.session.id, held.code
            self.ids: dict[str, str] = {str(held.member(name).user_id): name for name in EVERYBODY}

    def act(self, work: Any) -> None:
        """One transaction, as one request."""
        self.database.transact(
            lambda db: work(db, sessions.get(db, self.session_id, actor=sittings.secretary(db)), sittings.secretary(db))
        )

    def hold(self) -> None:
        """One vote, looked at after the first ballots, after the last and after the close."""
        choices: dict[str, str] = dict(zip(EVERYBODY, self.random.sample(SIX, 6), strict=True))
        self.act(lambda db, session, actor: sessions.open_item(db, session, self.code, secret=True, actor=actor))
        for number, name in enumerate(self.random.sample(EVERYBODY, 6)):
            self.act(lambda db, session, _actor, name=name: self.cast(db, session, name, choices[name]))
            if number in LOOKS:
                self.look_into_open_box()
        self.act(lambda db, session, actor: sessions.close_item(db, session, self.code, actor=actor))
        self.look(choices)
        self.held_count += 1

    def cast(self, db: Session, session: Any, name: str, choice: str) -> None:
        ballots.cast(db, session, self.code, choice=choice, actor=sittings.member(db, name))

    def look_into_open_box(self) -> None:
        """While the vote is under way no ballot can be read, not even a single one."""
        with self.database.reading() as db:
            found = everything(db)
        box = found.pop("secret_ballot")
        assert not any("choice" in row or row["sealed"] in SIX for row in box), "a ballot can be read before the close"
        assert len({row["sealed"] for row in box}) == len(box), "two sealed ballots look alike"
        ensure_silent(found)
        links = [link for link in shared(box, found) if "xmin" not in link]
        assert not links, links

    def look(self, choices: dict[str, str]) -> None:
        """Nothing links a ballot with a person; hits of every order are counted."""
        with self.database.reading() as db:
            found = everything(db)
        box = found.pop("secret_ballot")
        assert sorted(row["choice"] for row in box) == sorted(SIX)
        ensure_silent(found)
        links = list(shared(box, found))
        assert not links, links
        for table, column in (("ballot", "user_id"), ("audit_entry", "actor_id"), ("attendance", "user_id")):
            rows = [row for row in found[table] if row.get(column) in self.ids]
            if table == "audit_entry":
                rows = [row for row in rows if row["event"] == "ballot.cast"][-6:]
            for by, people in orders(rows):
                for name, papers in orders(box):
                    self.count(f"{table} by {by}", name, people, papers, column, choices)

    def count(
        self, by: str, name: str, people: list[Row], papers: list[Row], column: str, choices: dict[str, str]
    ) -> None:
        """How often the person at a place has cast the ballot at that place, forwards and backwards."""
        voted = [choices[self.ids[row[column]]] for row in people]
        for way, order in (("", papers), (" backwards", papers[::-1])):
            if name != "choice":
                pairs = zip(voted, order, strict=True)
                self.hits[by, name + way] += sum(choice == paper["choice"] for choice, paper in pairs)

    def judge(self) -> str:
        """Chance gives one hit a vote, with a variance of one."""
        most = max(abs(hits - self.held_count) for hits in self.hits.values())
        limit = SIGMAS * self.held_count**0.5
        told = [f"{pair}: {hits}" for pair, hits in self.hits.items() if abs(hits - self.held_count) > limit]
        assert not told, f"of {self.held_count} votes an order tells who voted what: {told}"
        return f"{len(self.hits)} pairs of orders, at most {most / self.held_count**0.5:.1f} sigma from chance"


def ensure_silent(found: dict[str, list[Row]]) -> None:
    """No choice stands in the trail, in a mail, in an answer that was kept, or with who has voted."""
    loud = [(name, row) for name in SILENT for row in found[name] if any(choice in row.values() for choice in SIX)]
    loud += [(name, row) for name in SILENT for row in found[name] if "counts" in str(row)]
    assert not loud, loud


def run(n: int, url: str | None = None) -> str:
    """`n` votes on the database at `url`, or on a fresh one of each engine."""
    told = []
    with databases(url) as urls:
        for one in urls:
            database = Database(one, secret="of the proof")
            seeding.upgrade(database)
            votes = Votes(database, seed=n)
            for _ in range(n):
                votes.hold()
            told.append(f"{database.engine.dialect.name}: {votes.judge()}")
            database.dispose()
    return f"{n} secret votes of 6 different ballots, no shared value; {'; '.join(told)}"
