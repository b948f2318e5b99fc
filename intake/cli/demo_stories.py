"""What happened to each proposal of the demonstration: a list of steps, each one transaction of the real services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from intake import clock
from intake.catalogue import CRITERIA
from intake.cli.demo_documents import demo_document
from intake.cli.world import acting
from intake.db import Database
from intake.models import Proposal
from intake.policy import Actor
from intake.services import (
    assignments,
    ballots,
    conclusions,
    conflicts,
    decisions,
    opinions,
    organisations,
    proposals,
    score_sheets,
    sessions,
    syntheses,
    transitions,
)
from intake.services.demo_accounts import UNIVERSITY, UNIVERSITY_NAME_VI

ACTORS = "intake.demo_actors"
HEALTH, SCIENCE = "byt", "bkhcn"
REVIEWER, LEAD, LEAD2 = "ministry.reviewer@demo.vn", "ministry.lead@demo.vn", "ministry2.lead@demo.vn"
SECRETARY, CHAIR = "secretary@demo.vn", "chair@demo.vn"
MEMBERS = tuple(f"member{number}@demo.vn" for number in range(1, 7))
JUSTIFICATIONS = {
    "strategic_fit": "Đóng góp trực tiếp vào chỉ tiêu đã chọn ở mục 9; lập luận rõ.",
    "breakthrough": "Mô hình mới so với hiện trạng ở mục 6, có thể nhân rộng.",
    "impact": "KPI kết quả đo được, phạm vi toàn quốc.",
    "feasibility": "Lộ trình và nguồn lực phù hợp; cần làm rõ hạ tầng tuyến dưới.",
    "urgency": "Giải quyết điểm nghẽn đã nêu ở mục 4.",
    "social_resources": "Có cam kết chủ trương của khu vực ngoài nhà nước.",
}


@dataclass
class Stage:
    """Where stories are told: the database, and one transaction per step."""

    database: Database

    def act(self, work: Callable[[Session], None]) -> None:
        self.database.transact(work)


Step = Callable[[Session, str], None]


@dataclass(frozen=True)
class Story:
    """One proposal: which initiative, who proposes, the marks its reviewers give, and how far it gets."""

    initiative: str
    steps: tuple[Step, ...] = ()
    owner: str = "organisation@demo.vn"
    person: str | None = None
    scale: int = 1


def actor(db: Session, email: str, *roles: str) -> Actor:
    """The person in one of the roles; read once per database session."""
    known = db.info.setdefault(ACTORS, {})
    if (email, roles) not in known:
        known[email, roles] = acting(db, email, *roles).actor
    return known[email, roles]


def find(db: Session, code: str) -> Proposal:
    return proposals.unchecked(db, code)


def fire(db: Session, code: str, transition: str, email: str, data: dict[str, Any] | None = None) -> None:
    proposal = find(db, code)
    who = actor(db, email, *ROLE_OF_MOVE.get(transition, ()))
    transitions.move(db, proposal, transition, actor=who, seen=proposal.revision, data=data)


ROLE_OF_MOVE = {"conclude_review": ("ministry_lead",), "assess": ("engineer",)}


def submitted(db: Session, code: str) -> None:
    proposal = find(db, code)
    transitions.move(db, proposal, "submit", actor=owner_of(db, proposal), seen=proposal.revision)


def owner_of(db: Session, proposal: Proposal) -> Actor:
    return actor(db, proposals.owner_of(db, proposal).email, "applicant")


def linked(db: Session, code: str) -> None:
    """The secretary links the lead and what the catalogue knows of the partners."""
    organisations.settle(db, find(db, code), lead=UNIVERSITY, partners=["bca"], owner=None, actor=actor(db, SECRETARY))


def accepted(db: Session, code: str) -> None:
    fire(db, code, "accept", SECRETARY, data={"lead": SCIENCE, "cooperating": [HEALTH]})


def supplement_asked(db: Session, code: str) -> None:
    remarks = [{"section": "resources", "text": "Nêu rõ nguồn xã hội hóa của giai đoạn 2."}]
    fire(db, code, "request_supplement", SECRETARY, data={"remarks": remarks})


def unconflicted(db: Session, code: str, *emails: str) -> None:
    for email in emails:
        proposal = find(db, code)
        conflicts.declare(db, proposal, conflicted=False, kind="none", actor=actor(db, email))


def assigned(db: Session, code: str) -> None:
    """Each ministry names who scores: the reviewer, and both leads themselves."""
    unconflicted(db, code, LEAD, LEAD2)
    for email, lead in ((REVIEWER, LEAD), (LEAD, LEAD), (LEAD2, LEAD2)):
        assignments.assign_reviewer(db, find(db, code), email, actor=actor(db, lead))
    unconflicted(db, code, REVIEWER)


def scored(db: Session, code: str, email: str, marks: Sequence[int | None]) -> None:
    scores = {
        criterion: {"score": mark, "justification": JUSTIFICATIONS[criterion], "section": None}
        for criterion, mark in zip(CRITERIA, marks, strict=True)
    }
    score_sheets.save(db, find(db, code), scores, submit=True, actor=actor(db, email))


def opined(db: Session, code: str, email: str, position: str, text: str) -> None:
    conditions = ["Thẩm định an toàn dữ liệu cá nhân trước khi kết nối."] if position == "conditions" else []
    opinions.save(
        db, find(db, code), position=position, text=text, conditions=conditions, submit=True, actor=actor(db, email)
    )


def reviewed(*marks: Sequence[int | None]) -> tuple[Step, ...]:
    """Three sheets, two opinions, the review concluded by the lead ministry."""
    people = (REVIEWER, LEAD, LEAD2)
    return (
        assigned,
        *(partial(scored, email=email, marks=given) for email, given in zip(people, marks, strict=True)),
        partial(opined, email=LEAD, position="conditions", text="Đồng ý; cần thẩm định an toàn dữ liệu."),
        partial(opined, email=LEAD2, position="agree", text="Đồng ý, đề nghị dùng chung kiến trúc dữ liệu."),
        partial(fire, transition="conclude_review", email=LEAD2),
    )


def assessed(db: Session, code: str, marks: Sequence[int | None]) -> None:
    """The engineer of the system scores first, then signs and hands over."""
    proposal = find(db, code)
    email = f"engineer.{proposal.assessing_system}@demo.vn"
    unconflicted(db, code, email)
    scored(db, code, email, marks)
    opined(db, code, email, "agree", "Kiến trúc phù hợp với hệ thống; lộ trình khả thi.")
    fire(db, code, "assess", email)


def synthesised(db: Session, code: str) -> None:
    differences = [
        {
            "criterion": "feasibility",
            "bodies": [HEALTH],
            "text": "Đề nghị thẩm định an toàn dữ liệu trước khi kết nối.",
            "resolution": "Đưa thành điều kiện khi trình Thường trực.",
        }
    ]
    summary = "Các cơ quan thống nhất về sự cần thiết; còn lưu ý về hạ tầng và an toàn dữ liệu."
    syntheses.save(db, find(db, code), summary=summary, differences=differences, actor=actor(db, SECRETARY))


def referred(db: Session, code: str) -> None:
    fire(db, code, "refer", SECRETARY)


def scheduled(db: Session, code: str) -> None:
    """On the agenda of a coming session."""
    starts_at = clock.now() + timedelta(days=7)
    sessions.create(db, body="tt_bcdtw", starts_at=starts_at, place="Hà Nội", items=[code], actor=actor(db, SECRETARY))


def decided(db: Session, code: str, outcome: str, reason: str, conditions: Sequence[str] = ()) -> None:
    """A whole sitting: attendance, ballots of the members and the chair, conclusion, release."""
    secretary = actor(db, SECRETARY)
    session = sessions.create(db, body="tt_bcdtw", starts_at=clock.now(), place="Hà Nội", items=[code], actor=secretary)
    number, everybody = session.id, (CHAIR, *MEMBERS)
    present = dict.fromkeys(everybody, "present")
    session = sessions.get(db, number, actor=secretary, action="session.manage")
    sessions.set_attendance(db, session, present, actor=secretary)
    sessions.open_session(db, session, actor=secretary)
    sessions.open_item(db, session, code, actor=secretary)
    for email in everybody:
        who = actor(db, email, "committee_chair" if email == CHAIR else "committee_member")
        conflicts.declare(db, find(db, code), conflicted=False, kind="none", actor=who)
        ballots.cast(db, sessions.get(db, number, actor=who), code, choice=outcome, reason=reason, actor=who)
    sessions.close_item(db, session, code, actor=secretary)
    due = (clock.today() + timedelta(days=90)).isoformat()
    conclusions.prepare(
        db,
        session,
        code,
        outcome=outcome,
        text="Thường trực Ban Chỉ đạo thống nhất với báo cáo tổng hợp.",
        reason=reason,
        conditions=[{"text": text, "owner": UNIVERSITY_NAME_VI, "due_on": due} for text in conditions],
        actor=secretary,
    )
    sessions.close_session(db, session, actor=secretary)
    chair = actor(db, CHAIR)
    decisions.release(db, sessions.get(db, number, actor=chair), actor=chair)


def implemented(db: Session, code: str) -> None:
    data = {"supervisor": "member2@demo.vn", "lead_agency": UNIVERSITY}
    fire(db, code, "assign", SECRETARY, data=data)


def withdrawn(db: Session, code: str) -> None:
    proposal = find(db, code)
    transitions.move(db, proposal, "withdraw", actor=owner_of(db, proposal), seen=proposal.revision)


RECEIVED: tuple[Step, ...] = (submitted, linked)
ROUTED: tuple[Step, ...] = (*RECEIVED, accepted)
HIGH = ((5, 5, 4, 4, 5, 4), (5, 4, 5, 4, 4, 3), (4, 5, 5, 3, 5, 4))
MIXED = ((4, 3, 4, 2, 4, 3), (5, 4, 4, 3, 4, None), (3, 3, 4, 2, 5, 2))
LOW = ((3, 2, 2, 2, 3, 2), (2, 2, 3, 1, 3, 2), (3, 2, 2, 2, 2, 1))


def to_committee(marks: Sequence[Sequence[int | None]], own: Sequence[int | None]) -> tuple[Step, ...]:
    return (*ROUTED, *reviewed(*marks), partial(assessed, marks=own), synthesised, referred)


STORIES: tuple[Story, ...] = (
    Story("sk11"),
    Story("sk15", RECEIVED[:1], owner="applicant@demo.vn", person="Nguyễn Thị Ước"),
    Story("sk13", (*RECEIVED[:1], supplement_asked)),
    Story("sk12", ROUTED),
    Story("sk14", (*ROUTED, assigned, partial(scored, email=REVIEWER, marks=MIXED[0])), scale=2),
    Story("sk18", (*ROUTED, *reviewed(*MIXED))),
    Story("sk06", (*ROUTED, *reviewed(*HIGH), partial(assessed, marks=(5, 4, 4, 4, 5, 4)))),
    Story("sk10", (*to_committee(HIGH, (5, 5, 5, 4, 5, 4)), scheduled)),
    Story(
        "sk16",
        (
            *to_committee(MIXED, (4, 4, 4, 3, 4, 3)),
            partial(
                decided,
                outcome="approve_with_conditions",
                reason="Đáp ứng các tiêu chí; hạ tầng cần làm rõ.",
                conditions=("Hoàn thành thẩm định an toàn dữ liệu.", "Làm rõ nguồn xã hội hóa giai đoạn 2."),
            ),
        ),
        scale=3,
    ),
    Story(
        "sk24",
        (
            *to_committee(HIGH, (4, 4, 5, 4, 4, 5)),
            partial(decided, outcome="approve", reason="Đáp ứng đầy đủ sáu tiêu chí."),
            implemented,
        ),
    ),
    Story(
        "sk25",
        (
            *to_committee(LOW, (2, 2, 3, 2, 3, 2)),
            partial(decided, outcome="reject", reason="Chưa rõ yếu tố mới so với hiện tại; nguồn lực chưa khả thi."),
        ),
    ),
    Story("sk07", (*RECEIVED[:1], withdrawn)),
)


def begun(db: Session, story: Story) -> str:
    """The draft; its code."""
    document = demo_document(story.initiative, person=story.person, scale=story.scale)
    return proposals.create(db, document, actor=actor(db, story.owner, "applicant")).code


def tell(stage: Stage, story: Story) -> str:
    """Make the proposal and take each step in a transaction of its own; answers its code."""
    codes: list[str] = []
    stage.act(lambda db: codes.append(begun(db, story)))
    code = codes[-1]
    for step in story.steps:
        stage.act(lambda db, step=step: step(db, code))
    return code
