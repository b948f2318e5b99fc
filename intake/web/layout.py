"""What `layout/base.html` needs to know: who is here, where they can go, in which language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request
from flask_babel import gettext as _

from intake import policy
from intake.policy import Role
from intake.services.accounts import Identity
from intake.services.role_labels import ROLE_LABELS
from intake.web.filters import tr
from intake.web.help import help_url
from intake.web.languages import alternate_url, language
from intake.web.login import current_identity
from intake.web.resources import resources

LONGEST_IN_HEADER = 45  # letters; more would break the header in two lines on a laptop


@dataclass(frozen=True)
class Place:
    """One entry of the main navigation."""

    label: str
    url: str
    is_current: bool
    count: int | None = None


def init_app(app: Flask) -> None:
    app.context_processor(context)


def context() -> dict[str, Any]:
    """The same for every template of one request; on a broken request only what cannot fail."""
    shared = {"language": language(), "is_demo": resources().settings.is_demo, "request_id": g.get("request_id")}
    if g.get("is_broken"):
        return shared
    if "layout" not in g:
        identity = current_identity()
        g.layout = {
            "user": shown(identity) if identity else None,
            "nav": navigation(identity),
            "alternate_language_url": alternate_url(),
            "change_role_url": "/act-as" if identity and len(identity.memberships) > 1 else None,
        }
    return shared | g.layout


def shown(identity: Identity) -> dict[str, str]:
    organisation = identity.membership.organisation
    name = organisation.name_in(language()) if organisation else ""
    if organisation and len(name) > LONGEST_IN_HEADER:
        name = organisation.abbreviation or name
    return {
        "name": identity.user.name,
        "role_label": tr(ROLE_LABELS[identity.membership.role]),
        "organisation_name": name,
    }


def navigation(identity: Identity | None) -> list[Place]:
    """Where this person can go; on an error page no entry is the current one."""
    to_help = help_url(identity.actor.role if identity else None)
    places = [(_("Public register"), "/register"), (_("Look up a file"), "/track"), (_("Help"), to_help)]
    if identity is None:
        places.insert(0, (_("Home"), "/"))
    else:
        places = own_places(identity.actor.role) + places
    here = "" if g.get("is_refused") else request.path
    return [Place(label, url, is_within(here, url)) for label, url in places]


def landing(identity: Identity) -> str:
    """Where a person starts after signing in: the first of the own desks."""
    places = own_places(identity.actor.role)
    return places[0][1] if places else "/"


def own_places(role: Role) -> list[tuple[str, str]]:
    """Desks that some rule of the policy opens to the role."""
    desks = (
        ("proposal.create", _("My proposals"), "/proposals"),
        ("queue.read", _("My desk"), "/queue"),
        ("ranking.read", _("Ranking"), "/ranking"),
        ("session.read", _("Sessions"), "/sessions"),
        ("monitoring.read", _("Monitoring"), "/monitoring"),
        ("user.manage", _("Administration"), "/admin"),
        ("audit.read", _("Audit trail"), "/audit"),
        ("proposal.create_assisted", _("Received on paper"), "/assisted"),
    )
    return [(label, url) for action, label, url in desks if role in policy.roles_for(action)]


def is_within(here: str, url: str) -> bool:
    return here == url or (url != "/" and here.startswith(url + "/"))
