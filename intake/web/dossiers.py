"""Everything about one proposal that its reader may see, as one zip."""

from __future__ import annotations

from contextlib import ExitStack
from tempfile import SpooledTemporaryFile

from flask import Blueprint, g, send_file
from werkzeug.wrappers import Response

from intake.models import Proposal
from intake.services import dossiers
from intake.web.login import current_actor
from intake.web.resources import resources
from intake.web.rights import requires

bp = Blueprint("dossiers", __name__)
IN_MEMORY = 8 * 2**20


@bp.get("/proposals/<code>/dossier.zip")
@requires("proposal.read")
def download(proposal: Proposal) -> Response:
    with ExitStack() as stack:
        made = stack.enter_context(SpooledTemporaryFile(IN_MEMORY))
        dossiers.write(g.db, resources().files, proposal, made, actor=current_actor())
        made.seek(0)
        response = send_file(made, "application/zip", as_attachment=True, download_name=f"{proposal.code}.zip")
        response.call_on_close(stack.pop_all().close)
    return response
