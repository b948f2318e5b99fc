"""The ranking as a list to take away: the columns of its spreadsheet, and one row of data for each proposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from intake import clock
from intake.catalogue import CRITERIA, SYSTEMS
from intake.documents.spreadsheets import Cell, Column, Listing
from intake.i18n import DEFAULT_LANGUAGE, N_, Message, translate
from intake.scoring.totals import shown
from intake.services.rankings import Board, RankRow

TITLE = N_("Ranking")
ADVICE = N_("Scores advise; the Standing Board decides.")
ADJUSTED = N_("The adjusted estimate allows for harsh and lenient reviewers. It never replaces the official score.")
STALE = N_("Rank intervals, adjusted estimates and flags are being recomputed.")
# Id, heading, width and shown decimals.
COLUMNS: tuple[tuple[str, Message, int, int], ...] = (
    ("rank", N_("Rank"), 7, 0),
    ("code", N_("Code"), 18, 0),
    ("title", N_("Proposal"), 60, 0),
    ("proposer", N_("Proposer"), 36, 0),
    ("system", N_("System"), 9, 0),
    ("state", N_("Where it stands"), 24, 0),
    ("official", N_("Official score"), 9, 1),
    ("n", N_("Valid sheets"), 8, 0),
    ("sd", N_("Standard deviation"), 10, 1),
    ("lowest", N_("Lowest"), 9, 1),
    ("highest", N_("Highest"), 9, 1),
    ("rank_from", N_("Rank interval from"), 9, 0),
    ("rank_to", N_("Rank interval to"), 9, 0),
    ("adjusted", N_("Adjusted estimate"), 10, 1),
    ("adjusted_rank", N_("Rank by adjusted estimate"), 10, 0),
    ("panel", N_("Panel of reviewers"), 10, 0),
    ("band", N_("Band"), 24, 0),
    ("flags", N_("Flags"), 60, 0),
)
LAST_COLUMNS: tuple[tuple[str, Message, int, int], ...] = (
    ("submitted_on", N_("Submitted on"), 12, 0),
    ("official_nano", N_("Official score in 10^-9 points"), 18, 0),
)
CRITERION_WIDTH = 14


def listing(board: Board, language: str) -> Listing:
    """The ranking as a spreadsheet for people, in `language`."""
    columns = columns_in(language)
    rows = [picked(as_data(row) | in_words(row, language), columns) for row in board.rows]
    said = [ADVICE, ADJUSTED, STALE] if board.is_stale else [ADVICE, ADJUSTED]
    notes = tuple(translate(message, language) for message in said)
    return Listing(translate(TITLE, language), columns, rows, notes)


def data_listing(board: Board) -> Listing:
    """The same for programs: systems, states, bands and flags by their ids, whatever the language."""
    columns = columns_in(DEFAULT_LANGUAGE)
    rows = [
        picked(as_data(row) | {"flags": " ".join(flag.id for flag in row.flags or ())}, columns) for row in board.rows
    ]
    return Listing(translate(TITLE, DEFAULT_LANGUAGE), columns, rows)


def columns_in(language: str) -> tuple[Column, ...]:
    """Every column with its heading; the criteria in their official order."""
    criteria = [
        Column(criterion.id, f"{criterion.number}. {criterion.name.in_(language)}", CRITERION_WIDTH, 2)
        for criterion in CRITERIA.values()
    ]
    before, after = (
        [Column(id, translate(heading, language), width, places) for id, heading, width, places in part]
        for part in (COLUMNS, LAST_COLUMNS)
    )
    return (*before, *criteria, *after)


def picked(data: Mapping[str, Any], columns: Sequence[Column]) -> list[Cell]:
    flat = {**data, **data["criteria"]}
    return [flat[column.id] for column in columns]


def in_words(row: RankRow, language: str) -> dict[str, Cell]:
    """What people read in place of an id."""
    system = SYSTEMS.get(row.system or "")
    return {
        "system": system.code if system else None,
        "state": translate(row.stage.label, language),
        "band": row.band.label.in_(language) if row.band else None,
        "flags": "; ".join(f"{flag.label.in_(language)}: {flag.explanation.in_(language)}" for flag in row.flags or ()),
    }


def as_data(row: RankRow) -> dict[str, Any]:
    """One proposal with numbers as people read them; the official score also exactly, in 10^-9 points."""
    low, high = row.interval or (None, None)
    return {
        "rank": row.place.number if row.place else None,
        "is_rank_shared": row.place.is_shared if row.place else None,
        "code": row.code,
        "title": row.title,
        "proposer": row.proposer_name,
        "system": row.system,
        "state": row.stage.id,
        "official": points(row.official),
        "official_nano": row.official,
        "n": row.n,
        "sd": points(row.sd),
        "lowest": points(row.low),
        "highest": points(row.high),
        "criteria": {criterion: points(row.criteria.get(criterion), 2) for criterion in CRITERIA},
        "rank_from": low,
        "rank_to": high,
        "adjusted": points(row.adjusted),
        "adjusted_rank": row.adjusted_rank,
        "panel": row.panel,
        "band": row.band.id if row.band else None,
        "flags": None if row.flags is None else [flag.id for flag in row.flags],
        "submitted_on": clock.local_date(row.submitted_at),
        "certificate": row.sha256,
    }


def points(nano: int | None, places: int = 1) -> Decimal | None:
    """A stored number of 10^-9 points as people read it."""
    if nano is None:
        return None
    return shown(nano, places=places) if nano >= 0 else -shown(-nano, places=places)
