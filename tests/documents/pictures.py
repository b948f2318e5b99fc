"""Pictures of the sample documents for the documentation: python -m tests.documents.pictures"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from intake.documents.facts import to_data
from intake.documents.kinds import make_pdf
from tests.documents.extremes import shortest
from tests.documents.samples import ISSUE, VERSION_SHA256, example, notice, proposal_text, receipt
from tests.documents.test_letters import refusal, supplement

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "documents"
DOTS_PER_INCH = "70"


def main() -> None:
    samples = {
        "receipt": ("receipt", receipt()),
        "decision-draft": ("decision", notice()),
        "decision-final": ("decision", notice(issue=ISSUE)),
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
