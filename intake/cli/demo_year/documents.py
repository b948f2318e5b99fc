"""The text of one proposal: the shape of the complete example, the words of the initiative it details."""

from __future__ import annotations

import copy
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from intake import outline
from intake.catalogue import INITIATIVES, ORGANISATIONS, Initiative
from intake.cli.demo_documents import NOTE, base, scale_money
from intake.cli.demo_year.people import Owner
from intake.vietnamese import number

SUBJECTS = Path(__file__).with_name("subjects.json")
TARGETS = {
    "ht1": ("c_online_public_services_2030", "c_digital_state_management_2030"),
    "ht2": ("a_innovative_enterprises_2030", "b_digital_economy_2030"),
    "ht3": ("d_hdi_2030", "d_digital_society_2030"),
    "ht4": ("e_data_revolution_2030", "e_strategic_tech_2030"),
    "ht5": ("a_rd_personnel_2030", "a_publications_2030"),
    "ht6": ("e_strategic_tech_2030", "a_ai_rank_world_2030"),
}
NOT_A_PART = ("Đồng thời", "Qua đó", "Sáng kiến", "Thông qua", "Tập trung")
SMALLER, STAFF_SMALLER = 100, 20
"""The complete example is a national programme; most proposals are not."""
SPREAD = "Đào tạo, chuyển giao và nhân rộng"


@dataclass(frozen=True)
class Draft:
    """What is particular to one proposal: its name, its initiative, who proposes, where it begins, how large it is."""

    title: str
    initiative: str
    owner: Owner
    place: str
    scale: int
    partner: str
    publish: bool = True


@cache
def subjects() -> dict[str, dict[str, Any]]:
    return json.loads(SUBJECTS.read_text(encoding="utf-8"))


def parts(initiative: Initiative) -> list[str]:
    """The pieces of its content, in the words of the Plan, that can stand as the name of a component."""
    pieces = [piece.strip(" -.,") for piece in re.split(r";|\.\s|\.$|\n", initiative.content.vi.replace("...", ""))]
    fitting = [piece for piece in pieces if 20 <= len(piece) <= 170 and not piece.startswith(NOT_A_PART)]
    return [piece[0].upper() + piece[1:] for piece in fitting if ":" not in piece] or [initiative.short.vi]


def document(draft: Draft) -> dict[str, Any]:
    """A complete stored document."""
    data, initiative = copy.deepcopy(base()), INITIATIVES[draft.initiative]
    subject, pieces = subjects()[draft.initiative], parts(initiative)
    piece = pieces[len(draft.title) % len(pieces)]
    data["illustrative"], data["illustrative_note"] = True, NOTE
    sections = data["sections"]
    sections["name"] |= {"name_vi": draft.title, "name_en": None, "initiative_ref": draft.initiative}
    sections["lead_unit"] |= draft.owner.parties()
    partner = ORGANISATIONS[draft.partner].name.vi
    sections["partners"] = [{"partner": partner, "partner_role": f"Phối hợp: {subject['product'].lower()}"}]
    why(sections, draft, subject, piece, initiative)
    aims(sections, draft, subject, initiative)
    works(sections, draft, subject, piece)
    means(sections, draft, subject)
    data["administrative"]["publish_consent"] = draft.publish
    return outline.import_proposal(data)


def why(sections: dict[str, Any], draft: Draft, subject: dict[str, Any], piece: str, initiative: Initiative) -> None:
    """Need and newness."""
    sections["rationale"] |= {
        "context": f"Kế hoạch số 01-KH/BCĐTW nêu Sáng kiến {initiative.number} “{initiative.short.vi}”. "
        f"Đề xuất cụ thể hóa nội dung: {piece}.",
        "problem": f"{subject['problem']} Tại {draft.place}, tình hình này thể hiện rõ; có điều kiện làm trước.",
    }
    sections["novelty"] = {
        "current_state": subject["now"],
        "new_elements": [
            {"aspect": "model", "description": piece, "compared_with": subject["now"]},
            {
                "aspect": "technology",
                "description": f"{subject['product']} mở, dùng chung được ở địa phương khác",
                "compared_with": "Giải pháp riêng của từng đơn vị",
            },
        ],
    }


def aims(sections: dict[str, Any], draft: Draft, subject: dict[str, Any], initiative: Initiative) -> None:
    """Objectives, the indicators that measure them, and the targets of the Plan they serve."""
    first, second = TARGETS[initiative.system]
    objectives, kpis = sections["objectives"], sections["kpis"]["kpis"]
    objectives["general"] = initiative.objective.vi if initiative.objective else initiative.content.vi
    measures = (
        (subject["aim"], subject["unit"], subject["from"], subject["to"], first),
        (f"Số đơn vị sử dụng: {subject['product'].lower()}", "organisation", 2, 60, second),
        ("Thời gian chờ của người sử dụng", "day", 14, 3, first),
    )
    for objective, kpi, (name, unit, start, goal, target) in zip(objectives["specific"], kpis, measures, strict=True):
        comparator = "gte" if goal > start else "lte"
        objective["specific"] = f"{name}: từ {number(start, 'vi')} đến {number(goal, 'vi')}"
        objective["measurable"] |= {"indicator": name, "unit": unit, "baseline": start, "target": goal}
        objective["measurable"]["comparator"] = comparator
        objective["achievable"] = f"Đã có nền tảng ban đầu tại {draft.place}"
        objective["relevant"] = {"targets": [target], "text": "Đóng góp trực tiếp vào chỉ tiêu đã chọn"}
        kpi |= {"name": name, "definition": f"{name}, tính đến cuối kỳ báo cáo", "unit": unit}
        kpi |= {"baseline": start, "target": goal, "direction": "up" if goal > start else "down"}
        kpi["milestones"] = [
            {"period": "2027-12", "target": round(start + (goal - start) * 0.3, 2)},
            {"period": "2028-12", "target": round(start + (goal - start) * 0.6, 2)},
        ]
        kpi |= {"data_source": "Số liệu vận hành hằng tháng", "responsible": draft.owner.lead}
        kpi |= {"target_ref": target, "frequency": "monthly"}
    others = [system for system in ("ht1", "ht2", "ht4") if system != initiative.system][:2]
    sections["alignment"] = {
        "primary_system": initiative.system,
        "other_systems": others,
        "targets": [
            {"target": target, "contribution": f"Thông qua {subject['product'].lower()}", "quantified": None}
            for target in (first, second)
        ],
        "related_initiatives": [],
    }


def works(sections: dict[str, Any], draft: Draft, subject: dict[str, Any], piece: str) -> None:
    """Scope, products and plan: the product, the piece of the Plan's content, and spreading it."""
    sections["scope"]["beneficiaries"] = subject["who"]
    names = (subject["product"], piece, SPREAD)
    for component, name in zip(sections["scope"]["components"], names, strict=True):
        component |= {
            "name": name,
            "description": f"{name}; bắt đầu tại {draft.place}",
            "responsible": draft.owner.lead,
        }
        component["activities"] = ["Khảo sát, thiết kế", "Thử nghiệm và đánh giá"]
    outputs = (
        ("model", subject["product"], "Vận hành ổn định sáu tháng liên tục"),
        ("application", "Phần mềm kèm tài liệu mở", "Được nghiệm thu cấp cơ sở"),
        ("process", "Giáo trình và lớp đào tạo người vận hành", "Người học đạt chuẩn đầu ra"),
        ("policy", "Dự thảo quy định áp dụng", "Cơ quan có thẩm quyền tiếp nhận"),
    )
    for output, (kind, name, acceptance) in zip(sections["outputs"], outputs, strict=True):
        output |= {"type": kind, "name": name, "acceptance": acceptance}
    phases = (
        ("Chuẩn bị, thử nghiệm", f"Thử nghiệm tại {draft.place}"),
        ("Mở rộng", "Triển khai ở các địa phương, đơn vị đăng ký tham gia"),
        ("Hoàn thiện", "Đánh giá độc lập, bàn giao và nhân rộng"),
    )
    for phase, (name, work) in zip(sections["plan"]["phases"], phases, strict=True):
        phase |= {"name": name, "work": work}
        for milestone in phase["milestones"]:
            milestone["name"] = f"Kết thúc bước “{name.lower()}”"


def means(sections: dict[str, Any], draft: Draft, subject: dict[str, Any]) -> None:
    """Resources, risks and what is asked of others."""
    scale_money(sections["resources"], draft.scale, per=SMALLER)
    for row in sections["resources"]["by_phase"]["rows"]:
        row["staff"] //= STAFF_SMALLER
    human = sections["resources"]["human"]
    people = (("Kiến trúc sư trưởng", "Thạc sĩ trở lên"), ("Kỹ sư vận hành", "Đại học"))
    for staff, (role, qualification) in zip(human["key_staff"], people, strict=True):
        staff |= {"role": role, "qualification": qualification}
        staff["count"] = max(1, staff["count"] // STAFF_SMALLER)
    for expert in human["experts"]:
        expert["field"] = "Chuyên gia công nghệ và dữ liệu"
    risks = (
        ("Lộ, lọt dữ liệu của người sử dụng", "Mã hóa, phân quyền, kiểm tra định kỳ"),
        (f"Hạ tầng tại {draft.place} chưa đồng bộ", "Triển khai theo đợt, thuê dịch vụ khi cần"),
        ("Công nghệ không đạt chất lượng như dự kiến", "Thử nghiệm nhỏ, có tiêu chí dừng"),
    )
    for risk, (description, prevention) in zip(sections["risks"]["risks"], risks, strict=True):
        risk |= {"description": description, "prevention": prevention, "owner": draft.owner.lead}
        risk["response"] = "Khoanh vùng, báo cáo trong 24 giờ"
    for item in sections["recommendations"]["items"]:
        item["content"] = f"Ban hành quy định để áp dụng rộng rãi: {subject['product'].lower()}."
