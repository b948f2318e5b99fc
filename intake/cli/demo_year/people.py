"""Who takes part in the year beside the accounts that everybody is shown. All names are invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from intake.cli.demo_stories import LEAD, LEAD2, REVIEWER
from intake.models import Organisation
from intake.services.demo_accounts import UNIVERSITY, UNIVERSITY_NAME_VI, Account
from intake.vietnamese import sort_key

BODIES = (
    ("demo_institute", "Viện Nghiên cứu Minh họa", "Illustration Research Institute", "institute"),
    ("demo_company", "Công ty Cổ phần Công nghệ Minh họa", "Illustration Technology Company", "enterprise"),
    ("demo_hospital", "Bệnh viện Đa khoa Minh họa", "Illustration General Hospital", "institute"),
)


@dataclass(frozen=True)
class Owner:
    """Who proposes: an organisation through one of its people, or a person; `lead` is who is to carry it out."""

    email: str
    name: str
    type: str
    organisation: str | None = None
    contact: str = ""
    lead: str = UNIVERSITY_NAME_VI
    lead_id: str = UNIVERSITY

    def parties(self) -> dict[str, Any]:
        """Proposer and intended lead as the template wants them."""
        itself = self.party(self.name, self.type, self.contact or self.name)
        lead = itself if self.organisation else self.party(self.lead, "university", "Lê Hoàng Ẩn")
        return {"proposer_type": self.type, "proposer": itself, "lead": dict(lead)}

    def party(self, name: str, type: str, contact: str) -> dict[str, Any]:
        return {
            "name": name,
            "type": type,
            "registration_no": None,
            "address": "Hà Nội",
            "email": self.email,
            "phone": "024 0000 0000",
            "contact_person": f"{contact} (tên giả định)",
            "contact_position": "Đầu mối liên hệ",
        }


def organisation(email: str, id: str, name: str, type: str, contact: str) -> Owner:
    return Owner(email, name, type, id, contact, lead=name, lead_id=id)


SCHOOL = organisation("organisation@demo.vn", UNIVERSITY, UNIVERSITY_NAME_VI, "university", "Lê Hoàng Ẩn")
INSTITUTE = organisation("institute@demo.vn", *BODIES[0][:2], "institute", "Đoàn Thị Kim Oanh")
COMPANY = organisation("company@demo.vn", *BODIES[1][:2], "enterprise", "Lương Gia Bảo")
HOSPITAL = organisation("hospital@demo.vn", *BODIES[2][:2], "institute", "Nghiêm Thị Thu Hà")
DA_NANG = organisation("da-nang@demo.vn", "p_da_nang", "Thành phố Đà Nẵng", "province", "Huỳnh Tấn Phát")
CAN_THO = organisation("can-tho@demo.vn", "p_can_tho", "Thành phố Cần Thơ", "province", "Võ Thị Cẩm Tú")
QUANG_NINH = organisation("quang-ninh@demo.vn", "p_quang_ninh", "Tỉnh Quảng Ninh", "province", "Vi Văn Thắng")
ONE = Owner("applicant@demo.vn", "Nguyễn Thị Ước", "individual")
TWO = Owner("individual2@demo.vn", "Trần Minh Quân", "individual")
THREE = Owner("individual3@demo.vn", "Phan Thị Lụa", "individual")
BY_LETTER = Owner("", "Nguyễn Văn Bền", "individual")
OWNERS = (SCHOOL, INSTITUTE, COMPANY, HOSPITAL, DA_NANG, CAN_THO, QUANG_NINH, ONE, TWO, THREE)


@dataclass(frozen=True)
class Panel:
    """Who speaks and scores for one ministry."""

    lead: str
    reviewers: tuple[str, ...]


NAMES = {
    "byt": ("Y tế", "", ("Chử Thị Bích Liên",)),
    "bkhcn": ("Khoa học và Công nghệ", "", ("Kiều Trọng Nghĩa", "Thân Thị Minh Nguyệt")),
    "bgddt": ("Giáo dục và Đào tạo", "Lã Thị Hải Yến", ("Ông Thế Vinh", "Giáp Thị Hồng Nhung")),
    "bct": ("Công Thương", "Triệu Quang Hưng", ("Bạch Thị Như Ý", "Khuất Duy Tiến")),
    "bnnmt": ("Nông nghiệp và Môi trường", "Nông Thị Xuân", ("Lường Văn Ủy", "Hà Thị Bưởi")),
    "bca": ("Công an", "Tô Việt Dũng", ("Mạc Đình Lộc", "La Thị Thủy Tiên")),
    "bnv": ("Nội vụ", "Doãn Thị Thanh Mai", ("Thái Bá Lợi", "Cù Thị Phương Thảo")),
    "bxd": ("Xây dựng", "Hứa Vĩnh Phúc", ("Từ Thị Ngọc Diệp", "Ninh Công Sơn")),
}


def panel(ministry: str) -> Panel:
    shown = {"byt": (LEAD, (REVIEWER,)), "bkhcn": (LEAD2, ())}
    lead, reviewers = shown.get(ministry, (f"lead.{ministry}@demo.vn", ()))
    own = (f"reviewer{number}.{ministry}@demo.vn" for number in range(1, len(NAMES[ministry][2]) + 1))
    return Panel(lead, (*reviewers, *own))


PANELS = {ministry: panel(ministry) for ministry in NAMES}


TENDENCIES = {
    "reviewer1.bkhcn@demo.vn": -3,
    "reviewer2.bgddt@demo.vn": -2,
    "reviewer1.bct@demo.vn": 2,
    "reviewer1.bca@demo.vn": -4,
    "reviewer1.bnv@demo.vn": 1,
    "engineer.ht2@demo.vn": 2,
    "engineer.ht4@demo.vn": -2,
    REVIEWER: 1,
}
"""Who marks how many criteria a point higher or lower than others would."""


def accounts() -> list[Account]:
    """Everybody who is not among the accounts shown on the page of the demonstration."""
    found = [
        Account(owner.email, owner.contact or owner.name, "Đề xuất", (("applicant", owner.organisation, None),))
        for owner in OWNERS
        if owner not in (SCHOOL, ONE)
    ]
    for ministry, (field, lead, reviewers) in NAMES.items():
        if lead:
            membership = (("ministry_lead", ministry, None),)
            found.append(Account(PANELS[ministry].lead, lead, f"Vụ trưởng, Bộ {field}", membership))
        for email, name in zip(PANELS[ministry].reviewers[-len(reviewers) :], reviewers, strict=True):
            membership = (("ministry_reviewer", ministry, None),)
            found.append(Account(email, name, f"Chuyên gia, Bộ {field}", membership))
    found.append(Account(AGENCY, "Bế Thị Kim Anh", "Cơ quan chủ trì", (("implementer", "bnnmt", None),)))
    return found


AGENCY = "agency.bnnmt@demo.vn"


def add_bodies(db: Session) -> None:
    """The organisations that propose and are not in the catalogue of the Plan."""
    for id, name_vi, name_en, kind in BODIES:
        if db.get(Organisation, id) is None:
            names = {"name_vi": name_vi, "name_en": name_en, "sort_key": sort_key(name_vi)}
            db.add(Organisation(id=id, kind=kind, **names))
    db.flush()
