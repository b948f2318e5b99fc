"""The ranking: in order, each score with its doubt beside it, and what would change the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, g, render_template, request
from werkzeug.wrappers import Response

from intake import clock
from intake.catalogue import CRITERIA, SYSTEMS
from intake.catalogue.systems import System
from intake.errors import NotFound
from intake.i18n import Text
from intake.models import CommitteeSession
from intake.scoring.schemes import Scheme
from intake.scoring.totals import NANO, shown
from intake.services import rank_changes, ranking_lists, rankings, schemes, sessions
from intake.services.rankings import Board, RankRow
from intake.web import downloads
from intake.web.filters import number, tr
from intake.web.languages import language
from intake.web.login import current_actor
from intake.web.rights import requires
from intake.web.score_plots import axis, criterion_cells, interval_mark, plot, points

bp = Blueprint("ranking", __name__)

BAND_TONES = {"recommended": "ok", "to_discuss": "decide", "to_strengthen": "you", "below_floor": "closed"}
PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What the address asks for: everything, one system, or the agenda of one session; and which page of it."""

    system: System | None
    session: CommitteeSession | None
    page: int

    @classmethod
    def of_request(cls) -> Wanted:
        """A system that nobody has is no filter; a session that the person may not see does not exist."""
        session = None
        if "session" in request.args:
            number = request.args.get("session", type=int)
            if number is None:
                raise NotFound()
            session = sessions.get(g.db, number, actor=current_actor())
        system = SYSTEMS.get(request.args.get("system", ""))
        return cls(system, session, max(request.args.get("page", 1, type=int), 1))

    def board(self) -> Board:
        system = self.system.id if self.system else None
        return rankings.board(g.db, actor=current_actor(), system=system, session=self.session)

    def url(self, path: str = "/ranking", **more: Any) -> str:
        """An address with the same filter."""
        asked = {"system": self.system and self.system.id, "session": self.session and self.session.id} | more
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{path}?{query}" if query else path


@bp.get("/ranking")
@requires("ranking.read")
def show() -> str:
    wanted = Wanted.of_request()
    board, scheme = wanted.board(), schemes.in_force(g.db)
    first = (wanted.page - 1) * PAGE
    rows = board.rows[first : first + PAGE]
    scored = sum(row.official is not None for row in board.rows)
    return render_template(
        "ranking/show.html",
        board=board,
        lines=[line(row, scored, wanted) for row in rows],
        count=len(board.rows),
        first=first + 1,
        links=page_links(wanted, first, len(board.rows)),
        sheet_count=sum(row.n for row in board.rows),
        wanted=wanted,
        meeting=meeting(wanted),
        systems=list(SYSTEMS.values()),
        scheme=scheme,
        axis=axis(scheme),
        weights="/".join(str(criterion.weight) for criterion in scheme.criteria),
    )


def page_links(wanted: Wanted, first: int, count: int) -> dict[str, str]:
    links = {}
    if first:
        links["previous"] = wanted.url(page=wanted.page - 1)
    if first + PAGE < count:
        links["next"] = wanted.url(page=wanted.page + 1)
    return links


def meeting(wanted: Wanted) -> dict[str, Any] | None:
    """The session whose agenda is ranked."""
    if wanted.session is None:
        return None
    return {"on": clock.local_date(wanted.session.starts_at), "url": f"/sessions/{wanted.session.id}"}


def line(row: RankRow, scored: int, wanted: Wanted) -> dict[str, Any]:
    """One row ready to show; `scored` proposals share the ranks."""
    return {
        "row": row,
        "url": f"/proposals/{row.code}/synthesis",
        "why_url": wanted.url(f"/ranking/{row.code}"),
        "system": SYSTEMS.get(row.system or ""),
        "score": points(row.official),
        "adjusted": points(row.adjusted),
        "plot": plot(in_points(row.totals), official=row.official, sd=row.sd, scheme=row.scheme),
        "interval": interval_mark(row.interval, scored),
        "cells": criterion_cells(row.scheme, row.criteria, criterion_names()),
        "band": row.band.label if row.band else Text("Chưa có điểm", "No score yet"),
        "band_tone": BAND_TONES.get(row.band.id if row.band else "", ""),
    }


def in_points(totals: Sequence[int]) -> list[Fraction]:
    return [Fraction(total, NANO) for total in totals]


def criterion_names() -> dict[str, str]:
    return {id: tr(criterion.name) for id, criterion in CRITERIA.items()}


@bp.get("/ranking/<ranked>")
@requires("ranking.read")
def changes(ranked: str) -> str:
    """What would change the outcome of one proposal."""
    wanted = Wanted.of_request()
    board = wanted.board()
    found = rank_changes.of(board, ranked)
    if found is None:
        raise NotFound()
    return render_template("ranking/changes.html", board=board, wanted=wanted, meeting=meeting(wanted), one=told(found))


@bp.get("/ranking/agenda/<int:number>")
@requires("ranking.read")
def agenda(number: int) -> str:
    """What would change the outcome of every proposal on the agenda of a session."""
    session = sessions.get(g.db, number, actor=current_actor())
    wanted = Wanted(None, session, 1)
    board = wanted.board()
    found = [told(one) for row in board.rows if (one := rank_changes.of(board, row.code)) is not None]
    return render_template("ranking/agenda.html", board=board, wanted=wanted, meeting=meeting(wanted), all=found)


def told(changes: rank_changes.Changes) -> dict[str, Any]:
    """One proposal with its numbers as people read them."""
    row, names = changes.row, criterion_names()
    return {
        "changes": changes,
        "row": row,
        "score": points(row.official),
        "adjusted": points(row.adjusted),
        "sd": points(row.sd),
        "system": SYSTEMS.get(row.system or ""),
        "plot": plot(in_points(row.totals), official=row.official, sd=row.sd, scheme=changes.scheme),
        "band_tone": BAND_TONES.get(row.band.id if row.band else "", ""),
        "without": [
            {
                "one": one,
                "total": points(one.total),
                "score": points(one.official),
                "tone": BAND_TONES.get(one.band.id, ""),
            }
            for one in changes.without
        ],
        "moves_rank": any(one.is_other_rank for one in changes.without),
        "moves_band": any(one.is_other_band for one in changes.without),
        "rivals": None if changes.rivals is None else [told_rival(one, changes.scheme) for one in changes.rivals],
        "steps": [
            {"step": one, "points": short(one.points), "on_one": short(one.on_one_sheet)} for one in changes.steps
        ],
        "floors": [names[id] for id in changes.floors],
    }


def short(nano: int | None) -> str:
    """Points to two decimals, without zeros at the end."""
    return "" if nano is None else number(shown(nano, places=2))


def told_rival(one: rank_changes.Rival, scheme: Scheme) -> dict[str, Any]:
    """A neighbour with the weights at which both score the same."""
    return {
        "row": one.row,
        "score": points(one.row.official),
        "is_above": one.swap.is_above,
        "percent": number(one.swap.percent, 1),
        "weights": " / ".join(number(one.swap.weights[criterion.id], 1) for criterion in scheme.criteria),
    }


@bp.get("/ranking.csv")
@requires("ranking.read")
def as_csv() -> Response:
    """The whole ranking of the filter, for programs."""
    return downloads.comma_separated(ranking_lists.data_listing(Wanted.of_request().board()), "ranking")


@bp.get("/ranking.xlsx")
@requires("ranking.read")
def as_workbook() -> Response:
    return downloads.excel(ranking_lists.listing(Wanted.of_request().board(), language()), "ranking")
