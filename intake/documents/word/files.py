"""A file that somebody sends: Word or JSON, told apart by how it begins, not by its name."""

from __future__ import annotations

from intake import outline
from intake.documents.word import package
from intake.documents.word.reading import Reading, read_word
from intake.outline.interchange import LARGEST_FILE

LARGEST_WORD = package.LARGEST_FILE
LARGEST = max(LARGEST_FILE, LARGEST_WORD)


def read_file(raw: bytes) -> Reading:
    """The proposal in a file of either kind; raises TooLarge, Stopped or Invalid and never anything else."""
    if package.is_word(raw):
        return read_word(raw)
    return Reading(outline.read_proposal(raw))
