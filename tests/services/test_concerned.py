"""Everybody concerned by a decision is told once, in their language, when it is released and not before."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select, update

from intake.errors import Invalid
from intake.i18n import translate, unpacked
from intake.models import Outbox, ProposalVersion, User
from intake.policy import Role
from intake.services import concerned, transitions
from tests import factories
from tests.services import sittings
from tests.services.sittings import sitting
from tests.services.test_decisions import conclude, release

pytestmark = pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)

DAY = "2027-03-31"
CONDITIONS = [
    {"text": "Thẩm định an toàn dữ liệu", "owner": "bộ y tế", "due_on": DAY},
    {"text": "Nộp kế hoạch chi tiết", "owner": "Đối tác <không phải địa chỉ>", "due_on": DAY},
    {"text": "Bảo đảm nguồn lực", "owner": "doi.tac@vidu.vn", "due_on": DAY},
    {"text": "Báo cáo Thường trực", "owner": "byt", "due_on": "2027-04-30"},
]
PARTNERS = [
    {"id": "p1", "partner": {"name": "Viện A", "email": " Vien.A@vidu.vn "}},
    {"id": "p2", "partner": {"name": "Viện B", "email": "không có"}},
    {"id": "p3", "partner": "Viện C"},
    {"id": "p4", "partner": {"name": "Bộ Y tế", "email": "health@example.vn"}},
]


def mails(db, *, but: int = 0) -> list[tuple[str, str, list[str], str]]:
    rows = db.scalars(select(Outbox).where(Outbox.kind == "mail", Outbox.id > but).order_by(Outbox.id))
    return [
        (
            row.payload["to"].split("@")[0],
            translate(unpacked(row.payload["subject"]), row.payload["language"]),
            [translate(unpacked(line), row.payload["language"]) for line in row.payload["body"]],
            row.payload["path"],
        )
        for row in rows
    ]


def prepared(db):
    """One proposal, reviewed by two and with partners, before the committee."""
    held = sitting(db)
    proposal = held.proposals[0]
    document = {"sections": {"partners": PARTNERS}, "administrative": {}, "meta": {}}
    of_it = ProposalVersion.proposal_id == proposal.id
    db.execute(update(ProposalVersion).where(of_it).values(document=document))
    health = sittings.acting(db, "health", Role.MINISTRY_LEAD, "byt")
    db.execute(update(User).where(User.id == health.user_id).values(language="en"))
    scorer = sittings.acting(db, "scorer", Role.MINISTRY_REVIEWER, "bkhcn")
    adviser = sittings.acting(db, "adviser", Role.ADVISER)
    factories.sheet(db, proposal, scorer, 4)
    factories.opinion(db, proposal, adviser)
    sittings.acting(db, "agency", Role.IMPLEMENTER, "bct")
    return held, proposal


def test_release_reaches_everybody_concerned_once_and_nobody_before(database):
    with database.writing() as db:
        held, proposal = prepared(db)
        conclude(held, 0, "approve_with_conditions", conditions=CONDITIONS)
        before = mails(db)
        release(held)
        found = mails(db)[len(before) :]
    assert [mail for mail in before if proposal.code in str(mail)] == []
    assert Counter(name for name, *_ in found) == Counter(
        ["owner", "secretary", "scorer", "adviser", "health", "doi.tac", "vien.a"]
    )
    told = {name: (subject, lines) for name, subject, lines, _ in found}
    code, title = proposal.code, f"Proposal {proposal.code}: Sáng kiến số 1"
    assert told["health"] == (
        f"{code}: a condition for you to meet",
        [
            "A proposal was approved on conditions, and you answer for what follows.",
            title,
            "Condition: Thẩm định an toàn dữ liệu",
            "Due on 31/03/2027.",
            "Condition: Báo cáo Thường trực",
            "Due on 30/04/2027.",
            "Outcome: Approve with conditions",
        ],
    )
    assert told["vien.a"][1][0] == "Thường trực Ban Chỉ đạo đã quyết định về một đề xuất ghi bạn là đơn vị phối hợp."
    assert [line for line in told["doi.tac"][1] if "Bảo đảm nguồn lực" in line]
    with database.reading() as db:
        assert concerned.unreached(db, {one["owner"] for one in CONDITIONS}) == {"Đối tác <không phải địa chỉ>"}


def test_naming_the_lead_agency_reaches_agency_supervisor_authors_and_partners(database):
    with database.writing() as db:
        held, proposal = prepared(db)
        conclude(held, 0, "approve")
        release(held)
        last = max(db.scalars(select(Outbox.id)))
        member = sittings.member(db, "m1")
        data = {"supervisor": "m1@example.vn", "lead_agency": "bct"}
        transitions.move(db, proposal, "assign", actor=sittings.secretary(db), seen=proposal.revision, data=data)
        found = mails(db, but=last)
    assert member.user_id == proposal.supervisor_id
    places = {name: path for name, _, _, path in found}
    page = f"/proposals/{proposal.code}"
    assert places == {
        "owner": page,
        "agency": f"{page}/mandate",
        "m1": f"{page}/mandate",
        "vien.a": "/",
        "health": "/",
    }
    assert sorted(name for name, *_ in found) == sorted(places)
    lines = next(lines for name, _, lines, _ in found if name == "m1")
    assert lines[0] == "Bạn giám sát thay mặt Thường trực Ban Chỉ đạo việc thực hiện đề xuất này."
    assert lines[-1].startswith("Báo cáo đầu tiên đến hạn ngày 25/")


def test_whoever_is_conflicted_cannot_supervise(database):
    with database.writing() as db:
        proposal = factories.proposal(db, "approved")
        member = sittings.member(db, "m1")
        factories.declaration(db, proposal, member, kind="family")
        data = {"supervisor": "m1@example.vn", "lead_agency": "bct"}
        with pytest.raises(Invalid) as refused:
            transitions.move(db, proposal, "assign", actor=factories.secretary(db), seen=0, data=data)
        assert [path for path, _ in refused.value.errors] == ["data.supervisor"]
