"""Pictures of the sample documents for the documentation: python -m tests.documents.pictures"""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from intake.documents.facts import NoticeFacts, to_data
from intake.documents.kinds import make_pdf
from tests.documents import session_samples
from tests.documents.extremes import shortest
from tests.documents.samples import (
    CONDITIONS,
    ISSUE,
    PROPOSAL,
    VERSION_SHA256,
    example,
    notice,
    proposal_text,
    receipt,
)
from tests.documents.test_letters import refusal, supplement
from tests.documents.test_pdf import LONG

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "documents"
DOTS_PER_INCH = "60"


def shortest_notice(body: str) -> NoticeFacts:
    """A title of one word, one condition, nothing that need not be there."""
    short = replace(PROPOSAL, title="AI", lead=PROPOSAL.proposer)
    return notice(
        body=body,
        proposal=short,
        conditions=CONDITIONS[:1],
        differences=(),
        copies=(),
        summary="",
        text="",
        reason="Phù hợp.",
        issue=ISSUE,
    )


def main() -> None:
    samples = {
        "receipt": ("receipt", receipt()),
        "decision-draft": ("decision", notice()),
        "decision-final": ("decision", notice(issue=ISSUE)),
        "notice-shortest": ("decision", shortest_notice("tt_bcdtw")),
        "notice-longest": ("decision", LONG),
        "decision-state": ("decision", notice(body="byt", issue=ISSUE)),
        "decision-state-shortest": ("decision", shortest_notice("byt")),
        "decision-state-longest": ("decision", replace(LONG, body="byt")),
        "minutes": ("minutes", session_samples.minutes(issue=ISSUE)),
        "score-synthesis": ("score_synthesis", session_samples.agenda(issue=ISSUE)),
        "committee-report": ("committee_report", session_samples.agenda(issue=ISSUE)),
        "assessment-request": ("assessment_request", session_samples.request(issue=ISSUE)),
        "ministry-opinion": ("ministry_opinion", session_samples.opinion(issue=ISSUE)),
        "assessment": ("assessment", session_samples.opinion(issuer="tcts_ht3", kind="assessment", issue=ISSUE)),
        "kpi-report": ("kpi_report", session_samples.kpi_report(issue=ISSUE)),
        "supplement-request": ("supplement_request", supplement()),
        "ineligibility-notice": ("ineligibility_notice", refusal()),
        "proposal-draft": ("proposal", proposal_text(shortest(), version=0)),
        # Row ids are drawn anew at every import: without a fixed hash the pictures would change each time.
        "proposal-sk06": ("proposal", proposal_text(example("full_sk06"), text_sha256=VERSION_SHA256)),
        "proposal-sk10": ("proposal", proposal_text(example("full_sk10"), text_sha256=VERSION_SHA256)),
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    for name, (kind, facts) in samples.items():
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(make_pdf(kind, to_data(facts)))
            file.flush()
            target = str(FOLDER / name)
            subprocess.run(["pdftoppm", "-png", "-gray", "-r", DOTS_PER_INCH, file.name, target], check=True)


if __name__ == "__main__":
    main()
