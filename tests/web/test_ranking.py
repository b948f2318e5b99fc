"""The ranking: in order, never without count, spread and doubt, for secretary and chair only; and to take away."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from fractions import Fraction

import pytest

from intake.catalogue import CRITERIA
from intake.scoring.schemes import KH01_2025
from intake.services import sessions, standing_rounds
from intake.web.score_plots import IntervalMark, criterion_cells, interval_mark, plot
from tests import factories
from tests.services import sittings
from tests.web.desk_world import (
    APPLICANT,
    AUDITOR,
    CHAIR,
    ENGINEER,
    LEAD,
    LEAD2,
    MEMBER,
    REVIEWER,
    SECRETARY,
    actor,
    english,
    text,
)

# What pages show does not depend on the engine.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

RANK = re.compile(r'<span class="app-score">(.*?)</span>')
TITLE = re.compile(r'<a class="govuk-link main" href="[^"]+">(.*?)</a>')


def scored(database, title, *totals, system="ht3", state="synthesis"):
    """A proposal of the ranking with one sheet for each of `totals` (the same level for every criterion)."""
    with database.writing() as db:
        made = factories.proposal(db, state, title=title, primary_system=system)
        for email, level in zip((REVIEWER, LEAD, LEAD2, ENGINEER), totals, strict=False):
            factories.sheet(db, made, actor(db, email), level)
        return made.code


def test_best_first_with_rank_count_and_spread(database, sign_in):
    scored(database, "Kém", 2, 3)
    scored(database, "Tốt nhất", 5, 4, 5)
    scored(database, "Chưa chấm")
    shown = english(sign_in(SECRETARY)).get("/ranking")
    assert TITLE.findall(shown.text) == ["Tốt nhất", "Kém", "Chưa chấm"]
    words = text(shown)
    assert "3 sheets, 80.0 to 100.0, deviation 11.5" in words
    assert "2 sheets, 40.0 to 60.0, deviation 14.1 " in words
    assert "Few sheets (2)" in words
    assert "Few sheets (3)" not in words
    assert "3 proposals 5 valid score sheets" in words
    assert RANK.findall(shown.text) == ["1", "2"]
    assert "No rank yet" in words
    assert "are being computed. The scores are up to date." in words
    assert "Scores advise; the Standing Board decides." in words


def test_one_system_is_chosen_by_its_address(database, sign_in):
    scored(database, "Của HT3", 4)
    scored(database, "Của HT1", 4, system="ht1")
    visitor = sign_in(CHAIR)
    assert TITLE.findall(visitor.get("/ranking?system=ht1").text) == ["Của HT1"]
    assert TITLE.findall(visitor.get("/ranking?system=nonsense").text) == ["Của HT3", "Của HT1"]


def test_empty_ranking_says_so(sign_in):
    words = text(english(sign_in(CHAIR)).get("/ranking"))
    assert ("No proposal is in the ranking now." in words, "being computed" in words) == (True, False)


@pytest.mark.parametrize("email", [LEAD, REVIEWER, ENGINEER, MEMBER, APPLICANT, AUDITOR])
def test_nobody_else_sees_it(database, sign_in, email):
    code, visitor = scored(database, "Bí mật", 5), sign_in(email)
    for url in ("/ranking", "/ranking.csv", "/ranking.xlsx", f"/ranking/{code}", "/ranking/agenda/1"):
        answer = visitor.get(url)
        assert (url, answer.status_code, "Bí mật" in answer.text) == (url, 403, False)


def test_what_stands_beside_a_score_has_words_and_is_dated(database, sign_in):
    first, second = scored(database, "Nhất", 5, 5, 2), scored(database, "Nhì", 4, 4, 3)
    assert standing_rounds.turn(database) > 0
    visitor = english(sign_in(CHAIR))
    words = text(visitor.get("/ranking"))
    assert "80.0 adjusted 80.0 rank 1" in words
    assert "Totals far apart The highest and the lowest sheet are 60.0 points apart, more than 25." in words
    assert re.search(r"Intervals and estimates of \d+ \w+ 2026 \d\d:\d\d", words)
    assert "being" not in words
    why = text(visitor.get(f"/ranking/{first}"))
    assert "80.0 3 sheets, deviation 34.6" in why
    assert "Without one of the sheets the proposal would be in another band." in why
    assert "40.0 points 100.0 1 Recommended for approval" in why
    assert "100.0 points 70.0 2 To be discussed" in why
    assert "A loss of more than 0 points would lead to “To be discussed”." in why
    assert visitor.get("/ranking/SK-2026-ZZZZZZZZ").status_code == 404
    assert visitor.get(f"/ranking/{second}?system=ht1").status_code == 404
    with database.writing() as db:
        factories.sheet(db, db.query(factories.Proposal).filter_by(code=second).one(), actor(db, ENGINEER), 1)
    assert "are being recomputed; those shown are of" in text(visitor.get("/ranking"))


def test_lists_to_take_away_keep_numbers_and_no_formula(database, sign_in):
    scored(database, "=HYPERLINK(1)", 5, 4, 4)
    visitor = english(sign_in(SECRETARY))
    answer = visitor.get("/ranking.csv")
    assert (answer.mimetype, answer.data[:3]) == ("text/csv", b"\xef\xbb\xbf")
    [row] = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert (row["title"], row["rank"], row["official"], row["system"]) == ("'=HYPERLINK(1)", "1", "86.7", "ht3")
    answer = visitor.get("/ranking.xlsx?system=ht3")
    assert re.fullmatch(r'attachment; filename="ranking-[0-9-]{10}.xlsx"', answer.headers["Content-Disposition"])
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        sheet, strings = (book.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "sharedStrings"))
    assert "<f>" not in sheet
    assert ">=HYPERLINK(1)</t>" in strings
    assert re.search(r'<c r="G2" s="\d+"><v>86.7</v></c>', sheet)


def test_desks_and_open_proposals_are_lists_to_take_away_too(database, sign_in):
    scored(database, "=A1", 4, system="ht1")
    scored(database, "Của HT3", 4)
    visitor = english(sign_in(SECRETARY))
    for page in ("monitoring", "queue"):
        assert f'href="/{page}.xlsx' in visitor.get(f"/{page}").text
        answer = visitor.get(f"/{page}.xlsx?system=ht1")
        with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
            words = re.findall(r"<t>(.*?)</t>", book.read("xl/sharedStrings.xml").decode())
            assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
        assert ("=A1" in words, "Của HT3" in words, "Proposer" in words) == (True, False, True)


def test_an_agenda_is_ranked_by_itself(database, sign_in):
    listed = [scored(database, *one, state="committee") for one in (("Nhì", 4, 4), ("Nhất", 5, 5))]
    scored(database, "Ngoài", 5, 5, state="committee")
    with database.writing() as db:
        called = {"body": "tt_bcdtw", "starts_at": sittings.STARTS_AT, "place": sittings.PLACE}
        number = sessions.create(db, **called, items=listed, actor=actor(db, SECRETARY)).id
    visitor = english(sign_in(CHAIR))
    assert TITLE.findall(visitor.get(f"/ranking?session={number}").text) == ["Nhất", "Nhì"]
    words = text(visitor.get(f"/ranking/agenda/{number}"))
    assert words.index("Nhất") < words.index("Nhì")
    assert "Ngoài" not in words
    assert [visitor.get(f"/ranking?session={other}").status_code for other in ("99", "x")] == [404, 404]


def test_plot_places_sheets_mean_spread_and_floor_on_the_axis(app):
    with app.test_request_context("/?lang=en"):
        drawn = plot(
            [Fraction(100), Fraction(60), Fraction(60)],
            official=73_333_333_333,
            sd=23_094_010_768,
            scheme=KH01_2025,
        )
    assert [dot["x"] for dot in drawn.dots] == [135.0, 135.0, 260.0]
    assert len({(dot["x"], dot["y"]) for dot in drawn.dots}) == 3
    assert (drawn.mean_x, drawn.floors) == (176.7, [103.8])
    assert drawn.band == {"x": 104.5, "width": 144.3}
    assert drawn.label == ("Score sheets from 20 to 100 points: mean 73.3, 3 sheets, 60.0 to 100.0, deviation 23.1")


def test_criteria_are_coloured_by_what_they_reach(app):
    means = dict(zip(CRITERIA, (1_900_000_000, 2_000_000_000, 3_000_000_000, 4_000_000_000, None), strict=False))
    with app.test_request_context("/?lang=en"):
        cells = criterion_cells(KH01_2025, means, dict.fromkeys(CRITERIA, "name"))
    assert [(cell["value"], cell["level"]) for cell in cells] == [
        ("1.9", "low"),
        ("2.0", "mid"),
        ("3.0", "good"),
        ("4.0", "top"),
        ("-", "mid"),
        ("-", "mid"),
    ]


def test_interval_is_drawn_as_squares_and_in_a_long_ranking_as_a_bar(app):
    with app.test_request_context("/?lang=en"):
        few, many = interval_mark((2, 3), 4), interval_mark((1, 1), 1000)
    squares = [(0, False), (10, True), (20, True), (30, False)]
    assert few == IntervalMark("2 to 3", [{"x": x, "is_on": on} for x, on in squares], None)
    assert many == IntervalMark("1", [], {"x": 0.0, "width": 3.0})
    assert interval_mark(None, 4) is None
