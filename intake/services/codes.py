"""Codes people read aloud and type: Crockford base-32, no letter that looks like another."""

from __future__ import annotations

import hashlib
import secrets

from intake import clock

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans("OILU", "011V")
CODE_LENGTH, DOC_LENGTH, KEY_LENGTH = 8, 10, 6


def random_code(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def proposal_code() -> str:
    """A proposal's code for life, `SK-<year>-` and 8 characters (40 random bits)."""
    return f"SK-{clock.today().year}-{random_code(CODE_LENGTH)}"


def document_code() -> str:
    """A document's code, 10 characters (50 random bits)."""
    return random_code(DOC_LENGTH)


def track_key() -> str:
    """The key printed on the receipt that opens the public look-up."""
    return random_code(KEY_LENGTH)


def normalised(typed: str) -> str:
    """What a person typed, in the form we keep: capitals, no blanks, O for 0 and I, L for 1 forgiven."""
    compact = "".join(typed.upper().split())
    prefix, tail = (compact[:3], compact[3:]) if compact.startswith("SK-") else ("", compact)
    return prefix + tail.translate(LOOKALIKES)


def hashed(secret: str) -> str:
    """What the database keeps of a secret that has enough random bits of its own."""
    return hashlib.sha256(secret.encode()).hexdigest()
