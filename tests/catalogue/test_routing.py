import pytest

from intake.catalogue import INITIATIVES, ORGANISATIONS, SYSTEMS
from intake.catalogue.routing import ROUTING_BY_INITIATIVE, ROUTING_BY_SYSTEM, Routing, routing_for

ALL = [*((key, entry.system) for key, entry in INITIATIVES.items()), *((None, key) for key in SYSTEMS)]


def test_every_initiative_and_system_has_a_routing():
    assert list(ROUTING_BY_INITIATIVE) == list(INITIATIVES)
    assert list(ROUTING_BY_SYSTEM) == list(SYSTEMS)


@pytest.mark.parametrize(("initiative", "system"), ALL)
def test_one_ministry_leads_and_others_cooperate(initiative, system):
    routing = routing_for(initiative, system)
    asked = (routing.lead, *routing.cooperating)
    assert ORGANISATIONS[routing.lead].kind == "ministry"
    assert [ministry for ministry in asked if not ORGANISATIONS[ministry].is_ministry] == []
    assert len(set(asked)) == len(asked)
    assert {"bkhcn", "btc"} <= set(asked)


@pytest.mark.parametrize(
    ("initiative", "lead"),
    [
        ("sk01", "btp"),
        ("sk05", "bct"),
        ("sk09", "bqp"),
        ("sk10", "byt"),
        ("sk11", "bgddt"),
        ("sk12", "bnnmt"),
        ("sk15", "bvhttdl"),
        ("sk16", "bkhcn"),
        ("sk19", "bca"),
        ("sk22", "bnv"),
        ("sk29", "bxd"),
    ],
)
def test_the_ministry_in_charge_of_the_field_leads(initiative, lead):
    assert routing_for(initiative, INITIATIVES[initiative].system).lead == lead


def test_smart_health_goes_to_health_with_security_science_and_finance():
    assert routing_for("sk10", "ht3") == Routing("byt", ("bca", "bkhcn", "btc"))


def test_a_new_initiative_goes_where_its_system_goes():
    assert routing_for(None, "ht4") == Routing("bkhcn", ("bca", "bqp", "btc"))


@pytest.mark.parametrize(("initiative", "system"), [("sk31", "ht1"), (None, "ht7")])
def test_what_is_not_in_the_catalogue_has_no_routing(initiative, system):
    with pytest.raises(KeyError):
        routing_for(initiative, system)
