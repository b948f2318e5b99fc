"""What people of the demonstration write: reasons that fit the mark, opinions, syntheses; varied, and invented."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

WHY: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "strategic_fit": (
        (
            "Mối liên hệ với chỉ tiêu ở mục 9 còn chung, chưa có số.",
            "Nội dung gần với nhiệm vụ thường xuyên của ngành.",
        ),
        (
            "Phù hợp hướng của hệ thống; phần định lượng đóng góp cần rõ hơn.",
            "Gắn với chỉ tiêu đã chọn nhưng chỉ ở một khâu.",
            "Đúng trọng tâm, song chưa nêu quan hệ với sáng kiến liên quan.",
        ),
        (
            "Đóng góp trực tiếp vào chỉ tiêu đã chọn ở mục 9; lập luận rõ.",
            "Bám sát nội dung sáng kiến trong Kế hoạch 01-KH/BCĐTW.",
            "Giải đúng nút thắt mà hệ thống chiến lược đã nêu.",
        ),
    ),
    "breakthrough": (
        ("Chưa thấy khác biệt so với giải pháp đang có ở mục 6.", "Chủ yếu mua sắm thiết bị, yếu tố mới không rõ."),
        (
            "Có điểm mới về cách tổ chức; công nghệ đã phổ biến.",
            "Mới trong nước, đã có bài học ở nước khác.",
            "So sánh với hiện trạng được, còn thiếu phương án thay thế.",
        ),
        (
            "Mô hình mới so với hiện trạng ở mục 6, có thể nhân rộng.",
            "Làm chủ được khâu trước nay phải thuê ngoài.",
            "Kết hợp công nghệ và cơ chế chưa nơi nào trong nước làm.",
        ),
    ),
    "impact": (
        ("Phạm vi hẹp; KPI đo hoạt động, chưa đo kết quả.", "Số người hưởng lợi ước tính chưa có căn cứ."),
        (
            "Tác động thấy được ở địa phương thí điểm; cần kế hoạch mở rộng.",
            "KPI tốt, thiếu giá trị gốc của một chỉ số.",
            "Lợi ích kinh tế khá, lợi ích xã hội chưa lượng hóa.",
        ),
        (
            "KPI kết quả đo được, phạm vi toàn quốc.",
            "Lợi ích rõ cho nhóm yếu thế và cho cơ quan quản lý.",
            "Giảm hẳn thời gian chờ, có số liệu gốc tin cậy.",
        ),
    ),
    "feasibility": (
        ("Nhân lực chủ chốt chưa có; tiến độ giai đoạn 1 quá gấp.", "Phụ thuộc hạ tầng chưa được bố trí vốn."),
        (
            "Lộ trình hợp lý; cần làm rõ hạ tầng tuyến dưới.",
            "Có đối tác thực hiện, nguồn vốn giai đoạn 2 chưa chắc.",
            "Khả thi nếu quy định đi trước một bước.",
        ),
        (
            "Lộ trình và nguồn lực phù hợp; đã thử ở quy mô nhỏ.",
            "Đơn vị chủ trì có năng lực, phân kỳ vốn rõ.",
            "Rủi ro chính đã nhận diện, có phương án dừng.",
        ),
    ),
    "urgency": (
        (
            "Có thể làm sau khi hoàn thiện cơ sở dữ liệu dùng chung.",
            "Vấn đề nêu ở mục 4 đang được xử lý ở chương trình khác.",
        ),
        (
            "Cần làm trong giai đoạn này, chưa tới mức khẩn cấp.",
            "Chậm một năm thì chi phí tăng nhưng chưa lỡ mục tiêu.",
            "Có tính thời điểm vì trùng kỳ lập kế hoạch trung hạn.",
        ),
        (
            "Giải quyết điểm nghẽn đã nêu ở mục 4.",
            "Chậm trễ sẽ lỡ mốc 2027 của Kế hoạch.",
            "Thiệt hại hằng năm lớn, giải pháp đã sẵn sàng.",
        ),
    ),
    "social_resources": (
        ("Chưa có cam kết bằng văn bản của khu vực ngoài nhà nước.", "Gần như toàn bộ dựa vào ngân sách."),
        (
            "Có cam kết chủ trương, mức góp còn thấp.",
            "Doanh nghiệp tham gia vận hành, chưa góp vốn đầu tư.",
            "Cơ cấu nguồn hợp lý, cần văn bản xác nhận.",
        ),
        (
            "Có cam kết chủ trương của khu vực ngoài nhà nước.",
            "Doanh nghiệp góp hơn một phần ba kinh phí.",
            "Cơ chế chia sẻ lợi ích đủ hấp dẫn nhà đầu tư.",
        ),
    ),
}
CANNOT_JUDGE = (
    "Ngoài chuyên môn của tôi, xin không cho điểm tiêu chí này.",
    "Hồ sơ chưa đủ thông tin về cơ cấu nguồn để kết luận.",
)
OPINIONS = {
    "agree": (
        "Nhất trí với sự cần thiết và phạm vi của đề xuất; đề nghị dùng chung kiến trúc dữ liệu.",
        "Đồng ý. Nội dung phù hợp quy hoạch của ngành; Bộ sẵn sàng phối hợp giai đoạn thử nghiệm.",
        "Thống nhất với báo cáo của đơn vị chuyên môn, không có ý kiến khác.",
    ),
    "conditions": (
        "Đồng ý về chủ trương; cần làm rõ trách nhiệm vận hành sau khi kết thúc thử nghiệm.",
        "Đồng ý nếu phương án bảo vệ dữ liệu cá nhân được thẩm định trước khi kết nối.",
    ),
    "disagree": (
        "Chưa đồng ý: nội dung trùng với nhiệm vụ đã giao trong chương trình của Bộ.",
        "Đề nghị chưa triển khai vì chưa xác định được nguồn vốn đối ứng của địa phương.",
    ),
}
CONDITIONS = (
    "Thẩm định an toàn dữ liệu cá nhân trước khi kết nối.",
    "Có cam kết bằng văn bản về nguồn ngoài ngân sách.",
    "Bổ sung phương án vận hành sau giai đoạn thử nghiệm.",
)
ASSESSMENTS = (
    "Kiến trúc phù hợp với hệ thống; lộ trình khả thi nếu dùng nền tảng dùng chung.",
    "Giải pháp kỹ thuật chấp nhận được; phần tích hợp cần đi sau chuẩn dữ liệu.",
    "Đề xuất bổ sung cho các dự án đang có, không trùng lặp về công nghệ lõi.",
)
SUMMARIES = (
    "Các cơ quan thống nhất về sự cần thiết; còn lưu ý về hạ tầng và an toàn dữ liệu.",
    "Điểm của các bộ và của Tổng công trình sư gần nhau; khác biệt chủ yếu ở tính khả thi.",
    "Ý kiến chưa thống nhất về nguồn lực; cơ quan thường trực đề nghị Thường trực cho ý kiến.",
    "Đề xuất có tính mới, tác động rõ; cần chốt đơn vị vận hành sau thử nghiệm.",
)
DIFFERENCES = (
    ("feasibility", "Cần thẩm định an toàn dữ liệu trước khi kết nối.", "Đưa thành điều kiện khi trình."),
    ("social_resources", "Đề nghị có cam kết vốn bằng văn bản.", "Yêu cầu đơn vị bổ sung trước phiên họp."),
    ("impact", "Đề nghị thu hẹp phạm vi năm đầu.", "Giữ phạm vi, chia hai đợt triển khai."),
)
PROGRESS = (
    "Hoàn thành khảo sát, ký quy chế phối hợp; bắt đầu lắp đặt đợt đầu.",
    "Vận hành thử tại đơn vị đầu tiên, đào tạo xong nhóm nòng cốt.",
    "Mở rộng thêm ba đơn vị; đối soát dữ liệu hằng tuần.",
    "Đánh giá giữa kỳ, điều chỉnh quy trình theo góp ý của người sử dụng.",
)
HARDSHIPS = ("", "Thủ tục giao vốn đợt hai chậm hơn kế hoạch một tháng.", "Thiếu kỹ sư vận hành ở tuyến dưới.")


def pick(options: tuple, *seed: object):
    """One of the options, the same for the same seed."""
    return options[crc32("/".join(map(str, seed)).encode()) % len(options)]


def some(options: Iterable[int], count: int, *seed: object) -> set[int]:
    """So many of the options, the same for the same seed."""
    return set(sorted(options, key=lambda one: crc32(f"{seed}/{one}".encode()))[:count])


def why(criterion: str, mark: int | None, *seed: object) -> str:
    """A reason that fits the mark."""
    if mark is None:
        return pick(CANNOT_JUDGE, criterion, *seed)
    low, middle, high = WHY[criterion]
    return pick(low if mark <= 2 else middle if mark == 3 else high, criterion, *seed)
