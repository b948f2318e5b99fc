from __future__ import annotations

import pytest

from intake.catalogue import ORGANISATIONS
from intake.documents.letterheads import LETTERHEADS
from intake.documents.profiles import PARTY_HD36, PROFILES, STATE_ND30

MINISTRIES = [id for id, body in ORGANISATIONS.items() if body.kind in ("ministry", "ministerial_level_agency")]


def test_every_ministry_has_a_letterhead():
    engineers = {f"tcts_ht{number}" for number in range(1, 6)}
    assert {"bcdtw", "tt_bcdtw", "vptw", "vptw_office", *MINISTRIES, *engineers} == LETTERHEADS.keys()


@pytest.mark.parametrize("id", MINISTRIES)
def test_a_ministry_writes_its_own_name_in_the_state_family(id):
    head = LETTERHEADS[id]
    assert (" ".join(head.own), head.profile) == (ORGANISATIONS[id].name.vi.upper(), STATE_ND30)


@pytest.mark.parametrize("id", ["bcdtw", "tt_bcdtw"])
def test_the_committee_writes_in_the_party_family(id):
    head = LETTERHEADS[id]
    name = " ".join(head.own).removeprefix("BAN CHỈ ĐẠO TRUNG ƯƠNG ")
    assert (head.profile, head.parent, head.symbol) == (PARTY_HD36, ("BAN CHẤP HÀNH TRUNG ƯƠNG",), "BCĐTW")
    assert ORGANISATIONS["bcdtw"].name.vi.upper().endswith(name)


def test_profiles_are_found_by_name():
    assert {"party_hd36": PARTY_HD36, "state_nd30": STATE_ND30} == PROFILES


def test_changed_settings_leave_the_profile_alone():
    changed = STATE_ND30.with_settings(body_size="13pt")
    assert (changed.settings["body-size"], STATE_ND30.settings["body-size"]) == ("13pt", "14pt")
