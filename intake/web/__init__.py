"""The pages: one blueprint per noun, listed here once."""

from flask import Blueprint

from intake.config import Settings
from intake.web.auth import bp as auth
from intake.web.catalogue import bp as catalogue
from intake.web.demo import bp as demo
from intake.web.health import bp as health
from intake.web.help import bp as help_pages
from intake.web.home import bp as home
from intake.web.register import bp as register
from intake.web.track import bp as track
from intake.web.verify import bp as verify

BLUEPRINTS = (
    home,
    auth,
    catalogue,
    health,
    help_pages,
    register,
    track,
    verify,
)


def blueprints(settings: Settings) -> tuple[Blueprint, ...]:
    """All pages; those of the demonstration only where it is one."""
    return (*BLUEPRINTS, demo) if settings.is_demo else BLUEPRINTS
