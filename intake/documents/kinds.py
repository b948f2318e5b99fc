"""From kept facts to the PDF of a document, by the kind it is filed under."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from intake.documents.agenda import report_context, synthesis_context
from intake.documents.facts import (
    IneligibilityFacts,
    NoticeFacts,
    ProposalTextFacts,
    ReceiptFacts,
    SupplementRequestFacts,
    from_data,
)
from intake.documents.kpi_report import KpiReportFacts, kpi_report_context
from intake.documents.letters import ineligibility_context, supplement_context
from intake.documents.minutes import minutes_context
from intake.documents.notice import notice_context
from intake.documents.proposal.context import proposal_context
from intake.documents.receipt import receipt_context
from intake.documents.render import ACCESSIBLE, ARCHIVAL, PRINTED, render, texts
from intake.documents.review_facts import AssessmentRequestFacts, OpinionFacts
from intake.documents.review_letters import opinion_context, request_context
from intake.documents.session_facts import AgendaFacts, MinutesFacts
from intake.documents.session_pack import PackFacts, pack_context
from intake.documents.typeface import STAND_IN, printable, uncovered

STAND_IN_NOTE = f"Dấu {STAND_IN} thay cho ký tự không có trong phông chữ của văn bản; nguyên văn ở dữ liệu đính kèm."


@dataclass(frozen=True)
class Kind:
    """What a kind of document is made from, with which template unless its context names one, as which variant."""

    facts: type[Any]
    context: Callable[[Any], dict[str, Any]]
    template: str
    variant: str


KINDS: Mapping[str, Kind] = {
    "receipt": Kind(ReceiptFacts, receipt_context, "receipt", ACCESSIBLE),
    "decision": Kind(NoticeFacts, notice_context, "notice", ARCHIVAL),
    "supplement_request": Kind(SupplementRequestFacts, supplement_context, "letter", ACCESSIBLE),
    "ineligibility_notice": Kind(IneligibilityFacts, ineligibility_context, "letter", ACCESSIBLE),
    "assessment_request": Kind(AssessmentRequestFacts, request_context, "letter", ACCESSIBLE),
    "ministry_opinion": Kind(OpinionFacts, opinion_context, "letter", ACCESSIBLE),
    "assessment": Kind(OpinionFacts, opinion_context, "letter", ACCESSIBLE),
    "kpi_report": Kind(KpiReportFacts, kpi_report_context, "kpi_report", ACCESSIBLE),
    "score_synthesis": Kind(AgendaFacts, synthesis_context, "score_synthesis", ACCESSIBLE),
    "committee_report": Kind(AgendaFacts, report_context, "committee_report", ACCESSIBLE),
    "minutes": Kind(MinutesFacts, minutes_context, "minutes", ACCESSIBLE),
    "session_pack": Kind(PackFacts, pack_context, "session_pack", ACCESSIBLE),
    "proposal": Kind(ProposalTextFacts, proposal_context, "proposal", ACCESSIBLE),
}


def make_pdf(kind: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of a document from its kept facts; raises pydantic's ValidationError when they are not of that kind."""
    known = KINDS[kind]
    context = known.context(from_data(known.facts, data))
    return render(context.get("template", known.template), legible(context), known.variant)


def legible(context: Mapping[str, Any]) -> dict[str, Any]:
    """`context` with a visible stand-in for what the fonts cannot write, and a line that says so.

    A receipt must come whatever a title contains; the attached data keep the original text.
    """
    missing = uncovered("".join(texts([context[part] for part in PRINTED])))
    shown = {part: with_stand_ins(context[part]) for part in PRINTED} if missing else {}
    legible_context = {**context, **shown}
    return {
        **legible_context,
        "d": {**legible_context["d"], "stand_in_note": STAND_IN_NOTE if missing else ""},
    }


def with_stand_ins(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {name: with_stand_ins(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [with_stand_ins(part) for part in value]
    return value
