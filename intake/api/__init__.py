"""The HTTP API `/api/v1`: bearer tokens, JSON in and out, errors as problem documents."""

from __future__ import annotations

from flask import Flask

from intake.api import (
    addresses,
    assignments,
    assisted,
    catalogue,
    claims,
    clearances,
    conflicts,
    desks,
    documents,
    items,
    moves,
    opinions,
    organisations,
    proposals,
    rankings,
    remarks,
    reports,
    restarts,
    score_sheets,
    session_changes,
    sessions,
    syntheses,
    texts,
    track,
)

__all__ = [
    "assignments",
    "assisted",
    "catalogue",
    "claims",
    "clearances",
    "conflicts",
    "desks",
    "documents",
    "items",
    "moves",
    "opinions",
    "organisations",
    "proposals",
    "rankings",
    "register",
    "remarks",
    "reports",
    "restarts",
    "score_sheets",
    "session_changes",
    "sessions",
    "syntheses",
    "texts",
    "track",
]


def register(app: Flask) -> None:
    """Add every operation, the description of them all, and an answer for addresses that are none."""
    addresses.register(app)
