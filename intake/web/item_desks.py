"""One item of a sitting as the acting person sees it, and the one step that comes next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

from flask import g
from flask_babel import gettext as _

from intake import policy
from intake.forms.opinions import POSITIONS
from intake.models import SessionItem
from intake.policy import Relation
from intake.scoring.totals import shown
from intake.services import ballot_scans, ballots, conclusions, embargoes, items, quorums, session_desk, syntheses
from intake.services.ballot_scans import Attached
from intake.services.session_desk import Voter
from intake.services.subjects import subject_of
from intake.web.filters import number, tr
from intake.web.section_editor import numbered
from intake.web.sittings import Sitting, quorum_words
from intake.web.vote_bars import LABELS, bar
from intake.workflow.voting import ATTENDING


class ItemDesk:
    """The questions that the item's part of the page asks; each is answered by a service or by the policy."""

    def __init__(self, sitting: Sitting, item: SessionItem) -> None:
        self.sitting, self.item, self.actor = sitting, item, sitting.actor
        self.proposal = item.proposal
        self.subject = subject_of(g.db, self.proposal, actor=self.actor)
        self.url = sitting.item_url(self.proposal)

    def may(self, action: str) -> bool:
        return policy.allows(self.actor, action, self.subject)

    @property
    def is_waiting(self) -> bool:
        return self.item.state == "waiting"

    @property
    def is_open(self) -> bool:
        return self.item.state == "open"

    @property
    def is_closed(self) -> bool:
        return self.item.state == "closed"

    @property
    def is_released(self) -> bool:
        return self.item.state == "released"

    @property
    def is_concluded(self) -> bool:
        return self.item.concluded_at is not None

    @cached_property
    def must_declare(self) -> bool:
        """Whether the person sees the cover only, until a word on conflicts of interest is given."""
        undeclared = Relation.DECLARED not in self.subject.relations
        return policy.must_declare(self.actor.role, "proposal.read") and undeclared and not self.is_released

    @cached_property
    def sees_vote(self) -> bool:
        return embargoes.sees_vote(self.actor, self.subject)

    @cached_property
    def sees_conclusion(self) -> bool:
        return embargoes.sees_conclusion(self.item, self.actor, self.subject)

    @cached_property
    def may_conclude(self) -> bool:
        return self.is_closed and self.may("conclusion.write")

    @cached_property
    def may_manage(self) -> bool:
        """Opening and closing this item: the secretariat, the chair, who stands in for a chair that is recused here."""
        return self.may("session.manage")

    @cached_property
    def stands_in(self) -> bool:
        """For a chair who is recused from this item alone: the right to release it, and not the session."""
        return self.may("session.release") and not self.sitting.may_manage

    @cached_property
    def may_record(self) -> bool:
        return self.may("ballot.cast_on_behalf")

    @cached_property
    def may_reopen(self) -> bool:
        """Nothing came out of the vote, or somebody who took part is conflicted after all."""
        if not (self.may_manage and self.sitting.is_open and self.is_closed):
            return False
        return self.has_no_outcome or bool(items.newly_conflicted(g.db, self.sitting.session, self.item))

    @cached_property
    def may_give_back(self) -> bool:
        """The vote can neither be released nor, in a closed session, be repeated."""
        if not (self.is_closed and self.sitting.is_closed and self.may("conclusion.write")):
            return False
        return items.may_be_given_back(g.db, self.sitting.session, self.item)

    @property
    def has_no_outcome(self) -> bool:
        """A vote was held and no choice got more than half."""
        tally = self.item.tally
        return tally is not None and tally["mode"] != "consensus" and tally["choice"] is None

    @property
    def is_box_shut(self) -> bool:
        """Secret ballots that nobody may open."""
        tally = self.item.tally
        return self.has_no_outcome and bool(tally and tally["secret"]) and (tally or {})["counts"] is None

    @cached_property
    def synthesis(self) -> Any:
        return syntheses.get(g.db, self.proposal, actor=self.actor) if self.may("synthesis.read") else None

    @cached_property
    def recused(self) -> list[Any]:
        return session_desk.recused(g.db, self.item) if self.sees_vote else []

    @cached_property
    def quorum(self) -> Any:
        return quorums.quorum(g.db, self.sitting.session, self.item)

    @property
    def quorum_words(self) -> list[str]:
        return quorum_words(self.quorum)

    @cached_property
    def counts(self) -> Any:
        return ballots.counts(g.db, self.item, actor=self.actor)

    @property
    def base(self) -> int:
        """How many persons may vote."""
        return self.item.tally["base"] if self.item.tally else self.quorum.present

    @property
    def bar(self) -> dict[str, Any] | None:
        """The votes as far as the person may see them now."""
        if self.counts.choices is None:
            return None
        return bar(self.counts.choices, max(self.base - self.counts.cast, 0))

    @property
    def outcome(self) -> str:
        """What the vote came to, in words."""
        choice = (self.item.tally or {}).get("choice")
        return self.label_of(choice) if choice else ""

    @cached_property
    def own_ballot(self) -> Any:
        return ballots.own_ballot(g.db, self.item, actor=self.actor)

    @cached_property
    def is_recused(self) -> bool:
        return bool(session_desk.recused_from(g.db, [self.item], actor=self.actor))

    @cached_property
    def takes_part(self) -> bool:
        """Whether the person is recorded as there, and is not recused."""
        seat = self.sitting.seat()
        return seat is not None and seat.status in ATTENDING and not self.is_recused

    @cached_property
    def may_step_back(self) -> bool:
        """Whether the person may say of oneself, or record of a member, to take no part."""
        return (self.is_waiting or self.is_open) and (self.may_record or self.may("recusal.declare"))

    @cached_property
    def may_vote(self) -> bool:
        return self.is_open and not self.sitting.by_consensus and self.takes_part and self.may("ballot.cast")

    @cached_property
    def voters(self) -> list[Voter]:
        """Every seat and its ballot, for those who run the sitting."""
        runs = self.may_manage or self.may("ballot.confirm")
        if self.sitting.by_consensus or not runs or not (self.is_open or self.is_closed):
            return []
        return session_desk.voters(g.db, self.sitting.session, self.item)

    @property
    def missing(self) -> list[str]:
        """Who has not voted in an open vote; in a secret one nobody learns that."""
        if self.item.is_secret or not (self.is_open and self.may_manage):
            return []
        return [voter.name for voter in self.voters if voter.takes_part and not voter.has_cast]

    @property
    def statements(self) -> list[Voter]:
        """Open ballots with words of their own: what a conclusion takes up."""
        return [voter for voter in self.voters if voter.reason] if self.may_manage else []

    @property
    def unconfirmed(self) -> list[Voter]:
        """Ballots recorded by one person and not yet confirmed by another."""
        if not self.is_open:
            return []
        return [voter for voter in self.voters if voter.takes_part and voter.recorder and not voter.is_confirmed]

    @cached_property
    def scans(self) -> dict[str, Attached]:
        """Scans of recorded ballots that this person may read, by the address of the member."""
        found = ballot_scans.readable(g.db, self.sitting.session, self.item, actor=self.actor)
        return {one.email: one for one in found}

    @property
    def confirmed_scans(self) -> list[Attached]:
        """Those that do not stand beside a ballot to be confirmed."""
        waiting = {voter.email for voter in self.unconfirmed}
        return [one for email, one in self.scans.items() if email not in waiting]

    @property
    def own_scan(self) -> Attached | None:
        own = self.own_ballot
        return next((one for one in self.scans.values() if own is not None and one.ballot_id == own.id), None)

    @cached_property
    def to_confirm(self) -> list[Voter]:
        """Those of them that this person may confirm."""
        if not self.may("ballot.confirm"):
            return []
        others = session_desk.others_unconfirmed(g.db, self.item, actor=self.actor)
        return [voter for voter in self.unconfirmed if voter.email in others]

    @cached_property
    def recordable(self) -> list[Voter]:
        """Members whose ballot the secretariat may record; of a secret vote the list must not tell who has cast one."""
        return [voter for voter in self.voters if voter.takes_part and (self.item.is_secret or is_replaceable(voter))]

    def label_of(self, choice: str) -> str:
        """A choice or an outcome in words."""
        return tr(LABELS[choice])

    @property
    def conditions(self) -> list[dict[str, Any]]:
        """Those of the conclusion, with days as days."""
        return [{**one, "due_on": date.fromisoformat(one["due_on"])} for one in self.item.conditions]

    @property
    def remarks(self) -> list[dict[str, str]]:
        """What has to be revised, with sections by their titles."""
        return [{"section": numbered(one["section"]), "text": one["text"]} for one in self.item.remarks or ()]

    @property
    def outcomes(self) -> list[tuple[str, str]]:
        """What a conclusion may name."""
        return [(outcome, tr(LABELS[outcome])) for outcome in conclusions.allowed_outcomes(self.item)]

    @property
    def figures(self) -> list[dict[str, Any]]:
        """Score, opinions and assessment, ready for the macro `figures`."""
        seen = self.synthesis
        if seen is None:
            return []
        ministries = [one for one in seen.opinions if one.kind == "ministry"]
        assessed = next((one for one in seen.opinions if one.kind == "assessment"), None)
        return [
            score_figure(seen.scored.tally),
            {
                "label": _("Opinions of ministries"),
                "value": f"{len(ministries)}/{len(ministries) + len(seen.closed_bodies)}",
                "detail": ", ".join(positions_told(ministries)),
            },
            {
                "label": _("Chief engineer"),
                "value": tr(POSITIONS[assessed.position]) if assessed else _("No assessment"),
                "is_word": True,
            },
        ]

    @cached_property
    def step(self) -> str:
        """Name of the one step that comes next for this person, empty when there is none."""
        return next((name for name, applies in STEPS if applies(self)), "")

    @property
    def is_step_below(self) -> bool:
        """Whether the step has its button below the cards; the others have theirs in a card."""
        return self.step not in ("", *IN_CARDS)


def is_replaceable(voter: Voter) -> bool:
    """A ballot cast in person stays; one recorded by the secretariat may be put right."""
    return not voter.has_cast or voter.recorder is not None


def score_figure(tally: Any) -> dict[str, Any]:
    if tally.official is None:
        return {"label": _("Official score"), "value": "-", "detail": _("no valid sheet")}
    detail = _("%(count)s sheets", count=tally.n)
    if tally.sd is not None:
        detail = _("%(count)s sheets, deviation %(sd)s", count=tally.n, sd=number(shown(tally.sd), 1))
    return {"label": _("Official score"), "value": number(shown(tally.official), 1), "detail": detail}


def positions_told(opinions: list[Any]) -> list[str]:
    """How many took which position."""
    counted = {position: sum(one.position == position for one in opinions) for position in POSITIONS}
    return [f"{count} {tr(POSITIONS[position]).lower()}" for position, count in counted.items() if count]


STEPS: tuple[tuple[str, Callable[[ItemDesk], bool]], ...] = (
    ("attendance", lambda d: d.sitting.may_prepare and d.sitting.is_planned and not d.sitting.quorum.is_met),
    ("open_session", lambda d: d.sitting.may_manage and d.sitting.is_planned),
    ("declare", lambda d: d.must_declare),
    ("vote", lambda d: d.may_vote and d.own_ballot is None),
    ("confirm", lambda d: bool(d.to_confirm)),
    ("close_item", lambda d: d.may_manage and d.is_open and not d.unconfirmed),
    ("open_item", lambda d: d.may_manage and d.sitting.is_open and d.is_waiting),
    ("conclude", lambda d: d.may_conclude and not d.is_concluded),
    ("preview", lambda d: d.sitting.may_manage and d.sitting.are_all_prepared),
    ("preview", lambda d: d.stands_in and d.is_closed and d.is_concluded),
    ("next_item", lambda d: d.sitting.is_open and d.sitting.next_item(d.item) is not None and not d.is_open),
    ("close_session", lambda d: d.sitting.may_manage and d.sitting.is_open and d.sitting.are_all_dealt_with),
    ("decisions", lambda d: d.sitting.has_released),
)
IN_CARDS = ("confirm", "close_item", "open_item", "conclude")
