"""The proposal in full, read back from its PDF: everything that was written, in the order of the template."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from pypdf import PdfReader

from intake import outline
from intake.documents.facts import to_data
from intake.documents.kinds import make_pdf
from intake.documents.proposal.tables import BESIDE, TABLES
from intake.outline import OUTLINE
from intake.outline.displays import Entry
from intake.outline.model import Field, Group, Rows
from tests.documents import extremes
from tests.documents.reading import attachments, header_cells, pages, squeezed, stream, text
from tests.documents.samples import CODE, example, printed, proposal_text

FULL = ("full_sk06", "full_sk10")
RUNNING = (
    rf"\f?{CODE}, |\f?\d+/\d+$|SHA-256 \w{{16}}$|Đề xuất Sáng kiến đột phá SK-|Dữ liệu minh họa,|Dự thảo chưa nộp,"
)
READ_AS_IT_IS = {"text", "richtext", "text_list", "reference", "references", "date", "month", "date_or_row"}
LISTS = (
    "partners",
    "rationale.legal_basis",
    "objectives.specific",
    "novelty.new_elements",
    "scope.components",
    "outputs",
    "alignment.targets",
    "resources.finance.sources",
    "resources.human.key_staff",
    "kpis.kpis",
    "risks.risks",
    "recommendations.items",
)


@cache
def paper(name: str) -> str:
    return stream(printed(name), RUNNING)


@cache
def draft() -> bytes:
    """The paper of a draft in which nothing was written."""
    return make_pdf("proposal", to_data(proposal_text(extremes.shortest(), version=0)))


def entries(found: Iterator[Entry] | tuple[Entry, ...]) -> Iterator[Entry]:
    for entry in found:
        yield entry
        yield from entries(entry.children)


def written(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Path and words of everything that somebody filled in, as the paper has to say it."""
    for view in outline.display(document, "vi"):
        for entry in entries(view.entries):
            if entry.is_empty:
                continue
            if entry.kind in READ_AS_IT_IS or (entry.kind == "choice" and not entry.path.endswith("comparator")):
                for words in entry.items or entry.text.splitlines():
                    yield entry.path, words.removeprefix("- ")
            elif entry.kind in ("decimal", "integer", "computed"):
                yield entry.path, entry.text
            elif entry.kind == "row" and entry.code:
                yield entry.path, entry.code


def missing(document: Mapping[str, Any], found: str) -> set[str]:
    """Paths of what the paper says less often than the text does."""
    said = [(path, squeezed(words)) for path, words in written(document)]
    times = Counter(words for _path, words in said)
    return {path for path, words in said if found.count(words) < times[words]}


@pytest.mark.parametrize("name", FULL)
def test_everything_written_is_on_the_paper(name):
    assert missing(example(name), paper(name)) == set()


def without_last_rows(document: Mapping[str, Any]) -> outline.Document:
    """The same text, the last row of each list dropped."""
    cut: Any = {**document, "sections": {**document["sections"]}}
    for path in LISTS:
        cut["sections"] = dropped(cut["sections"], path.split("."))
    return cut


def dropped(value: Any, path: Sequence[str]) -> Any:
    return {**value, path[0]: dropped(value[path[0]], path[1:])} if path else value[:-1]


def test_a_dropped_row_is_missed():
    whole = example("full_sk10")
    cut = stream(make_pdf("proposal", to_data(proposal_text(without_last_rows(whole)))), RUNNING)
    missed = missing(whole, cut)
    for path in LISTS:
        last = len(rows(whole, path)) - 1
        assert any(found.startswith(f"{path}.{last}") for found in missed), path


def rows(document: Mapping[str, Any], path: str) -> list[Any]:
    value = document["sections"]
    for name in path.split("."):
        value = value[name]
    return value


@pytest.mark.parametrize("name", FULL)
def test_headings_and_guidance_stand_in_the_official_words_and_order(name):
    official = []
    for section in OUTLINE.sections:
        official += [f"{section.number}. {section.title.vi}", section.guidance.vi if section.guidance else ""]
        inside = section.fields if isinstance(section.body, Group) else ()
        for field in inside:
            if isinstance(field, Group) and field.number:
                official.append(f"{field.number}. {field.label.vi.rstrip(':')}")
                official.append(field.guidance.vi if field.guidance else "")
    official += ["Thông tin hành chính", "Cam kết của người đề xuất"]
    found, at = paper(name), 0
    for words in filter(None, official):
        at = found.find(squeezed(words), at)
        assert at >= 0, words
        at += len(squeezed(words))


@pytest.mark.parametrize("name", FULL)
def test_every_label_of_a_filled_field_is_a_head_or_a_name(name):
    labels = [
        entry.label
        for view in outline.display(example(name), "vi")
        for entry in view.entries
        if entry.kind not in ("rows", "group") or len(view.entries) > 1
    ]
    assert [label for label in labels if squeezed(label) not in paper(name)] == []


def test_every_field_of_every_list_has_its_place_in_a_table():
    def lists(field: Field, path: str) -> Iterator[tuple[str, Rows]]:
        if isinstance(field, Rows):
            yield path, field
        elif isinstance(field, Group):
            for child in field.fields:
                yield from lists(child, f"{path}.{child.id}")

    for path, field in (found for part, body in OUTLINE.bodies.items() for found in lists(body, part)):
        columns = [*TABLES[path], *BESIDE.get(path, ())]
        assert {id for column in columns for id in column.fields} == {child.id for child in field.item}, path
        assert sum(not column.width for column in TABLES[path]) == 1, path


def billions(vnd: int) -> str:
    """As the tables write it, worked out apart from them."""
    whole, rest = divmod(vnd, 10**9)
    decimals = f",{rest:09d}".rstrip("0") if rest else ""
    return f"{whole:,}".replace(",", ".") + decimals


@pytest.mark.parametrize("name", FULL)
def test_the_table_of_money_has_the_figures_and_sums_of_the_text(name):
    document = example(name)
    names = {phase["id"]: phase["name"] for phase in rows(document, "plan.phases")}
    sources = ("state_budget", "social", "other")
    by_phase = rows(document, "resources.by_phase.rows")
    lines = []
    for place, row in enumerate(by_phase, start=1):
        amounts = [row[source] for source in sources]
        money = [billions(amount) for amount in (*amounts, sum(amounts))]
        lines.append([f"GD{place} - {names[row['phase']]}", *money, str(row["staff"])])
    totals = [sum(row[source] for row in by_phase) for source in sources]
    lines.append(["Tổng cộng", *(billions(total) for total in (*totals, sum(totals)))])
    shares = [Decimal(total * 100) / sum(totals) for total in totals]
    lines.append(["Tỷ trọng", *(f"{share:.1f}%".replace(".", ",") for share in shares), "100%"])
    assert squeezed("".join("".join(line) for line in lines)) in paper(name)
    assert sum(totals) == document["sections"]["resources"]["finance"]["total"]


def test_the_risk_table_multiplies_and_the_pictures_follow_their_tables():
    found = paper("full_sk10")
    assert "3×5=15" in found and "4×3=12" in found and "2×4=8" in found
    order = ["10.Kếhoạch", "Hình1.Lộtrình", "11.4.", "Hình2.Kinhphí", "13.Rủiro", "Hình3.Matrận", "14.Kiếnnghị"]
    assert sorted(order, key=found.index) == order


def test_a_version_says_which_it_is_on_every_page():
    found, head = pages(printed("full_sk10")), f"{CODE}, phiên bản 2"
    sha256 = outline.fingerprint(example("full_sk10"))
    assert [head in page for page in found] == [False] + [True] * (len(found) - 1)
    for number, page in enumerate(found[1:], start=2):
        assert f"{number}/{len(found)}" in page and f"SHA-256 {sha256[:16]}" in page
    assert all("Dữ liệu minh họa, không có giá trị pháp lý" in page for page in found)
    assert "Phiên bản: 2, nộp lúc 14 giờ 05 phút, ngày 04 tháng 9 năm 2026" in found[0]
    assert sha256 in squeezed(found[0]) and sha256 in squeezed(found[-1])
    assert "Mã tra cứu" in found[-1] and "DỰ THẢO" not in "".join(found)


def test_a_draft_says_so_and_cannot_be_taken_for_a_version():
    found = pages(draft())
    assert "DỰ THẢO" in found[0] and "Dự thảo, chưa nộp; nội dung lưu lúc 14 giờ 05 phút" in found[0]
    assert all(f"{CODE}, dự thảo" in page for page in found[1:])
    assert all("Dự thảo chưa nộp, không có giá trị hồ sơ" in page for page in found)
    assert not any(words in "".join(found) for words in ("Mã tra cứu", "Số tiếp nhận", "SHA-256", "Nguyễn Thị Ước"))


def test_heads_of_tables_are_repeated_and_no_heading_ends_a_page():
    found = pages(printed("full_sk06"))
    with_kpis = [page for page in found if re.search(r"KPI\d ", page)]
    assert len(with_kpis) > 1 and all("Giá trị gốc" in page for page in with_kpis)
    for page in found:
        last = page.rpartition("Đề xuất Sáng kiến đột phá SK-")[0].rstrip()[-40:]
        assert not any(last.endswith(section.title.vi) for section in OUTLINE.sections), last


def test_every_head_cell_says_for_what_and_the_pictures_have_words(tmp_path):
    cells, scoped = header_cells(printed("full_sk10"), tmp_path)
    assert cells == scoped > 50
    (tmp_path / "a.pdf").write_bytes(printed("full_sk10"))
    root: Any = PdfReader(tmp_path / "a.pdf").trailer["/Root"]
    words = list(alternatives(root["/StructTreeRoot"]))
    starts = ("Biểu đồ lộ trình: GD1", "Kinh phí theo giai đoạn và nguồn: GD1", "Ma trận rủi ro: RR1")
    for start in starts:
        assert any(found.startswith(start) for found in words), start


def alternatives(node: Any) -> Iterator[str]:
    """Every text alternative of the structure tree."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from alternatives(child)
    elif isinstance(node, dict):
        if "/Alt" in node:
            yield str(node["/Alt"])
        if "/K" in node:
            yield from alternatives(node["/K"])


def test_the_attached_file_is_the_proposal_itself():
    attached = outline.read_proposal(attachments(printed("full_sk10"))["du-lieu.json"])
    assert attached == outline.export_proposal(example("full_sk10"), CODE)


def test_the_shortest_draft_has_every_heading_and_says_what_is_empty():
    found = stream(draft())
    assert len(pages(draft())) <= 3
    assert all(squeezed(f"{section.number}. {section.title.vi}") in found for section in OUTLINE.sections)
    assert found.count("Chưacónộidung.") == sum(section.required for section in OUTLINE.sections)
    assert "(Chưađặttên)" in found and found.count("☐") == 4


def test_the_longest_text_loses_nothing():
    document = extremes.longest(rows=2, letters=90)
    assert outline.check_shape(document) == []
    pdf = make_pdf("proposal", to_data(proposal_text(document)))
    assert 10 <= len(pages(pdf)) <= 30
    assert missing(document, stream(pdf, RUNNING)) == set()


def test_markup_and_signs_without_a_glyph_are_words_like_others():
    name = '<img src="http://127.0.0.1/x"> {{ 7 * 7 }} Tên “dài” \u200b 漢'
    document = outline.with_part(extremes.shortest(), "name", {"name_vi": name, "kind": "new"})
    found = text(make_pdf("proposal", to_data(proposal_text(document))))
    assert '<img src="http://127.0.0.1/x"> {{ 7 * 7 }} Tên “dài” □' in found
    assert "thay cho ký tự không có trong phông chữ" in found


def test_the_same_text_gives_the_same_bytes():
    facts = to_data(proposal_text(extremes.shortest(), version=0))
    assert make_pdf("proposal", dict(reversed(facts.items()))) == draft()
