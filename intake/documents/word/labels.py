"""The words of the outline as they are recognised in a Word file: without marks, case, numbers and signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from intake.documents.word import wording
from intake.documents.word.shapes import PARTS, Head, Listing, card_lines, columns, form_lines, listings, pieces
from intake.i18n import Text
from intake.outline import OUTLINE, references
from intake.outline.model import ChoiceField, Field, Group, Rows, Section
from intake.vietnamese import fold

NUMBER = re.compile(r"(?:phan|muc|section|part)?\s*([0-9]{1,2})\s*(?:[.):/-]\s*|\s+)(?![0-9])")


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A text for comparing: folded, signs and spaces as one space."""
    return re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()


@lru_cache(maxsize=5_000)
def both(text: Text) -> tuple[str, str]:
    """An official text in both languages, for comparing."""
    return plain(text.vi), plain(text.en)


def section_of(part: str) -> Section | None:
    return OUTLINE.by_id.get(part)


def title_of(part: str) -> Text:
    """What a part is called, without its number."""
    section = section_of(part)
    if section:
        return section.title
    return (OUTLINE.metadata if part == "meta" else OUTLINE.bodies[part]).label


def heading_of(part: str) -> Text:
    """What stands as the heading of a part."""
    section, title = section_of(part), title_of(part)
    return Text(f"{section.number}. {title.vi}", f"{section.number}. {title.en}") if section else title


def is_called(label: Text, words: str) -> bool:
    """Whether words that were made plain are this label."""
    return bool(words) and words in both(label)


@cache
def parts_by_title() -> dict[str, str]:
    return {words: part for part in PARTS for words in both(title_of(part))}


def heading(text: str, *, is_styled: bool) -> tuple[str, str] | None:
    """The part that a paragraph is the heading of, and what was written behind its words; None for other paragraphs.

    Short titles such as "Objectives" begin many sentences, so behind the words of a heading that carries neither a
    number nor a style nothing may follow.
    """
    number, rest = _numbered(text)
    exact = parts_by_title().get(plain(rest))
    if exact:
        return exact, ""
    if not (number or is_styled):
        return None
    for part in PARTS:
        section, title = section_of(part), title_of(part)
        if number and not (section and section.number == number):
            continue
        for words in (title.vi, title.en):
            behind = _behind(rest, words)
            if behind is not None:
                return part, behind
    return None


def _numbered(text: str) -> tuple[int, str]:
    found = NUMBER.match(fold(text.strip()))
    return (int(found[1]), text.strip()[found.end() :]) if found else (0, text.strip())


def _behind(text: str, title: str) -> str | None:
    """What follows the words of a title and a colon."""
    before, colon, behind = text.partition(":")
    return behind.strip() if colon and plain(before) == plain(title) else None


def column_of(field: Rows, words: str) -> Field | None:
    """The column with this heading."""
    if id(field) not in _columns:
        _columns[id(field)] = {known: child for child in reversed(columns(field)) for known in column_words(child)}
    return _columns[id(field)].get(words)


# By identity: the lists of the outline are declared once, and to hash one costs more than to look it up.
_columns: dict[int, dict[str, Field]] = {}


def column_words(field: Field) -> frozenset[str]:
    """How the heading of a column may be written: with or without what kind of answer it asks for."""
    label, kind = field.label, wording.KIND_HINTS.get(field.kind)
    words = set(both(label))
    if kind:
        words |= {plain(f"{label.vi} ({kind.vi})"), plain(f"{label.en} ({kind.en})")}
    return frozenset(words - {""})


def card_head(field: Rows, text: str) -> str | None:
    """The code in the heading of a card (empty when it has none); None for what is no such heading."""
    words = plain(text.split(":")[0])
    names = "|".join(sorted(map(re.escape, both(field.item_label)), key=len, reverse=True))
    prefix = field.code_prefix.lower()
    found = re.fullmatch(rf"(?:{names})(?: (?:({prefix}) ?)?([0-9]{{1,6}}))?", words)
    if not found:
        return None
    return f"{field.code_prefix}{int(found[2])}" if prefix and found[1] and int(found[2]) else ""


@cache
def known_texts() -> frozenset[str]:
    """Every official text and every text of ours that stands in a blank file: nobody wrote it there."""
    return frozenset(words for text in _texts() for words in both(text)) | {""}


def _texts() -> Iterator[Text]:
    yield from (OUTLINE.title, OUTLINE.heading, OUTLINE.intro, *wording.TEXTS)
    for part in PARTS:
        section = section_of(part)
        yield from (title_of(part), heading_of(part))
        if section and section.guidance:
            yield section.guidance
        for line in form_lines(part):
            yield from _field_texts(line.field)
        for piece in pieces(part):
            if isinstance(piece, Head):
                yield from _head_texts(piece)
            elif isinstance(piece, Listing):
                yield from _list_texts(piece.field)
    for listing in OUTLINE.lists.values():
        if listing.code_prefix:
            yield wording.row_hint(listing.code(0))
    for kind in wording.TITLES:
        for id, name in references.options(kind):
            yield from (name, Text(id, id))


def _head_texts(head: Head) -> Iterator[Text]:
    yield head.field.label
    yield numbered(head)
    yield from (text for text in (head.guidance, head.field.hint) if text)


def _list_texts(field: Rows) -> Iterator[Text]:
    yield from (field.label, field.item_label, wording.add_more(field))
    for line in card_lines(field):
        yield from _field_texts(line.field)


def _field_texts(field: Field) -> Iterator[Text]:
    yield field.label
    kind = wording.KIND_HINTS.get(field.kind)
    yield from (text for text in (field.hint, kind) if text)
    if isinstance(field, Group) and field.guidance:
        yield field.guidance
    if isinstance(field, Rows):
        yield from _list_texts(field)


def numbered(head: Head) -> Text:
    """The heading of a sub-item with its number: 11.1. Finance."""
    label = Text(head.field.label.vi.rstrip(":"), head.field.label.en.rstrip(":"))
    return Text(f"{head.number}. {label.vi}", f"{head.number}. {label.en}") if head.number else label


def choice_of(field: ChoiceField, words: str) -> str | None:
    """The id of the answer with these words."""
    return next((choice.id for choice in field.choices if words in (*both(choice.label), plain(choice.id))), None)


@cache
def captions() -> dict[str, tuple[str, Listing | None]]:
    """What the tables of a file are called, and the part and list that each stands for."""
    found: dict[str, tuple[str, Listing | None]] = {}
    for part in PARTS:
        for words in both(caption(part, None)):
            found[words] = (part, None)
        for listing in listings(part):
            for words in both(caption(part, listing)):
                found[words] = (part, listing)
    return found


def caption(part: str, listing: Listing | None) -> Text:
    """The title of a table, which screen readers say and by which the file is read again."""
    head = heading_of(part)
    if listing is None:
        return head
    label = listing.field.label
    return Text(f"{head.vi} - {label.vi}", f"{head.en} - {label.en}")
