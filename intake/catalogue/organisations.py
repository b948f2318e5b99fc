"""Bodies of the Party, the state and society, with what the official documents give each of them to do."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.catalogue.facts import Source, read, sources
from intake.i18n import Text

ORGANISATION_KINDS: dict[str, Text] = {
    "party_central": Text("Cơ quan Đảng ở Trung ương", "Central Party body"),
    "steering": Text("Ban Chỉ đạo", "Steering committee"),
    "person_role": Text("Chức danh", "Office held by a person"),
    "steering_support": Text("Bộ phận giúp việc Ban Chỉ đạo", "Support to the steering committee"),
    "advisory": Text("Hội đồng tư vấn", "Advisory council"),
    "government": Text("Cơ quan của Chính phủ", "Government body"),
    "local": Text("Cơ quan ở địa phương", "Local body"),
    "role_group": Text("Nhóm chủ thể", "Group of bodies"),
    "socio_political": Text("Tổ chức chính trị - xã hội", "Socio-political organisation"),
    "ministry": Text("Bộ", "Ministry"),
    "ministerial_level_agency": Text("Cơ quan ngang bộ", "Ministerial-level agency"),
    "centrally_run_city": Text("Thành phố trực thuộc Trung ương", "Centrally run city"),
    "province": Text("Tỉnh", "Province"),
}


@dataclass(frozen=True)
class Organisation:
    """One body, or an office or group of bodies that the Plan names as if it were one."""

    id: str
    name: Text
    kind: str
    abbreviation: str | None
    document_codes: tuple[str, ...]
    roles: tuple[str, ...]
    system: str | None
    sources: tuple[Source, ...]

    @property
    def is_ministry(self) -> bool:
        """Whether it is a ministry or a ministerial-level agency."""
        return self.kind in ("ministry", "ministerial_level_agency")

    @property
    def is_body(self) -> bool:
        """Whether it is an organisation of its own, which a proposal can be linked to."""
        return self.kind not in ("person_role", "role_group")


def _organisation(entry: Mapping[str, Any]) -> Organisation:
    return Organisation(
        **{
            **entry,
            "name": Text(**entry["name"]),
            "document_codes": tuple(entry["document_codes"]),
            "roles": tuple(entry["roles"]),
            "sources": sources(entry["sources"]),
        }
    )


ORGANISATIONS: dict[str, Organisation] = {entry["id"]: _organisation(entry) for entry in read("organisations")}


def _same_name(name: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", name).casefold()).strip()


def _by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for body in ORGANISATIONS.values():
        names = {_same_name(name) for name in (body.name.vi, body.name.en, body.abbreviation) if name}
        for name in names if body.is_body else ():
            found[name].append(body.id)
    return {name: tuple(ids) for name, ids in found.items()}


_BY_NAME = _by_name()


def suggest_organisations(name: str) -> tuple[str, ...]:
    """Ids of the bodies called exactly `name` (official name or abbreviation), to be confirmed by the secretary.

    A suggestion only: rights follow ids that a person has confirmed, never names.
    """
    return _BY_NAME.get(_same_name(name), ())
