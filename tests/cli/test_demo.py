"""`intake demo`: never beside real data, never in production, all or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from intake.cli.demo_year import people, telling
from intake.cli.demo_year.cases import Case
from intake.cli.world import database
from intake.models import AuditEntry, Proposal
from tests.outline.examples import FOLDER

SAFE = {
    "INTAKE_ENV": "production",
    "INTAKE_SECRET_KEY": "s" * 32,
    "INTAKE_BASE_URL": "https://intake.example",
    "INTAKE_MAIL_URL": "smtp://mail.example",
}


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_production_has_no_demonstration(intake, monkeypatch: pytest.MonkeyPatch):
    for name, value in SAFE.items():
        monkeypatch.setenv(name, value)
    refused = intake("demo")
    assert (refused.code, refused.err) == (1, "intake: an installation in production has no demonstration\n")


def test_real_proposals_stay_alone(intake, tmp_path: Path):
    document = json.loads((FOLDER / "short_sk04.json").read_text(encoding="utf-8")) | {"illustrative": False}
    (tmp_path / "real.json").write_text(json.dumps(document), encoding="utf-8")
    assert intake("proposal", "import", tmp_path / "real.json", "--owner", "applicant@demo.vn").code == 0
    refused = intake("demo")
    told = "intake: this database holds real proposals; the demonstration needs one of its own\n"
    assert (refused.code, refused.err) == (1, told)


def test_an_interrupted_telling_leaves_nothing_behind(intake):
    case = Case("x", "sk12", "Bản đồ đất theo thửa", people.ONE, "An Giang", ((1, interrupted),), ends=1)
    with database().reading() as db:
        before = db.scalar(select(func.count()).select_from(AuditEntry))
    with pytest.raises(KeyboardInterrupt):
        telling.tell(database(), people.add_bodies, telling.Year((case,)))
    with database().reading() as db:
        assert db.scalars(select(Proposal.id)).all() == []
        assert db.scalar(select(func.count()).select_from(AuditEntry)) == before
