"""Any section that the JSON Schema accepts comes back unchanged when its page is opened and sent as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import Phase, given, settings

from intake.outline import OUTLINE, check_interchange, import_proposal
from proofs.schema_documents import BIG_ON_PURPOSE, Schema, documents
from proofs.site import Site, databases, site

LONG = 60
SHORT = 2
LANGUAGES = ("vi", "en")


def run(n: int, url: str | None = None) -> str:
    """`n` texts for each section: put into a draft, shown by the real page, sent back, compared whole."""
    done = 0
    with databases(url) as urls:
        for engine in urls:
            with site(engine) as author:
                author.clear()
                for place, part in enumerate(OUTLINE.bodies):
                    author.client.get(f"/?lang={LANGUAGES[place % 2]}")
                    done += each(n, part, lambda data, part=part, author=author: sent_back(author, part, data))
    return f"{done} sections shown and sent back, each stored as it was"


def each(n: int, part: str, check: Callable[[Schema], Any]) -> int:
    """Check `n` texts of one section; the count of those that were checked."""
    seen = 0
    relaxed = settings(
        max_examples=n,
        deadline=None,
        database=None,
        derandomize=n <= SHORT,
        phases=[Phase.generate],
        suppress_health_check=BIG_ON_PURPOSE,
    )

    @relaxed
    @given(documents(part))
    def holds(data: Schema) -> None:
        nonlocal seen
        check(data)
        seen += 1

    holds()
    return seen


def sent_back(author: Site, part: str, data: Schema) -> None:
    assert check_interchange(data) == [], "the schema accepts what the importer refuses"
    document = import_proposal(data)
    author.put(document)
    answer = author.send(part, author.shown(part))
    assert answer.status_code == 303, f"{part}: {answer.status_code} for a form sent as it was shown"
    changed = list(differences(document, author.document(), ""))
    assert changed == [], f"{part}: another text is stored: {changed[0]}"


def differences(shown: Any, stored: Any, path: str) -> Iterator[str]:
    """Where two values differ."""
    if isinstance(shown, dict) and isinstance(stored, dict):
        for name in {**shown, **stored}:
            yield from differences(shown.get(name, "missing"), stored.get(name, "missing"), f"{path}.{name}")
    elif isinstance(shown, list) and isinstance(stored, list) and len(shown) == len(stored):
        for place, pair in enumerate(zip(shown, stored, strict=True)):
            yield from differences(*pair, f"{path}.{place}")
    elif shown != stored or type(shown) is not type(stored):
        yield f"{path.lstrip('.')}: {str(shown)[:80]!r} became {str(stored)[:80]!r}"
