"""Who issues documents and how its name stands on paper, by organisation id: defaults, kept as data.

Long names are broken by hand: where a line of a letterhead ends is for the body to say, not for the layout.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.catalogue import ORGANISATIONS
from intake.documents.profiles import PARTY_HD36, STATE_ND30, Profile

HANOI = "Hà Nội"


@dataclass(frozen=True)
class Letterhead:
    """One issuing body: lines of its name, symbol in numbers, who signs, who always gets a copy."""

    organisation_id: str
    profile: Profile
    parent: tuple[str, ...]
    own: tuple[str, ...]
    symbol: str
    short_name: str
    full_name: str
    author: str
    capacity: tuple[str, ...] = ()
    recipients_before: tuple[str, ...] = ()
    recipients_after: tuple[str, ...] = ()
    place: str = HANOI


STEERING_OWN = (
    "BAN CHỈ ĐẠO TRUNG ƯƠNG",
    "VỀ PHÁT TRIỂN KHOA HỌC,",
    "CÔNG NGHỆ, ĐỔI MỚI SÁNG TẠO",
    "VÀ CHUYỂN ĐỔI SỐ",
)
STEERING_NAME = ORGANISATIONS["bcdtw"].name.vi


def _steering(organisation_id: str, short_name: str, full_name: str) -> Letterhead:
    """Both deciding bodies issue under the committee's own letterhead and number series."""
    return Letterhead(
        organisation_id=organisation_id,
        profile=PARTY_HD36,
        parent=("BAN CHẤP HÀNH TRUNG ƯƠNG",),
        own=STEERING_OWN,
        symbol="BCĐTW",
        short_name=short_name,
        full_name=full_name,
        author=STEERING_NAME,
        capacity=("T/M BAN CHỈ ĐẠO", "K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN THƯỜNG TRỰC"),
        recipients_before=("Bộ Chính trị, Ban Bí thư (để báo cáo)", "Các thành viên Ban Chỉ đạo (để thực hiện)"),
        recipients_after=(
            "Lãnh đạo Văn phòng Trung ương Đảng",
            "Cục Chuyển đổi số - Cơ yếu",
            "Lưu Ban Chỉ đạo Trung ương",
        ),
    )


SECRETARIAT = Letterhead(
    organisation_id="vptw",
    profile=STATE_ND30,
    parent=("VĂN PHÒNG", "TRUNG ƯƠNG ĐẢNG"),
    own=("BỘ PHẬN TIẾP NHẬN", "SÁNG KIẾN ĐỘT PHÁ"),
    symbol="VPTW",
    short_name="Cơ quan Thường trực",
    full_name=ORGANISATIONS["vptw"].name.vi,
    author=ORGANISATIONS["vptw"].name.vi,
    capacity=("NGƯỜI TIẾP NHẬN",),
)

MINISTRY_SYMBOLS = {
    "bqp": "BQP",
    "bca": "BCA",
    "bng": "BNG",
    "bnv": "BNV",
    "btp": "BTP",
    "btc": "BTC",
    "bct": "BCT",
    "bnnmt": "BNNMT",
    "bxd": "BXD",
    "bvhttdl": "BVHTTDL",
    "bkhcn": "BKHCN",
    "bgddt": "BGDĐT",
    "byt": "BYT",
    "bdttg": "BDTTG",
    "nhnn": "NHNN",
    "ttcp": "TTCP",
    "vpcp": "VPCP",
}
BROKEN_BY_HAND = {
    "bnnmt": ("BỘ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"),
    "bvhttdl": ("BỘ VĂN HÓA, THỂ THAO", "VÀ DU LỊCH"),
    "bkhcn": ("BỘ KHOA HỌC", "VÀ CÔNG NGHỆ"),
    "bgddt": ("BỘ GIÁO DỤC", "VÀ ĐÀO TẠO"),
    "bdttg": ("BỘ DÂN TỘC", "VÀ TÔN GIÁO"),
    "nhnn": ("NGÂN HÀNG NHÀ NƯỚC", "VIỆT NAM"),
}


def _ministry(organisation_id: str, symbol: str) -> Letterhead:
    name = ORGANISATIONS[organisation_id].name.vi
    return Letterhead(
        organisation_id=organisation_id,
        profile=STATE_ND30,
        parent=(),
        own=BROKEN_BY_HAND.get(organisation_id, (name.upper(),)),
        symbol=symbol,
        short_name=name,
        full_name=name,
        author=name,
    )


LETTERHEADS: dict[str, Letterhead] = {
    letterhead.organisation_id: letterhead
    for letterhead in (
        _steering("bcdtw", "Ban Chỉ đạo", STEERING_NAME),
        _steering("tt_bcdtw", "Thường trực Ban Chỉ đạo", "Thường trực " + STEERING_NAME),
        SECRETARIAT,
        *(_ministry(organisation_id, symbol) for organisation_id, symbol in MINISTRY_SYMBOLS.items()),
    )
}
