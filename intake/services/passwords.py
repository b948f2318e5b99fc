"""Passwords: how one is kept, and which are refused because anybody would try them first."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from functools import cache

from pwdlib import PasswordHash

from intake.errors import Invalid
from intake.i18n import N_, Message
from intake.vietnamese import fold

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1000
FEWEST_LETTERS = 5
LONGEST_PATTERN = 6
# Words that people choose when they are asked for a password, without marks and blanks. Long ones first: they are
# taken away one after the other, and a password of which little is left is one of them in disguise.
COMMON = (
    "vietnamvodich",
    "conghoaxahoi",
    "anhyeuem",
    "emyeuanh",
    "toiyeuvietnam",
    "iloveyou",
    "princess",
    "football",
    "baseball",
    "superman",
    "password",
    "passwort",
    "matkhau",
    "quantri",
    "vietnam",
    "abcdefghijklmnopqrstuvwxyz",
    "abcdefgh",
    "abcdef",
    "zyxwvuts",
    "1q2w3e4r5t6y",
    "1q2w3e4r",
    "qazwsxedcrfv",
    "qazwsx",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwerty",
    "asdfgh",
    "zxcvbn",
    "01234567890",
    "09876543210",
    "1234567890",
    "123456789",
    "987654321",
    "12345678",
    "1234567",
    "123456",
    "654321",
    "12345",
    "1234",
    "123",
    "welcome",
    "chaomung",
    "dragon",
    "monkey",
    "letmein",
    "sunshine",
    "shadow",
    "master",
    "secret",
    "changeme",
    "default",
    "example",
    "demo",
    "test",
    "admin",
    "root",
    "user",
    "hanoi",
    "saigon",
    "intake",
    "sangkiendotpha",
    "sangkien",
    "2024",
    "2025",
    "2026",
    "2027",
)
SHORTEST_OWN_WORD = 3
LEAST_LEFT = 5
SWAPPED = str.maketrans("@4301!$57", "aaeoiisst")


@cache
def hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def decoy() -> str:
    """Checked when there is no such account, so that the answer takes equally long."""
    return hasher().hash(secrets.token_urlsafe())


def fits(password: str, stored: str | None) -> bool:
    """Whether this is the password; equally slow when none is stored."""
    right = hasher().verify(password, stored or decoy())
    return right and stored is not None


def password_hash(password: str, *, about: Iterable[str] = ()) -> str:
    """Argon2id; slow on purpose, so never called inside a write transaction. `about` are words on the person."""
    if problem := weakness(password, about):
        raise Invalid(errors=[("password", problem)])
    return hasher().hash(password)


def weakness(password: str, about: Iterable[str] = ()) -> Message | None:
    """Why the password is refused and what to do instead; None when it is good."""
    if len(password) < SHORTEST_PASSWORD:
        return N_("A password needs at least %(count)s characters.", count=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        return N_("A password has at most %(count)s characters.", count=LONGEST_PASSWORD)
    if is_repetitive(password):
        return N_(
            "This password repeats itself, so it is easy to guess. Use three or four words that do not belong together."
        )
    if is_guessable(password, about):
        return N_(
            "This password is made of words that are tried first, or of your own name or address."
            " Use three or four words that do not belong together."
        )
    return None


def is_repetitive(password: str) -> bool:
    """Few different characters, or one short piece over and over."""
    pattern = rf"(.{{1,{LONGEST_PATTERN}}}?)\1+.{{0,{LONGEST_PATTERN}}}"
    return len(set(password.casefold())) < FEWEST_LETTERS or re.fullmatch(pattern, password.casefold()) is not None


def is_guessable(password: str, about: Iterable[str]) -> bool:
    """Whether too little is left when common words, years and the person's own words are taken away."""
    left = compact(fold(password))
    for word in (*own_words(about), *COMMON):
        left = left.replace(word, "")
    swapped = compact(fold(password).translate(SWAPPED))
    for word in (*own_words(about), *COMMON):
        swapped = swapped.replace(word, "")
    return min(len(left), len(swapped)) < LEAST_LEFT


def own_words(about: Iterable[str]) -> list[str]:
    """Name and address, whole and in parts, the longest first."""
    words = {compact(part) for text in about for part in (fold(text), *re.split(r"[^a-z0-9]+", fold(text)))}
    return sorted((word for word in words if len(word) >= SHORTEST_OWN_WORD), key=len, reverse=True)


def compact(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text)
