"""The sittings of the year, which proposals were on their agendas and what came out."""

from __future__ import annotations

from intake.cli.demo_stories import CHAIR
from intake.cli.demo_year.sittings import BODY, WIDER, Item, Sitting

MEETS = "Đáp ứng các tiêu chí; lợi ích rõ và đo được."
UNCLEAR = "Chưa rõ yếu tố mới so với hiện tại; nguồn lực chưa khả thi."
CHECKED, PAID = "Hoàn thành thẩm định an toàn dữ liệu.", "Có văn bản cam kết nguồn ngoài ngân sách."
CONDITIONAL = "approve_with_conditions"

SITTINGS = (
    Sitting(
        BODY,
        held=62,
        called=70,
        number=41,
        away=((6, "excused"),),
        items=(
            Item("f1", "approve", MEETS),
            Item("f2", CONDITIONAL, "Đủ điều kiện; cần chốt dữ liệu đất đai.", (CHECKED,), others=((3, "approve"),)),
            Item("f3", "approve", "Chi phí thấp, lan tỏa nhanh.", recused=4),
            Item("f4", CONDITIONAL, "Nên làm ở một nhà máy trước.", (PAID,), others=((2, "reject"), (5, "abstain"))),
            Item("f5", "reject", "Rủi ro về quyền riêng tư; tác động xã hội chưa được đánh giá."),
        ),
    ),
    Sitting(
        BODY,
        held=34,
        called=42,
        number=58,
        away=((5, "remote"),),
        items=(
            Item("n1", "approve", MEETS, others=((6, CONDITIONAL),)),
            Item("n2", "defer", "Chờ quy định về học phí liên trường."),
            Item("n3", "reject", UNCLEAR),
            Item("n4", "merge", "Cùng giải pháp với đề xuất phân loại rác tại nguồn.", into="n1"),
        ),
    ),
    Sitting(
        WIDER,
        held=26,
        called=36,
        number=63,
        mode="consensus",
        items=(
            Item("b1", CONDITIONAL, "Ưu tiên chip cho camera đã lắp đặt.", (CHECKED, PAID)),
            Item("b2", "defer", "Chờ kết quả khảo sát địa chất của dự án.", defer_days=75),
        ),
    ),
    Sitting(
        BODY,
        held=12,
        called=20,
        items=(
            Item("o1", "approve", MEETS),
            Item("o2", "request_revision", "Làm rõ cơ chế giữ người sau khi tốt nghiệp.", recused=3),
            Item("o3", "approve", "Giảm giấy tờ thấy rõ.", is_secret=True, others=((4, "defer"),)),
            Item("o4", "reject", "Chưa đủ yếu tố đột phá; nên làm như hoạt động truyền thông."),
        ),
    ),
    Sitting(
        BODY,
        held=2,
        called=9,
        is_released=False,
        away=((2, "remote"),),
        items=(
            Item("v1", CONDITIONAL, "Cần quy chế định giá tài sản trí tuệ.", (PAID,)),
            Item("v2", "approve", MEETS),
            Item("v3", "defer", "Chờ kết quả thí điểm đang làm.", others=((1, "reject"), (5, "reject")), defer_days=45),
        ),
    ),
    Sitting(BODY, held=-5, called=3, items=(Item("c1"), Item("c2"), Item("c3"), Item("c4"))),
    Sitting(WIDER, held=-9, called=2, items=(Item("h1"), Item("h2"))),
)
GOING_ON = Sitting(
    BODY,
    held=0,
    called=6,
    away=((6, "excused"), (5, "remote")),
    items=(
        Item("g1", "approve", MEETS, others=((2, CONDITIONAL),)),
        Item("g2", CONDITIONAL, "Cần thống nhất quy chế vận hành liên phường."),
        Item("g3"),
        Item("g4"),
    ),
)
VOTERS = (CHAIR, "member1@demo.vn", "member4@demo.vn")
"""Who has voted in the session that is going on; the others still can."""
