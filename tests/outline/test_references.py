"""What a reference can point to, and how it is called in a form and on paper."""

from __future__ import annotations

import pytest

from intake import catalogue
from intake.i18n import Text
from intake.outline import references


def test_a_form_offers_every_entry_in_official_order():
    assert references.options("systems")[0] == (
        "ht1",
        Text("HT1. " + catalogue.SYSTEMS["ht1"].name.vi, "HT1. " + catalogue.SYSTEMS["ht1"].name.en),
    )
    assert {kind: [id for id, _ in references.options(kind)] for kind in references.ENTRIES} == {
        kind: list(entries) for kind, entries in references.ENTRIES.items()
    }


@pytest.mark.parametrize("kind", references.ENTRIES)
def test_an_entry_is_called_alike_wherever_it_is_shown(kind):
    assert [references.name_of(kind, id) for id in references.ENTRIES[kind]] == [
        name for _, name in references.options(kind)
    ]


def test_what_the_catalogue_does_not_have_stands_for_itself():
    assert references.name_of("systems", "ht9") == Text("ht9", "ht9")
    assert [references.is_known("systems", id) for id in ("ht1", "ht9", ["ht1"], None)] == [True, False, False, False]
