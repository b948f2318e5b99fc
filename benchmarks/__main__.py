"""Measure every benchmark on one engine, print a table, keep `results/latest.json`."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measures import MEASURES, Measure
from benchmarks.worlds import Bench, prepared
from tests.postgres import PostgresServer

RESULTS = Path(__file__).parent / "results" / "latest.json"


@contextmanager
def fresh_database(engine: str, folder: Path) -> Iterator[str]:
    """The URL of a database that lives as long as the block."""
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'intake.db'}"
        return
    server = PostgresServer()
    try:
        yield server.create()
    finally:
        server.stop()


def main() -> None:
    n, engine = int(os.environ.get("BENCH_N", "1000")), os.environ.get("BENCH_DB", "sqlite")
    with tempfile.TemporaryDirectory() as name, fresh_database(engine, Path(name)) as url:
        bench = prepared(Path(name), url, n)
        rows = [row(measure, engine, n, bench) for measure in MEASURES]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    print(f"{'benchmark':34}{'value':>10} {'unit':6}{'limit':>10}{'ratio':>8}   {engine}, n={n}")
    for found in rows:
        print(
            f"{found['name']:34}{found['value']:>10.1f} {found['unit']:6}{found['limit']:>10.1f}{found['ratio']:>8.2f}"
        )


def row(measure: Measure, engine: str, n: int, bench: Bench) -> dict[str, object]:
    value = measure.take(bench)
    return {
        "name": measure.name,
        "database": engine,
        "n": n,
        "value": round(value, 2),
        "unit": measure.unit,
        "limit": measure.limit,
        "ratio": round(value / measure.limit, 3),
    }


if __name__ == "__main__":
    main()
