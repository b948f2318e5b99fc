"""E-mail addresses and names as people type them."""

from __future__ import annotations

import re
import unicodedata

from intake.errors import Invalid
from intake.i18n import N_

LONGEST_ADDRESS = 254
LONGEST_NAME = 200
# One sign between a name and a domain with a dot: whether it exists only a mail can tell.
ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}@[^\s@<>()\[\],;:\\\"]+\.[^\s@<>()\[\],;:\\\".]{2,}")


def plain(typed: str) -> str:
    """The address as it is kept and compared."""
    return unicodedata.normalize("NFC", typed).strip().casefold()


def checked(typed: str, path: str = "email") -> str:
    """The address, or Invalid at `path`."""
    address = plain(typed)
    if not address:
        raise Invalid(errors=[(path, N_("Enter an e-mail address."))])
    if len(address) > LONGEST_ADDRESS or not address.isprintable() or not ADDRESS.fullmatch(address):
        raise Invalid(errors=[(path, N_("Enter an e-mail address like name@example.vn."))])
    return address


def checked_name(typed: str, path: str = "name") -> str:
    """A person's name on one line, or Invalid at `path`."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not name:
        raise Invalid(errors=[(path, N_("Enter the full name."))])
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid(errors=[(path, N_("Enter a name of at most %(count)s letters.", count=LONGEST_NAME))])
    return name
