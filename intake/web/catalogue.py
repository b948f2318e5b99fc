"""The official catalogue: systems, initiatives, targets, criteria, organisations, with their wording and source."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import gettext as _

from intake import catalogue
from intake.web.rights import public

bp = Blueprint("catalogue", __name__, url_prefix="/catalogue")


@bp.get("")
@public
def show() -> str:
    parts = [
        (_("Strategic systems"), "/catalogue/systems", len(catalogue.SYSTEMS)),
        (_("Breakthrough initiatives"), "/catalogue/initiatives", len(catalogue.INITIATIVES)),
        (_("Targets"), "/catalogue/targets", len(catalogue.TARGETS)),
        (_("Selection criteria"), "/catalogue/criteria", len(catalogue.CRITERIA)),
        (_("Organisations"), "/catalogue/organisations", len(catalogue.ORGANISATIONS)),
    ]
    return render_template("catalogue/index.html", parts=parts)


@bp.get("/systems")
@public
def systems() -> str:
    return render_template(
        "catalogue/systems.html", systems=catalogue.SYSTEMS.values(), initiatives=catalogue.INITIATIVES
    )


@bp.get("/initiatives")
@public
def initiatives() -> str:
    groups = [
        (group, catalogue.SYSTEMS[group.system], [i for i in catalogue.INITIATIVES.values() if i.group == group.letter])
        for group in catalogue.INITIATIVE_GROUPS.values()
    ]
    return render_template("catalogue/initiatives.html", groups=groups)


@bp.get("/targets")
@public
def targets() -> str:
    groups = [
        (group, [target for target in catalogue.TARGETS.values() if target.group == group.id])
        for group in catalogue.TARGET_GROUPS.values()
    ]
    return render_template("catalogue/targets.html", groups=groups)


@bp.get("/criteria")
@public
def criteria() -> str:
    return render_template("catalogue/criteria.html", criteria=catalogue.CRITERIA.values())


@bp.get("/organisations")
@public
def organisations() -> str:
    kinds = [
        (label, [o for o in catalogue.ORGANISATIONS.values() if o.kind == kind])
        for kind, label in catalogue.ORGANISATION_KINDS.items()
    ]
    return render_template("catalogue/organisations.html", kinds=[(label, found) for label, found in kinds if found])


def stopped_initiatives() -> list[catalogue.Initiative]:
    """The initiatives on which nothing is received online without a clearance."""
    return [initiative for initiative in catalogue.INITIATIVES.values() if initiative.is_secret]


def stopped_numbers() -> str:
    """Numbers of the initiatives that must not be entered online, for a sentence."""
    return ", ".join(str(i.number) for i in catalogue.INITIATIVES.values() if i.is_secret)
