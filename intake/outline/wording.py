"""How alike two documents are in their wording: a small sketch of each is enough to tell.

The sketch keeps the 64 smallest hashes of all runs of three words (bottom-k sketch: Cohen and Kaplan, "Summarizing data
using bottom-k sketches", PODC 2007). Two texts share about as much of their sketches as of their wording.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from hashlib import blake2b

from intake.outline.documents import Document
from intake.outline.model import RichText
from intake.outline.walk import parts, places
from intake.vietnamese import fold

SKETCH_SIZE = 64
RUN = 3
WORD = re.compile(r"\w+")
Sketch = tuple[int, ...]


def wording_sketch(document: Document) -> Sketch:
    """The smallest hashes of what is argued, ascending, as signed 64-bit numbers; names and figures are left out.

    Fewer than `SKETCH_SIZE` when the text is short, none when it has no run of three words.
    """
    return tuple(sorted({hashed(run) for text in argued(document) for run in runs(text)})[:SKETCH_SIZE])


def argued(document: Document) -> Iterator[str]:
    """Every text of several lines in the sections; what goes with the proposal, like its contacts, argues nothing."""
    sections = [part for part in parts(document) if part[0] != "administrative"]
    for path, body, value in sections:
        for place in places(body, value, path):
            if isinstance(place.field, RichText) and place.value:
                yield place.value


def runs(text: str) -> Iterator[str]:
    words = WORD.findall(fold(text))
    return (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def hashed(run: str) -> int:
    return int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big", signed=True)


def shared_wording(one: Collection[int], other: Collection[int]) -> float:
    """About which share of all that stands in either text stands in both, 0 to 1; 0 when a sketch is empty."""
    smallest = sorted({*one, *other})[:SKETCH_SIZE]
    both = {*one} & {*other}
    return len(both.intersection(smallest)) / len(smallest) if smallest else 0.0
