"""What came on paper: the secretariat notes from whom, and starts the draft that it writes in that person's place."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake import clock, forms, outline
from intake.documents.word.files import LARGEST_MB
from intake.forms import Filled
from intake.forms.arrivals import ArrivalForm
from intake.forms.days import day_of
from intake.services import assisted, idempotency, proposals
from intake.services.assisted import CHANNEL_NAMES, Arrival
from intake.web import proposal_files
from intake.web.attempts import attempt
from intake.web.drafts import PART, lacking, name_after_initiative
from intake.web.fields import sent_form_token
from intake.web.filters import tr
from intake.web.languages import language
from intake.web.login import current_actor
from intake.web.proposal_files import FileProblem, Piece
from intake.web.redirects import see_other
from intake.web.rights import requires
from intake.web.section_editor import error_list

bp = Blueprint("assisted", __name__, url_prefix="/assisted")


@bp.get("")
@requires("proposal.create_assisted")
def index() -> str:
    entries, following = assisted.listing(g.db, actor=current_actor(), after=request.args.get("after"))
    return render_template("assisted/index.html", entries=entries, next=following, channels=CHANNEL_NAMES)


@bp.get("/new")
@requires("proposal.create_assisted")
def new() -> Response:
    return page(arrival_form(None), forms.stored(outline.empty_document(language()), PART, language()))


@bp.post("/new")
@requires("proposal.create_assisted")
def start() -> Response:
    """A draft from its kind and name or from a file, together with how it came."""
    arrival = arrival_form(request.form)
    arrival.ensure_a_day()
    empty = outline.empty_document(language())
    filled = forms.posted(empty, PART, request.form.to_dict(flat=False), language())
    arrived = arrival_of(arrival)
    with attempt(arrival):
        assisted.checked(arrived)
    if proposal_files.is_placing():
        document, data, pieces = proposal_files.placed_document()
        if document is None:
            return placing(data, pieces, status=422)
        return taken_in(document, arrived, arrival, filled)
    reading, problems = proposal_files.sent_reading()
    if reading is None and not problems:
        name_after_initiative(filled)
        filled.add_errors(lacking(filled))
    if problems or arrival.problems or (reading is None and filled.errors):
        return page(arrival, filled, status=422, problems=problems)
    if reading is None:
        return taken_in(outline.with_part(empty, PART, filled.value), arrived, arrival, filled)
    document = proposal_files.document_of(reading)
    if not reading.leftovers:
        return taken_in(document, arrived, arrival, filled)
    proposals.refuse_stopped(document, proposals.cleared(g.db, None))
    return placing(reading.data, proposal_files.pieces_of(reading))


def placing(data: dict[str, Any], pieces: list[Piece], *, status: int = 200) -> Response:
    return proposal_files.placing_page(data, pieces, action="/assisted/new", status=status)


def taken_in(document: dict[str, Any], arrived: Arrival, arrival: ArrivalForm, filled: Filled) -> Response:
    """The draft, and what comes next; the form again when somebody refuses how it came."""
    code = ""
    with attempt(arrival):
        code = entered(document, arrived)
    if arrival.problems:
        return page(arrival, filled, status=422)
    flash(
        _("The draft is saved under the code %(code)s. Write it, then submit it for the person.", code=code), "success"
    )
    return see_other(f"/proposals/{code}")


def arrival_form(sent: Any) -> ArrivalForm:
    return ArrivalForm(sent, say=tr, channels=[(channel, tr(name)) for channel, name in CHANNEL_NAMES.items()])


def arrival_of(form: ArrivalForm) -> Arrival:
    """What the form says; a day that cannot be read has been noted before and is not used."""
    return Arrival(
        channel=form.channel.data or "",
        arrived_on=day_of(form.arrived_on.data) or clock.today(),
        person_name=form.person_name.data or "",
        contact=form.contact.data or "",
        reference=form.reference.data or "",
    )


def entered(document: dict[str, Any], arrival: Arrival) -> str:
    """Enter once, however often the form is sent."""
    actor = current_actor()

    def work() -> dict[str, Any]:
        return {"code": assisted.enter(g.db, document, arrival, actor=actor, language=language()).code}

    sent = {
        "arrival": {**vars(arrival), "arrived_on": str(arrival.arrived_on)},
        "text": outline.export_proposal(document),
    }
    answer = idempotency.once(
        g.db, actor=actor, operation="web.proposal.enter", key=sent_form_token(), request=sent, work=work
    )
    return answer["code"]


def page(
    arrival: ArrivalForm, filled: Filled, *, status: int = 200, problems: list[FileProblem] | None = None
) -> Response:
    errors = [{"text": one.text, "href": one.href} for one in arrival.problems] + error_list(filled)
    if problems:
        errors.append({"text": _("The file was not taken, and nothing of it was kept"), "href": "#file"})
    shown = render_template(
        "assisted/new.html",
        arrival=arrival,
        form=filled.root,
        errors=errors,
        file_errors=problems or [],
        largest_mb=LARGEST_MB,
    )
    return make_response(shown, status)
