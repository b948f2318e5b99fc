"""What is measured, and the limit each figure should stay under on two cores."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from benchmarks.worlds import Bench
from intake.catalogue import INITIATIVES
from intake.cli.demo_stories import RECEIVED, STORIES, Stage, Story, tell
from intake.documents.kinds import make_pdf
from intake.models import Document

REPEATS = 15


@dataclass(frozen=True)
class Measure:
    """One figure: `take` answers the value in `unit`."""

    name: str
    limit: float
    take: Callable[[Bench], float]
    unit: str = "ms"


def median_ms(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Median wall time of `work` after one warm-up."""
    work()
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def page(path: str, email: str | None = None) -> Callable[[Bench], float]:
    def take(bench: Bench) -> float:
        client = bench.client(email)

        def get() -> None:
            answer = client.get(path)
            if answer.status_code != 200:
                raise RuntimeError(f"{path} answered {answer.status_code}")

        return median_ms(get)

    return take


def submission(bench: Bench) -> float:
    """A draft written and submitted through the services, both transactions; nobody may submit the same name twice."""
    stage, untold = Stage(bench.database), iter(sorted(set(INITIATIVES) - {story.initiative for story in STORIES}))
    stories = (Story(initiative, RECEIVED[:1]) for initiative in untold if not INITIATIVES[initiative].is_secret)
    return median_ms(lambda: tell(stage, next(stories)), repeats=5)


def paper(kind: str) -> Callable[[Bench], float]:
    """One PDF, made from stored facts."""

    def take(bench: Bench) -> float:
        with bench.database.reading() as db:
            facts = db.scalars(select(Document.facts).where(Document.kind == kind).limit(1)).one()
        return median_ms(lambda: make_pdf(kind, facts), repeats=3)

    return take


MEASURES = (
    Measure("home page", 60, page("/")),
    Measure("public register", 80, page("/register")),
    Measure("queue of the secretariat", 200, page("/queue", "secretary@demo.vn")),
    Measure("my proposals", 120, page("/proposals", "organisation@demo.vn")),
    Measure("ranking", 120, page("/ranking", "chair@demo.vn")),
    Measure("write and submit a proposal", 250, submission),
    Measure("receipt PDF", 1500, paper("receipt")),
    Measure("decision PDF", 3000, paper("decision")),
)
