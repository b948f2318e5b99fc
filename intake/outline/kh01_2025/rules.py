"""The 21 rules of the template, in its words."""

from __future__ import annotations

from intake.i18n import Text
from intake.outline.model import Rule

RULES = (
    Rule("R01", "error", "name", Text("Chưa nhập tên sáng kiến.", "The name is missing."), "seed"),
    Rule(
        "R02",
        "warning",
        "name",
        Text("Tên sáng kiến nên ngắn gọn (dưới 200 ký tự).", "The name should be short (under 200 characters)."),
        'seed: "Ngắn gọn"; limit ours',
    ),
    Rule(
        "R03",
        "error",
        "lead_unit",
        Text(
            "Cần nêu đơn vị chủ trì dự kiến hoặc đề nghị chỉ định.",
            "Name the intended lead unit or ask for one to be assigned.",
        ),
        "seed + ours",
    ),
    Rule(
        "R04",
        "error",
        "rationale",
        Text("Cần ít nhất một căn cứ pháp lý hoặc chủ trương.", "At least one legal or policy basis is needed."),
        "seed",
    ),
    Rule(
        "R05",
        "error",
        "objectives",
        Text(
            "Cần mục tiêu tổng quát và ít nhất một mục tiêu cụ thể.",
            "A general objective and at least one specific objective are needed.",
        ),
        "seed",
    ),
    Rule(
        "R06",
        "error",
        "objectives",
        Text("Mục tiêu cụ thể thiếu thành phần SMART: {parts}.", "Specific objective lacks SMART parts: {parts}."),
        "seed",
    ),
    Rule(
        "R07",
        "error",
        "objectives",
        Text(
            "Thời hạn của mục tiêu phải nằm trong thời gian thực hiện.",
            "The objective deadline must fall within the plan (first phase start .. last phase end).",
        ),
        "ours",
    ),
    Rule(
        "R08",
        "error",
        "outputs",
        Text(
            "Cần ít nhất một sản phẩm cụ thể, có loại sản phẩm.",
            "At least one concrete product with a type is needed.",
        ),
        "seed",
    ),
    Rule(
        "R09",
        "error",
        "alignment",
        Text(
            "Cần chọn hệ thống chiến lược và ít nhất một chỉ tiêu của Nghị quyết số 57-NQ/TW.",
            "Choose a strategic system and at least one target of Resolution 57.",
        ),
        "seed",
    ),
    Rule(
        "R10",
        "error",
        "plan",
        Text(
            "Cần ít nhất một giai đoạn, ngày kết thúc sau ngày bắt đầu.",
            "At least one phase, with end after start.",
        ),
        "seed",
    ),
    Rule(
        "R11",
        "warning",
        "plan",
        Text("Các giai đoạn có khoảng trống hoặc chồng lấn.", "Phases have gaps or overlap."),
        "ours",
    ),
    Rule(
        "R12",
        "error",
        "resources",
        Text("Tổng kinh phí phải bằng tổng các nguồn.", "The total must equal the sum of the sources."),
        'seed: "cơ cấu nguồn"',
    ),
    Rule(
        "R13",
        "error",
        "resources",
        Text(
            "Mỗi giai đoạn phải có một dòng nguồn lực; tổng các giai đoạn phải bằng tổng kinh phí, theo từng nguồn.",
            "Each phase needs one resource row; the sum over phases must equal the total, source by source.",
        ),
        'seed: "nguồn lực triển khai cho từng giai đoạn"',
    ),
    Rule(
        "R14",
        "warning",
        "resources",
        Text(
            'Không có nguồn xã hội hóa: ảnh hưởng tiêu chí "Khả năng huy động nguồn lực xã hội hóa".',
            "No non-state resources: affects the sixth criterion.",
        ),
        "seed (criteria)",
    ),
    Rule("R15", "error", "kpis", Text("Cần ít nhất một KPI.", "At least one KPI is needed."), "seed"),
    Rule(
        "R16",
        "error",
        "kpis",
        Text(
            "Mỗi KPI cần tên, đơn vị, giá trị gốc, giá trị mục tiêu, thời hạn, nguồn dữ liệu và mục tiêu liên quan.",
            "Each KPI needs name, unit, baseline, target, deadline, data source and linked objective.",
        ),
        "seed (12; Phụ lục II.A.1)",
    ),
    Rule(
        "R17",
        "error",
        "kpis",
        Text(
            "Mỗi mục tiêu cụ thể phải có ít nhất một KPI.",
            "Each specific objective needs at least one KPI.",
        ),
        'ours, from "so với mục tiêu"',
    ),
    Rule(
        "R18",
        "warning",
        "kpis",
        Text(
            "Nên ưu tiên chỉ số đầu ra và kết quả, hạn chế chỉ số đầu vào.",
            "Prefer output and outcome indicators; limit input indicators.",
        ),
        "seed Phụ lục II.A.1",
    ),
    Rule(
        "R19",
        "error",
        "risks",
        Text(
            "Cần ít nhất một rủi ro, có xác suất, tác động, biện pháp phòng ngừa và ứng phó.",
            "At least one risk with probability, impact, prevention and response.",
        ),
        "seed",
    ),
    Rule(
        "R20",
        "warning",
        "risks",
        Text("Rủi ro mức cao phải có người chịu trách nhiệm.", "A high risk needs an owner."),
        "ours",
    ),
    Rule(
        "R21",
        "error",
        "*",
        Text(
            "Đề xuất trùng với hồ sơ đã nộp.",
            "The proposal duplicates one already submitted (same proposer, same normalised name).",
        ),
        'ours; duplicates are a stated concern (II: "trùng lặp gây lãng phí")',
    ),
)
