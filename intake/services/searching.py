"""How words that somebody types are looked for: each anywhere, whatever the case, the order and the marks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, func, true

from intake.models import Proposal
from intake.vietnamese import fold


def has_words(folded: ColumnElement[str] | Any, typed: str) -> ColumnElement[bool]:
    """Every word typed stands in the `folded` text; always true when none was typed."""
    return and_(true(), *(folded.contains(word, autoescape=True) for word in fold(typed).split()))


def names_proposal(typed: str) -> ColumnElement[bool]:
    """Every word typed stands in the title, in the name of the proposer or the lead, or in the code."""
    return has_words(Proposal.folded + " " + func.lower(Proposal.code), typed)
