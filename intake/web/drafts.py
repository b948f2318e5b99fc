"""Starting a proposal: from its kind and name, or from a file, Word or JSON."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake import forms, outline
from intake.catalogue import INITIATIVES
from intake.documents.word.files import LARGEST_MB
from intake.forms import Filled
from intake.i18n import N_
from intake.services import idempotency, proposals
from intake.web import proposal_files
from intake.web.fields import sent_form_token
from intake.web.languages import language
from intake.web.login import current_actor
from intake.web.proposal_files import FileProblem, Piece
from intake.web.redirects import see_other
from intake.web.rights import requires
from intake.web.section_editor import error_list

bp = Blueprint("drafts", __name__, url_prefix="/proposals/new")

PART = "name"


@bp.get("")
@requires("proposal.create")
def new() -> Response:
    return page(forms.stored(outline.empty_document(language()), PART, language()))


@bp.post("")
@requires("proposal.create")
def start() -> Response:
    """A draft with the section of the name filled in."""
    document = outline.empty_document(language())
    filled = forms.posted(document, PART, request.form.to_dict(flat=False), language())
    name_after_initiative(filled)
    filled.add_errors(lacking(filled))
    if filled.errors:
        return page(filled, status=422)
    return created(outline.with_part(document, PART, filled.value))


@bp.post("/file")
@requires("proposal.create")
def upload() -> Response:
    """A draft from a file; a file that is refused leaves nothing behind."""
    if proposal_files.is_placing():
        document, data, pieces = proposal_files.placed_document()
        return created(document) if document else placing(data, pieces, status=422)
    reading, problems = proposal_files.sent_reading()
    if reading is None:
        empty = forms.stored(outline.empty_document(language()), PART, language())
        return page(empty, status=422, file_errors=problems or [FileProblem("", _("Choose a file first."))])
    document = proposal_files.document_of(reading)
    if not reading.leftovers:
        return created(document)
    proposals.refuse_stopped(document, proposals.cleared(g.db, current_actor().user_id))
    return placing(reading.data, proposal_files.pieces_of(reading))


def placing(data: dict[str, Any], pieces: list[Piece], *, status: int = 200) -> Response:
    return proposal_files.placing_page(data, pieces, action="/proposals/new/file", status=status)


def name_after_initiative(filled: Filled) -> None:
    """A proposal that details an initiative of the list is called like it until the person writes another name."""
    initiative = INITIATIVES.get(filled.value.get("initiative_ref") or "")
    if initiative and not filled.value.get("name_vi"):
        filled.value["name_vi"] = initiative.title.vi


def lacking(filled: Filled) -> list[tuple[str, Any]]:
    """A draft needs a kind and a name; one that details an initiative needs to say which."""
    value, missing = filled.value, []
    if not value.get("kind"):
        missing.append((f"{PART}.kind", N_("Choose what you propose.")))
    if value.get("kind") == "detail" and not value.get("initiative_ref"):
        missing.append((f"{PART}.initiative_ref", N_("Choose the initiative of the list.")))
    elif not value.get("name_vi"):
        missing.append((f"{PART}.name_vi", N_("Enter a name. You can change it later.")))
    told = {path for path, _message in filled.errors}
    return [(path, message) for path, message in missing if path not in told]


def created(document: dict[str, Any]) -> Response:
    """Create once, however often the form is sent."""
    actor = current_actor()

    def work() -> dict[str, Any]:
        return {"code": proposals.create(g.db, document, actor=actor, language=language()).code}

    request_text = {"sections": outline.export_proposal(document)}
    answer = idempotency.once(
        g.db, actor=actor, operation="web.proposal.create", key=sent_form_token(), request=request_text, work=work
    )
    flash(_("Your draft is saved under the code %(code)s.", code=answer["code"]), "success")
    return see_other(f"/proposals/{answer['code']}")


def page(filled: Filled, *, status: int = 200, file_errors: list[FileProblem] | None = None) -> Response:
    shown = render_template(
        "drafts/new.html",
        form=filled.root,
        errors=error_list(filled),
        file_errors=file_errors or [],
        largest_mb=LARGEST_MB,
    )
    return make_response(shown, status)
