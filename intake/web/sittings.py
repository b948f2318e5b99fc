"""One sitting as the acting person sees it: where it stands, who is there, what is on the agenda."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from flask import g
from flask_babel import gettext as _

from intake import clock, policy
from intake.errors import NotFound
from intake.forms.sessions import GUEST, SEATS, STATUSES
from intake.i18n import N_, Message, Text
from intake.models import CommitteeSession, Proposal, SessionItem
from intake.services import postponements, quorums, session_desk, sessions, vote_tallies
from intake.services.subjects import session_subject
from intake.web.filters import day, tr
from intake.web.login import current_actor
from intake.web.proposal_heads import body_name
from intake.web.vote_bars import LABELS
from intake.workflow.voting import ATTENDING

STATES: dict[str, tuple[Message, str]] = {
    "planned": (N_("Planned"), ""),
    "open": (N_("In session"), "decide"),
    "closed": (N_("Closed"), "closed"),
    "cancelled": (N_("Cancelled"), "closed"),
}
EXPECTED = N_("Not recorded")
DEALT_WITH = ("closed", "released")


class Sitting:
    """What the templates and the steps ask about a session; the agenda holds what the person may know of."""

    def __init__(self, session: CommitteeSession) -> None:
        self.session, self.actor = session, current_actor()
        self.subject = session_subject(g.db, session, actor=self.actor)
        self.items = sessions.visible_items(g.db, session, actor=self.actor)
        self.url = f"/sessions/{session.id}"

    @cached_property
    def may_prepare(self) -> bool:
        """Agenda and attendance: the secretariat."""
        return policy.allows(self.actor, "session.create", self.subject)

    @property
    def may_reorder(self) -> bool:
        """Until the session opens."""
        return self.may_prepare and self.is_planned and len(self.items) > 1

    @cached_property
    def may_manage(self) -> bool:
        """Opening and closing: the secretariat, the chair, who stands in for the chair."""
        return policy.allows(self.actor, "session.manage", self.subject)

    @property
    def is_planned(self) -> bool:
        return self.session.state == "planned"

    @property
    def is_open(self) -> bool:
        return self.session.state == "open"

    @property
    def is_closed(self) -> bool:
        return self.session.state == "closed"

    @property
    def is_cancelled(self) -> bool:
        return self.session.state == "cancelled"

    @property
    def is_over(self) -> bool:
        return self.is_closed or self.is_cancelled

    @property
    def may_move(self) -> bool:
        """Postponing and cancelling: the secretariat, while no item was dealt with."""
        return self.may_prepare and postponements.may_be_moved(self.session, [item.state for item in self.items])

    @property
    def may_read_minutes(self) -> bool:
        """Those who run it, from the opening on; members once everything is released."""
        return (self.may_manage and not (self.is_planned or self.is_cancelled)) or (
            self.is_closed and bool(self.items) and all(item.state == "released" for item in self.items)
        )

    @property
    def change_words(self) -> str:
        """What became of the day it was first called for."""
        if self.is_cancelled:
            return _("Cancelled: %(reason)s", reason=self.session.change_reason)
        if self.session.postponed_from is None:
            return ""
        before = self.session.postponed_from.astimezone(clock.ZONE)
        words = {"day": f"{before:%d/%m/%Y}", "time": f"{before:%H:%M}", "reason": self.session.change_reason}
        return _("Postponed from %(time)s on %(day)s: %(reason)s", **words)

    @property
    def by_consensus(self) -> bool:
        return self.session.mode == "consensus"

    @property
    def title(self) -> str:
        return _("Session of %(day)s", day=day(self.on))

    @property
    def on(self) -> Any:
        return clock.local_date(self.session.starts_at)

    @property
    def time(self) -> str:
        return f"{self.session.starts_at.astimezone(clock.ZONE):%H:%M}"

    @property
    def body(self) -> Text:
        return body_name(self.session.body)

    @property
    def state(self) -> tuple[Message, str]:
        """Words and hue of the tag."""
        return STATES[self.session.state]

    @cached_property
    def quorum(self) -> Any:
        return session_desk.quorum(g.db, self.session)

    @cached_property
    def quorum_words(self) -> list[str]:
        return quorum_words(self.quorum)

    @property
    def are_all_dealt_with(self) -> bool:
        """Whether nothing is left to open or to vote on."""
        return bool(self.items) and all(item.state in DEALT_WITH for item in self.items)

    @property
    def are_all_prepared(self) -> bool:
        """Whether every conclusion is written, and some are not released yet."""
        left = [item for item in self.items if item.state != "released"]
        return bool(left) and all(item.state == "closed" and item.concluded_at is not None for item in left)

    @property
    def may_close(self) -> bool:
        """Closing the session, when no item is being dealt with."""
        return self.may_manage and self.is_open and not any(item.state == "open" for item in self.items)

    @property
    def has_released(self) -> bool:
        return any(item.state == "released" for item in self.items)

    @cached_property
    def present(self) -> list[str]:
        """Names of members who are there."""
        return [row.user.name for row in self.session.attendance if row.seat and row.status in ATTENDING]

    def seat(self) -> Any:
        """The person's own line on the list, None when not a member of the body."""
        own = (row for row in self.session.attendance if row.seat and row.user_id == self.actor.user_id)
        return next(own, None)

    def item_of(self, code: str) -> SessionItem:
        """The item of this proposal; NotFound when it is not on the agenda, or not for this person."""
        found = next((item for item in self.items if item.proposal.code == code), None)
        if found is None:
            raise NotFound()
        return found

    def first_item(self) -> SessionItem | None:
        """What is dealt with now: the open item, else the first one not finished, else the first."""
        unfinished = [item for item in self.items if item.state != "released"]
        waiting = [item for item in unfinished if item.state == "waiting"]
        being_voted = [item for item in unfinished if item.state == "open"]
        unconcluded = [item for item in unfinished if item.concluded_at is None]
        return next(iter([*being_voted, *unconcluded, *waiting, *unfinished, *self.items]), None)

    def next_item(self, current: SessionItem | None) -> SessionItem | None:
        """Another item nobody has finished."""
        left = (item for item in self.items if item.state in ("open", "waiting") and item is not current)
        return next(left, None)

    def number_of(self, item: SessionItem) -> int:
        return self.items.index(item) + 1

    def item_url(self, proposal: Proposal) -> str:
        return f"{self.url}/items/{proposal.code}"

    def agenda(self, current: SessionItem | None) -> list[dict[str, Any]]:
        """Ready for the macro `agenda`."""
        return [self.line(item, is_current=item is current) for item in self.items]

    def line(self, item: SessionItem, *, is_current: bool) -> dict[str, Any]:
        tag, tone = self.tag_of(item)
        return {
            "title": f"{self.number_of(item)}. {item.proposal.title}",
            "url": self.item_url(item.proposal),
            "code": item.proposal.code,
            "tag": tr(tag),
            "tag_tone": tone,
            "note": self.note_of(item),
            "is_current": is_current,
        }

    def tag_of(self, item: SessionItem) -> tuple[Message, str]:
        if item.state == "released":
            return N_("Decided"), "ok"
        if item.state == "closed":
            # What is prepared is under embargo: members learn it by the release.
            if self.may_manage and item.concluded_at is not None:
                return N_("Conclusion prepared"), "work"
            return (N_("Discussed") if self.by_consensus else N_("Vote closed")), "you"
        if item.state == "open":
            return (N_("Being discussed") if self.by_consensus else N_("Being voted on")), "decide"
        return N_("Not dealt with yet"), ""

    def note_of(self, item: SessionItem) -> str:
        if item.state == "released" and item.outcome:
            return tr(LABELS[item.outcome])
        if item.state == "open" and not self.by_consensus:
            base = quorums.quorum(g.db, self.session, item).present
            return _("%(cast)s of %(base)s ballots", cast=vote_tallies.cast_count(g.db, item), base=base)
        return ""

    def people(self) -> list[dict[str, str]]:
        """Ready for the macro `members`: seat and attendance in words."""
        return [
            {
                "name": row.user.name,
                "presence": f"{tr(SEATS.get(row.seat or '', GUEST))}, {tr(STATUSES.get(row.status, EXPECTED)).lower()}",
            }
            for row in self.session.attendance
        ]


def quorum_words(quorum: Any) -> list[str]:
    """One sentence when there is a quorum, else what is missing."""
    if quorum.is_met:
        told = _(
            "Quorum: %(present)s of %(entitled)s present, at least %(needed)s needed, chair or deputy present",
            present=quorum.present,
            entitled=quorum.entitled,
            needed=quorum.needed,
        )
        return [told]
    return [tr(message).removesuffix(".") for message in quorums.shortcomings(quorum)]
