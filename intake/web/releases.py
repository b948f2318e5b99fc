"""The end of a sitting: every prepared decision looked at together, released in one act, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _

from intake import policy
from intake.errors import DeclareFirst, IllegalMove
from intake.i18n import N_, Message
from intake.models import CommitteeSession, SessionItem
from intake.services import decisions, session_desk, sessions
from intake.web.desks import PAPER_STATES
from intake.web.filters import tr
from intake.web.item_desks import ItemDesk
from intake.web.login import current_actor
from intake.web.redirects import see_other
from intake.web.rights import requires
from intake.web.sittings import Sitting
from intake.web.vote_bars import LABELS

bp = Blueprint("releases", __name__, url_prefix="/sessions/<int:id>")

UNDECLARED = N_("You have not declared yet whether you have a conflict of interest.")
# What clears each obstacle, by where the item stands.
TO_DO: dict[str, Message] = {
    "waiting": N_("Deal with it, or close the session: items nobody dealt with leave the agenda"),
    "open": N_("Close the item"),
    "closed": N_("Look at the item and its conclusion"),
}
DECLARE = N_("Declare now")
LOOK = N_("Look at the item")


@dataclass(frozen=True)
class Line:
    """One item in the preview, what stands in the way of its release, and where that is put right."""

    desk: ItemDesk
    obstacle: Message | None
    to_do: Message | None
    url: str
    is_releasable: bool

    @property
    def item(self) -> SessionItem:
        return self.desk.item

    @property
    def outcome(self) -> str:
        return tr(LABELS[self.item.outcome]) if self.item.outcome else ""

    @property
    def vote(self) -> list[str]:
        """The result in words."""
        counts = (self.item.tally or {}).get("counts") or {}
        return [f"{tr(LABELS[choice])} {count}" for choice, count in counts.items() if count]


@bp.get("/preview")
@requires("session.read")
def preview(session: CommitteeSession) -> str:
    return preview_page(session)


@bp.post("/release")
@requires("session.read")
def release(session: CommitteeSession) -> Any:
    """All or nothing; when something is in the way, the preview says what and where to put it right.

    Whoever stands in for a recused chair releases single items: that right is the service's to judge.
    """
    codes = request.form.getlist("item") or None
    try:
        with g.db.begin_nested():
            released = decisions.release(g.db, session, codes=codes, actor=current_actor())
    except (IllegalMove, DeclareFirst) as error:
        return preview_page(session, refused=tr(error.message)), error.status
    flash(_("Decisions released: %(count)s. Their documents are being made.", count=len(released)), "success")
    return see_other(f"/sessions/{session.id}/decisions")


def preview_page(session: CommitteeSession, refused: str = "") -> str:
    actor = current_actor()
    obstacles = decisions.preview(g.db, session, actor=actor)
    # The preview has read the items afresh: with them the session.
    sitting = Sitting(sessions.get(g.db, session.id, actor=actor))
    lines = lines_of(sitting, obstacles)
    if not any(line.is_releasable for line in lines):
        policy.ensure(sitting.actor, "session.manage", sitting.subject)
    codes = [line.desk.proposal.code for line in lines if line.is_releasable]
    is_ready = bool(codes) and not any(line.obstacle for line in lines if line.is_releasable)
    return render_template(
        "sessions/preview.html", sitting=sitting, lines=lines, codes=codes, is_ready=is_ready, refused=refused
    )


def lines_of(sitting: Sitting, obstacles: dict[str, Message | None]) -> list[Line]:
    """Every item not released yet; who only stands in for some sees those."""
    left = [item for item in sitting.items if item.state != "released"]
    own_recusals = session_desk.recused_from(g.db, left, actor=sitting.actor)
    desks = [ItemDesk(sitting, item) for item in left]
    lines = [line_of(desk, obstacles.get(desk.proposal.code), desk.item.id in own_recusals) for desk in desks]
    return lines if sitting.may_manage else [line for line in lines if line.is_releasable]


def line_of(desk: ItemDesk, obstacle: Message | None, is_recused: bool) -> Line:
    is_releasable = desk.may("session.release") and not is_recused
    if is_releasable and desk.must_declare:
        back = f"/proposals/{desk.proposal.code}/conflict?next={desk.sitting.url}/preview"
        return Line(desk, UNDECLARED, DECLARE, back, True)
    to_do = (LOOK if is_recused else TO_DO[desk.item.state]) if obstacle else None
    return Line(desk, obstacle, to_do, desk.url, is_releasable)


@bp.get("/decisions")
@requires("session.read")
def show(session: CommitteeSession) -> str:
    """What was decided, as far as the person may read it, and how far the documents are."""
    sitting = Sitting(session)
    desks = [ItemDesk(sitting, item) for item in sitting.items if item.state == "released"]
    found = session_desk.released(g.db, [desk.item for desk in desks if desk.may("proposal.read_decision")])
    lines = [(desk, found[desk.item.id]) for desk in desks if desk.item.id in found]
    return render_template(
        "sessions/decisions.html",
        sitting=sitting,
        lines=lines,
        paper_states=PAPER_STATES,
        may_issue=policy.allows(sitting.actor, "document.issue", sitting.subject),
    )
