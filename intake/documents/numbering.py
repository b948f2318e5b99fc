"""Numbers, places and dates on paper: filled in when a document is issued, left open before."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Protocol

from intake.clock import ZONE, local_date
from intake.documents.facts import Instant, IssueFacts
from intake.documents.letterheads import Letterhead
from intake.documents.wording import OPEN, counted, open_place_and_date, party_date, place_and_date
from intake.vietnamese import official_date

DRAFT = "DỰ THẢO"
NOT_IN_FORCE = "Dự thảo, chưa có giá trị ban hành"
ILLUSTRATIVE = "Dữ liệu minh họa, không có giá trị pháp lý"
HASH_LABEL = "SHA-256 của dữ liệu đính kèm"


class Signable(Protocol):
    """What every paper that is issued by a body has."""

    @property
    def issue(self) -> IssueFacts | None: ...


def number_of(head: Letterhead, kind_symbol: str, issue: IssueFacts | None) -> str:
    """12-TB/BCĐTW, 12/QĐ-BYT, or with the place left for it; a number given in full is printed as given."""
    if issue and not issue.number.strip().isdigit():
        return issue.number.strip()
    running = counted(int(issue.number)) if issue else OPEN
    pattern = head.number_pattern or head.profile.pattern_of(kind_symbol)
    return pattern.replace("{number}", running).replace("{kind}", kind_symbol).replace("{symbol}", head.symbol)


def number_line(head: Letterhead, kind_symbol: str, issue: IssueFacts | None) -> str:
    return head.profile.number_prefix + number_of(head, kind_symbol, issue)


def place_line(head: Letterhead, issue: IssueFacts | None, written_at: Instant) -> str:
    if issue:
        return place_and_date(issue.place, issue.dated_on)
    return open_place_and_date(head.place, local_date(written_at).year)


def cited_day(head: Letterhead, day: date) -> str:
    """A day as the family cites it: 02/6/2025, or 02 tháng 6 năm 2025."""
    return party_date(day) if head.profile.is_party else official_date(day).removeprefix("ngày ")


def cited_date(head: Letterhead, issue: IssueFacts | None, written_at: Instant) -> str:
    """The date of the paper as its annex cites it, with open places before it is issued."""
    year = local_date(written_at).year
    if issue:
        return cited_day(head, issue.dated_on)
    return f"{OPEN}/{OPEN}/{year}" if head.profile.is_party else f"{OPEN}tháng{OPEN}năm {year}"


def capacity_of(head: Letterhead, issue: IssueFacts | None) -> tuple[str, ...]:
    return issue.capacity if issue and issue.capacity else head.capacity


def created_at(issue: IssueFacts | None, written_at: datetime) -> str:
    """The day of signing counts from its first second, so that the bytes are fixed."""
    signed = datetime.combine(issue.dated_on, time.min, ZONE) if issue else written_at.astimezone(ZONE)
    return signed.isoformat(timespec="seconds")


def listed(names: list[str], separator: str) -> list[str]:
    """Who gets a copy, with the sign that the family puts after each."""
    return [f"- {name}{separator}" for name in names[:-1]] + [f"- {names[-1]}."]
