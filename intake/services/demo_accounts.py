"""The accounts of the demonstration: who they are and what they act as. All names are invented."""

from __future__ import annotations

from dataclasses import dataclass

UNIVERSITY = "demo_university"
UNIVERSITY_NAME_VI = "Trường Đại học Minh họa"
UNIVERSITY_NAME_EN = "Illustration University"


@dataclass(frozen=True)
class Account:
    """One person of the demonstration with its memberships (role, organisation, system) and seats (body, seat)."""

    email: str
    name: str
    title: str
    memberships: tuple[tuple[str, str | None, str | None], ...]
    seats: tuple[tuple[str, str], ...] = ()
    is_manager: bool = False


def engineer(number: int, name: str) -> Account:
    system = f"ht{number}"
    return Account(
        f"engineer.{system}@demo.vn",
        name,
        f"Tổng công trình sư Hệ thống {number}",
        (("engineer", f"tcts_{system}", system),),
    )


def member(number: int, name: str, title: str) -> Account:
    """Members 1 to 6 sit in the Standing Board and the wider committee, 7 and 8 only in the wider one."""
    seat = "deputy" if number == 1 else "member"
    bodies = ("tt_bcdtw", "bcdtw") if number <= 6 else ("bcdtw",)
    roles = ("committee_member", "committee_chair") if number == 1 else ("committee_member",)
    memberships = tuple((role, None, None) for role in roles)
    return Account(f"member{number}@demo.vn", name, title, memberships, tuple((body, seat) for body in bodies))


ACCOUNTS = (
    Account("applicant@demo.vn", "Nguyễn Thị Ước", "Cá nhân đề xuất", (("applicant", None, None),)),
    Account(
        "organisation@demo.vn",
        "Lê Hoàng Ẩn",
        "Trưởng phòng Khoa học",
        (("applicant", UNIVERSITY, None),),
        is_manager=True,
    ),
    Account("secretary@demo.vn", "Phạm Văn Đức", "Chuyên viên Cơ quan Thường trực", (("secretary", "vptw", None),)),
    Account("secretary2@demo.vn", "Trần Thị Ngọc", "Chuyên viên Cơ quan Thường trực", (("secretary", "vptw", None),)),
    Account("ministry.lead@demo.vn", "Đỗ Thị Ánh", "Vụ trưởng, Bộ Y tế", (("ministry_lead", "byt", None),)),
    Account("ministry.reviewer@demo.vn", "Vũ Quốc Khánh", "Chuyên gia, Bộ Y tế", (("ministry_reviewer", "byt", None),)),
    Account(
        "ministry2.lead@demo.vn",
        "Lê Hoàng Yến",
        "Vụ trưởng, Bộ Khoa học và Công nghệ",
        (("ministry_lead", "bkhcn", None),),
    ),
    engineer(1, "Bùi Thanh Hằng"),
    engineer(2, "Hoàng Văn Thạch"),
    engineer(3, "Đặng Ngọc Ẩn"),
    engineer(4, "Ngô Quang Huy"),
    engineer(5, "Phan Thị Diễm"),
    Account("adviser@demo.vn", "Tạ Quang Bửu Ân", "Ủy viên Hội đồng Tư vấn quốc gia", (("adviser", "hdtvqg", None),)),
    member(1, "Trịnh Xuân Thủy", "Phó Trưởng Ban"),
    member(2, "Lý Thị Hồng Ngọc", "Ủy viên Thường trực"),
    member(3, "Cao Bá Đạt", "Ủy viên Thường trực"),
    member(4, "Dương Thị Mỹ Lệ", "Ủy viên Thường trực"),
    member(5, "Hồ Sỹ Nguyên", "Ủy viên Thường trực"),
    member(6, "Mai Thị Thu Ước", "Ủy viên Thường trực"),
    member(7, "Quách Đình Phú", "Ủy viên"),
    member(8, "Văn Thị Ái", "Ủy viên"),
    Account(
        "chair@demo.vn",
        "Nguyễn Đăng Khoa",
        "Trưởng Ban",
        (("committee_chair", None, None),),
        (("tt_bcdtw", "chair"), ("bcdtw", "chair")),
    ),
    Account("agency@demo.vn", "Đinh Công Trứ", "Cơ quan chủ trì", (("implementer", UNIVERSITY, None),)),
    Account("admin@demo.vn", "Quản trị minh họa", "Quản trị hệ thống", (("administrator", None, None),)),
    Account("auditor@demo.vn", "Kiểm toán minh họa", "Kiểm toán", (("auditor", None, None),)),
)
