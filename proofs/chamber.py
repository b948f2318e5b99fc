"""A sitting as a proof keeps it in mind: who is there and what was voted, counted by nothing of the product."""

from __future__ import annotations

from dataclasses import dataclass, field

THERE = ("present", "remote")
AWAY = ("excused", "absent")
PRESIDING = ("chair", "deputy")


@dataclass
class Point:
    """One item of the agenda: who stepped back, what was cast, how it stands."""

    state: str = "waiting"
    is_secret: bool = False
    recused: set[str] = field(default_factory=set)
    conflicted: set[str] = field(default_factory=set)
    votes: dict[str, str] = field(default_factory=dict)
    unconfirmed: set[str] = field(default_factory=set)
    had_quorum: list[bool] = field(default_factory=list)
    outcome: str | None = None
    concluded: str | None = None


@dataclass
class Chamber:
    """Six seats, their attendance, and the items."""

    people: tuple[str, ...]
    mode: str
    points: list[Point]
    state: str = "planned"
    attendance: dict[str, str] = field(default_factory=dict)

    def entitled(self, point: Point) -> set[str]:
        return set(self.people) - point.recused

    def base(self, point: Point) -> set[str]:
        """Entitled and there."""
        return {name for name in self.entitled(point) if self.attendance[name] in THERE}

    def has_quorum(self, point: Point) -> bool:
        """At least two thirds of the entitled, one of them presiding."""
        base = self.base(point)
        return bool(base) and 3 * len(base) >= 2 * len(self.entitled(point)) and any(who in base for who in PRESIDING)

    def result(self, point: Point) -> str | None:
        """What more than half of those there back; None of a secret vote that must stay shut."""
        base = self.base(point)
        if point.is_secret and (len(point.votes) < 3 or set(point.votes) - base):
            return None
        counted = [choice for name, choice in point.votes.items() if name in base and choice != "abstain"]
        return next((choice for choice in set(counted) if 2 * counted.count(choice) > len(base)), None)

    def newly_conflicted(self, point: Point) -> bool:
        return any(self.attendance[name] in THERE for name in point.conflicted - point.recused)

    def may_release(self, who: str, chosen: list[int]) -> bool:
        """The chair; the deputy while the chair is away, or for just the items that the chair stepped back from."""
        if any(who in self.points[number].recused | self.points[number].conflicted for number in chosen):
            return False
        if who == "deputy":
            away = self.attendance["chair"] in AWAY
            return away or all("chair" in self.points[number].recused for number in chosen)
        return who == "chair"

    def is_decidable(self, point: Point) -> bool:
        """Closed with a quorum at both ends, concluded as it was voted, and nobody found conflicted since."""
        allowed = {point.outcome or "defer"} if self.mode == "ballot" else {point.concluded}
        is_whole = point.had_quorum == [True, True] and not self.newly_conflicted(point)
        return point.state == "closed" and is_whole and point.concluded is not None and point.concluded in allowed
