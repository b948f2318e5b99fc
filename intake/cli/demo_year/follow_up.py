"""What follows an approval: who supervises and leads, the monthly reports, adjusting, stopping and completing."""

from __future__ import annotations

from sqlalchemy.orm import Session

from intake.cli.demo_stories import CHAIR, SECRETARY, actor, find
from intake.cli.demo_year import words
from intake.cli.demo_year.cases import Case
from intake.cli.demo_year.people import AGENCY
from intake.cli.demo_year.steps import moved
from intake.models import Kpi
from intake.services import kpis, reports
from intake.services.demo_accounts import UNIVERSITY

AGENTS = {UNIVERSITY: "agency@demo.vn", "bnnmt": AGENCY}
MONTHS = 54
"""How long an indicator has from its baseline to its goal."""
FRACTIONS = ("percent", "day")


def assigned(db: Session, case: Case, code: str, *, agency: str = UNIVERSITY, supervisor: str = "member2") -> None:
    data = {"supervisor": f"{supervisor}@demo.vn", "lead_agency": agency}
    moved(db, code, "assign", actor(db, SECRETARY), data=data)


def reported(db: Session, case: Case, code: str, *, month: int) -> None:
    """The report of the month, with values on the way from the baseline to the goal."""
    proposal = find(db, code)
    who = actor(db, AGENTS[proposal.lead_agency_id or ""], "implementer")
    entries = [entry(kpi, case, month) for kpi in kpis.of(db, proposal)]
    progress, hardship = words.PROGRESS[month % len(words.PROGRESS)], words.pick(words.HARDSHIPS, case.name, month)
    reports.send(db, proposal, entries=entries, progress=progress, difficulties=hardship, actor=who)


def entry(kpi: Kpi, case: Case, month: int) -> reports.Entry:
    if kpi.baseline is None or kpi.target is None:
        return reports.Entry(kpi.code, note="Chưa đến kỳ thu thập.")
    pace = words.pick((0.5, 0.9, 1.2), case.name, kpi.code)
    value = kpi.baseline + (kpi.target - kpi.baseline) * pace * (month + 1) / MONTHS
    return reports.Entry(kpi.code, round(value, 1 if kpi.unit in FRACTIONS else None))


def adjusted(db: Session, case: Case, code: str) -> None:
    reason = "Điều chỉnh mốc giai đoạn 1 do thay đổi địa giới hành chính; mục tiêu giữ nguyên."
    moved(db, code, "adjust", actor(db, CHAIR, "committee_chair"), reason=reason)


def stopped(db: Session, case: Case, code: str) -> None:
    reason = "Đơn vị chủ trì không bố trí được nguồn ngoài ngân sách như cam kết."
    moved(db, code, "stop", actor(db, CHAIR, "committee_chair"), reason=reason)


def completed(db: Session, case: Case, code: str) -> None:
    moved(db, code, "complete", actor(db, SECRETARY))
