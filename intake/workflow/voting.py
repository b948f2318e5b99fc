"""Quorum and majority of a deciding body: pure rules on who sits, who is there and what was voted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PRESIDING_SEATS = frozenset({"chair", "deputy"})
ATTENDING = frozenset({"present", "remote"})
ABSTAIN = "abstain"
SECRET_AT_LEAST = 3
"""Fewer secret ballots than this stay unopened: showing them would show who voted what."""


@dataclass(frozen=True)
class Member:
    """One seat of the body, as recorded for one item."""

    person: int
    seat: str
    attendance: str
    is_recused: bool = False

    @property
    def is_entitled(self) -> bool:
        return not self.is_recused

    @property
    def takes_part(self) -> bool:
        """Entitled and recorded present or remote: counts in the base."""
        return self.is_entitled and self.attendance in ATTENDING


@dataclass(frozen=True)
class Vote:
    """What one person backs; two mergers into different proposals are different outcomes."""

    choice: str
    into: str | None = None


@dataclass(frozen=True)
class QuorumRule:
    """The part of the entitled that must be there."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if not 0 < self.numerator <= self.denominator:
            raise ValueError(f"{self.numerator}/{self.denominator} is no part of a body")

    def needed(self, entitled: int) -> int:
        """Smallest whole number of persons that is at least this part of `entitled`."""
        return -(-entitled * self.numerator // self.denominator)


@dataclass(frozen=True)
class Quorum:
    """How many are entitled, how many of them take part, how many are needed, and whether one of them presides."""

    entitled: int
    present: int
    needed: int
    is_presided: bool

    @property
    def is_met(self) -> bool:
        return self.entitled > 0 and self.present >= self.needed and self.is_presided


def quorum(members: Sequence[Member], rule: QuorumRule) -> Quorum:
    """The quorum of one item: recused members neither count nor help."""
    entitled = [member for member in members if member.is_entitled]
    taking_part = [member for member in entitled if member.takes_part]
    return Quorum(
        entitled=len(entitled),
        present=len(taking_part),
        needed=rule.needed(len(entitled)),
        is_presided=any(member.seat in PRESIDING_SEATS for member in taking_part),
    )


def outcome(votes: Iterable[Vote], base: int) -> Vote | None:
    """What more than half of the `base` persons back; who abstained or did not vote counts in the base all the same."""
    counted = Counter(votes)
    if counted.total() > base:
        raise ValueError(f"{counted.total()} votes from {base} persons")
    del counted[Vote(ABSTAIN)]
    return next((vote for vote, count in counted.items() if 2 * count > base), None)


def may_be_opened(secret_votes: int) -> bool:
    """Whether so many secret ballots may be opened at close."""
    return secret_votes >= SECRET_AT_LEAST


def concludable(decided: str | None, *, by_consensus: bool, outcomes: Sequence[str]) -> tuple[str, ...]:
    """Outcomes that a conclusion may name: what was decided, else deferral only; consensus is free."""
    if by_consensus:
        return tuple(outcomes)
    return (decided or "defer",)
