from __future__ import annotations

from decimal import Decimal

from intake.catalogue import CRITERIA
from intake.documents.annex import REPLAY, score_table
from intake.documents.facts import CriterionScore, ScoreFacts, from_data, to_data
from intake.documents.plots import dot_plot
from intake.documents.score_table import score_facts
from intake.scoring import certificate as certificates
from intake.scoring.schemes import KH01_2025
from intake.scoring.totals import Sheet
from tests.documents.samples import CODE, certificate_of


def test_facts_are_those_of_the_certificate():
    certificate = certificate_of()
    facts = score_facts(certificate)
    assert facts.criteria[3] == CriterionScore(
        name="Tính khả thi",
        weight=20,
        scores=(2, 3, 3, 3, 4, 4, 4, 4, 4),
        mean=Decimal("3.444444444"),
        sd=Decimal("0.726483157"),
    )
    assert (facts.official, facts.sd, facts.totals[0], facts.totals[-1], len(facts.totals)) == (
        Decimal("82.888888889"),
        Decimal("7.688375063"),
        Decimal(68),
        Decimal(94),
        9,
    )
    assert (facts.scheme, facts.version, facts.band) == ("kh01-2025/1", 2, "Đề nghị phê duyệt")
    assert (facts.criterion_floor, facts.total_floor, facts.below_floor, facts.is_total_below_floor) == (
        2,
        50,
        (),
        False,
    )
    assert facts.certificate_sha256 == certificates.sha256(certificate)


def test_no_sheet_can_be_followed_from_criterion_to_criterion():
    facts = score_facts(certificate_of())
    assert all(list(criterion.scores) == sorted(criterion.scores) for criterion in facts.criteria)
    assert list(facts.totals) == sorted(facts.totals)


def test_an_invalid_sheet_does_not_count():
    full = dict.fromkeys(KH01_2025.weights, 4)
    sheets = [Sheet("a", full), Sheet("b", {**full, "impact": None, "urgency": None})]
    facts = score_facts(certificates.issue(KH01_2025, sheets, proposal=CODE, version=1))
    assert (facts.totals, facts.sd, facts.criteria[0].scores) == ((Decimal(80),), None, (4,))


def test_the_annex_prints_every_total_the_floors_and_how_to_recompute():
    scores = dict.fromkeys(KH01_2025.weights, 2) | {"impact": 1, "urgency": 1}
    sheets = [Sheet("a", scores), Sheet("b", dict.fromkeys(KH01_2025.weights, 2))]
    certificate = certificates.issue(KH01_2025, sheets, proposal=CODE, version=1)
    _method, totals, floors, replay = score_table(score_facts(certificate))["notes"]
    assert totals == "Điểm của từng phiếu hợp lệ, xếp tăng dần: 34,00; 40,00."
    assert floors == (
        "Mức tối thiểu: trung bình mỗi tiêu chí 2,0, điểm chung 50. "
        f"Dưới mức này: {CRITERIA['impact'].name.vi}, {CRITERIA['urgency'].name.vi} và điểm chung."
    )
    assert "replay_certificate.py" in replay and replay.endswith(certificates.sha256(certificate))
    (_method, nothing) = score_table(score_facts(certificates.issue(KH01_2025, [], proposal=CODE, version=1)))["notes"]
    assert nothing == f"{REPLAY} SHA-256 của chứng thư điểm: {nothing.rsplit(' ', 1)[1]}"


def test_no_valid_sheet_means_no_score():
    facts = score_facts(certificates.issue(KH01_2025, [], proposal=CODE, version=1))
    assert (facts.official, facts.totals, facts.band, facts.criteria[0].mean) == (None, (), "", None)


def test_facts_survive_the_way_through_json():
    facts = score_facts(certificate_of(), few_sheets_reason="Một bộ vắng")
    assert from_data(ScoreFacts, to_data(facts)) == facts


def test_plot_stacks_equal_values_by_twos():
    plot = dot_plot((4, 5, 5, 5), 1, 5, Decimal("4.75"))
    assert plot == {
        "title": "4 điểm, từ 4 đến 5, trung bình 4,75",
        "box": "0 0 110 14",
        "axis": {"left": 3, "right": 107, "y": 9.5, "tick_end": 11.1},
        "ticks": ["7.00", "31.00", "55.00", "79.00", "103.00"],
        "dots": [("79.00", "7.60"), ("101.30", "7.60"), ("104.70", "7.60"), ("101.30", "4.50")],
        "mean": "M97.00 9.90 l2.2 3.8 h-4.4z",
    }


def test_plot_of_nothing_is_an_empty_axis():
    plot = dot_plot((), 1, 5, None)
    assert (plot["title"], plot["dots"], plot["mean"]) == ("Không có điểm", [], None)
