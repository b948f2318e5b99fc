"""Closed lists of the template, in its words; answers the template only names by id are worded by us."""

from __future__ import annotations

from intake.i18n import Text
from intake.outline.model import Band, Choice


def _choices(*rows: tuple[str, str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(id, Text(vi, en)) for id, vi, en in rows)


KINDS = _choices(
    ("new", "Sáng kiến đột phá mới", "New breakthrough initiative"),
    (
        "detail",
        "Chi tiết hóa Sáng kiến đột phá trong danh mục ban đầu",
        "Detailing an initiative of the initial list",
    ),
    (
        "special_project",
        "Đề xuất tham gia Hệ thống dự án đặc biệt quan trọng",
        "Proposal to join the system of specially important projects",
    ),
)

PROPOSER_TYPES = _choices(
    (
        "ministry",
        "Bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ",
        "Ministry, ministerial-level or government agency",
    ),
    ("party_body", "Cơ quan đảng, đảng ủy trực thuộc Trung ương", "Party body"),
    ("province", "Địa phương (tỉnh, thành phố)", "Province / city"),
    ("enterprise", "Doanh nghiệp", "Enterprise"),
    ("institute", "Viện nghiên cứu", "Research institute"),
    ("university", "Trường đại học", "University"),
    ("social_org", "Tổ chức chính trị - xã hội, hội, tổ chức khác", "Socio-political or other organisation"),
    ("council_member", "Ủy viên Hội đồng Tư vấn quốc gia", "Member of the National Advisory Council"),
    ("committee_member", "Thành viên Ban Chỉ đạo Trung ương", "Member of the Central Steering Committee"),
    ("individual", "Cá nhân", "Individual"),
)

COMPARATORS = _choices(
    ("gte", "Ít nhất (≥)", "At least (≥)"),
    ("lte", "Nhiều nhất (≤)", "At most (≤)"),
    ("eq", "Bằng (=)", "Equal to (=)"),
    ("gt", "Lớn hơn (>)", "More than (>)"),
    ("lt", "Nhỏ hơn (<)", "Less than (<)"),
)

ASPECTS = _choices(
    ("technology", "Công nghệ", "Technology"),
    ("model", "Mô hình", "Model"),
    ("solution", "Giải pháp", "Solution"),
    ("policy", "Chính sách", "Policy"),
    ("other", "Khác", "Other"),
)

GEOGRAPHIC_SCOPES = _choices(
    ("nationwide", "Toàn quốc", "Nationwide"),
    ("region", "Vùng", "Region"),
    ("provinces", "Một số tỉnh, thành phố", "Some provinces or cities"),
)

OUTPUT_TYPES = _choices(
    ("technology", "Công nghệ", "Technology"),
    ("process", "Quy trình", "Process"),
    ("model", "Mô hình", "Model"),
    ("policy", "Chính sách", "Policy"),
    ("database", "Cơ sở dữ liệu", "Database"),
    ("application", "Ứng dụng", "Application"),
    ("commercial_product", "Sản phẩm thương mại hoá", "Commercialised product"),
    ("other", "Khác", "Other"),
)

FINANCE_SOURCES = _choices(
    ("state_budget", "Ngân sách nhà nước", "State budget"),
    ("social", "Xã hội hoá", "Non-state (socialised) resources"),
    ("other", "Khác", "Other"),
)

COMMITMENTS = _choices(
    ("confirmed", "Đã cam kết", "Confirmed"),
    ("in_principle", "Chủ trương", "Agreed in principle"),
    ("expected", "Dự kiến", "Expected"),
)

EXPERT_ORIGINS = _choices(
    ("domestic", "Trong nước", "Domestic"),
    ("overseas_vietnamese", "Người Việt Nam ở nước ngoài", "Overseas Vietnamese"),
    ("foreign", "Nước ngoài", "Foreign"),
)

KPI_LEVELS = _choices(
    ("outcome", "Kết quả", "Outcome"),
    ("output", "Đầu ra", "Output"),
    ("input", "Đầu vào", "Input"),
)

KPI_MEASURES = _choices(("progress", "Tiến độ", "Progress"), ("result", "Kết quả", "Result"))

DIRECTIONS = _choices(("up", "Tăng", "Up"), ("down", "Giảm", "Down"), ("keep", "Giữ ổn định", "Keep"))

FREQUENCIES = _choices(
    ("monthly", "Hằng tháng", "Monthly"),
    ("quarterly", "Hằng quý", "Quarterly"),
    ("half_yearly", "Sáu tháng một lần", "Half-yearly"),
    ("yearly", "Hằng năm", "Yearly"),
)

RISK_CATEGORIES = _choices(
    ("legal", "Pháp lý", "Legal"),
    ("human", "Nhân lực", "Human resources"),
    ("infrastructure", "Hạ tầng", "Infrastructure"),
    ("security_data", "An ninh mạng, dữ liệu", "Cybersecurity and data"),
    ("finance_procurement", "Đầu tư, mua sắm", "Investment and procurement"),
    ("technology", "Công nghệ", "Technology"),
    ("market", "Thị trường", "Market"),
    ("other", "Khác", "Other"),
)

RECOMMENDATION_TYPES = _choices(
    ("mechanism", "Cơ chế", "Mechanism"),
    ("policy", "Chính sách", "Policy"),
    ("law", "Pháp luật", "Law"),
    ("finance", "Tài chính", "Finance"),
    ("talent", "Nhân tài", "Talent"),
    ("sandbox", "Thử nghiệm có kiểm soát", "Sandbox"),
    ("other", "Khác", "Other"),
)

CONFIDENTIALITY = _choices(
    ("public", "Công khai", "Public"),
    ("limited", "Hạn chế (chỉ người có trách nhiệm)", "Limited (only those responsible)"),
)

# The Plan names the matrix (001 V) but not its size: 5 x 5 and these bands are ours.
RISK_BANDS = (
    Band("low", Text("Thấp", "Low"), 1, 4),
    Band("medium", Text("Trung bình", "Medium"), 5, 9),
    Band("high", Text("Cao", "High"), 10, 14),
    Band("very_high", Text("Rất cao", "Very high"), 15, 25),
)
