"""Word on the pages: the blank outline, a proposal out by rights, a filled outline in, what finds no place in it."""

from __future__ import annotations

import io

import docx
import pytest

from intake import outline
from intake.documents.word.reading import read_word
from intake.documents.word.writing import blank_outline, write_word
from tests.documents.word_files import by_word, filled_file
from tests.web.applicants import drafts, example, form_of, in_english, stored, words

pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NEW = "/proposals/new/file"


@pytest.fixture
def applicant(sign_in):
    return in_english(sign_in("applicant@demo.vn"))


def send(visitor, content: bytes, page: str = "/proposals/new", action: str = NEW, **more: str):
    fields = form_of(visitor.get(page), action)
    return visitor.post(action, fields | more | {"file": (io.BytesIO(content), "proposal.docx")})


def full() -> bytes:
    return write_word(outline.import_proposal(example()), "vi")


def beside() -> bytes:
    """The blank outline with a name, a sum that is none, and a paragraph beside the boxes of section 4."""

    def change(word):
        heading = next(one for one in word.paragraphs if one.text.startswith("5. "))
        heading.insert_paragraph_before("Một đoạn viết ngoài ô.")

    raw = filled_file("Tên Sáng kiến đột phá", "Đèn đường tự học", filled_file("Tổng kinh phí dự kiến", "chưa rõ"))
    return by_word(raw, change)


def test_everybody_may_take_the_blank_outline(visitor):
    answer = visitor.get("/help/outline.docx")
    assert (answer.status_code, answer.mimetype, answer.data) == (200, WORD, blank_outline("vi"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="khung-de-xuat.docx"'
    english = in_english(visitor).get("/help/outline.docx")
    assert docx.Document(io.BytesIO(english.data)).core_properties.language == "en"


def test_a_filled_outline_becomes_a_draft_and_comes_out_again(applicant, database, sign_in):
    answer = send(applicant, full())
    code = answer.location.rsplit("/", 1)[1]
    assert outline.export_proposal(stored(database, code)) == example()
    out = applicant.get(f"/proposals/{code}/proposal.docx")
    reading = read_word(out.data)
    assert (out.status_code, out.mimetype, reading.leftovers) == (200, WORD, [])
    assert outline.export_proposal(outline.import_proposal(reading.data)) == example()
    assert out.headers["Content-Disposition"] == f'attachment; filename="{code}.docx"'
    assert sign_in("organisation@demo.vn").get(f"/proposals/{code}/proposal.docx").status_code == 404


def test_what_finds_no_place_is_shown_and_placed_by_the_person(applicant, database):
    shown = send(applicant, beside())
    assert (shown.status_code, drafts(database)) == (200, 0)
    said = words(shown)
    assert "What could not be placed" in said and "Một đoạn viết ngoài ô." in said and "chưa rõ" in said
    fields = form_of(shown, NEW)
    chosen = {name: value for name, value in fields.items() if name.endswith("-to")}
    # Beside the boxes of section 4 its long text is offered; for a sum that is none nothing is.
    assert chosen == {"leftover-0-to": ["rationale.context"], "leftover-1-to": [""]}
    refused = applicant.post(NEW, fields)
    assert (refused.status_code, drafts(database)) == (422, 0)
    assert "Piece 2: Say where this belongs, or that it is left out." in words(refused)
    answer = applicant.post(NEW, form_of(refused, NEW) | {"leftover-1-to": ["leave-out"]})
    assert answer.status_code == 303
    assert stored(database, answer.location.rsplit("/", 1)[1])["sections"] == {
        "name": {"name_vi": "Đèn đường tự học"},
        "rationale": {"context": "Một đoạn viết ngoài ô."},
    }


def test_a_piece_that_does_not_fit_comes_back_with_its_words(applicant, database):
    fields = form_of(send(applicant, beside()), NEW)
    sent = fields | {
        "leftover-0-to": ["name.name_vi"],
        "leftover-0-text": ["dài " * 400],
        "leftover-1-to": ["kpis.no.0"],
    }
    answer = applicant.post(NEW, sent)
    assert (answer.status_code, drafts(database)) == (422, 0)
    assert "Piece 1: Write at most 1000 characters." in words(answer)
    assert "Piece 2: There is no such place. Choose one of the list." in words(answer)
    assert form_of(answer, NEW)["leftover-0-text"][0].strip() == ("dài " * 400).strip()


def test_a_secret_is_stopped_before_anything_of_it_is_shown(applicant, database):
    marked = filled_file("Tên Sáng kiến đột phá", "TUYỆT MẬT: tên lửa", beside())
    stopped = filled_file("Sáng kiến trong danh mục", "SK03", beside())
    placed = form_of(send(applicant, beside()), NEW)
    answers = [
        send(applicant, marked),
        send(applicant, stopped),
        applicant.post(NEW, placed | {"leftover-0-text": ["TUYỆT MẬT"], "leftover-1-to": ["leave-out"]}),
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert [text for text in ("tên lửa", "Một đoạn viết ngoài ô") if any(text in one.text for one in answers)] == []
    assert drafts(database) == 0


REFUSED = [
    (b"PK\x03\x04 no word file", "This is not a Word file that can be read here."),
    (b"\xd0\xcf\x11\xe0 old", "This is a Word file of the old kind (.doc), or one with a password."),
]


def test_a_file_that_is_no_word_file_is_refused_with_what_to_do(applicant, database):
    for content, problem in REFUSED:
        answer = send(applicant, content)
        assert (answer.status_code, problem in words(answer), drafts(database)) == (422, True, 0)


def test_a_word_file_that_came_by_post_keeps_how_it_came(sign_in, database):
    secretary = in_english(sign_in("secretary@demo.vn"))
    arrival = {
        "channel": "word_file",
        "arrived_on": "01/06/2026",
        "person_name": "Nguyễn Thị Sáng",
        "contact": "12 phố Huế",
    }
    shown = send(secretary, beside(), "/assisted/new", "/assisted/new", **arrival)
    assert (shown.status_code, drafts(database)) == (200, 0)
    fields = form_of(shown, "/assisted/new")
    answer = secretary.post("/assisted/new", fields | {"leftover-1-to": ["leave-out"]})
    assert answer.status_code == 303
    code = answer.location.rsplit("/", 1)[1]
    assert stored(database, code)["sections"]["rationale"] == {"context": "Một đoạn viết ngoài ô."}
    assert "Nguyễn Thị Sáng" in words(secretary.get("/assisted"))
