"""Every view says who may call it: `@requires(action)`, `@signed_in` or `@public`; the app does not start otherwise."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, g, request

from intake import policy
from intake.errors import Forbidden
from intake.models import Proposal
from intake.policy import ACTIONS
from intake.services import proposals, rights, sessions
from intake.services.subjects import own_subject
from intake.web.login import current_actor, current_person

View = TypeVar("View", bound=Callable[..., Any])
DECLARATION = "intake_action"
PUBLIC = "public"
SIGNED_IN = "signed in"
SITTINGS = "/sessions/"


def declare(view: View, action: str) -> View:
    """Write on the view who may call it, where `check_routes` and the tests read it."""
    setattr(view, DECLARATION, action)
    return view


def public(view: View) -> View:
    """For everybody, also without signing in."""
    return declare(view, PUBLIC)


def signed_in(view: View) -> View:
    """For everybody who is signed in, whatever the role."""

    @wraps(view)
    def checked(**arguments: Any) -> Any:
        current_actor()
        return view(**arguments)

    return declare(cast(View, checked), SIGNED_IN)


def own_account(view: View) -> View:
    """For everybody who is signed in, about themselves: also before a second factor that the acting role asks for."""

    @wraps(view)
    def checked(**arguments: Any) -> Any:
        current_person()
        return view(**arguments)

    return declare(cast(View, checked), SIGNED_IN)


def requires(action: str) -> Callable[[View], View]:
    """For those whom the policy admits to `action`.

    A `<code>` in the address is loaded and passed as `proposal`, an `<int:id>` under /sessions/ as `session`; each
    answers 404, 403 and "declare first" by itself. Without either only the action is checked.
    """
    if action not in ACTIONS:
        raise RuntimeError(f"{action} is no action of the policy")

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(**arguments: Any) -> Any:
            return view(**loaded(action, arguments))

        return declare(cast(View, checked), action)

    return decorate


def loaded(action: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """The view's arguments with the proposal and the session in place of their code and number.

    What is done with one item is a right to that item: whoever stands in for its recused chair has it there only.
    """
    actor = current_actor()
    is_sitting = "id" in arguments and request.path.startswith(SITTINGS)
    is_item = is_sitting and "code" in arguments
    if is_sitting:
        own = action if action.startswith("session.") and not is_item else "session.read"
        arguments["session"] = sessions.get(g.db, arguments.pop("id"), actor=actor, action=own)
    if is_item:
        arguments["proposal"] = item_proposal(action, arguments.pop("code"))
    elif "code" in arguments:
        arguments["proposal"] = proposal_for(action, arguments.pop("code"))
    elif not is_sitting:
        policy.ensure(actor, action, own_subject(actor))
    return arguments


def proposal_for(action: str, code: str) -> Proposal:
    """The proposal, when the person may do `action`; 409 when only the stage it is at is in the way."""
    actor = current_actor()
    try:
        return proposals.get(g.db, code, actor=actor, action=action)
    except Forbidden:
        rights.ensure(g.db, proposals.get(g.db, code, actor=actor, action=proposals.COVER), action, actor=actor)
        raise


def item_proposal(action: str, code: str) -> Proposal:
    """The proposal of an item that the person may do `action` with; seeing the session is no right to every item."""
    actor = current_actor()
    if not action.startswith("session."):
        return proposal_for(action, code)
    found = proposals.get(g.db, code, actor=actor, action="proposal.read_cover")
    if action != "session.read":
        rights.ensure(g.db, found, action, actor=actor)
    return found


def check_routes(app: Flask) -> None:
    """Raise RuntimeError naming every route whose view declares nothing."""
    undeclared = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], DECLARATION)
    ]
    if undeclared:
        raise RuntimeError(f"these routes declare neither an action nor public: {', '.join(sorted(undeclared))}")
