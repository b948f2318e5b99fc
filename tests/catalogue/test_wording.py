"""Wording typed by hand from the official documents, beside what the catalogue says."""

from hashlib import sha256

import pytest

from intake.catalogue import (
    CRITERIA,
    DEFINITIONS,
    DOCUMENTS,
    INITIATIVE_GROUPS,
    INITIATIVES,
    ORGANISATIONS,
    SYSTEMS,
    TARGET_GROUPS,
    TARGETS,
    UNITS,
)
from intake.catalogue.facts import DATA
from intake.i18n import Text


def test_criteria_are_worded_as_in_annex_1():
    assert [(criterion.number, criterion.name.vi) for criterion in CRITERIA.values()] == [
        (1, "Mức độ phù hợp với chiến lược"),
        (2, "Tính đột phá và sáng tạo"),
        (3, "Tiềm năng tác động và lan tỏa"),
        (4, "Tính khả thi"),
        (5, "Tính cấp thiết và ưu tiên"),
        (6, "Khả năng huy động nguồn lực xã hội hóa"),
    ]
    assert CRITERIA["strategic_fit"].definition.vi == (
        "Có đóng góp rõ ràng, trực tiếp vào việc thực hiện các mục tiêu, quan điểm chỉ đạo của Nghị quyết số 57-NQ/TW "
        "và các chiến lược phát triển quốc gia liên quan."
    )
    assert CRITERIA["social_resources"].definition.vi == (
        "Có tiềm năng thu hút sự tham gia đầu tư, đóng góp nguồn lực từ khu vực tư nhân, các tổ chức trong và ngoài "
        "nước."
    )


def test_criteria_name_the_sections_that_give_evidence():
    assert {criterion.id: criterion.evidence_sections for criterion in CRITERIA.values()} == {
        "strategic_fit": ("alignment", "objectives", "rationale"),
        "breakthrough": ("novelty", "scope"),
        "impact": ("outputs", "kpis", "alignment"),
        "feasibility": ("plan", "resources", "risks", "lead_unit"),
        "urgency": ("rationale",),
        "social_resources": ("resources", "partners"),
    }


def test_systems_are_named_as_in_section_2():
    assert [system.name.vi for system in SYSTEMS.values()] == [
        "Hệ thống đổi mới thể chế và quản trị quốc gia",
        "Hệ thống phát triển công nghiệp, tự chủ về công nghệ",
        "Hệ thống an sinh và phúc lợi",
        "Hệ thống hạ tầng thông tin và dữ liệu",
        "Hệ thống năng lực sáng tạo và văn hoá đổi mới",
        "Hệ thống dự án đặc biệt quan trọng",
    ]
    assert SYSTEMS["ht4"].content.vi == (
        'Phát triển hạ tầng, nhất là hạ tầng số, công nghệ số trên nguyên tắc "hiện đại, đồng bộ, an ninh, an toàn, '
        "hiệu "
        'quả, tránh lãng phí", triển khai mạnh mẽ Cuộc cách mạng dữ liệu quốc gia, đưa dữ liệu thành tư liệu sản xuất '
        "chính, tạo nguồn lực mới cho phát triển, góp phần đưa Việt Nam trở thành quốc gia giàu có về dữ liệu."
    )
    assert len(SYSTEMS["ht6"].special_mechanisms) == 4


@pytest.mark.parametrize(
    ("initiative", "title"),
    [
        (
            "sk01",
            "Đổi mới mạnh mẽ thể chế, tháo gỡ triệt để mọi rào cản về cơ chế, chính sách nhằm mở đường cho phát triển "
            "bền vững, nhanh chóng và hiệu quả",
        ),
        (
            "sk16",
            "Phát triển hạ tầng viễn thông, Internet đáp ứng yêu cầu dự phòng, kết nối, an toàn, bền vững, theo nhu "
            "cầu phát triển kinh tế - xã hội hiện đại",
        ),
        ("sk26", "AI quốc gia"),
        ("sk28", "Công nghệ năng lượng nguyên tử"),
        (
            "sk30",
            "Công nghệ chế tạo thiết bị không người lái và Robot phục vụ an ninh - quốc phòng và sản xuất tự động",
        ),
    ],
)
def test_initiatives_are_titled_as_in_annex_1(initiative, title):
    assert INITIATIVES[initiative].title.vi == title


def test_initiative_16_is_a_list_of_six_items_in_both_languages():
    content = INITIATIVES["sk16"].content
    assert content.vi.splitlines() == [
        "- Đẩy mạnh đầu tư, phổ cập mạng cáp quang đến mọi hộ gia đình, tổ chức.",
        "- Triển khai, tối ưu mạng 5G/5G-Advanced trên toàn quốc, bảo đảm chất lượng và vùng phủ.",
        "- Nghiên cứu, phát triển và thử nghiệm công nghệ 6G, tham gia tích cực vào quá trình chuẩn hóa quốc tế.",
        "- Xây dựng và triển khai các giải pháp kết nối chuyên dụng cho IoT (LPWAN, etc...) và nền tảng quản lý thiết "
        "bị IoT.",
        "- Nghiên cứu, ứng dụng các giải pháp kết nối vệ tinh băng thông rộng cho vùng sâu, vùng xa, hải đảo.",
        "- Bảo đảm an toàn, an ninh mạng và tính bền vững cho toàn bộ hạ tầng kết nối.",
    ]
    assert [line[:12] for line in content.en.splitlines()] == [
        "- Step up in",
        "- Deploy and",
        "- Research, ",
        "- Build and ",
        "- Research a",
        "- Ensure the",
    ]


def test_what_the_plan_says_differently_is_kept():
    assert INITIATIVES["sk29"].text_in_plan == (
        "Công nghệ đường sắt cao tốc Bắc - Nam - Nghiên cứu, phát triển các công nghệ liên quan tới đường sắt cao tốc "
        "phù hợp với điều kiện địa hình, môi trường Việt Nam, gắn với phát triển các siêu đô thị thông minh"
    )
    assert INITIATIVES["sk02"].extra[0].vi == (
        "Tăng cường giám sát, đánh giá dựa trên dữ liệu: Đào tạo, nâng cao năng lực số cho cán bộ, công chức."
    )
    assert sum(entry.title_in_plan is not None for entry in INITIATIVES.values()) == 14
    assert sum(entry.text_in_plan is not None for entry in INITIATIVES.values()) == 4


def test_groups_are_named_as_in_the_plan():
    assert [group.name.vi for group in TARGET_GROUPS.values()] == [
        "Nâng tầm năng lực khoa học, công nghệ và đổi mới sáng tạo",
        "Thúc đẩy mạnh mẽ kinh tế số và tăng trưởng",
        "Xây dựng Chính phủ số và quản trị hiện đại",
        "Phát triển xã hội số và nâng cao chất lượng sống",
        "Hiện đại hóa hạ tầng và bảo đảm an toàn an ninh thông tin, dữ liệu",
    ]
    assert INITIATIVE_GROUPS["G"].name.vi == "Nhóm các dự án đặc biệt quan trọng"


def test_targets_are_worded_and_read_as_in_the_plan():
    research = TARGETS["a_rd_gdp_2030"]
    assert research.text == Text(
        "Kinh phí chi cho nghiên cứu phát triển (R&D) đạt 2% GDP",
        "Spending on research and development (R&D) reaches 2% of GDP.",
    )
    assert (research.comparator, research.value, research.unit, research.year) == ("gte", 2, "percent_gdp", 2030)
    development = TARGETS["d_hdi_2030"]
    assert development.text.vi == "Chỉ số phát triển con người (HDI) duy trì trên 0,7."
    assert (development.comparator, development.value) == ("gt", 0.7)
    patents = TARGETS["a_patents_2030"]
    assert (patents.comparator, patents.value, patents.value_high) == ("range", 16, 18)


def test_bodies_that_stood_twice_are_one_with_everything_known_about_them():
    finance = ORGANISATIONS["btc"]
    assert (finance.name, finance.kind, finance.abbreviation) == (
        Text("Bộ Tài chính", "Ministry of Finance"),
        "ministry",
        "BTC",
    )
    assert finance.roles == ("assesses_resources", "balances_budget", "reports_periodically")
    assert [(source.document.number, source.section) for source in finance.sources] == [
        ("05-TB/BCĐTW", "II.3.a"),
        ("176/2025/QH15", "Cơ cấu tổ chức của Chính phủ, từ ngày 01/3/2025"),
    ]


def test_the_committee_signs_with_its_codes():
    committee = ORGANISATIONS["bcdtw"]
    assert (committee.abbreviation, committee.document_codes) == ("BCĐTW", ("KH/BCĐTW", "TB/BCĐTW", "QC/BCĐTW"))
    assert ORGANISATIONS["to_giup_viec"].document_codes == ("TB/TGV",)
    assert ORGANISATIONS["vptw"].name.vi == "Văn phòng Trung ương Đảng - Cơ quan Thường trực Ban Chỉ đạo"


def test_provinces_are_those_of_the_merger_of_2025():
    provinces = [body.name.vi for body in ORGANISATIONS.values() if body.kind in ("centrally_run_city", "province")]
    assert len(provinces) == 34
    assert provinces[:6] == [
        "Thành phố Hà Nội",
        "Thành phố Hải Phòng",
        "Thành phố Huế",
        "Thành phố Đà Nẵng",
        "Thành phố Hồ Chí Minh",
        "Thành phố Cần Thơ",
    ]
    assert provinces[-1] == "Tỉnh Cà Mau"


def test_definitions_quote_the_footnotes_of_the_plan():
    definition = DEFINITIONS["breakthrough_initiative"]
    assert definition.text.vi.startswith("Các sáng kiến đột phá là các nhiệm vụ mũi nhọn cụ thể trong các Hệ thống")
    assert (definition.source.document, definition.source.section) == (DOCUMENTS["001"], "II, chú thích 3")
    assert definition.source.file == "001_60dc9508d5b04252.txt"


def test_units_are_written_in_both_languages():
    assert (UNITS["percentage_point"].name, UNITS["ty_dong"].name) == (
        Text("điểm phần trăm", "percentage points"),
        Text("tỷ đồng", "billion dong"),
    )


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("criteria", "81ba229521a573dbd0d6560fde9cfd907330a5f464eed7b607574ba2304ded34"),
        ("definitions", "8d1a6651be7383908ef74094787f8017a28a0ff02ab7ebf4ff46f096a7d47b3b"),
        ("initiatives", "e5af726b403f7e24d1cac00f07c2964807c4b0521b5fc8f69c56d8e4c83847e0"),
        ("systems", "7e3fe9db6cc51724dddec234e31e1605dfe9a6a477cfe64b349bdcb501d10bb8"),
        ("targets", "add4056d923ffd3480fa7e0e39864d3ef8a29c0bb365ffbbfc38a1d38beca0b4"),
    ],
)
def test_official_wording_is_changed_only_on_purpose(name, digest):
    assert sha256((DATA / f"{name}.json").read_bytes()).hexdigest() == digest
