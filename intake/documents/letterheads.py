"""Who issues documents and how its name stands on paper: defaults, kept as data until a body sets its own.

Long names are broken by hand: where a line of a letterhead ends is for the body to say, not for the layout.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.catalogue import ORGANISATIONS, SYSTEMS
from intake.documents.profiles import PARTY_HD36, PROFILES, STATE_ND30, Profile

HANOI = "Hà Nội"


@dataclass(frozen=True)
class Letterhead:
    """One issuing body: its family, lines of its name, symbol in numbers, who signs, who always gets a copy.

    `number_pattern` is empty for the pattern of the family; `authority` opens a decision of the State.
    """

    organisation_id: str
    profile_id: str
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
    number_pattern: str = ""
    authority: str = ""
    signer: str = ""

    @property
    def profile(self) -> Profile:
        return PROFILES[self.profile_id]


STEERING_OWN = (
    "BAN CHỈ ĐẠO TRUNG ƯƠNG",
    "VỀ PHÁT TRIỂN KHOA HỌC,",
    "CÔNG NGHỆ, ĐỔI MỚI SÁNG TẠO",
    "VÀ CHUYỂN ĐỔI SỐ",
)
STEERING_NAME = ORGANISATIONS["bcdtw"].name.vi
CENTRAL_COMMITTEE = ("BAN CHẤP HÀNH TRUNG ƯƠNG",)


def _steering(organisation_id: str, short_name: str, full_name: str) -> Letterhead:
    """Both deciding bodies issue under the committee's own letterhead and number series."""
    return Letterhead(
        organisation_id=organisation_id,
        profile_id=PARTY_HD36.id,
        parent=CENTRAL_COMMITTEE,
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
        authority=STEERING_NAME.upper(),
    )


# What the public gets: receipts and letters of the unit that receives.
SECRETARIAT = Letterhead(
    organisation_id="vptw",
    profile_id=STATE_ND30.id,
    parent=("VĂN PHÒNG", "TRUNG ƯƠNG ĐẢNG"),
    own=("BỘ PHẬN TIẾP NHẬN", "SÁNG KIẾN ĐỘT PHÁ"),
    symbol="VPTW",
    short_name="Cơ quan Thường trực",
    full_name=ORGANISATIONS["vptw"].name.vi,
    author=ORGANISATIONS["vptw"].name.vi,
    capacity=("NGƯỜI TIẾP NHẬN",),
)

# What the office writes to ministries and to the committee.
OFFICE = Letterhead(
    organisation_id="vptw_office",
    profile_id=PARTY_HD36.id,
    parent=CENTRAL_COMMITTEE,
    own=("VĂN PHÒNG",),
    symbol="VPTW",
    short_name="Cơ quan Thường trực Ban Chỉ đạo",
    full_name=ORGANISATIONS["vptw"].name.vi,
    author=ORGANISATIONS["vptw"].name.vi,
    capacity=("T/L CHÁNH VĂN PHÒNG",),
    recipients_after=("Lãnh đạo Văn phòng Trung ương Đảng", "Lưu Văn phòng Trung ương Đảng"),
    authority="CHÁNH VĂN PHÒNG TRUNG ƯƠNG ĐẢNG",
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
HEADS = {"nhnn": "THỐNG ĐỐC", "ttcp": "TỔNG THANH TRA", "vpcp": "BỘ TRƯỞNG, CHỦ NHIỆM"}
MINISTER = "BỘ TRƯỞNG"
CHIEF_ENGINEER = "TỔNG CÔNG TRÌNH SƯ"


def _ministry(organisation_id: str, symbol: str) -> Letterhead:
    name = ORGANISATIONS[organisation_id].name.vi
    head = HEADS.get(organisation_id, MINISTER)
    return Letterhead(
        organisation_id=organisation_id,
        profile_id=STATE_ND30.id,
        parent=(),
        own=BROKEN_BY_HAND.get(organisation_id, (name.upper(),)),
        symbol=symbol,
        short_name=name,
        full_name=name,
        author=name,
        capacity=(head,),
        recipients_after=(f"Lưu: VT, {symbol}",),
        authority=f"{head} {name.upper()}",
    )


def _engineer(system: str) -> Letterhead:
    """The chief engineer of a system signs in person."""
    code = SYSTEMS[system].code
    return Letterhead(
        organisation_id=f"tcts_{system}",
        profile_id=STATE_ND30.id,
        parent=(),
        own=(CHIEF_ENGINEER, f"HỆ THỐNG CHIẾN LƯỢC {code}"),
        symbol=f"TCTS{code}",
        short_name=f"Tổng công trình sư {code}",
        full_name=f"Tổng công trình sư {SYSTEMS[system].name.vi}",
        author=f"Tổng công trình sư {SYSTEMS[system].name.vi}",
        capacity=(CHIEF_ENGINEER,),
        recipients_after=("Lưu hồ sơ",),
        authority=CHIEF_ENGINEER,
    )


LETTERHEADS: dict[str, Letterhead] = {
    letterhead.organisation_id: letterhead
    for letterhead in (
        _steering("bcdtw", "Ban Chỉ đạo", STEERING_NAME),
        _steering("tt_bcdtw", "Thường trực Ban Chỉ đạo", "Thường trực " + STEERING_NAME),
        SECRETARIAT,
        OFFICE,
        *(_ministry(organisation_id, symbol) for organisation_id, symbol in MINISTRY_SYMBOLS.items()),
        *(_engineer(system) for system in ("ht1", "ht2", "ht3", "ht4", "ht5")),
    )
}


def letterhead_of(organisation_id: str, name: str, symbol: str) -> Letterhead:
    """The default of a body: its own, or its plain name in the family of the State."""
    known = LETTERHEADS.get(organisation_id)
    return known or Letterhead(
        organisation_id=organisation_id,
        profile_id=STATE_ND30.id,
        parent=(),
        own=(name.upper(),),
        symbol=symbol,
        short_name=name,
        full_name=name,
        author=name,
        capacity=("THỦ TRƯỞNG CƠ QUAN",),
        recipients_after=(f"Lưu: VT, {symbol}",),
        authority=name.upper(),
    )
