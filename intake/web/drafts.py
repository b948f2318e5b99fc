"""Starting a proposal: from its kind and name, or from an `initiative-proposal/1` file."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake import forms, outline
from intake.catalogue import INITIATIVES
from intake.errors import Invalid, Stopped
from intake.forms import Filled
from intake.i18n import N_
from intake.outline.interchange import LARGEST_FILE
from intake.services import idempotency, proposals
from intake.web.fields import sent_form_token
from intake.web.filters import tr
from intake.web.languages import language
from intake.web.login import current_actor
from intake.web.redirects import see_other
from intake.web.rights import requires
from intake.web.section_editor import error_list

bp = Blueprint("drafts", __name__, url_prefix="/proposals/new")

PART = "name"
MOST_SHOWN_ERRORS = 50


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
    sent = request.files.get("file")
    empty = forms.stored(outline.empty_document(language()), PART, language())
    if sent is None or not sent.filename:
        return page(empty, status=422, file_errors=[{"path": "", "text": _("Choose a file first.")}])
    try:
        document = outline.import_proposal(outline.read_proposal(sent.stream.read(LARGEST_FILE + 1)))
        return created(document)
    except Stopped:
        raise
    except Invalid as refused:
        return page(empty, status=422, file_errors=file_errors(refused))


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


def file_errors(refused: Invalid) -> list[dict[str, str]]:
    """What is wrong with a file, place by place; of very many the first."""
    errors = refused.errors or [("", refused.message)]
    return [{"path": path, "text": tr(message)} for path, message in errors[:MOST_SHOWN_ERRORS]]


def page(filled: Filled, *, status: int = 200, file_errors: list[dict[str, str]] | None = None) -> Response:
    shown = render_template(
        "drafts/new.html",
        form=filled.root,
        errors=error_list(filled),
        file_errors=file_errors or [],
        largest_mb=LARGEST_FILE // 1_000_000,
    )
    return make_response(shown, status)
