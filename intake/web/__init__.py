"""The pages: one blueprint per noun, listed here once."""

from flask import Blueprint

from intake.config import Settings
from intake.web.account import bp as account
from intake.web.account_second_factor import bp as account_second_factor
from intake.web.account_tokens import bp as account_tokens
from intake.web.admin import bp as admin
from intake.web.admin_bodies import bp as admin_bodies
from intake.web.admin_letterheads import bp as admin_letterheads
from intake.web.admin_schemes import bp as admin_schemes
from intake.web.admin_settings import bp as admin_settings
from intake.web.assessments import bp as assessments
from intake.web.assignments import bp as assignments
from intake.web.assisted import bp as assisted
from intake.web.auth import bp as auth
from intake.web.ballots import bp as ballots
from intake.web.catalogue import bp as catalogue
from intake.web.claims import bp as claims
from intake.web.clearances import bp as clearances
from intake.web.coauthors import bp as coauthors
from intake.web.conflicts import bp as conflicts
from intake.web.demo import bp as demo
from intake.web.desks import bp as desks
from intake.web.dossiers import bp as dossiers
from intake.web.drafts import bp as drafts
from intake.web.editor import bp as editor
from intake.web.health import bp as health
from intake.web.help import bp as help_pages
from intake.web.home import bp as home
from intake.web.issues import bp as issues
from intake.web.mandates import bp as mandates
from intake.web.members import bp as members
from intake.web.metrics import bp as metrics
from intake.web.monitoring import bp as monitoring
from intake.web.opinions import bp as opinions
from intake.web.papers import bp as papers
from intake.web.proposal_bodies import bp as proposal_bodies
from intake.web.proposals import bp as proposals
from intake.web.queue import bp as queue
from intake.web.ranking import bp as ranking
from intake.web.receptions import bp as receptions
from intake.web.register import bp as register
from intake.web.registrations import bp as registrations
from intake.web.releases import bp as releases
from intake.web.reports import bp as reports
from intake.web.review_papers import bp as review_papers
from intake.web.score_sheets import bp as score_sheets
from intake.web.session_changes import bp as session_changes
from intake.web.session_items import bp as session_items
from intake.web.session_papers import bp as session_papers
from intake.web.sessions import bp as sessions
from intake.web.signed_copies import bp as signed_copies
from intake.web.submissions import bp as submissions
from intake.web.syntheses import bp as syntheses
from intake.web.track import bp as track
from intake.web.trail import bp as trail
from intake.web.transitions import bp as transitions
from intake.web.verify import bp as verify
from intake.web.word import bp as word

BLUEPRINTS = (
    home,
    auth,
    account,
    account_second_factor,
    account_tokens,
    registrations,
    members,
    admin,
    admin_bodies,
    admin_letterheads,
    admin_schemes,
    admin_settings,
    coauthors,
    catalogue,
    health,
    help_pages,
    register,
    track,
    verify,
    assessments,
    assignments,
    conflicts,
    desks,
    mandates,
    reports,
    review_papers,
    metrics,
    monitoring,
    trail,
    receptions,
    opinions,
    proposal_bodies,
    queue,
    ranking,
    score_sheets,
    syntheses,
    transitions,
    dossiers,
    drafts,
    assisted,
    claims,
    clearances,
    editor,
    papers,
    word,
    proposals,
    submissions,
    sessions,
    signed_copies,
    session_changes,
    session_items,
    session_papers,
    ballots,
    releases,
    issues,
)


def blueprints(settings: Settings) -> tuple[Blueprint, ...]:
    """All pages; those of the demonstration only where it is one."""
    return (*BLUEPRINTS, demo) if settings.is_demo else BLUEPRINTS
