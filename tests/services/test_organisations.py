"""Names in a proposal are settled by the secretary: linked, or recorded as not in the catalogue."""

from __future__ import annotations

import pytest

from intake.errors import Forbidden, IllegalMove, Invalid, NotFound
from intake.models import Organisation
from intake.services import organisations
from tests import factories
from tests.services.traces import last_event


def shown(db, proposal):
    rows = organisations.links(db, proposal)
    return [(row.role, row.name, row.organisation_id, row.is_settled) for row in rows]


def named(db, state="reception"):
    """A university proposes, the health ministry is to lead, two partners are named."""
    proposal = factories.proposal(db, state)
    factories.named(db, proposal, "owner", "Đại học (giả định)")
    factories.named(db, proposal, "lead", "Bộ Y tế")
    factories.named(db, proposal, "partner", "Bộ Công an")
    factories.named(db, proposal, "partner", "Bệnh viện (giả định) số 1")
    return proposal


def test_settle_links_what_is_given_and_records_the_rest_as_not_in_the_catalogue(database):
    with database.writing() as db:
        proposal = named(db)
        assert [row.name for row in organisations.unsettled(db, proposal)] == [
            "Đại học (giả định)",
            "Bộ Y tế",
            "Bộ Công an",
            "Bệnh viện (giả định) số 1",
        ]
        organisations.settle(db, proposal, lead="byt", partners=["bca"], actor=factories.secretary(db))
        assert shown(db, proposal) == [
            ("owner", "Đại học (giả định)", None, True),
            ("lead", "Bộ Y tế", "byt", True),
            ("partner", "Bộ Công an", "bca", True),
            ("partner", "Bệnh viện (giả định) số 1", None, True),
        ]
        assert organisations.unsettled(db, proposal) == []
        assert organisations.conflicting(db, proposal) == {"byt"}
        event, data = last_event(db)
        assert (event, data["old"][1], data["new"][1]) == (
            "organisations.settled",
            {"role": "lead", "organisation": None, "settled": False},
            {"role": "lead", "organisation": "byt", "settled": True},
        )


def test_settle_again_replaces_every_link_but_keeps_the_owner(database):
    with database.writing() as db:
        proposal = factories.proposal(db, "reception")
        factories.named(db, proposal, "owner", "Bộ Xây dựng", "bxd", settled=True)
        factories.named(db, proposal, "lead", "Bộ Y tế", "byt", settled=True)
        factories.named(db, proposal, "partner", "Đối tác", "bca", settled=True)
        organisations.settle(db, proposal, lead=None, partners=["btc"], actor=factories.secretary(db))
        assert shown(db, proposal) == [
            ("owner", "Bộ Xây dựng", "bxd", True),
            ("lead", "Bộ Y tế", None, True),
            ("partner", "Đối tác", "btc", True),
        ]
        organisations.settle(db, proposal, lead=None, partners=[], owner="byt", actor=factories.secretary(db))
        assert organisations.conflicting(db, proposal) == {"byt"}


def test_settle_gives_an_organisation_without_a_name_a_row_of_its_own(database):
    with database.writing() as db:
        proposal = named(db)
        organisations.settle(db, proposal, lead="byt", partners=["btc", "bca", "btc"], actor=factories.secretary(db))
        assert [row for row in shown(db, proposal) if row[0] == "partner"] == [
            ("partner", "Bộ Công an", "bca", True),
            ("partner", "Bệnh viện (giả định) số 1", "btc", True),
        ]
        organisations.settle(db, proposal, lead="byt", partners=["bca", "btc", "bxd"], actor=factories.secretary(db))
        assert [row for row in shown(db, proposal) if row[0] == "partner"] == [
            ("partner", "Bộ Công an", "bca", True),
            ("partner", "Bệnh viện (giả định) số 1", "btc", True),
            ("partner", "Bộ Xây dựng", "bxd", True),
        ]


def test_settle_refuses_unknown_organisations_and_offices_with_their_paths(database):
    with database.writing() as db:
        proposal = named(db)
        db.get_one(Organisation, "bca").is_active = False
        db.flush()
        with pytest.raises(Invalid) as refused:
            organisations.settle(
                db, proposal, lead="nowhere", owner="tcts_ht3", partners=["byt", "bca"], actor=factories.secretary(db)
            )
        assert [path for path, _ in refused.value.errors] == ["lead", "owner", "partners.1"]
        assert shown(db, proposal)[1] == ("lead", "Bộ Y tế", None, False)


def test_settle_is_the_secretarys_until_the_proposal_is_referred(database):
    with database.writing() as db:
        proposal = named(db)
        with pytest.raises(Forbidden):
            organisations.settle(db, proposal, lead="byt", partners=[], actor=factories.owner(db))
        with pytest.raises(NotFound):
            organisations.settle(db, proposal, lead="byt", partners=[], actor=factories.lead(db))
        later = named(db, "committee")
        with pytest.raises(IllegalMove):
            organisations.settle(db, later, lead="byt", partners=[], actor=factories.secretary(db))


def test_suggestions_name_the_likeliest_bodies_of_unsettled_names(database):
    with database.writing() as db:
        proposal = factories.proposal(db, "reception")
        factories.named(db, proposal, "lead", "bộ y tế")
        factories.named(db, proposal, "partner", "Bo Cong an")
        factories.named(db, proposal, "partner", "Viện nghiên cứu (giả định)")
        factories.named(db, proposal, "partner", "Bộ Tài chính", "btc", settled=True)
        found = {name: [o.id for o in bodies][:1] for name, bodies in organisations.suggestions(db, proposal).items()}
        assert found == {"bộ y tế": ["byt"], "Bo Cong an": ["bca"], "Viện nghiên cứu (giả định)": []}
        organisations.settle(db, proposal, lead=None, partners=[], actor=factories.secretary(db))
        assert organisations.suggestions(db, proposal) == {}
