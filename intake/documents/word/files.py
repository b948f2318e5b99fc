"""A file that somebody sends: Word or JSON, told apart by how it begins, not by its name."""

from __future__ import annotations

from intake import outline
from intake.documents.word import package
from intake.documents.word.reading import Reading, read_word
from intake.errors import Invalid
from intake.i18n import N_
from intake.outline.interchange import LARGEST_FILE, begins_like_json

LARGEST = max(LARGEST_FILE, package.LARGEST_FILE)
# What a page says about the two sizes, in MB.
LARGEST_MB = {"word": package.LARGEST_FILE // 1_000_000, "json": LARGEST_FILE // 1_000_000}

NEITHER = N_(
    "This is neither a Word file (.docx) nor a JSON file. Send the filled-in Word outline, or a JSON file of the "
    "format initiative-proposal/1."
)


def read_file(raw: bytes) -> Reading:
    """The proposal in a file of either kind; raises TooLarge, Stopped or Invalid and never anything else."""
    if package.is_word(raw):
        return read_word(raw)
    if not begins_like_json(raw):
        raise Invalid(NEITHER, errors=[("", NEITHER)])
    return Reading(outline.read_proposal(raw))
