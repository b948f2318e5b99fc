"""Writing one section of a draft: full posts that work without JavaScript, nothing typed is ever thrown away."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake import forms, outline
from intake.errors import NotFound, Stale, Stopped, TooLarge
from intake.forms import Filled, RowAction
from intake.i18n import LANGUAGES
from intake.models import Proposal
from intake.outline import OUTLINE
from intake.services import proposals, remarks, rights
from intake.web.fields import seen_revision
from intake.web.filters import tr
from intake.web.languages import language
from intake.web.login import current_actor
from intake.web.redirects import see_other
from intake.web.rights import requires
from intake.web.row_focus import focus_after, row_around
from intake.web.section_editor import (
    Editor,
    conflict,
    edit_url,
    editor,
    following,
    row_at,
    saved_text,
    text_url,
    title,
)

bp = Blueprint("editor", __name__, url_prefix="/proposals/<code>/edit")

AUTOMATICALLY = "auto"


@bp.get("/<section>")
@requires("proposal.read")
def show(proposal: Proposal, section: str) -> Response:
    rights.ensure(g.db, proposal, "proposal.edit", actor=current_actor())
    if section in OUTLINE.bodies and section not in remarks.open_parts(g.db, proposal):
        flash(tr(remarks.CLOSED), "note")
        return see_other(text_url(proposal.code, section))
    part = writable(proposal, section)
    document = proposals.draft_of(g.db, proposal)
    opened = row_at(request.args.get("at", ""))
    return page(editor(proposal, document, forms.stored(document, part, language()), opened=opened))


@bp.post("/<section>")
@requires("proposal.read")
def save(proposal: Proposal, section: str) -> Response:
    part = writable(proposal, section)
    if request.form.get("resolve") == "theirs":
        return see_other(edit_url(proposal.code, part))
    document = proposals.draft_of(g.db, proposal)
    posted = request.form.to_dict(flat=False)
    action = forms.row_action(request.form.get("row", ""))
    if action:
        return rearranged(proposal, document, part, posted, action)
    filled = forms.posted(document, part, posted, form_language())
    seen, seen_text = seen_revision(), request.form.get("seen_text", "")
    if is_stale(proposal, document, part, seen, seen_text):
        return both_texts(proposal, document, filled)
    if filled.errors:
        if is_automatic():
            return told(_("Not saved yet: a place needs correction. Save to see which."), 422)
        return page(editor(proposal, document, filled, seen=(seen, seen_text), is_saved=False), 422)
    return kept(proposal, document, filled)


def writable(proposal: Proposal, section: str) -> str:
    """The part of the outline that the address names; a stage or section that is closed answers 409."""
    rights.ensure(g.db, proposal, "proposal.edit", actor=current_actor())
    if section not in OUTLINE.bodies:
        raise NotFound()
    remarks.ensure_open(g.db, proposal, section)
    return section


def form_language() -> str:
    """The language in which the boxes were filled: 1.850 is another number in each."""
    sent = request.form.get("form_language")
    return sent if sent in LANGUAGES else language()


def is_stale(proposal: Proposal, document: dict[str, Any], part: str, seen: int, seen_text: str) -> bool:
    """Somebody saved since, and saved this section: another section of the same draft is no conflict."""
    return seen != proposal.document_revision and seen_text != outline.section_fingerprint(document, part)


def rearranged(
    proposal: Proposal, document: dict[str, Any], part: str, posted: dict[str, list[str]], action: RowAction
) -> Response:
    """The same page with a row more, less or elsewhere; saved only when the person saves."""
    filled = forms.reshaped(document, part, posted, form_language(), action)
    seen = (seen_revision(), request.form.get("seen_text", ""))
    opened, focus = forms.opened_by(filled, action) or row_around(action.path), focus_after(filled, action)
    return page(editor(proposal, document, filled, opened=opened, focus=focus, seen=seen, is_saved=False))


def both_texts(proposal: Proposal, document: dict[str, Any], filled: Filled) -> Response:
    """409 with what was typed in the boxes and what was saved meanwhile beside it; the person decides."""
    if is_automatic():
        return told(_("Not saved: somebody else has saved this section. Save to see both texts."), 409)
    shown = editor(proposal, document, filled, is_saved=False)
    shown.conflict = conflict(proposal, document, filled)
    return page(shown, 409)


def kept(proposal: Proposal, document: dict[str, Any], filled: Filled) -> Response:
    part = filled.part
    changed = outline.with_part(document, part, filled.value)
    try:
        proposals.save_document(g.db, proposal, changed, actor=current_actor(), seen=proposal.document_revision)
    except Stopped as refused:
        if is_automatic():
            return make_response(jsonify(message=tr(refused.message), isStopped=True), refused.status)
        raise
    except TooLarge as refused:
        if is_automatic():
            return told(tr(refused.message), refused.status)
        shown = editor(proposal, document, filled, is_saved=False)
        shown.errors.insert(0, {"text": tr(refused.message), "href": "#main-content"})
        return page(shown, refused.status)
    except Stale:
        g.db.refresh(proposal)
        return both_texts(proposal, proposals.draft_of(g.db, proposal), filled)
    if is_automatic():
        return saved_meanwhile(proposal, part)
    flash(_("Saved: %(title)s", title=title(part)), "success")
    return see_other(after_saving(proposal, part))


def is_automatic() -> bool:
    """Whether the page sends the section by itself while the person goes on writing."""
    return request.form.get("go") == AUTOMATICALLY


def told(message: str, status: int) -> Response:
    """Why it was not saved by itself; the boxes stay as they are."""
    return make_response(jsonify(message=message), status)


def saved_meanwhile(proposal: Proposal, part: str) -> Response:
    """When it was saved, and what the form has seen from now on."""
    text = outline.section_fingerprint(proposals.draft_of(g.db, proposal), part)
    message = saved_text(proposal.document_saved_at)
    return make_response(jsonify(message=message, revision=proposal.document_revision, seen_text=text))


def after_saving(proposal: Proposal, part: str) -> str:
    """Where the pressed button leads: on, back to the list of sections, or the same page."""
    code, wanted = proposal.code, request.form.get("go")
    open_parts = remarks.open_parts(g.db, proposal)
    after = following(part, open_parts)
    if part not in open_parts and wanted not in ("next", "list"):
        return f"/proposals/{code}"
    if wanted == "next":
        return edit_url(code, after) if after else f"/proposals/{code}/submit"
    return f"/proposals/{code}" if wanted == "list" else edit_url(code, part)


def page(shown: Editor, status: int = 200) -> Response:
    return make_response(render_template("editor/edit.html", editor=shown), status)
