"""Time-based one-time passwords (RFC 6238): what an authenticator shows, six digits every thirty seconds."""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

DIGITS = 6
STEP_SECONDS = 30
SECRET_BYTES = 20  # RFC 4226 recommends 160 bits
ISSUER = "Sáng kiến đột phá"


def new_secret() -> str:
    """A fresh secret in base-32, as authenticators take it."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_at(at: datetime) -> int:
    return int(at.timestamp()) // STEP_SECONDS


def code_of(secret: str, step: int) -> str:
    """The six digits of one time step (RFC 4226 section 5.3)."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4]) & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def fitting_step(secret: str, typed: str, at: datetime) -> int | None:
    """The time step whose code was typed: now, or one step to either side for clocks that differ; None for no such."""
    now, found = step_at(at), None
    for step in (now - 1, now, now + 1):
        if hmac.compare_digest(code_of(secret, step).encode(), typed.encode()):
            found = step
    return found


def address(secret: str, email: str) -> str:
    """What the QR code holds: the key URI that authenticators read."""
    label = f"{quote(ISSUER)}:{quote(email)}"
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': ISSUER}, quote_via=quote)}"
