"""Proposals that are being written and received, waited for, and those that got no further."""

from __future__ import annotations

from functools import partial

from intake.cli.demo_year.cases import Case
from intake.cli.demo_year.people import (
    BY_LETTER,
    CAN_THO,
    COMPANY,
    DA_NANG,
    HOSPITAL,
    INSTITUTE,
    ONE,
    QUANG_NINH,
    SCHOOL,
    THREE,
    TWO,
)
from intake.cli.demo_year.steps import (
    ROUTED,
    SUBMITTED,
    answered,
    asked_back,
    by_secretary,
    joined,
    merged,
    reviewed,
    sent_back,
    withdraw,
)

FINANCE = ("finance", "special_mechanism")
MONEY = partial(
    asked_back, section="resources", text="Làm rõ nguồn ngoài ngân sách và văn bản cam kết của giai đoạn 2."
)
NEED = partial(asked_back, section="rationale", text="Bổ sung số liệu hiện trạng của ba năm gần nhất tại địa bàn.")
SMALL = "Nội dung là mua sắm thiết bị thông thường, không thuộc phạm vi sáng kiến đột phá nêu tại Phụ lục I."
KNOWN = "Đề xuất đã được giải quyết trong chương trình mục tiêu đang thực hiện; không có nội dung mới."

WRITTEN = (
    Case("d1", "sk19", "Chợ dữ liệu mở cho doanh nghiệp nhỏ vùng Đồng bằng sông Cửu Long", CAN_THO, "Cần Thơ", ends=0),
    Case("d2", "sk23", "Bài toán mô phỏng lượng tử cho thiết kế vật liệu pin", INSTITUTE, "Hà Nội", ends=7),
    Case(
        "d3",
        "sk22",
        "Học bổng tiến sĩ gắn với phòng thí nghiệm dùng chung",
        SCHOOL,
        "Hà Nội",
        ((2, partial(joined, email="individual2@demo.vn")),),
        ends=3,
    ),
)

RECEIVED = (
    Case("r1", "sk14", "Lớp học kỹ năng số bằng tiếng Khmer và tiếng Chăm", THREE, "Vĩnh Long", SUBMITTED, ends=0),
    Case("r2", "sk12", "Cảnh báo mặn theo thửa cho vùng lúa - tôm", CAN_THO, "Cà Mau", SUBMITTED, ends=2, scale=2),
    Case("r3", "sk13", "Bản đồ ngập theo giờ từ cảm biến trên cột đèn", DA_NANG, "Đà Nẵng", SUBMITTED, ends=9),
    Case("r4", "sk08", "Xưởng mẫu số hóa cho làng nghề cơ khí", BY_LETTER, "Nam Định", SUBMITTED, ends=11),
    Case("r5", "sk16", "Trạm thu phát dùng chung cho tàu cá xa bờ", QUANG_NINH, "Quảng Ninh", SUBMITTED, ends=4),
    Case(
        "r6",
        "sk24",
        "Tra cứu đề tài trùng lặp bằng trí tuệ nhân tạo",
        SCHOOL,
        "Hà Nội",
        (
            *ROUTED,
            (
                3,
                partial(
                    sent_back, transition="return_to_reception", reason="Nội dung chính thuộc lĩnh vực của bộ khác."
                ),
            ),
        ),
        ends=2,
        panel=("bgddt", "bkhcn"),
    ),
)

ASKED_BACK = (
    Case(
        "s1",
        "sk10",
        "Hội chẩn từ xa cho trạm y tế xã biên giới",
        HOSPITAL,
        "Lai Châu",
        (*SUBMITTED, (2, partial(MONEY, by="secretary"))),
        ends=20,
    ),
    Case(
        "s2",
        "sk05",
        "Pin lưu trữ cho lưới điện đảo nhỏ",
        COMPANY,
        "Kiên Hải",
        (*ROUTED, (4, partial(MONEY, by="ministry"))),
        ends=7,
        panel=("bct", "bkhcn"),
        scale=9,
    ),
    Case(
        "s3",
        "sk21",
        "Lịch dùng chung cho kính hiển vi điện tử của các viện",
        INSTITUTE,
        "Hà Nội",
        (*ROUTED, *reviewed("443343 434433 333443", "agree agree"), (3, partial(NEED, by="engineer"))),
        ends=4,
        panel=("bkhcn", "bgddt"),
    ),
)

ENDED_EARLY = (
    Case(
        "x1",
        "sk08",
        "Mua máy tính cho cán bộ quản lý khu công nghiệp",
        COMPANY,
        "Đồng Nai",
        (*SUBMITTED, (3, partial(by_secretary, transition="decline", reason=SMALL))),
        ends=40,
        publish=False,
    ),
    Case(
        "x2",
        "sk14",
        "In sổ tay kỹ năng số phát tại thôn",
        ONE,
        "Thanh Hóa",
        (*SUBMITTED, (4, partial(by_secretary, transition="decline", reason=KNOWN))),
        ends=18,
    ),
    Case(
        "x3",
        "sk12",
        "Truy xuất nguồn gốc vải thiều bằng mã hai chiều",
        TWO,
        "Bắc Giang",
        (*SUBMITTED, (2, partial(NEED, by="secretary"))),
        ends=33,
    ),
    Case(
        "x4",
        "sk05",
        "Mái nhà xưởng cho điện mặt trời tự dùng",
        COMPANY,
        "Long An",
        (*ROUTED, (5, partial(MONEY, by="ministry"))),
        ends=45,
        panel=("bct", "bkhcn"),
    ),
    Case(
        "x5",
        "sk07",
        "Sàn ký gửi sáng chế của nhà khoa học nghỉ hưu",
        TWO,
        "Hà Nội",
        (*ROUTED, (3, withdraw)),
        ends=25,
        panel=("bkhcn", "bct"),
    ),
    Case(
        "x6",
        "sk13",
        "Cảm biến ngập ở hầm chui",
        THREE,
        "Đà Nẵng",
        (*SUBMITTED, (3, partial(merged, into="Bản đồ ngập theo giờ từ cảm biến trên cột đèn"))),
        ends=1,
    ),
)

ANSWERED = (
    Case(
        "a1",
        "sk01",
        "Cổng hỏi đáp thử nghiệm có kiểm soát cho công nghệ tài chính",
        COMPANY,
        "Hà Nội",
        (
            *SUBMITTED,
            (2, partial(MONEY, by="secretary")),
            (
                6,
                partial(
                    answered,
                    section="resources",
                    path=FINANCE,
                    text="Ngân hàng đối tác góp vốn vận hành, có biên bản ghi nhớ.",
                ),
            ),
        ),
        ends=3,
    ),
    Case(
        "a2",
        "sk22",
        "Mạng lưới nhà khoa học Việt ở nước ngoài làm việc từ xa",
        ONE,
        "Hà Nội",
        (
            *ROUTED,
            (4, partial(NEED, by="ministry")),
            (
                7,
                partial(
                    answered,
                    section="rationale",
                    path=("problem",),
                    text="Mỗi năm chỉ có 36 nhà khoa học về làm việc ngắn hạn; hai phần ba nêu lý do là thủ tục "
                    "cư trú kéo dài và mức đãi ngộ thấp hơn nơi đang làm.",
                ),
            ),
        ),
        ends=4,
        panel=("bnv", "bgddt"),
    ),
)

COMING_IN = (*WRITTEN, *RECEIVED, *ASKED_BACK, *ENDED_EARLY, *ANSWERED)
