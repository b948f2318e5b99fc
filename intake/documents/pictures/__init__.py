"""The pictures of a proposal, drawn the same on pages and in PDFs: roadmap, budget, risk matrix."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intake.documents.pictures.budget import budget
from intake.documents.pictures.matrix import matrix
from intake.documents.pictures.roadmap import roadmap
from intake.documents.pictures.shapes import Picture

__all__ = ["Picture", "pictures"]

DRAWN = {"plan": roadmap, "resources": budget, "risks": matrix}


def pictures(document: Mapping[str, Any], language: str) -> dict[str, Picture]:
    """The pictures of a document by the section they belong to; nothing where there is nothing to draw."""
    drawn = {section: draw(document, language) for section, draw in DRAWN.items()}
    return {section: picture for section, picture in drawn.items() if picture is not None}
