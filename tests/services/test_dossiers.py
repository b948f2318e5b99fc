"""A dossier holds what its reader may read about one proposal, and nothing else."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy.orm import Session

from intake.db import Database
from intake.files import StoredFiles
from intake.models import Document, Proposal
from intake.outline import export_proposal
from intake.policy import Actor, Role
from intake.services import dossiers
from tests import factories
from tests.databases import opened

OPERATOR = Actor(user_id=None, role=Role.SECRETARY)
ALWAYS = {"proposal.json", "history.json", "versions/v1.json", "versions/v2.json", "manifest.json"}
RECEIPT = "papers/receipt-{code}-{doc}.pdf"
SECRET_REASON = "Lý do chỉ cơ quan thẩm định được đọc"


@dataclass(frozen=True)
class World:
    database: Database
    files: StoredFiles
    code: str
    doc: str
    actors: dict[str, Actor]


@pytest.fixture
def world(migrated_sqlite_url: str, tmp_path: Path):
    """One proposal with two versions, a receipt, two sheets and an opinion, at the ministries."""
    files = StoredFiles((tmp_path / "files").as_uri())
    with opened(migrated_sqlite_url) as database, database.writing() as db:
        proposal, doc, actors = filed(db, files)
        db.commit()
        yield World(database, files, proposal.code, doc, actors)


def filed(db: Session, files: StoredFiles) -> tuple[Proposal, str, dict[str, Actor]]:
    owner, lead, reviewer = factories.owner(db), factories.lead(db), factories.reviewer(db)
    other = factories.reviewer(db, "other")
    proposal = factories.proposal(db, "ministry_review", owner_id=owner.user_id)
    factories.version(db, proposal, factories.document())
    factories.routing(db, proposal, "bkhcn")
    for one in (reviewer, other):
        factories.assignment(db, proposal, one)
    factories.declaration(db, proposal, lead, reviewer, other)
    for one, score in ((reviewer, 5), (other, 2)):
        sheet = factories.sheet(db, proposal, one, score)
        sheet.scores[0].justification = SECRET_REASON + (" (khác)" if one is other else "")
    factories.opinion(db, proposal, lead, text="Ý kiến của bộ")
    files.put("documents/r.pdf", b"%PDF-")
    paper = Document(
        doc="D1", kind="receipt", proposal_id=proposal.id, version=1, facts={}, is_final=True, state="issued",
        created_at=proposal.created_at, file_key="documents/r.pdf", sha256=hashlib.sha256(b"%PDF-").hexdigest(),
    )  # fmt: skip
    promised = Document(
        doc="D2", kind="proposal", proposal_id=proposal.id, version=2, facts={}, is_final=True,
        created_at=proposal.created_at,
    )  # fmt: skip
    db.add_all([paper, promised])
    db.flush()
    actors = {"owner": owner, "secretary": factories.secretary(db), "lead": lead, "reviewer": reviewer}
    return proposal, "D1", actors | {"operator": OPERATOR}


def dossier(world: World, who: str) -> dict[str, bytes]:
    made = io.BytesIO()
    with world.database.reading() as db:
        proposal = db.query(Proposal).where(Proposal.code == world.code).one()
        dossiers.write(db, world.files, proposal, made, actor=world.actors[who])
    with ZipFile(made) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


OFFICIAL = {"opinions.json", "score-sheets.json", "assignments.json"}
ENCLOSED = {
    "owner": set(),
    "secretary": OFFICIAL | {"synthesis.json", "certificate.json"},
    "operator": OFFICIAL | {"synthesis.json", "certificate.json"},
    "lead": OFFICIAL,
    "reviewer": {"own-score-sheet.json"},
}


@pytest.mark.parametrize("who", ENCLOSED)
def test_everybody_gets_what_is_open_to_them(world: World, who: str) -> None:
    found = dossier(world, who)
    assert set(found) - {RECEIPT.format(code=world.code, doc=world.doc)} == ALWAYS | ENCLOSED[who]
    shown = b"".join(found.values()).decode()
    assert (f"{SECRET_REASON} (khác)" in shown) == ("score-sheets.json" in ENCLOSED[who])
    assert ("Ý kiến của bộ" in shown) == ("opinions.json" in ENCLOSED[who])


def test_the_manifest_names_every_file_with_its_hash_and_what_is_being_made(world: World) -> None:
    found = dossier(world, "owner")
    manifest = json.loads(found.pop("manifest.json"))
    assert {entry["name"]: entry["sha256"] for entry in manifest["files"]} == {
        name: hashlib.sha256(content).hexdigest() for name, content in found.items()
    }
    assert manifest["being_made"] == [f"proposal-{world.code}-D2.pdf"]
    assert (manifest["format"], manifest["code"], manifest["read_as"]) == ("intake-dossier/1", world.code, "applicant")


def test_versions_are_files_that_can_be_imported_again(world: World) -> None:
    found = json.loads(dossier(world, "owner")["versions/v2.json"])
    assert found == json.loads(json.dumps(export_proposal(factories.document(), code=world.code)))


def test_a_draft_is_for_its_author_and_the_operator(world: World) -> None:
    with world.database.writing() as db:
        draft = factories.proposal(db, "draft", owner_id=world.actors["owner"].user_id)
    for who in ("owner", "operator"):
        found = dossier(World(world.database, world.files, draft.code, "", world.actors), who)
        assert "draft.json" in found
