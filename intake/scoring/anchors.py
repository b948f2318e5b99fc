"""What the levels 1, 3 and 5 mean for each criterion: ours, in the words of its official definition."""

from __future__ import annotations

from intake.i18n import Text

ANCHORS: dict[str, dict[int, Text]] = {
    "strategic_fit": {
        1: Text(
            vi="Chưa chỉ ra được đóng góp vào việc thực hiện các mục tiêu, quan điểm chỉ đạo của Nghị quyết số "
            "57-NQ/TW và các chiến lược phát triển quốc gia liên quan.",
            en="Shows no contribution to the objectives and guiding viewpoints of Resolution 57-NQ/TW or to the "
            "related national development strategies.",
        ),
        3: Text(
            vi="Có đóng góp vào việc thực hiện mục tiêu, quan điểm chỉ đạo của Nghị quyết số 57-NQ/TW hoặc chiến "
            "lược phát triển quốc gia liên quan, nhưng còn gián tiếp hoặc chưa được chứng minh rõ ràng.",
            en="Contributes to the objectives and guiding viewpoints of Resolution 57-NQ/TW or to a related "
            "national development strategy, but indirectly or without clear proof.",
        ),
        5: Text(
            vi="Có đóng góp rõ ràng, trực tiếp vào việc thực hiện các mục tiêu, quan điểm chỉ đạo của Nghị quyết "
            "số 57-NQ/TW và các chiến lược phát triển quốc gia liên quan, có số liệu chứng minh đối với từng "
            "mục tiêu.",
            en="Makes a clear, direct contribution to the objectives and guiding viewpoints of Resolution "
            "57-NQ/TW and the related national development strategies, proved with figures for each "
            "objective.",
        ),
    },
    "breakthrough": {
        1: Text(
            vi="Chưa có sự mới mẻ, khác biệt đáng kể về công nghệ, mô hình kinh doanh, phương thức quản lý hoặc "
            "chính sách.",
            en="Brings no significant novelty or difference in technology, business model, management method or "
            "policy.",
        ),
        3: Text(
            vi="Có sự mới mẻ, khác biệt về công nghệ, mô hình kinh doanh, phương thức quản lý hoặc chính sách, "
            "nhưng mới ở mức cải tiến; tiềm năng tạo ra bước nhảy vọt chưa rõ.",
            en="Brings novelty or difference in technology, business model, management method or policy, but as "
            "an improvement; the potential to create a leap is not clear.",
        ),
        5: Text(
            vi="Mang lại sự mới mẻ, khác biệt đáng kể về công nghệ, mô hình kinh doanh, phương thức quản lý hoặc "
            "chính sách so với giải pháp hiện có; tiềm năng tạo ra bước nhảy vọt được chứng minh có căn cứ.",
            en="Brings significant novelty or difference in technology, business model, management method or "
            "policy over existing solutions; the potential to create a leap is proved with evidence.",
        ),
    },
    "impact": {
        1: Text(
            vi="Tác động đến kinh tế, xã hội, quốc phòng, an ninh nhỏ hoặc chưa xác định được; chưa góp phần "
            "giải quyết vấn đề lớn, cấp bách của quốc gia.",
            en="The impact on the economy, society, defence or security is small or cannot be determined; does "
            "not help to solve a great and urgent problem of the nation.",
        ),
        3: Text(
            vi="Có tác động tích cực đến kinh tế, xã hội, quốc phòng, an ninh trong một ngành, lĩnh vực hoặc địa "
            "phương; khả năng lan tỏa rộng rãi còn hạn chế hoặc chưa đo lường được.",
            en="Has a positive impact on the economy, society, defence or security within one sector, field or "
            "locality; wide spreading is limited or cannot be measured yet.",
        ),
        5: Text(
            vi="Có khả năng tạo ra tác động lớn, tích cực và lan tỏa rộng rãi đến kinh tế, xã hội, quốc phòng, "
            "an ninh hoặc giải quyết hiệu quả các vấn đề lớn, cấp bách của quốc gia, có chỉ tiêu đo lường "
            "được.",
            en="Is able to create a large, positive and widely spreading impact on the economy, society, defence "
            "or security, or to solve effectively the great and urgent problems of the nation, with "
            "measurable targets.",
        ),
    },
    "feasibility": {
        1: Text(
            vi="Chưa chứng minh được tính khả thi về mặt công nghệ, kỹ thuật; chưa rõ khả năng huy động nguồn "
            "lực (tài chính, nhân lực) hoặc đơn vị chủ trì chưa đủ năng lực triển khai và quản lý.",
            en="Technological and technical feasibility is not proved; it is unclear how resources (finance, "
            "people) can be mobilised, or the lead unit has not enough capacity to implement and manage.",
        ),
        3: Text(
            vi="Có tính khả thi về mặt công nghệ, kỹ thuật, nhưng khả năng huy động đủ nguồn lực (tài chính, "
            "nhân lực) hoặc năng lực triển khai và quản lý của đơn vị chủ trì còn phải làm rõ.",
            en="Is technologically and technically feasible, but whether enough resources (finance, people) can "
            "be mobilised, or the lead unit's capacity to implement and manage, remains to be clarified.",
        ),
        5: Text(
            vi="Có tính khả thi về mặt công nghệ, kỹ thuật đã được kiểm chứng; có thể huy động đủ nguồn lực (tài "
            "chính, nhân lực) theo từng giai đoạn; đơn vị chủ trì có đủ năng lực triển khai và quản lý.",
            en="Is technologically and technically feasible, and verified; enough resources (finance, people) "
            "can be mobilised for each phase; the lead unit has enough capacity to implement and manage.",
        ),
    },
    "urgency": {
        1: Text(
            vi="Vấn đề giải quyết không phải là điểm nghẽn, thách thức lớn và không nằm trong các lĩnh vực ưu "
            "tiên hàng đầu.",
            en="The issue solved is neither a bottleneck nor a great challenge and lies outside the top-priority "
            "fields.",
        ),
        3: Text(
            vi="Giải quyết một phần điểm nghẽn, thách thức lớn hoặc nằm trong lĩnh vực ưu tiên, nhưng chưa cần "
            "tạo đột phá ngay.",
            en="Solves part of a bottleneck or great challenge, or lies in a priority field, but a breakthrough "
            "is not needed at once.",
        ),
        5: Text(
            vi="Giải quyết trực tiếp các vấn đề đang là điểm nghẽn, thách thức lớn hoặc nằm trong các lĩnh vực "
            "ưu tiên hàng đầu cần tạo đột phá ngay.",
            en="Directly solves issues that are bottlenecks or great challenges, or lies in top-priority fields "
            "where a breakthrough is needed at once.",
        ),
    },
    "social_resources": {
        1: Text(
            vi="Chưa có tiềm năng thu hút sự tham gia đầu tư, đóng góp nguồn lực từ khu vực tư nhân, các tổ chức "
            "trong và ngoài nước.",
            en="Has no potential to attract investment or contributions of resources from the private sector or "
            "from organisations at home and abroad.",
        ),
        3: Text(
            vi="Có tiềm năng thu hút sự tham gia đầu tư, đóng góp nguồn lực từ khu vực tư nhân, các tổ chức "
            "trong và ngoài nước, nhưng mới ở mức dự kiến hoặc quy mô nhỏ.",
            en="Has the potential to attract investment and contributions of resources from the private sector "
            "and from organisations at home and abroad, but only as an intention or on a small scale.",
        ),
        5: Text(
            vi="Có tiềm năng lớn thu hút sự tham gia đầu tư, đóng góp nguồn lực từ khu vực tư nhân, các tổ chức "
            "trong và ngoài nước; đã có đối tác hoặc cam kết cụ thể.",
            en="Has great potential to attract investment and contributions of resources from the private sector "
            "and from organisations at home and abroad; partners or firm commitments exist.",
        ),
    },
}
