"""What is stopped at the door, and what only sounds like it."""

from __future__ import annotations

import pytest

from intake.outline import SECRET_INITIATIVES, has_mark, stop_reason
from intake.outline.secrecy import MARKED, SECRET_INITIATIVE
from tests.outline.examples import NAMES, document

SECRET = {"sk03", "sk09", "sk20", "sk28", "sk30"}


def test_five_initiatives_may_touch_state_secrets():
    assert SECRET_INITIATIVES == SECRET


@pytest.mark.parametrize("name", NAMES)
def test_only_the_secret_examples_are_stopped(name):
    expected = SECRET_INITIATIVE if name.removeprefix("short_") in SECRET else None
    assert stop_reason(document(name)) == expected


@pytest.mark.parametrize("id", sorted(SECRET))
def test_a_secret_initiative_stops_also_as_a_related_one_unless_cleared(id):
    stored = document("full_sk10", {"alignment.related_initiatives": ["sk06", id]})
    assert stop_reason(stored) == SECRET_INITIATIVE
    assert stop_reason(stored, frozenset({id})) is None
    assert stop_reason(stored, frozenset(SECRET - {id})) == SECRET_INITIATIVE


def test_one_clearance_does_not_open_another_initiative():
    stored = document("short_sk03", {"alignment.related_initiatives": ["sk09"]})
    assert stop_reason(stored, frozenset({"sk03"})) == SECRET_INITIATIVE
    assert stop_reason(stored, frozenset({"sk03", "sk09"})) is None


MARKED_TEXTS = [
    "TUYỆT MẬT",
    "TỐI MẬT",
    "MẬT",
    "Báo cáo đóng dấu TỐI  MẬT của đơn vị",
    "Mở đầu\nMẬT\nNội dung",
    "Mở đầu\r\n  - Mật -\r\nNội dung",
    "Tài liệu (Mật)",
    "[MẬT] Phương án",
    "Độ mật: Mật",
    "ĐỘ MẬT : TỐI MẬT",
    "độ mật: tuyệt mật",
    "tối mật",
    "TU\u0059\u0302\u0323T MA\u0302\u0323T".replace("Y\u0302\u0323", "YE\u0302\u0323"),
    "TỐI\u200b MẬT",
    "TỐI\u00a0MẬT",
    "TOP SECRET",
]
ORDINARY_TEXTS = [
    "BẢO MẬT",
    "Bảo mật dữ liệu",
    "BÍ MẬT NHÀ NƯỚC",
    "Luật Bảo vệ bí mật nhà nước",
    "MỨC ĐỘ BẢO MẬT: CAO",
    "MẬT ĐỘ DÂN SỐ",
    "MẬT MÃ DÂN SỰ",
    "mật ong, mía (mật)",
    "mật",
    "Quy trình xác định độ mật của tài liệu",
    "hệ thống truyền tin tối mật kiểu cũ",
    "a secret ballot",
    "",
]


@pytest.mark.parametrize("text", MARKED_TEXTS)
def test_marks_are_seen(text):
    assert has_mark(text)


@pytest.mark.parametrize("text", ORDINARY_TEXTS)
def test_ordinary_words_pass(text):
    assert not has_mark(text)


@pytest.mark.parametrize(
    "place",
    [
        "name.name_vi",
        "partners.0.partner",
        "partners.0.partner_role",
        "scope.components.1.activities.0",
        "plan.phases.0.milestones.0.name",
        "recommendations.items.0.content",
        "administrative.attachments.0.name",
    ],
)
def test_a_mark_anywhere_stops_the_document_whatever_was_cleared(place):
    changes = {"administrative.attachments": [{"name": "a.pdf"}], place: "Phương án TUYỆT MẬT"}
    assert stop_reason(document("full_sk10", changes), frozenset(SECRET)) == MARKED


def test_the_reason_does_not_repeat_the_text():
    reason = stop_reason(document("full_sk10", {"name.name_vi": "Kế hoạch TỐI MẬT"}))
    assert reason is not None
    assert reason.args == {}


def test_long_texts_are_searched_quickly():
    assert not has_mark("( \n" * 30_000 + "-" * 30_000)
