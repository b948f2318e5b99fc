"""The pictures of a proposal: where things stand, what is said in words, and that nothing leaves its frame."""

from __future__ import annotations

from typing import Any

import pytest

from intake import outline
from intake.documents.pictures import Picture, pictures
from intake.documents.pictures.roadmap import LEFT, MOST_POINTS, RIGHT
from intake.documents.pictures.shapes import WIDTH, breadth, shortened
from tests.documents import extremes
from tests.documents.samples import example


def shapes(picture: Picture, kind: str) -> list[Any]:
    return [shape for shape in picture.shapes if shape.kind == kind]


def words(picture: Picture) -> list[str]:
    return [shape.text for shape in shapes(picture, "words")]


def of(section: str, *, language: str = "vi", name: str = "full_sk10") -> Picture:
    return pictures(example(name), language)[section]


def changed(section: str, **values: Any) -> outline.Document:
    document = example("full_sk10")
    return {**document, "sections": {**document["sections"], section: {**document["sections"][section], **values}}}


def test_nothing_written_is_not_drawn():
    assert pictures(extremes.shortest(), "vi") == {}


def test_the_roadmap_puts_phases_and_days_to_scale():
    picture = of("plan")
    months = (RIGHT - LEFT) / 60  # 2026 to 2030
    bars = [(shape.x, shape.width) for shape in shapes(picture, "rect") if shape.height == 17]
    assert bars == [
        (round(LEFT + start * months, 2), pytest.approx(length * months, abs=0.02))
        for start, length in ((6, 12), (18, 30), (48, 12))
    ]
    diamonds = [(shape.x, shape.fill) for shape in shapes(picture, "diamond")]
    assert [fill for _x, fill in diamonds] == ["#ffffff", "#000000", "#000000", "#000000", "#000000", "#ffffff"]
    assert [x for x, _fill in diamonds] == sorted(x for x, _fill in diamonds)
    assert [text for text in words(picture) if text.isdigit()] == ["2026", "2027", "2028", "2029", "2030"]


def test_the_roadmap_says_itself_in_words():
    assert of("plan").title == (
        "Biểu đồ lộ trình: GD1 Chuẩn hóa, thí điểm từ 07/2026 đến 06/2027; GD2 Mở rộng từ 07/2027 đến 12/2029; "
        "GD3 Hoàn thiện từ 01/2030 đến 12/2030; GD1 Quy định công nhận kết quả ngày 30/06/2027; "
        "SP4 Quy định công nhận kết quả xét nghiệm liên thông ngày 30/06/2027; "
        "SP2 Phần mềm AI hỗ trợ chẩn đoán hình ảnh ngày 31/12/2028; "
        "SP1 Cơ sở dữ liệu sức khỏe điện tử liên thông ngày 31/12/2029; "
        "SP3 Sản phẩm từ dược liệu Việt Nam ngày 30/06/2030; GD3 Tổng kết ngày 31/12/2030."
    )
    assert of("plan", language="en").title.startswith("Roadmap: GD1 Chuẩn hóa, thí điểm from 07/2026 to 06/2027")


def test_a_phase_without_both_months_or_the_wrong_way_round_is_left_to_the_table():
    phases = example("full_sk10")["sections"]["plan"]["phases"]
    broken = [{**phases[0], "end": None}, {**phases[1], "start": "2030-01", "end": "2029-01"}, phases[2]]
    drawn = pictures(changed("plan", phases=broken), "vi")["plan"]
    assert [shape.width for shape in shapes(drawn, "rect") if shape.height == 17] != []
    assert "GD3 Hoàn thiện" in words(drawn) and "GD1 Chuẩn hóa, thí điểm" not in words(drawn)
    assert "plan" not in pictures(changed("plan", phases=broken[:2]), "vi")


def test_milestones_without_room_are_counted():
    phases = example("full_sk10")["sections"]["plan"]["phases"]
    many = [{"id": f"{n:012x}", "name": f"Mốc {n}", "date": "2027-01-31"} for n in range(40)]
    drawn = pictures(changed("plan", phases=[{**phases[0], "milestones": many}]), "vi")["plan"]
    assert len(shapes(drawn, "diamond")) == MOST_POINTS
    assert words(drawn)[-1] == f"Còn {40 + 4 - MOST_POINTS} mốc, sản phẩm nữa: xem các bảng."


def test_the_budget_draws_and_says_the_amounts_of_the_text():
    picture = of("resources")
    assert picture.title == (
        "Kinh phí theo giai đoạn và nguồn: "
        "GD1 Chuẩn hóa, thí điểm 430 tỷ đồng "
        "(Ngân sách nhà nước 300 tỷ đồng, Xã hội hoá 100 tỷ đồng, Khác 30 tỷ đồng); "
        "GD2 Mở rộng 1.660,5 tỷ đồng "
        "(Ngân sách nhà nước 1.100 tỷ đồng, Xã hội hoá 500,5 tỷ đồng, Khác 60 tỷ đồng); "
        "GD3 Hoàn thiện 310 tỷ đồng (Ngân sách nhà nước 200 tỷ đồng, Xã hội hoá 100 tỷ đồng, Khác 10 tỷ đồng)."
    )
    bars = [shape.width for shape in shapes(picture, "rect") if shape.height == 22]
    assert bars[3] / bars[0] == pytest.approx(1100 / 300, abs=0.01)
    assert {"430", "1.660,5", "310", "1.100", "500,5"} <= set(words(picture))


def test_rows_of_one_phase_are_one_bar():
    row = {"phase": "x" * 12, "state_budget": 2 * 10**9, "social": None, "other": 10**9}
    resources = example("full_sk10")["sections"]["resources"]
    twice = {"rows": [{"id": f"{n:012x}", **row} for n in range(2)]}
    drawn = pictures(changed("resources", **{**resources, "by_phase": twice}), "vi")["resources"]
    assert (
        drawn.title == "Kinh phí theo giai đoạn và nguồn: - 6 tỷ đồng (Ngân sách nhà nước 4 tỷ đồng, Khác 2 tỷ đồng)."
    )


def test_while_no_phase_has_an_amount_the_sources_make_one_bar():
    resources = example("full_sk10")["sections"]["resources"]
    drawn = pictures(changed("resources", **{**resources, "by_phase": {"rows": []}}), "vi")["resources"]
    assert "Toàn bộ đề xuất" in words(drawn) and "2.400,5" in words(drawn)


def test_the_matrix_names_each_risk_in_its_cell():
    picture = of("risks")
    assert picture.title == (
        "Ma trận rủi ro: RR1 xác suất 3, tác động 5, mức 15 (Rất cao); RR2 xác suất 4, tác động 3, mức 12 (Cao); "
        "RR3 xác suất 2, tác động 4, mức 8 (Trung bình)."
    )
    tags = [(shape.x, shape.y) for shape in shapes(picture, "rect") if shape.radius]
    cells = {(round((x - 110) // 70) + 1, 5 - int(y // 46)) for x, y in tags}
    assert cells == {(5, 3), (3, 4), (4, 2)}


def test_many_risks_in_one_cell_are_counted():
    risks = [{"id": f"{n:012x}", "probability": 3, "impact": 3} for n in range(50)]
    drawn = pictures(changed("risks", risks=risks), "vi")["risks"]
    assert words(drawn).count("+47") == 1 and "RR3" in words(drawn) and "RR50" not in words(drawn)


@pytest.mark.parametrize(
    "document",
    [example("full_sk06"), example("full_sk10"), extremes.longest(rows=50, letters=100)],
    ids=["sk06", "sk10", "longest"],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_leaves_the_frame(document, language):
    for picture in pictures(document, language).values():
        assert picture.width == WIDTH and picture.height < 920
        for shape in picture.shapes:
            for x, y in corners(shape):
                assert -1 <= x <= WIDTH + 1 and -1 <= y <= picture.height + 1, shape


def corners(shape: Any) -> list[tuple[float, float]]:
    if shape.kind == "rect":
        return [(shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)]
    if shape.kind == "line":
        return [(shape.x1, shape.y1), (shape.x2, shape.y2)]
    if shape.kind == "diamond":
        return [(shape.x, shape.y)]
    wide = breadth(shape.text, shape.size)
    start = {"start": shape.x, "middle": shape.x - wide / 2, "end": shape.x - wide}[shape.anchor]
    return [(start, shape.y), (start + wide, shape.y)]


def test_words_are_cut_only_when_they_do_not_fit():
    assert shortened("Mở rộng", 200, 13) == "Mở rộng"
    cut = shortened("Xây dựng nền tảng chia sẻ dữ liệu dùng chung", 120, 13)
    assert cut.endswith("…") and breadth(cut, 13) <= 120
