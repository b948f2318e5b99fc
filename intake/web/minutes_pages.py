"""The minutes of a sitting in words, as far as the acting person may know them."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import Any

from flask import g
from flask_babel import gettext as _

from intake import clock
from intake.forms.sessions import GUEST, SEATS, STATUSES
from intake.services import minutes
from intake.web.filters import day, tr
from intake.web.sittings import EXPECTED, Sitting
from intake.web.vote_bars import LABELS


class MinutesPage:
    """Ready-made sentences for the template; items that the person may not know of are left out."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.facts = minutes.readable(g.db, sitting.session, actor=sitting.actor)

    @property
    def may_write(self) -> bool:
        return self.sitting.may_prepare and not self.sitting.is_cancelled

    @property
    def times(self) -> list[tuple[str, str]]:
        """When it was opened and closed, and what was changed before."""
        told = [
            (_("Session opened"), time_of(self.facts["opened_at"])),
            (_("Session closed"), time_of(self.facts["closed_at"])),
        ]
        if self.facts["postponed_from"]:
            told.append((_("Postponed from"), time_of(self.facts["postponed_from"])))
            told.append((_("Reason"), self.facts["change_reason"]))
        presiding = self.facts["presided_by"]
        told.append((_("Presided by"), presiding["name"] if presiding else ""))
        told.append((_("Called by"), self.facts["called_by"]))
        return [(label, value or _("not recorded")) for label, value in told]

    @property
    def people(self) -> list[dict[str, Any]]:
        return [
            {
                "name": person["name"],
                "seat": tr(SEATS.get(person["seat"] or "", GUEST)),
                "status": tr(STATUSES.get(person["status"], EXPECTED)),
                "changes": [change_told(change) for change in person["changes"] if change["kind"]],
                "recorded_by": person["recorded_by"],
            }
            for person in self.facts["attendance"]
        ]

    @cached_property
    def items(self) -> list[dict[str, Any]]:
        return [item_told(fact) for fact in self.facts["items"]]


def item_told(fact: dict[str, Any]) -> dict[str, Any]:
    return fact | {
        "quorums": quorums_told(fact),
        "votes": votes_told(fact["tally"]),
        "earlier": [votes_told(vote["tally"]) for vote in fact["earlier"]],
        "ballots": [ballot_told(ballot) for ballot in fact["ballots"]],
        "recusals": [recusal_told(one) for one in fact["recusals"]],
        "outcome": tr(LABELS[fact["outcome"]]) if fact["outcome"] else "",
        "conditions": [one | {"due_on": date.fromisoformat(one["due_on"])} for one in fact["conditions"]],
    }


def time_of(moment: str | None) -> str:
    """Hour and day in Hanoi."""
    if not moment:
        return ""
    at = datetime.fromisoformat(moment).astimezone(clock.ZONE)
    return f"{at:%H:%M}, {day(at.date())}"


def change_told(change: dict[str, Any]) -> str:
    at = f"{datetime.fromisoformat(change['at']).astimezone(clock.ZONE):%H:%M}"
    if change["kind"] == "arrived":
        return _("arrived at %(time)s", time=at)
    return _("left at %(time)s", time=at)


def quorums_told(fact: dict[str, Any]) -> list[str]:
    """The quorum at opening and at closing."""
    told = []
    for quorum, at in ((fact["quorum_at_open"], _("At opening")), (fact["quorum_at_close"], _("At closing"))):
        if quorum:
            numbers = {name: quorum[name] for name in ("present", "entitled", "needed")}
            words = _("%(present)s of %(entitled)s present, at least %(needed)s needed", **numbers)
            told.append(f"{at}: {words}")
    return told


def votes_told(tally: dict[str, Any] | None) -> str:
    """What a vote came to, in one sentence."""
    if tally is None:
        return ""
    if tally["mode"] == "consensus":
        return _("By consensus, without ballots")
    counts = tally["counts"]
    if counts is None:
        return _("%(cast)s secret ballots, not opened", cast=tally["cast"])
    given = ", ".join(f"{tr(LABELS[choice])} {count}" for choice, count in counts.items() if count)
    decided = tr(LABELS[tally["choice"]]) if tally["choice"] else _("no majority")
    kind = _("Secret ballot") if tally["secret"] else _("Open ballot")
    words = {"kind": kind, "cast": tally["cast"], "base": tally["base"], "given": given or "0", "decided": decided}
    return _("%(kind)s, %(cast)s of %(base)s ballots: %(given)s. Result: %(decided)s", **words)


def ballot_told(ballot: dict[str, Any]) -> dict[str, str]:
    """Who voted what, and who recorded and confirmed it."""
    notes = [ballot["reason"]] if ballot["reason"] else []
    if ballot["recorded_by"]:
        people = {"recorder": ballot["recorded_by"], "confirmed_by": ballot["confirmed_by"] or _("nobody")}
        notes.append(_("recorded by %(recorder)s, confirmed by %(confirmed_by)s", **people))
    if ballot["has_scan"]:
        notes.append(_("scan attached"))
    if not ballot["counts"]:
        notes.append(_("not counted"))
    return {"member": ballot["member"], "choice": tr(LABELS[ballot["choice"]]), "note": "; ".join(notes)}


def recusal_told(one: dict[str, Any]) -> str:
    if one["recorded_by"] in ("", one["name"]):
        return f"{one['name']}: {one['reason']}"
    return f"{one['name']}: {one['reason']} ({_('recorded by %(name)s', name=one['recorded_by'])})"
