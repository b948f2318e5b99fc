"""Quorum and majority, row by row, each written by hand."""

from __future__ import annotations

import pytest

from intake.workflow.voting import (
    Member,
    Quorum,
    QuorumRule,
    Vote,
    concludable,
    may_be_opened,
    outcome,
    quorum,
)

TWO_THIRDS = QuorumRule(2, 3)
SEATS = {"C": "chair", "D": "deputy", "m": "member"}
ATTENDANCE = {"p": "present", "r": "remote", "x": "excused", "a": "absent", "e": "expected"}


def body(text: str) -> list[Member]:
    """Each word is one member: seat C D m, attendance p r x a e, and `-` when recused."""
    return [
        Member(number, SEATS[word[0]], ATTENDANCE[word[1]], is_recused=word.endswith("-"))
        for number, word in enumerate(text.split())
    ]


QUORUMS = [
    # members, (numerator, denominator), entitled, present, needed, presided, met
    ("Cp Dp mp mp mp mp", (2, 3), 6, 6, 4, True, True),
    ("Cp Dp mp mp ma ma", (2, 3), 6, 4, 4, True, True),
    ("Cp Dp mp ma ma ma", (2, 3), 6, 3, 4, True, False),
    ("Cp Dp mp mp ma ma ma", (2, 3), 7, 4, 5, True, False),
    ("Cp Dp mp mp mp ma ma", (2, 3), 7, 5, 5, True, True),
    ("Cp Dp mp mp mp mp ma ma", (2, 3), 8, 6, 6, True, True),
    ("Cp Dp mp mp mp ma ma ma", (2, 3), 8, 5, 6, True, False),
    ("Ca Dp mp mp mp ma", (2, 3), 6, 4, 4, True, True),
    ("Cr Da mr mr mr mx", (2, 3), 6, 4, 4, True, True),
    ("Ca Dx mp mp mp mp", (2, 3), 6, 4, 4, False, False),
    ("Cp- Dp mp mp mp mp", (2, 3), 5, 5, 4, True, True),
    ("Cp- Dp- mp mp mp mp", (2, 3), 4, 4, 3, False, False),
    ("Cp- Da mp mp mp mp", (2, 3), 5, 4, 4, False, False),
    ("Cp Dp mp- mp- ma ma", (2, 3), 4, 2, 3, True, False),
    ("Cp Dp mp ma- ma- ma-", (2, 3), 3, 3, 2, True, True),
    ("Cp Dp me me me me", (2, 3), 6, 2, 4, True, False),
    ("Cp", (2, 3), 1, 1, 1, True, True),
    ("Cp-", (2, 3), 0, 0, 0, False, False),
    ("", (2, 3), 0, 0, 0, False, False),
    ("Cp mp ma ma", (1, 2), 4, 2, 2, True, True),
    ("Cp mp mp ma", (1, 1), 4, 3, 4, True, False),
    ("Cp mp mp mp", (3, 4), 4, 4, 3, True, True),
]


@pytest.mark.parametrize(("members", "part", "entitled", "present", "needed", "presided", "met"), QUORUMS)
def test_quorum_is_two_thirds_of_the_entitled_with_a_presiding_member(
    members, part, entitled, present, needed, presided, met
):
    found = quorum(body(members), QuorumRule(*part))
    assert (found, found.is_met) == (Quorum(entitled, present, needed, presided), met)


def votes(text: str) -> list[Vote]:
    """Each word is one vote; `merge:A` merges into A."""
    return [Vote(choice, into or None) for choice, _, into in (word.partition(":") for word in text.split())]


OUTCOMES = [
    # votes, persons in the base, outcome
    ("approve approve approve approve", 6, Vote("approve")),
    ("approve approve approve", 6, None),
    ("approve approve approve", 5, Vote("approve")),
    ("approve approve abstain", 4, None),
    ("approve approve approve abstain", 4, Vote("approve")),
    ("approve approve reject", 3, Vote("approve")),
    ("approve reject", 2, None),
    ("approve", 1, Vote("approve")),
    ("", 5, None),
    ("", 0, None),
    ("abstain abstain abstain abstain", 4, None),
    ("abstain", 1, None),
    ("reject reject reject reject approve approve", 6, Vote("reject")),
    ("approve approve approve_with_conditions approve_with_conditions approve", 6, None),
    (
        "approve_with_conditions approve_with_conditions approve_with_conditions approve",
        4,
        Vote("approve_with_conditions"),
    ),
    ("defer defer defer approve approve", 5, Vote("defer")),
    ("request_revision request_revision approve", 3, Vote("request_revision")),
    ("merge:A merge:A merge:B", 3, Vote("merge", "A")),
    ("merge:A merge:A merge:B merge:B", 4, None),
    ("merge:A merge:B approve", 3, None),
    ("approve approve approve reject reject", 5, Vote("approve")),
    ("approve approve approve reject reject", 6, None),
]


@pytest.mark.parametrize(("cast", "base", "expected"), OUTCOMES)
def test_outcome_needs_more_than_half_of_those_present(cast, base, expected):
    assert outcome(votes(cast), base) == expected


def test_more_votes_than_persons_are_refused():
    with pytest.raises(ValueError, match="3 votes from 2 persons"):
        outcome(votes("approve approve approve"), 2)


@pytest.mark.parametrize("part", [(0, 3), (4, 3), (-1, 3), (1, 0)])
def test_quorum_rule_is_a_part_of_the_body(part):
    with pytest.raises(ValueError, match="is no part of a body"):
        QuorumRule(*part)


@pytest.mark.parametrize(
    ("entitled", "needed"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 4), (9, 6), (16, 11)]
)
def test_two_thirds_round_up(entitled, needed):
    assert TWO_THIRDS.needed(entitled) == needed


@pytest.mark.parametrize(("cast", "opened"), [(0, False), (1, False), (2, False), (3, True), (11, True)])
def test_secret_ballots_are_opened_from_three_on(cast, opened):
    assert may_be_opened(cast) is opened


ALL = ("approve", "reject", "defer")


@pytest.mark.parametrize(
    ("decided", "by_consensus", "expected"),
    [
        ("approve", False, ("approve",)),
        ("defer", False, ("defer",)),
        (None, False, ("defer",)),
        (None, True, ALL),
    ],
)
def test_conclusion_never_names_another_outcome(decided, by_consensus, expected):
    assert concludable(decided, by_consensus=by_consensus, outcomes=ALL) == expected
