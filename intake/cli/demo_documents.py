"""Texts of the demonstration: one complete proposal, retold for initiatives of the catalogue; figures are invented."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from intake import outline
from intake.catalogue import INITIATIVES
from intake.services.demo_accounts import UNIVERSITY_NAME_VI

BASE = Path(__file__).with_name("demo_text.json")
NOTE = "Dữ liệu minh họa: số liệu, thời hạn, tên người và đầu mối liên hệ là giả định."


def base() -> dict[str, Any]:
    return json.loads(BASE.read_text(encoding="utf-8"))


def demo_document(initiative_id: str, *, person: str | None = None, scale: int = 1) -> dict[str, Any]:
    """A complete stored document that details `initiative_id`, proposed by the university or by `person`."""
    data, initiative = copy.deepcopy(base()), INITIATIVES[initiative_id]
    sections = data["sections"]
    data["illustrative"], data["illustrative_note"] = True, NOTE
    sections["name"] |= {
        "name_vi": initiative.title.vi,
        "name_en": initiative.title.en,
        "initiative_ref": initiative_id,
    }
    if initiative.objective:
        sections["objectives"]["general"] = initiative.objective.vi
    sections["lead_unit"] |= parties(person)
    others = [system for system in ("ht1", "ht2", "ht4") if system != initiative.system]
    sections["alignment"] |= {
        "primary_system": initiative.system,
        "other_systems": others[:2],
        "related_initiatives": [],
    }
    scale_money(sections["resources"], scale)
    return outline.import_proposal(data)


def parties(person: str | None) -> dict[str, Any]:
    """Proposer and intended lead: the university, also as lead for a person who proposes."""
    university = {
        "name": UNIVERSITY_NAME_VI,
        "type": "university",
        "registration_no": None,
        "address": "Hà Nội",
        "email": "organisation@demo.vn",
        "phone": "024 0000 0000",
        "contact_person": "Lê Hoàng Ẩn (tên giả định)",
        "contact_position": "Trưởng phòng Khoa học",
    }
    if person is None:
        return {"proposer_type": "university", "proposer": university, "lead": dict(university)}
    individual = university | {
        "name": person,
        "type": "individual",
        "email": "applicant@demo.vn",
        "contact_person": person,
    }
    return {"proposer_type": "individual", "proposer": individual, "lead": university}


def scale_money(resources: dict[str, Any], scale: int, *, per: int = 1) -> None:
    """Multiply every amount by `scale`/`per`, which divides them all, so that sums still agree."""
    finance = resources["finance"]
    finance["total"] = finance["total"] * scale // per
    for source in finance["sources"]:
        source["amount"] = source["amount"] * scale // per
    for row in resources["by_phase"]["rows"]:
        for name in ("state_budget", "social", "other"):
            row[name] = row[name] * scale // per
