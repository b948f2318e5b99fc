"""Sittings called, prepared, opened and closed; agendas, attendance, recusals."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from intake.errors import Forbidden, IllegalMove, Incomplete, Invalid, NotFound
from intake.models import Attendance, AuditEntry, BodyMember, Proposal, Recusal, SessionItem, User
from intake.services import sessions
from tests.services import sittings
from tests.services.sittings import PLACE, STARTS_AT, declaration, secretary, sitting


def created(db, **changes):
    values = {"body": "tt_bcdtw", "starts_at": STARTS_AT, "place": PLACE, "actor": secretary(db)}
    return sessions.create(db, **values | changes)


def listed(db, session):
    rows = select(User.email, Attendance.seat, Attendance.status).join(User, User.id == Attendance.user_id)
    rows = rows.where(Attendance.session_id == session.id).order_by(Attendance.id)
    return [(email.split("@")[0], seat, status) for email, seat, status in db.execute(rows)]


def agenda(db, session):
    rows = select(Proposal.code, SessionItem.state).join(Proposal, Proposal.id == SessionItem.proposal_id)
    return db.execute(rows.where(SessionItem.session_id == session.id).order_by(SessionItem.position)).all()


def standing(db, code):
    row = db.scalars(select(Proposal).where(Proposal.code == code)).one()
    return row.holder_kind, row.holder_organisation_id, row.due_on, row.revision


def test_session_lists_the_body_and_guests_and_is_numbered_per_body(database):
    with database.writing() as db:
        sittings.body(db)
        sittings.body(db, "bcdtw")
        sittings.person(db, "guest")
        first = created(db, invited=["Guest@example.vn"])
        second = created(db)
        other = created(db, body="bcdtw")
        assert (first.number, second.number, other.number) == (1, 2, 1)
        assert (first.mode, first.state, first.place) == ("ballot", "planned", PLACE)
        assert listed(db, first) == [
            ("chair", "chair", "expected"),
            ("deputy", "deputy", "expected"),
            ("m1", "member", "expected"),
            ("m2", "member", "expected"),
            ("m3", "member", "expected"),
            ("m4", "member", "expected"),
            ("guest", None, "expected"),
        ]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"body": "byt"}, "body"),
        ({"place": "  "}, "place"),
        ({"mode": "acclamation"}, "mode"),
        ({"starts_at": STARTS_AT.replace(tzinfo=None)}, "starts_at"),
        ({"invited": ["nobody@example.vn"]}, "invited.0"),
    ],
)
def test_session_with_wrong_input_is_refused_with_its_path(database, changes, path):
    with database.writing() as db:
        with pytest.raises(Invalid) as refusal:
            created(db, **changes)
        assert [found for found, _ in refusal.value.errors] == [path]


def test_only_the_secretariat_calls_a_session(database):
    with database.writing() as db:
        sittings.body(db)
        with pytest.raises(Forbidden):
            created(db, actor=sittings.member(db, "chair"))


def test_agenda_hands_the_proposal_to_the_body_and_back(database):
    with database.writing() as db:
        sittings.body(db)
        codes = [sittings.proposal(db, number).code for number in (1, 2, 3)]
        session = created(db, items=codes[:2])
        assert agenda(db, session) == [(codes[0], "waiting"), (codes[1], "waiting")]
        assert standing(db, codes[0]) == ("body", "tt_bcdtw", date(2026, 12, 18), 1)
        sessions.set_agenda(db, session, [codes[2], codes[1]], actor=secretary(db))
        assert agenda(db, session) == [(codes[0], "removed"), (codes[2], "waiting"), (codes[1], "waiting")]
        assert standing(db, codes[0]) == ("secretariat", "vptw", date(2026, 12, 18), 2)
        sessions.set_agenda(db, session, codes[:1], actor=secretary(db))
        assert standing(db, codes[0]) == ("body", "tt_bcdtw", date(2026, 12, 18), 3)
        assert standing(db, codes[2]) == ("secretariat", "vptw", date(2026, 12, 18), 2)


def test_agenda_keeps_in_its_place_what_its_maker_may_not_know_of(database):
    with database.writing() as db:
        sittings.body(db)
        codes = [sittings.proposal(db, number=number).code for number in (1, 2, 3)]
        session = created(db, items=codes)
        conflicted = sittings.acting(db, "second", sittings.Role.SECRETARY, "vptw")
        second = db.scalars(select(Proposal).where(Proposal.code == codes[1])).one()
        declaration(db, second, "second", kind="family")
        sessions.set_agenda(db, session, [codes[2], codes[0]], actor=conflicted)
        assert [tuple(row) for row in agenda(db, session)] == [(code, "waiting") for code in reversed(codes)]


def test_agenda_takes_only_what_this_body_decides(database):
    with database.writing() as db:
        sittings.body(db)
        sittings.body(db, "bcdtw")
        plain = sittings.proposal(db, 1).code
        of_system_6 = sittings.proposal(db, 2, primary_system="ht6").code
        special = sittings.proposal(db, 3, kind="special_project").code
        small = created(db, items=[plain])
        wide = created(db, body="bcdtw", items=[of_system_6, special])
        assert agenda(db, wide) == [(of_system_6, "waiting"), (special, "waiting")]
        for session, codes, path in ((small, [plain, of_system_6], "items.1"), (small, [special], "items.0")):
            sessions.set_agenda(db, wide, [], actor=secretary(db))
            with pytest.raises(Invalid) as refusal:
                sessions.set_agenda(db, session, codes, actor=secretary(db))
            assert [found for found, _ in refusal.value.errors] == [path]
        sessions.set_agenda(db, small, [], actor=secretary(db))
        with pytest.raises(Invalid):
            sessions.set_agenda(db, wide, [plain], actor=secretary(db))


def test_agenda_refuses_what_waits_for_no_decision_or_is_listed_elsewhere(database):
    with database.writing() as db:
        sittings.body(db)
        early = sittings.proposal(db, 1, state="synthesis").code
        waiting = sittings.proposal(db, 2).code
        session, other = created(db), created(db, items=[waiting])
        for codes in ([early], [waiting]):
            with pytest.raises(IllegalMove):
                sessions.set_agenda(db, session, codes, actor=secretary(db))
        for codes in (["SK-2026-99999999"], [waiting, waiting]):
            with pytest.raises(Invalid):
                sessions.set_agenda(db, other, codes, actor=secretary(db))
        assert agenda(db, session) == []


def test_agenda_is_fixed_once_the_session_opens(database):
    with database.writing() as db:
        held = sitting(db)
        sessions.open_session(db, held.session, actor=held.secretary)
        with pytest.raises(IllegalMove):
            sessions.set_agenda(db, held.session, [], actor=held.secretary)
        with pytest.raises(IllegalMove):
            sessions.open_session(db, held.session, actor=held.secretary)


def test_opening_puts_the_list_right_when_the_body_has_changed(database):
    with database.writing() as db:
        held = sitting(db)
        left = sittings.person(db, "m4").id
        db.scalars(select(BodyMember).where(BodyMember.user_id == left)).one().ended_on = date(2026, 11, 1)
        joined = sittings.member(db, "m5")
        db.add(BodyMember(body_id="tt_bcdtw", user_id=joined.user_id, seat="member", position=7))
        db.flush()
        sessions.open_session(db, held.session, actor=held.secretary)
        assert [row for row in listed(db, held.session) if row[0] in ("m4", "m5")] == [("m5", "member", "expected")]


def test_attendance_is_kept_by_the_secretariat_for_people_on_the_list(database):
    with database.writing() as db:
        held = sitting(db)
        held.attend(chair="absent", m1="remote")
        assert listed(db, held.session)[:3] == [
            ("chair", "chair", "absent"),
            ("deputy", "deputy", "present"),
            ("m1", "member", "remote"),
        ]
        for statuses in ({"nobody@example.vn": "present"}, {"m1@example.vn": "asleep"}):
            with pytest.raises(Invalid):
                sessions.set_attendance(db, held.session, statuses, actor=held.secretary)
        with pytest.raises(Forbidden):
            sessions.set_attendance(db, held.session, {"m1@example.vn": "absent"}, actor=held.member("chair"))


def test_item_opens_only_in_an_open_session_and_with_a_quorum(database):
    with database.writing() as db:
        held = sitting(db)
        with pytest.raises(IllegalMove):
            sessions.open_item(db, held.session, held.code, actor=held.secretary)
        held.attend(m1="absent", m2="excused", m3="absent")
        sessions.open_session(db, held.session, actor=held.secretary)
        with pytest.raises(Incomplete) as refusal:
            sessions.open_item(db, held.session, held.code, actor=held.secretary)
        assert [str(problem["message"]) for problem in refusal.value.problems] == [
            "3 of 6 entitled members are present; at least 4 are needed."
        ]
        held.attend(m1="remote", chair="absent", deputy="absent", m2="present", m3="present")
        with pytest.raises(Incomplete) as refusal:
            sessions.open_item(db, held.session, held.code, actor=held.secretary)
        assert [str(problem["message"]) for problem in refusal.value.problems] == [
            "Neither the chair nor the deputy is present."
        ]
        held.attend(deputy="present")
        sessions.open_item(db, held.session, held.code, actor=held.member("deputy"))
        assert agenda(db, held.session) == [(held.code, "open")]


def test_item_is_opened_by_secretary_or_presiding_chair_and_nobody_else(database):
    with database.writing() as db:
        held = sitting(db)
        sessions.open_session(db, held.session, actor=held.secretary)
        for actor in (held.member("m1"), held.member("deputy")):
            with pytest.raises(Forbidden):
                sessions.open_item(db, held.session, held.code, actor=actor)
        with pytest.raises(NotFound):
            sessions.open_item(
                db, held.session, held.code, actor=sittings.acting(db, "lead", sittings.Role.MINISTRY_LEAD, "byt")
            )
        sessions.open_item(db, held.session, held.code, actor=held.member("chair"))
        assert agenda(db, held.session) == [(held.code, "open")]


def test_conflicted_members_are_recused_when_the_item_opens(database):
    with database.writing() as db:
        held = sitting(db, declared=False)
        sittings.link(db, held.proposals[0], "byt")
        sittings.acting(db, "m1", sittings.Role.MINISTRY_LEAD, "byt")
        declaration(db, held.proposals[0], "m2", kind="family")
        held.open()
        rows = db.execute(select(User.email).join(Recusal, Recusal.user_id == User.id).order_by(User.email)).scalars()
        assert list(rows) == ["m1@example.vn", "m2@example.vn"]
        # Four of the four entitled are there; two conflicted neither count nor help.
        assert held.close()["entitled"] == 4


def test_member_recuses_himself_and_the_secretary_records_a_recusal(database):
    with database.writing() as db:
        held = sitting(db, declared=False)
        session, code = held.session, held.code
        sessions.recuse(db, session, code, reason="Tôi từng tư vấn", actor=held.member("m1"))
        sessions.recuse(db, session, code, reason="Theo thư", email="M2@example.vn", actor=held.secretary)
        sessions.recuse(db, session, code, reason="Theo thư", email="m2@example.vn", actor=held.secretary)
        rows = db.execute(
            select(User.email, Recusal.reason).join(Recusal, Recusal.user_id == User.id).order_by(User.email)
        ).all()
        assert rows == [("m1@example.vn", "Tôi từng tư vấn"), ("m2@example.vn", "Theo thư")]
        for email, reason in (("guest@example.vn", "x"), ("m3@example.vn", " ")):
            with pytest.raises(Invalid):
                sessions.recuse(db, session, code, reason=reason, email=email, actor=held.secretary)
        declaration(db, held.proposals[0], "chair")
        with pytest.raises(Forbidden):
            sessions.recuse(db, session, code, reason="x", email="m4@example.vn", actor=held.member("chair"))


def test_closing_the_session_gives_back_what_was_not_dealt_with(database):
    with database.writing() as db:
        held = sitting(db, 2)
        held.open()
        with pytest.raises(IllegalMove) as refusal:
            sessions.close_session(db, held.session, actor=held.secretary)
        assert refusal.value.extra == {"open": [held.code]}
        db.rollback()
    with database.writing() as db:
        held = sitting(db, 2)
        held.open()
        held.close()
        sessions.close_session(db, held.session, actor=held.member("chair"))
        assert agenda(db, held.session) == [(held.codes[0], "closed"), (held.codes[1], "removed")]
        assert standing(db, held.codes[1])[:2] == ("secretariat", "vptw")
        with pytest.raises(IllegalMove):
            held.attend(m1="absent")


def test_sessions_are_seen_by_the_secretariat_and_the_body_alone(database):
    with database.writing() as db:
        held = sitting(db)
        outsider = sittings.acting(db, "lead", sittings.Role.MINISTRY_LEAD, "byt")
        elsewhere = sittings.acting(db, "wide", sittings.Role.COMMITTEE_MEMBER, "bcdtw")
        for actor in (held.secretary, held.member("chair"), held.member("m3")):
            assert [row.id for row in sessions.listing(db, actor=actor)] == [held.session.id]
            assert sessions.get(db, held.session.id, actor=actor).place == PLACE
        for actor in (outsider, elsewhere, sittings.owner(db)):
            assert sessions.listing(db, actor=actor) == []
            with pytest.raises(NotFound):
                sessions.get(db, held.session.id, actor=actor)


def test_conflicted_member_does_not_find_the_item_on_the_agenda(database):
    with database.writing() as db:
        held = sitting(db, 2, declared=False)
        declaration(db, held.proposals[0], "m1", kind="financial")
        seen = [item.proposal.code for item in sessions.visible_items(db, held.session, actor=held.member("m1"))]
        assert seen == [held.codes[1]]
        assert len(sessions.visible_items(db, held.session, actor=held.member("m2"))) == 2


def test_what_happens_in_a_sitting_is_in_the_audit_trail(database):
    with database.writing() as db:
        held = sitting(db)
        held.open()
        held.close()
        sessions.close_session(db, held.session, actor=held.secretary)
    with database.reading() as db:
        events = db.scalars(select(AuditEntry.event).order_by(AuditEntry.seq)).all()
        assert events == [
            "session.created",
            "proposal.put_on_agenda",
            "session.agenda_set",
            "session.attendance_recorded",
            "session.opened",
            "item.opened",
            "item.closed",
            "session.closed",
        ]
