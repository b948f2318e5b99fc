"""`intake dossier`: what the operator, or one account, may read, in a zip."""

from __future__ import annotations

from zipfile import ZipFile

from intake.cli import world
from tests import factories

CODE = "SK-2026-0D055ER0"


def test_a_dossier_for_the_operator_and_for_one_account(intake, tmp_path) -> None:
    with world.database().writing() as db:
        factories.proposal(db, "ministry_review", code=CODE)
    target = tmp_path / "dossier.zip"
    answer = intake("dossier", CODE, "-o", target)
    with ZipFile(target) as archive:
        names = set(archive.namelist())
    assert (answer.code, answer.out) == (0, f"{len(names) - 1} files about {CODE} written to {target}\n")
    assert {"proposal.json", "history.json", "versions/v1.json", "manifest.json"} <= names
    assert intake("dossier", CODE, "-o", tmp_path / "s.zip", "--as", "secretary@demo.vn").code == 0
    refused = intake("dossier", CODE, "-o", tmp_path / "a.zip", "--as", "applicant@demo.vn")
    assert (refused.code, refused.err.count("\n"), (tmp_path / "a.zip").exists()) == (1, 1, False)
    assert intake("dossier", "SK-2026-00000000", "-o", target).code == 1
