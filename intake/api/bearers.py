"""Who calls: the person and acting membership of a bearer token. Cookies say nothing here."""

from __future__ import annotations

from flask import request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from intake import log
from intake.api.languages import remember
from intake.api.resources import resources
from intake.errors import Forbidden, NotFound
from intake.i18n import N_
from intake.services import accounts
from intake.services.accounts import Identity

MAY_WRITE = "write"


def identity(*, writes: bool) -> Identity:
    """The token's person; raises Unauthorized, or Forbidden when the token only reads and the operation writes."""
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token:
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer", {"realm": "intake"}))
    # A session of its own: a wrong token must not wait for, or hold, the write lock.
    with resources().database.reading() as db:
        try:
            found = accounts.token_identity(db, given.token)
        except NotFound:  # the account holds no role any more
            found = None
        is_closed = found is None and accounts.is_of_closed_account(db, given.token)
    if is_closed and request.view_args:
        raise NotFound()  # what a closed account knew is gone for it
    if found is None:
        challenge = WWWAuthenticate("bearer", {"realm": "intake", "error": "invalid_token"})
        raise Unauthorized(www_authenticate=challenge)
    person, scope = found
    log.name_person(person.user.id)
    remember(person.user.language)
    if writes and scope != MAY_WRITE:
        raise Forbidden(N_("This token only reads. Create one with the scope write."))
    return person
