"""Proposals that read alike are found once the worker has sketched them, and only those the reader may see."""

from __future__ import annotations

from sqlalchemy import select

from intake.models import Proposal, ProposalVersion, WordingHash
from intake.outline import wording_sketch
from intake.services import likenesses, proposals
from tests import factories
from tests.outline.examples import document


def found(database, code: str, actor) -> list[tuple[str, float]] | None:
    with database.reading() as db:
        alike = likenesses.alike(db, proposals.unchecked(db, code), actor=actor)
    return None if alike is None else [(one.code, one.share) for one in alike]


def hashes(database, code: str) -> list[int]:
    own = select(WordingHash.hash).join(Proposal, Proposal.id == WordingHash.proposal_id).where(Proposal.code == code)
    with database.reading() as db:
        return list(db.scalars(own.order_by(WordingHash.hash)))


def test_what_reads_alike_is_found_after_the_worker_has_looked(database):
    with database.writing() as db:
        secretary = factories.secretary(db)
        for code, name in (("SK-2026-0000000A", "full_sk10"), ("SK-2026-0000000B", "full_sk10")):
            factories.proposal(db, "reception", code=code, document=document(name))
        factories.proposal(db, "reception", code="SK-2026-0000000C", document=document("full_sk06"))
        factories.proposal(db, "draft", code="SK-2026-0000000D", document=document("full_sk10"))
    assert found(database, "SK-2026-0000000A", secretary) is None
    assert likenesses.turn(database) == 3
    assert likenesses.turn(database) == 0
    assert found(database, "SK-2026-0000000A", secretary) == [("SK-2026-0000000B", 1.0)]
    assert found(database, "SK-2026-0000000C", secretary) == []


def test_a_new_version_is_compared_anew(database):
    with database.writing() as db:
        secretary = factories.secretary(db)
        for code in ("SK-2026-0000000A", "SK-2026-0000000B"):
            factories.proposal(db, "reception", code=code, document=document("full_sk10"))
    likenesses.turn(database)
    with database.writing() as db:
        changed = proposals.unchecked(db, "SK-2026-0000000A")
        factories.version(db, changed, document("full_sk06"))
    assert found(database, "SK-2026-0000000A", secretary) is None
    assert likenesses.turn(database) == 1
    assert found(database, "SK-2026-0000000A", secretary) == []
    assert hashes(database, "SK-2026-0000000A") == list(wording_sketch(document("full_sk06")))


def test_a_conflicted_reader_does_not_hear_of_it(database):
    with database.writing() as db:
        secretary = factories.secretary(db)
        first, second = (factories.proposal(db, "reception", document=document("full_sk10")) for _ in range(2))
        factories.declaration(db, second, secretary, kind="family")
        code = first.code
    likenesses.turn(database)
    assert found(database, code, secretary) == []


def test_an_older_version_never_replaces_a_newer_one(database):
    """A slow worker comes last."""
    with database.writing() as db:
        made = factories.proposal(db, "reception", document=document("full_sk10"))
        factories.version(db, made, document("full_sk06"))
        id, code = made.id, made.code
    likenesses.turn(database)
    with database.reading() as db:
        first = db.scalars(select(ProposalVersion.document).where(ProposalVersion.number == 1)).one()
    assert database.transact(lambda db: likenesses.keep(db, id, 1, wording_sketch(first))) is False
    assert hashes(database, code) == list(wording_sketch(document("full_sk06")))


def test_only_the_few_most_alike_are_named(database):
    with database.writing() as db:
        secretary = factories.secretary(db)
        made = [factories.proposal(db, "reception", document=document("full_sk10")).code for _ in range(8)]
    likenesses.turn(database)
    assert found(database, made[-1], secretary) == [(code, 1.0) for code in made[:5]]
