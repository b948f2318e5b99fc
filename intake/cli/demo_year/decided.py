"""Proposals on which the committee has decided, and what became of them."""

from __future__ import annotations

from functools import partial

from intake.cli.demo_year.cases import Case
from intake.cli.demo_year.follow_up import adjusted, assigned, completed, stopped
from intake.cli.demo_year.people import CAN_THO, COMPANY, DA_NANG, HOSPITAL, INSTITUTE, ONE, QUANG_NINH, SCHOOL, TWO
from intake.cli.demo_year.steps import REFERRED, ROUTED, accept, assessed, reviewed, to_committee

SPECIAL = (*ROUTED[:-1], (2, partial(accept, system="ht2")))

FIRST_SESSION = (
    Case(
        "f1",
        "sk10",
        "Kê đơn thuốc điện tử liên thông nhà thuốc",
        HOSPITAL,
        "Hà Nội",
        to_committee("555454 545545 455454", "555445"),
        ends=73,
        later=((59, assigned),),
        reports=58,
        panel=("byt", "bkhcn"),
        scale=2,
    ),
    Case(
        "f2",
        "sk12",
        "Bản đồ đất và khuyến nghị bón phân theo thửa",
        CAN_THO,
        "An Giang",
        to_committee("454544 445444 544454", "454444"),
        ends=74,
        later=((58, partial(assigned, agency="bnnmt", supervisor="member3")), (21, adjusted)),
        reports=57,
        panel=("bnnmt", "bkhcn"),
        scale=2,
    ),
    Case(
        "f3",
        "sk14",
        "Chiến dịch hè: một triệu người lớn tuổi dùng dịch vụ công",
        SCHOOL,
        "Hà Nội",
        to_committee("545445 454454 444545", "545444"),
        ends=75,
        later=((59, assigned), (4, completed)),
        reports=58,
        panel=("bgddt", "bkhcn"),
    ),
    Case(
        "f4",
        "sk08",
        "Nhà máy thông minh mẫu cho ngành dệt may",
        COMPANY,
        "Nam Định",
        to_committee("444343 435443 344434", "444344", "conditions agree"),
        ends=73,
        later=((57, assigned), (13, stopped)),
        reports=56,
        panel=("bct", "bkhcn"),
        scale=6,
    ),
    Case(
        "f5",
        "sk15",
        "Ứng dụng chấm điểm văn minh công dân",
        TWO,
        "Hà Nội",
        to_committee("222122 312222 223221", "222222", "disagree disagree"),
        ends=74,
        panel=("bgddt", "byt"),
    ),
)

SECOND_SESSION = (
    Case(
        "n1",
        "sk13",
        "Phân loại rác tại nguồn bằng điểm thưởng điện tử",
        DA_NANG,
        "Đà Nẵng",
        to_committee("454444 545443 444544", "454444"),
        ends=45,
        later=((31, partial(assigned, agency="bnnmt", supervisor="member5")),),
        reports=30,
        panel=("bnnmt", "bxd"),
    ),
    Case(
        "n2",
        "sk04",
        "Chương trình thạc sĩ thiết kế vi mạch liên trường",
        SCHOOL,
        "Thành phố Hồ Chí Minh",
        to_committee("444434 354434 443543", "444434"),
        ends=46,
        panel=("bkhcn", "bgddt"),
        scale=2,
    ),
    Case(
        "n3",
        "sk16",
        "Phủ cáp quang bằng đường dây điện hạ thế",
        COMPANY,
        "Hà Giang",
        to_committee("323222 332312 232323", "322222", "disagree conditions"),
        ends=47,
        panel=("bkhcn", "bct"),
        scale=12,
    ),
    Case(
        "n4",
        "sk13",
        "Điểm thưởng cho hộ tự ủ rác hữu cơ",
        TWO,
        "Đà Nẵng",
        to_committee("434343 343434 334443", "343343"),
        ends=44,
        panel=("bnnmt", "bxd"),
    ),
)

WIDER_SESSION = (
    Case(
        "b1",
        "sk26",
        "Chip suy luận trí tuệ nhân tạo cho camera đô thị",
        COMPANY,
        "Đà Nẵng",
        (*SPECIAL, *reviewed("545435 454445 544434"), *assessed("544434"), *REFERRED),
        ends=38,
        later=((22, partial(assigned, supervisor="member7")),),
        reports=21,
        panel=("bkhcn", "bct"),
        scale=40,
    ),
    Case(
        "b2",
        "sk29",
        "Mô phỏng nền đường sắt tốc độ cao trên đất yếu",
        SCHOOL,
        "Hà Nội",
        (*SPECIAL, *reviewed("354424 445333 544423"), *assessed("444423"), *REFERRED),
        ends=39,
        panel=("bxd", "bct"),
        scale=25,
    ),
)

THIRD_SESSION = (
    Case(
        "o1",
        "sk18",
        "Nền tảng đo đếm nước thải cho làng nghề",
        ONE,
        "Bắc Ninh",
        to_committee("454444 444454 545343", "444444"),
        ends=22,
        panel=("bkhcn", "bnnmt"),
    ),
    Case(
        "o2",
        "sk22",
        "Vườn ươm tài năng toán và trí tuệ nhân tạo vùng Tây Nguyên",
        SCHOOL,
        "Lâm Đồng",
        to_committee("443444 354344 434443", "443344"),
        ends=23,
        panel=("bnv", "bgddt"),
    ),
    Case(
        "o3",
        "sk02",
        "Một lần khai báo cho hộ kinh doanh",
        QUANG_NINH,
        "Quảng Ninh",
        to_committee("554454 455444 545445", "545444"),
        ends=24,
        panel=("bnv", "bca"),
    ),
    Case(
        "o4",
        "sk25",
        "Bảo tàng những thất bại công nghệ",
        INSTITUTE,
        "Hà Nội",
        to_committee("332232 233223 323322", "232232", "agree disagree"),
        ends=22,
        panel=("bkhcn", "bgddt"),
    ),
)

DECIDED = (*FIRST_SESSION, *SECOND_SESSION, *WIDER_SESSION, *THIRD_SESSION)
