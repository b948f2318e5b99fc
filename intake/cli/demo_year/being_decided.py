"""Proposals that are being put together, and those before the committee: most of the ranking."""

from __future__ import annotations

from functools import partial

from intake.cli.demo_year.cases import Case
from intake.cli.demo_year.people import (
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
    REFERRED,
    ROUTED,
    accept,
    advised,
    answered,
    asked_back,
    assessed,
    engineer_scores,
    reviewed,
    sheets,
    signed,
    to_committee,
    to_synthesis,
)

LATE_CHANGE = "Bổ sung phương án phân kỳ: giai đoạn 1 dùng hạ tầng sẵn có, giai đoạn 2 mới đầu tư thêm."
FEW = "Chỉ hai chuyên gia không có xung đột lợi ích; lĩnh vực hẹp."
ASK_PLAN = partial(asked_back, section="resources", text="Nêu phương án nếu vốn giai đoạn 2 giao chậm.")
SPECIAL = (*ROUTED[:-1], (2, partial(accept, system="ht2")))
SPECIAL_HEALTH = (*ROUTED[:-1], (2, partial(accept, system="ht3")))

TOGETHER = (
    Case(
        "t1",
        "sk12",
        "Nhật ký canh tác điện tử cho hợp tác xã xuất khẩu",
        CAN_THO,
        "Đồng Tháp",
        to_synthesis("454444 445444 344544", "444444"),
        ends=2,
        panel=("bnnmt", "bct"),
        scale=2,
    ),
    Case(
        "t2",
        "sk16",
        "Kết nối vệ tinh băng rộng cho trường học đảo xa",
        QUANG_NINH,
        "Cô Tô",
        to_synthesis("554555 455454 545545", "554455", "agree conditions"),
        ends=9,
        panel=("bkhcn", "bca"),
        scale=15,
    ),
    Case(
        "t3",
        "sk17",
        "Sao lưu chéo giữa các trung tâm dữ liệu vùng",
        DA_NANG,
        "Đà Nẵng",
        (
            *ROUTED,
            *reviewed("444354 345443 434434"),
            (3, partial(engineer_scores, marks="344344")),
            (1, partial(ASK_PLAN, by="engineer")),
            (5, partial(answered, section="resources", path=("finance", "special_mechanism"), text=LATE_CHANGE)),
        ),
        ends=4,
        panel=("bca", "bkhcn"),
        scale=20,
    ),
    Case(
        "t4",
        "sk15",
        "Khảo sát hạnh phúc theo phường bằng mẫu quay vòng",
        INSTITUTE,
        "Huế",
        to_synthesis("3?3233 232322 34333?", "233232", "conditions disagree"),
        ends=1,
        panel=("bgddt", "byt"),
    ),
    Case(
        "t5",
        "sk23",
        "Nhóm thử nghiệm truyền tin lượng tử trên cáp có sẵn",
        SCHOOL,
        "Hà Nội",
        (*ROUTED, *reviewed("555324 545423", "agree agree", reason=FEW), *assessed("454323")),
        ends=6,
        panel=("bkhcn", "bgddt"),
    ),
)

AGAIN = (
    Case(
        "w1",
        "sk17",
        "Đám mây dùng chung cho cơ quan và bệnh viện cấp tỉnh",
        SCHOOL,
        "Hà Nội",
        to_committee("444444 454434 344544", "444444"),
        ends=26,
        panel=("bca", "bkhcn"),
    ),
    Case(
        "w2",
        "sk24",
        "Thư viện số mở cho luận văn và dữ liệu nghiên cứu",
        SCHOOL,
        "Hà Nội",
        (*to_committee("445543 544434 454443", "444543"),),
        ends=3,
        panel=("bkhcn", "bgddt"),
    ),
)

VOTED = (
    Case(
        "v1",
        "sk07",
        "Quỹ bảo lãnh bằng tài sản trí tuệ cho doanh nghiệp trẻ",
        INSTITUTE,
        "Thành phố Hồ Chí Minh",
        to_committee("454534 445443 554434", "445444"),
        ends=11,
        panel=("bkhcn", "bct"),
    ),
    Case(
        "v2",
        "sk11",
        "Phòng thí nghiệm ảo cho trường trung học",
        SCHOOL,
        "Nghệ An",
        to_committee("554544 545454 455445", "555444"),
        ends=12,
        panel=("bgddt", "bkhcn"),
        scale=2,
    ),
    Case(
        "v3",
        "sk08",
        "Dịch vụ bảo trì dự đoán dùng chung cho khu công nghiệp",
        COMPANY,
        "Bắc Ninh",
        to_committee("343333 333243 433334", "333333", "agree conditions"),
        ends=13,
        panel=("bct", "bkhcn"),
    ),
)

IN_SESSION = (
    Case(
        "g1",
        "sk10",
        "Mạng cấp cứu đột quỵ: chuyển ảnh chụp trước khi xe tới",
        HOSPITAL,
        "Thái Nguyên",
        to_committee("555555 555454 545555", "555554"),
        ends=8,
        panel=("byt", "bkhcn"),
        scale=2,
    ),
    Case(
        "g2",
        "sk13",
        "Trung tâm điều hành ngập lụt liên phường",
        DA_NANG,
        "Đà Nẵng",
        to_committee("545445 454454 554344", "544444", "agree conditions"),
        ends=9,
        panel=("bnnmt", "bxd"),
        scale=3,
    ),
    Case(
        "g3",
        "sk06",
        "Mô hình tiếng Việt mã nguồn mở cho văn bản hành chính",
        COMPANY,
        "Hà Nội",
        to_committee("555453 232312 545444", "444434", "agree disagree"),
        ends=10,
        panel=("bkhcn", "bca"),
        scale=12,
    ),
    Case(
        "g4",
        "sk01",
        "Hành lang pháp lý thử nghiệm máy bay không người lái giao hàng",
        ONE,
        "Hà Nội",
        to_committee("444544 454444 445444", "444444", "conditions agree"),
        ends=8,
        panel=("bnv", "bca"),
    ),
)

CALLED = (
    Case(
        "c1",
        "sk05",
        "Điều độ xe điện như nguồn lưu trữ giờ cao điểm",
        COMPANY,
        "Hà Nội",
        to_committee("454434 544434 445443", "444434"),
        ends=5,
        panel=("bct", "bkhcn"),
        scale=2,
    ),
    Case(
        "c2",
        "sk19",
        "Kho dữ liệu mở về giá nông sản theo ngày",
        TWO,
        "Đắk Lắk",
        to_committee("444343 434444 344434", "434343"),
        ends=6,
        panel=("bca", "bnnmt"),
    ),
    Case(
        "c3",
        "sk21",
        "Phòng thí nghiệm vật liệu bán dẫn mở cho doanh nghiệp",
        INSTITUTE,
        "Hà Nội",
        to_committee("543452 532441 453352", "444431"),
        ends=7,
        panel=("bkhcn", "bgddt"),
        scale=2,
    ),
    Case(
        "c4",
        "sk14",
        "Người trẻ dạy người già: giờ học số cuối tuần",
        THREE,
        "Quảng Ngãi",
        (
            *ROUTED,
            *sheets("44443? 354343 43444?"),
            (1, advised),
            *signed(),
            *assessed("444343"),
            *REFERRED,
        ),
        ends=5,
        panel=("bgddt", "bca"),
    ),
    Case(
        "c5",
        "sk02",
        "Chi trả an sinh qua tài khoản: đối soát tự động",
        QUANG_NINH,
        "Quảng Ninh",
        to_committee("222321 323221 212322", "322221", "disagree conditions"),
        ends=6,
        panel=("bnv", "bca"),
    ),
)

SPECIAL_PROJECTS = (
    Case(
        "h1",
        "sk26",
        "Siêu máy tính dùng chung cho mô hình ngôn ngữ tiếng Việt",
        INSTITUTE,
        "Hà Nội",
        (*SPECIAL, *reviewed("555545 545445 555455"), *assessed("555445"), *REFERRED),
        ends=5,
        panel=("bkhcn", "bgddt"),
        scale=60,
    ),
    Case(
        "h2",
        "sk27",
        "Ngân hàng gen ung thư người Việt",
        HOSPITAL,
        "Hà Nội",
        (*SPECIAL_HEALTH, *reviewed("455444 545345 554434"), *assessed("454444"), *REFERRED),
        ends=4,
        panel=("byt", "bkhcn"),
        scale=14,
    ),
)

BEING_DECIDED = (*TOGETHER, *AGAIN, *VOTED, *IN_SESSION, *CALLED, *SPECIAL_PROJECTS)
