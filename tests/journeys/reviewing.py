"""The first half of the way, page by page: written, received, scored, assessed, put together, referred."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from intake.catalogue import CRITERIA
from intake.forms.organisations import NOT_LISTED
from intake.services.demo_accounts import UNIVERSITY
from intake.workflow.procedures.kh01 import KH01
from tests.journeys.office import CODE, ENGINEER, LEAD, LEAD2, OWNER, REVIEWER, SECRETARY, Office, university_file
from tests.journeys.visitors import Visitor, form_of, words

EDITED = (
    "Dữ liệu khám, chữa bệnh chưa liên thông giữa các cơ sở; người bệnh phải làm lại xét nghiệm mỗi khi chuyển tuyến, "
    "tốn tiền và mất thời gian."
)
CONDITION = "Thẩm định an toàn dữ liệu cá nhân trước khi kết nối."
SUMMARY = "Các cơ quan thống nhất về sự cần thiết; còn lưu ý về an toàn dữ liệu."
MARKS = {
    REVIEWER: (5, 5, 4, 4, 5, 4),
    LEAD: (5, 4, 5, 4, 4, 3),
    LEAD2: (4, 5, 5, 3, 5, None),
    ENGINEER: (5, 5, 5, 4, 5, 4),
}


def stands(office: Office, visitor: Visitor, state: str, *, is_public: bool = False) -> bool:
    """Whether the page names the stage in the words for officials, or for everybody."""
    stage = KH01.stage(state)
    return office.says(visitor, stage.public if is_public else stage.label)


def write(office: Office, folder: Path) -> None:
    """Start from the file, change one section, read it all, submit."""
    owner = office.at(OWNER)
    owner.open("/proposals")
    owner.follow("/proposals/new")
    owner.send("/proposals/new/file", {"file": university_file(folder)})
    office.code = owner.path.removeprefix("/proposals/")
    assert CODE.fullmatch(office.code)
    section = f"{office.base}/edit/rationale"
    owner.follow(section)
    owner.send(section, {"rationale.problem": EDITED}, press="go=list")
    owner.follow(f"{office.base}/submit")
    assert EDITED in words(owner.html)
    owner.send(f"{office.base}/submit")
    assert owner.path == office.base
    assert stands(office, owner, "reception", is_public=True)


def receive(office: Office) -> None:
    """The secretary says what each name stands for, then routes to a lead and a cooperating ministry."""
    secretary = office.at(SECRETARY)
    secretary.open("/queue")
    secretary.follow(f"{office.base}/staff")
    links = f"{office.base}/organisations"
    secretary.follow(links)
    secretary.send(links, bodies(secretary, links))
    accept = f"{office.base}/move/accept"
    secretary.open(accept)
    secretary.send(accept, {"lead": "bkhcn", "cooperating": ["byt"]})
    assert stands(office, secretary, "ministry_review")


def bodies(secretary: Visitor, action: str) -> dict[str, str]:
    """The university for itself; for every other open name the catalogue's likeliest body, else none."""
    chosen: dict[str, str] = {}
    controls = [one for one in form_of(secretary, action).controls.values() if one.kind == "select"]
    for control in controls:
        likely = control.offered[1]
        chosen[control.name] = control.value or (NOT_LISTED if likely == NOT_LISTED else likely)
    assert UNIVERSITY in chosen.values()
    return chosen


def declare(office: Office, email: str, onward: str = "") -> Visitor:
    """No conflict of interest; on to the page that was asked for."""
    visitor = office.at(email)
    action = f"{office.base}/conflict"
    visitor.open(f"{action}?next={onward}" if onward else action)
    visitor.send(action, {"kind": "none"})
    return visitor


def review(office: Office) -> None:
    """Leads declare and ask who scores, three sheets, two signed opinions, the review concluded."""
    people = f"{office.base}/assignments"
    for lead, reviewers in ((LEAD, (REVIEWER, LEAD)), (LEAD2, (LEAD2,))):
        visitor = declare(office, lead, people)
        for reviewer in reviewers:
            visitor.send(people, {"person": reviewer})
    declare(office, REVIEWER)
    for email in (REVIEWER, LEAD, LEAD2):
        score(office, email)
    sign(office, LEAD, "opinion", "conditions", "Đồng ý; cần thẩm định an toàn dữ liệu.", (CONDITION,))
    sign(office, LEAD2, "opinion", "agree", "Đồng ý, đề nghị dùng chung kiến trúc dữ liệu.")
    move(office, LEAD2, "conclude_review")
    assert stands(office, office.at(LEAD2), "engineer_assessment")


def score(office: Office, email: str) -> None:
    """Six criteria, saved once on the way, then submitted."""
    visitor, action = office.at(email), f"{office.base}/review"
    visitor.open(action)
    (first, *others), marks = list(CRITERIA), dict(zip(CRITERIA, MARKS[email], strict=True))
    visitor.send(action, entries(marks, [first]), press=f"do={others[0]}")
    visitor.send(action, entries(marks, others), press="do=submit")


def entries(marks: dict[str, int | None], criteria: Sequence[str]) -> dict[str, str]:
    """Level and reason of these criteria; no level means that the text allows no judgement."""
    filled: dict[str, str] = {}
    for id in criteria:
        filled[f"{id}-score"] = "none" if marks[id] is None else str(marks[id])
        filled[f"{id}-justification"] = f"Căn cứ nội dung đề xuất về {CRITERIA[id].name.vi}."
    return filled


def sign(office: Office, email: str, page: str, position: str, text: str, conditions: Sequence[str] = ()) -> Visitor:
    """An opinion or an assessment, written and signed."""
    visitor, action = office.at(email), f"{office.base}/{page}"
    visitor.open(action)
    rows = {f"conditions-{number}-text": condition for number, condition in enumerate(conditions)}
    visitor.send(action, {"position": position, "text": text, **rows}, press="do=sign")
    return visitor


def move(office: Office, email: str, transition: str) -> None:
    visitor, action = office.at(email), f"{office.base}/move/{transition}"
    visitor.open(action)
    visitor.send(action)


def assess(office: Office) -> None:
    """The chief engineer scores without seeing anything, then reads the others, signs and hands over."""
    engineer = declare(office, ENGINEER, f"{office.base}/assessment")
    assert CONDITION not in words(engineer.html)
    score(office, ENGINEER)
    assert engineer.path == f"{office.base}/assessment"
    assert CONDITION in words(engineer.html)
    sign(office, ENGINEER, "assessment", "agree", "Kiến trúc phù hợp với hệ thống; lộ trình khả thi.")
    engineer.send(f"{office.base}/move/assess")


def synthesise(office: Office) -> None:
    """Summary and one difference, then referred; the ranking has it."""
    secretary, action = office.at(SECRETARY), f"{office.base}/synthesis"
    secretary.open("/queue")
    secretary.follow(action)
    secretary.send(action, {"summary": SUMMARY}, press="more=1")
    difference = {
        "criterion": "feasibility",
        "bodies": ["byt"],
        "text": CONDITION,
        "resolution": "Đưa thành điều kiện.",
    }
    secretary.send(action, {f"differences-0-{name}": value for name, value in difference.items()}, press="do=refer")
    secretary.send(f"{office.base}/move/refer")
    assert stands(office, secretary, "committee")
    secretary.open("/ranking")
    assert office.code in words(secretary.html)
