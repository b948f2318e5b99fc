"""How a family of documents looks, as data: a newer guideline is another profile, not other code.

Sources and what is unverified: Hướng dẫn 36-HD/VPTW for the Party, Nghị định 30/2020/NĐ-CP for the State; sizes that
neither names are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

PARTY, STATE, NEUTRAL = "party", "state", "neutral"

PAGE = {
    "margin-top": "20mm",
    "margin-bottom": "20mm",
    "margin-left": "30mm",
    "margin-right": "15mm",
    "page-number-size": "14pt",
    "page-number-valign": "middle",
    "body-size": "14pt",
    "line": "1.28",
    "gap": "6pt",
    "indent": "10mm",
    "table-size": "12pt",
    "sign-size": "14pt",
    "place-size": "14pt",
}


@dataclass(frozen=True)
class Profile:
    """A named set of measures; each becomes a custom property of the style sheet."""

    id: str
    family: str
    separator: str
    """What stands after each addressee but the last."""
    number_prefix: str
    settings: Mapping[str, str]

    @property
    def is_party(self) -> bool:
        return self.family == PARTY

    def pattern_of(self, kind_symbol: str) -> str:
        """How the family builds a number: 12-TB/BCĐTW, 12/QĐ-BYT; a letter of the State has no symbol of its kind."""
        if self.is_party:
            return "{number}-{kind}/{symbol}"
        return "{number}/{kind}-{symbol}" if kind_symbol else "{number}/{symbol}"

    def with_settings(self, **changes: str) -> Profile:
        """The same profile with some measures changed, named as in Python: body_size for body-size."""
        renamed = {name.replace("_", "-"): value for name, value in changes.items()}
        settings = MappingProxyType({**self.settings, **renamed})
        return Profile(self.id, self.family, self.separator, self.number_prefix, settings)


PARTY_HD36 = Profile(
    id="party_hd36",
    family=PARTY,
    separator=",",
    number_prefix="Số ",
    settings=MappingProxyType(
        PAGE
        | {
            "motto-size": "15pt",
            "parent-size": "14pt",
            "own-size": "14pt",
            "number-size": "14pt",
            "number-gap": "0mm",
            "type-size": "16pt",
            "abstract-size": "15pt",
            "recipients-title-size": "14pt",
            "recipients-size": "12pt",
            "org-width": "52%",
            "nation-width": "47%",
            "sign-space": "26mm",
        }
    ),
)

STATE_ND30 = Profile(
    id="state_nd30",
    family=STATE,
    separator=";",
    number_prefix="Số: ",
    settings=MappingProxyType(
        PAGE
        | {
            "country-size": "12.5pt",
            "motto-size": "13.5pt",
            "parent-size": "12.5pt",
            "own-size": "12.5pt",
            "number-size": "13pt",
            "number-gap": "2mm",
            "type-size": "14pt",
            "abstract-size": "14pt",
            "recipients-title-size": "12pt",
            "recipients-size": "11pt",
            "org-width": "42%",
            "nation-width": "56%",
            "sign-space": "24mm",
        }
    ),
)

PROFILES = {profile.id: profile for profile in (PARTY_HD36, STATE_ND30)}

# A proposal is written by anybody: it has no letterhead, and its tables decide how many pages it takes.
SHEET = Profile(
    id="sheet",
    family=NEUTRAL,
    separator=";",
    number_prefix="",
    settings=MappingProxyType(
        PAGE
        | {
            "page-number-size": "12pt",
            "body-size": "13pt",
            "line": "1.25",
            "gap": "4pt",
            "indent": "0mm",
            "table-size": "11.5pt",
            "type-size": "16pt",
            "abstract-size": "15pt",
            "sign-size": "13pt",
            "sign-space": "22mm",
        }
    ),
)
