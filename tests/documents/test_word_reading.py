"""A filled outline as it comes back from people: changed labels, rows and tables; what has no place is handed back."""

from __future__ import annotations

import copy
import json
import random
import re
import unicodedata

import pytest

from intake import outline
from intake.documents.word.reading import read_word
from intake.documents.word.writing import blank_outline
from intake.errors import Stopped
from tests.documents.word_files import (
    MAIN,
    RUN,
    answered,
    by_part,
    by_word,
    by_xml,
    filled,
    full,
    said,
    table_of,
    without_small_print,
)
from tests.outline.examples import example

OUTSIDE = "This stands outside the boxes for answers."
NO_LABEL = "The outline has no item of this name."
NO_COLUMN = "The table has no column of this name."


@pytest.fixture(scope="module")
def raw() -> bytes:
    return full()


def same(raw: bytes) -> bool:
    reading = read_word(raw)
    return (outline.export_proposal(outline.import_proposal(reading.data)), reading.leftovers) == (
        example("full_sk06"),
        [],
    )


HARMLESS = {
    "decomposed": lambda xml: unicodedata.normalize("NFD", xml),
    "hints deleted": without_small_print,
    "headings as plain bold text": lambda xml: re.sub(r'<w:pStyle w:val="Heading[12]"/>', "", xml),
    "titles of tables lost": lambda xml: re.sub(r"<w:tblCaption [^>]*/>", "", xml),
    "lists to choose from turned into text": lambda xml: re.sub(r"<w:sdtPr>.*?</w:sdtPr>", "", xml),
    "headings in capitals": lambda xml: re.sub(
        r"(Heading1.*?<w:t [^>]*>)([^<]*)", lambda found: found[1] + found[2].upper(), xml
    ),
    "changes tracked": lambda xml: re.sub(r"<w:r>.*?</w:r>", lambda found: f"<w:ins>{found[0]}</w:ins>", xml),
}


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_what_people_and_programs_change_around_the_answers_changes_nothing(raw, change):
    assert same(by_xml(raw, change))


def test_rows_are_added_and_columns_swapped():
    def change(word):
        table = table_of(word, "Tên văn bản", "Số, ký hiệu")
        row = table.add_row()
        for cell, text in zip(row.cells, ("Luật Dữ liệu", "60/2024/QH15", "ngày 30 tháng 11 năm 2024"), strict=False):
            cell.text = text
        for one in table.rows:
            one._tr.append(one._tr.tc_lst[0])

    reading = read_word(by_word(full(), change))
    assert reading.leftovers == []
    basis = reading.data["sections"]["rationale"]["legal_basis"]
    assert basis[:-1] == example("full_sk06")["sections"]["rationale"]["legal_basis"]
    assert basis[-1] == {"document": "Luật Dữ liệu", "number": "60/2024/QH15", "date": "2024-11-30"}


def test_a_copied_card_is_a_row_of_its_own_also_when_two_tables_have_grown_together():
    def change(word):
        table = table_of(word, "Mục tiêu MT1")
        for row in table_of(word, "Mục tiêu MT2").rows:
            table._tbl.append(copy.deepcopy(row._tr))

    objectives = read_word(by_word(full(), change)).data["sections"]["objectives"]["specific"]
    before = example("full_sk06")["sections"]["objectives"]["specific"]
    assert [row["code"] for row in objectives] == ["MT1", "MT2", "MT5", "MT3", "MT4"]
    assert {**objectives[2], "code": "MT2"} == before[1]


def test_bullets_and_numbers_of_word_are_kept_as_text():
    def change(word):
        box = next(row.cells[1] for row in table_of(word, "Bối cảnh").rows if row.cells[0].text.startswith("Bối cảnh"))
        box.paragraphs[0].text = "Hiện nay:"
        for text, style in (("một", "List Bullet"), ("hai", "List Number"), ("ba", "List Number"), ("bốn", "Normal")):
            box.add_paragraph(text, style=style)

    reading = read_word(by_word(blank_outline("vi"), change))
    assert reading.data["sections"] == {"rationale": {"context": "Hiện nay:\n- một\n1. hai\n2. ba\nbốn"}}


ANSWERS = [
    ("Tổng kinh phí dự kiến", "1.850,5", ("resources", "finance", "total"), 1_850_500_000_000),
    ("Tổng kinh phí dự kiến", "1.850 tỷ đồng", ("resources", "finance", "total"), 1_850_000_000_000),
    ("Tổng kinh phí dự kiến", "950 triệu", ("resources", "finance", "total"), 950_000_000),
    ("Loại đề xuất", "SÁNG KIẾN ĐỘT PHÁ MỚI", ("name", "kind"), "new"),
    ("Sáng kiến trong danh mục", "SK06", ("name", "initiative_ref"), "sk06"),
    ("Hệ thống khác có đóng góp", "HT1; HT3", ("alignment", "other_systems"), ["ht1", "ht3"]),
    ("Phạm vi địa bàn", "☐ Vùng\nx Toàn quốc", ("scope", "geographic_scope"), ["nationwide"]),
    ("Tên Sáng kiến đột phá", "Tên dài\nxuống dòng", ("name", "name_vi"), "Tên dài xuống dòng"),
    ("Đồng ý công khai tóm tắt đề xuất", "không", ("administrative", "publish_consent"), False),
]


@pytest.mark.parametrize(("label", "text", "path", "value"), ANSWERS, ids=range(len(ANSWERS)))
def test_an_answer_is_read_as_people_write_it(label, text, path, value):
    reading = filled(label, text)
    found = reading.data if path[0] == "administrative" else reading.data["sections"]
    for name in path:
        found = found[name]
    assert (found, reading.leftovers) == (value, [])


UNREADABLE = [
    ("Tổng kinh phí dự kiến", "khoảng 2 nghìn tỷ", "11. Dự kiến nguồn lực › Tổng kinh phí dự kiến", "Enter a number"),
    ("Loại đề xuất", "sáng kiến hay", "1. Tên Sáng kiến đột phá › Loại đề xuất", "Choose one of the listed answers"),
    ("Sáng kiến trong danh mục", "SK99", "1. Tên Sáng kiến đột phá › Sáng kiến trong danh mục", "This is not in"),
    ("Tên tiếng Anh (nếu có)", "x" * 1001, "1. Tên Sáng kiến đột phá › Tên tiếng Anh (nếu có)", "Write at most"),
    (
        "Phạm vi địa bàn",
        "☒ Vùng\n☐ Khác: biển đảo",
        "7. Phạm vi và nội dung thực hiện chính › Phạm vi địa bàn",
        "Choose",
    ),
]


@pytest.mark.parametrize(("label", "text", "place", "reason"), UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_cannot_be_read_comes_back_with_its_place_in_word(label, text, place, reason):
    reading = filled(label, text)
    assert [(where, words) for where, words, _why in said(reading)] == [(place, text)]
    assert said(reading)[0][2].startswith(reason)
    assert reading.data["sections"] == {}


def test_rows_are_named_by_code_or_name_and_nothing_else():
    def change(word):
        answered(table_of(word, "Giai đoạn GD1"), "Tên giai đoạn", "Chuẩn bị")
        staff = table_of(word, "Vị trí", "Số người")
        for text in ("chuẩn bị", "GD1 - Chuẩn bị", "GD1: Kết thúc", "giai đoạn đầu"):
            row = staff.add_row()
            row.cells[0].text, row.cells[4].text = "Kỹ sư", text

    reading = read_word(by_word(full(), change))
    added = reading.data["sections"]["resources"]["human"]["key_staff"][3:]
    assert [row.get("phase") for row in added] == ["GD1", "GD1", None, None]
    assert [words for _where, words, _why in said(reading)] == ["GD1: Kết thúc", "giai đoạn đầu"]


def test_words_without_a_place_come_back_with_their_section():
    def change(word):
        heading = next(one for one in word.paragraphs if one.text.startswith("4. "))
        heading.insert_paragraph_before("Đoạn tự do thứ nhất.").insert_paragraph_before("Đoạn tự do số không.")
        form = table_of(word, "Bối cảnh")
        row = form.add_row()
        row.cells[0].text, row.cells[1].text = "Bài học quốc tế", "Xin-ga-po"
        grid = table_of(word, "Tên văn bản", "Số, ký hiệu")
        grid.rows[0].cells[4].text = "Trích yếu"
        grid.rows[1].cells[4].text = "Về dữ liệu"
        merged = grid.rows[2].cells[0].merge(grid.rows[2].cells[4])
        merged.text = "Văn bản địa phương"

    reading = read_word(by_word(blank_outline("vi"), change))
    assert said(reading) == [
        ("3. Đơn vị phối hợp chính", "Đoạn tự do số không.\nĐoạn tự do thứ nhất.", OUTSIDE),
        ("4. Sự cần thiết và cơ sở đề xuất", "Bài học quốc tế: Xin-ga-po", NO_LABEL),
        ("4. Sự cần thiết và cơ sở đề xuất", "Văn bản địa phương", OUTSIDE),
        ("4. Sự cần thiết và cơ sở đề xuất › Căn cứ pháp lý/chủ trương", "Trích yếu", NO_COLUMN),
        ("4. Sự cần thiết và cơ sở đề xuất › Căn cứ › 1 › Trích yếu", "Về dữ liệu", NO_COLUMN),
    ]
    assert reading.data["sections"] == {}


def test_a_label_that_reaches_over_two_rows_has_one_answer():
    def change(word):
        table = table_of(word, "Bối cảnh")
        answered(table, "Bối cảnh", "Một.")
        row = copy.deepcopy(table.rows[0]._tr)
        table.rows[0]._tr.addnext(row)
        answered(table, "Bối cảnh", "Hai.", nth=1)
        table.rows[0].cells[0].merge(table.rows[1].cells[0])

    reading = read_word(by_word(blank_outline("vi"), change))
    assert (reading.data["sections"], reading.leftovers) == ({"rationale": {"context": "Một.\nHai."}}, [])


def test_a_merged_box_counts_in_every_row_it_reaches_over():
    def change(word):
        table = table_of(word, "Nguồn", "Chi tiết nguồn")
        for row, detail in zip(table.rows[1:3], ("Trung ương", "Địa phương"), strict=True):
            row.cells[1].text, row.cells[2].text = detail, "10"
        box = table.rows[1].cells[0].merge(table.rows[2].cells[0])
        for child in list(box._tc)[1:]:
            box._tc.remove(child)
        box.add_paragraph("Ngân sách nhà nước")

    sources = read_word(by_word(blank_outline("vi"), change)).data["sections"]["resources"]["finance"]["sources"]
    assert sources == [
        {"source": "state_budget", "detail": detail, "amount": 10_000_000_000}
        for detail in ("Trung ương", "Địa phương")
    ]


def test_struck_out_words_are_gone_and_notes_boxes_and_pictures_come_back():
    gone = '<w:p><w:del w:id="9"><w:r><w:delText>bỏ đi</w:delText></w:r></w:del></w:p>'
    box = (
        f"<w:p><w:r><w:pict><w:txbxContent><w:p>{RUN.format('Trong khung')}</w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    picture = "<w:p><w:r><w:drawing/></w:r></w:p>"
    note = f'<w:comments xmlns:w="{W}"><w:comment><w:p>{RUN.format("Xem lại ý này")}</w:p></w:comment></w:comments>'
    changed = by_part(
        blank_outline("vi"),
        {MAIN: lambda xml: xml.replace("<w:body>", f"<w:body>{gone}{box}{picture}", 1)},
        {"word/comments.xml": note},
    )
    assert said(read_word(changed)) == [
        ("", "Trong khung", "This stands in a text box or a shape."),
        ("", "", "A picture cannot be taken in. Say in words what it shows, or list it among the attachments."),
        ("comments", "Xem lại ý này", "This is a comment, a note or a line at the edge of the page."),
    ]


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MARK = RUN.format("TUYỆT MẬT")
STRUCK = MARK.replace("w:t", "w:delText")
HIDDEN = {
    "in an answer": lambda xml: xml.replace("</w:p></w:tc>", f"</w:p><w:p>{MARK}</w:p></w:tc>", 1),
    "struck out": lambda xml: xml.replace("<w:body>", f"<w:body><w:p><w:del>{STRUCK}</w:del></w:p>", 1),
    "over two runs": lambda xml: xml.replace(
        "<w:body>", f"<w:body><w:p>{RUN.format('TUYỆT ')}{RUN.format('MẬT')}</w:p>"
    ),
    "in a shape": lambda xml: xml.replace(
        "<w:body>", f"<w:body><w:p><w:r><w:pict><w:p>{MARK}</w:p></w:pict></w:r></w:p>"
    ),
}


@pytest.mark.parametrize("change", HIDDEN.values(), ids=HIDDEN)
def test_a_secrecy_mark_anywhere_stops_the_file(change):
    with pytest.raises(Stopped):
        read_word(by_xml(blank_outline("vi"), change))


def test_a_secrecy_mark_at_the_edge_of_the_page_or_in_the_properties_stops_the_file():
    header = f'<w:hdr xmlns:w="{W}"><w:p>{MARK}</w:p></w:hdr>'
    with pytest.raises(Stopped):
        read_word(by_part(blank_outline("vi"), {}, {"word/header9.xml": header}))
    with pytest.raises(Stopped):
        read_word(by_word(blank_outline("vi"), lambda word: setattr(word.core_properties, "subject", "Độ mật: Mật")))


TOKEN = "Zebra năm 2097"


@pytest.mark.parametrize("seed", range(4))
def test_no_word_is_dropped_wherever_it_was_written(raw, seed):
    """Words put into any paragraph of a full file are in its text or among what is handed back."""

    def change(xml: str) -> str:
        places = [found.end() for found in re.finditer(r"</w:pPr>|<w:p>(?!<w:pPr>)", xml)]
        at = random.Random(seed).choice(places)
        return f"{xml[:at]}{RUN.format(TOKEN + ' ')}{xml[at:]}"

    reading = read_word(by_xml(raw, change))
    words = [json.dumps(reading.data, ensure_ascii=False), *(one.text for one in reading.leftovers)]
    assert any(TOKEN in text for text in words)
