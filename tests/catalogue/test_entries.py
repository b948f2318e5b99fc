"""Counts, order, cross references, and no empty or repeated entry."""

import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass
from typing import Any

import pytest

from intake.catalogue import (
    CRITERIA,
    DEFINITIONS,
    DOCUMENTS,
    INITIATIVE_GROUPS,
    INITIATIVES,
    ORGANISATION_KINDS,
    ORGANISATIONS,
    SYSTEMS,
    TARGET_GROUPS,
    TARGETS,
    UNITS,
    Document,
    Source,
)
from intake.catalogue.facts import read
from intake.i18n import Text

FILES = {
    "criteria": CRITERIA,
    "definitions": DEFINITIONS,
    "documents": DOCUMENTS,
    "initiatives": INITIATIVES,
    "organisations": ORGANISATIONS,
    "systems": SYSTEMS,
    "target_groups": TARGET_GROUPS,
    "targets": TARGETS,
    "units": UNITS,
}


def values_in(entry: Any) -> Iterator[Any]:
    """Every value an entry is made of, with those inside tuples and dataclasses."""
    yield entry
    if isinstance(entry, tuple):
        inside = list(entry)
    else:
        inside = [getattr(entry, field.name) for field in fields(entry)] if is_dataclass(entry) else []
    for value in inside:
        yield from values_in(value)


ENTRIES = [(f"{name}:{key}", entry) for name, entries in FILES.items() for key, entry in entries.items()]
ENTRIES += [(f"initiative_groups:{key}", entry) for key, entry in INITIATIVE_GROUPS.items()]


def test_catalogue_is_complete():
    assert {name: len(entries) for name, entries in FILES.items()} == {
        "criteria": 6,
        "definitions": 7,
        "documents": 7,
        "initiatives": 30,
        "organisations": 77,
        "systems": 6,
        "target_groups": 5,
        "targets": 61,
        "units": 31,
    }


@pytest.mark.parametrize("name", FILES)
def test_no_id_stands_twice_and_the_order_is_that_of_the_file(name):
    assert [entry["id"] for entry in read(name)] == list(FILES[name])


def test_systems_and_initiatives_are_numbered_in_order():
    assert [(system.id, system.code, system.number) for system in SYSTEMS.values()] == [
        (f"ht{number}", f"HT{number}", number) for number in range(1, 7)
    ]
    assert [(initiative.id, initiative.number) for initiative in INITIATIVES.values()] == [
        (f"sk{number:02d}", number) for number in range(1, 31)
    ]


def test_initiatives_belong_to_the_systems_that_list_them():
    assert {system.id: len(system.initiatives) for system in SYSTEMS.values()} == {
        "ht1": 3,
        "ht2": 6,
        "ht3": 6,
        "ht4": 5,
        "ht5": 5,
        "ht6": 5,
    }
    listed = [(system.id, system.group, key) for system in SYSTEMS.values() for key in system.initiatives]
    assert listed == [(entry.system, entry.group, key) for key, entry in INITIATIVES.items()]


def test_groups_of_initiatives_skip_f_as_the_annex_does():
    assert [(group.letter, group.system) for group in INITIATIVE_GROUPS.values()] == [
        ("A", "ht1"),
        ("B", "ht2"),
        ("C", "ht3"),
        ("D", "ht4"),
        ("E", "ht5"),
        ("G", "ht6"),
    ]


def test_special_projects_are_system_6_and_have_a_description_only():
    special = ["sk26", "sk27", "sk28", "sk29", "sk30"]
    assert [key for key, entry in INITIATIVES.items() if entry.is_special_project] == special
    assert [key for key, entry in INITIATIVES.items() if entry.objective is None] == special
    assert [key for key, entry in INITIATIVES.items() if entry.system == "ht6"] == special


def test_initiatives_on_state_secrets_are_marked():
    assert [key for key, entry in INITIATIVES.items() if entry.is_secret] == ["sk03", "sk09", "sk20", "sk28", "sk30"]


def test_only_the_key_systems_have_a_chief_engineer():
    engineers = [body.system for body in ORGANISATIONS.values() if body.id.startswith("tcts_")]
    assert engineers == [system.id for system in SYSTEMS.values() if system.chief_engineer_required]
    assert engineers == ["ht1", "ht2", "ht3", "ht4", "ht5"]


def test_targets_by_group_year_comparator_and_status():
    assert Counter(target.group for target in TARGETS.values()) == {"a": 25, "b": 10, "c": 8, "d": 7, "e": 11}
    assert Counter(target.year for target in TARGETS.values()) == {2025: 4, 2030: 35, 2035: 1, 2045: 20, None: 1}
    assert Counter(target.comparator for target in TARGETS.values()) == {
        "qualitative": 17,
        "gte": 17,
        "gt": 10,
        "rank_lte": 8,
        "complete": 4,
        "range": 3,
        "approx": 2,
    }
    assert sum(target.is_official for target in TARGETS.values()) == 45


@pytest.mark.parametrize("target", TARGETS.values(), ids=lambda target: target.id)
def test_target_has_a_number_and_a_unit_unless_it_is_qualitative(target):
    assert target.group in TARGET_GROUPS
    assert target.sources
    has_number = target.comparator != "qualitative"
    assert (target.value is not None, target.unit is not None) == (has_number, has_number)
    assert (target.value_high is not None) == (target.comparator == "range")


def test_organisations_by_kind():
    assert Counter(body.kind for body in ORGANISATIONS.values()) == {
        "party_central": 6,
        "steering": 2,
        "person_role": 10,
        "steering_support": 1,
        "advisory": 1,
        "government": 1,
        "local": 1,
        "role_group": 3,
        "socio_political": 1,
        "ministry": 14,
        "ministerial_level_agency": 3,
        "province": 28,
        "centrally_run_city": 6,
    }
    assert {body.kind for body in ORGANISATIONS.values()} == set(ORGANISATION_KINDS)


def test_organisations_point_to_systems_that_exist():
    assert {body.system for body in ORGANISATIONS.values()} == {None, *SYSTEMS}


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=[name for name, _ in ENTRIES])
def test_entry_has_both_languages_and_a_declared_source(name, entry):
    for value in values_in(entry):
        if isinstance(value, Text):
            assert value.vi.strip() == value.vi != ""
            assert value.en.strip() == value.en != ""
        if isinstance(value, str):
            assert unicodedata.is_normalized("NFC", value)
        if isinstance(value, Source):
            assert value.document is DOCUMENTS[value.document.id]
            assert value.section
    if not name.startswith("units:"):
        assert any(isinstance(value, Source | Document) for value in values_in(entry))


def test_names_are_not_used_twice():
    for entries in (SYSTEMS, CRITERIA, ORGANISATIONS, UNITS):
        for language in ("vi", "en"):
            names = Counter(entry.name.in_(language) for entry in entries.values())
            assert [name for name, count in names.items() if count > 1] == []
    titles = Counter(initiative.title.vi for initiative in INITIATIVES.values())
    assert len(titles) == 30


def test_entries_cannot_be_changed():
    system: Any = SYSTEMS["ht1"]
    with pytest.raises(FrozenInstanceError):
        system.code = "X"


def test_catalogue_loads_within_150_ms():
    script = (
        "import time, intake.i18n; start = time.process_time(); import intake.catalogue, intake.catalogue.routing;"
        "print(time.process_time() - start)"
    )
    seconds = min(float(subprocess.check_output([sys.executable, "-c", script])) for _ in range(3))
    assert seconds < 0.15
