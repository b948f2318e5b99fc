"""Bad input through the real pages: a clear message in the reader's language, nothing typed lost, nothing stored."""

from __future__ import annotations

import copy
import html
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from sqlalchemy import update

from intake import clock, outline
from intake.i18n import Message, translate
from intake.models import Proposal
from tests.web.applicants import boxes, drafts, edit_url, example, form_of, send, started, stored, typed, upload, words
from tests.web.conftest import Visitor

AUTHOR = "organisation@demo.vn"
ROW = "objectives.specific.0"
TARGET, DAY, GENERAL = f"{ROW}.measurable.target", f"{ROW}.time_bound", "objectives.general"
TOTAL, STAFF = "resources.finance.total", "resources.human.key_staff.0.count"
SIGNS = "This text contains characters that cannot be stored or printed."


def signed_in(app, email: str = AUTHOR) -> Visitor:
    visitor = Visitor(app)
    assert visitor.post("/demo", {"email": email}).status_code == 303
    return visitor


@pytest.fixture(scope="module")
def author(lasting_app) -> Visitor:
    return signed_in(lasting_app)


@pytest.fixture(scope="module")
def database(lasting_app):
    return lasting_app.extensions["intake"].database


@pytest.fixture(scope="module")
def draft(author) -> str:
    return started(author)


@pytest.fixture(params=["vi", "en"])
def language(request: pytest.FixtureRequest, author) -> Iterator[str]:
    author.get(f"/?lang={request.param}")
    yield request.param
    author.get("/?lang=vi")


def said(msgid: str, language: str, **args: Any) -> str:
    """The message as it is read; in Vietnamese it is another one than in English."""
    text = translate(Message(msgid, args), language)
    assert (text == translate(Message(msgid, args), "en")) == (language == "en")
    return text


A_NUMBER = ("Enter a number, such as %(example)s.", {"vi": "1.850,5", "en": "1,850.5"})
BAD: list[tuple[str, str, str, str, Any]] = [
    ("objectives", TARGET, "sNaN", *A_NUMBER),
    ("objectives", TARGET, "NaN", *A_NUMBER),
    ("objectives", TARGET, "Infinity", *A_NUMBER),
    ("objectives", TARGET, "١٢", *A_NUMBER),
    ("objectives", TARGET, "１２", *A_NUMBER),
    ("objectives", TARGET, "1e5", *A_NUMBER),
    ("objectives", TARGET, "1.2.3", *A_NUMBER),
    ("objectives", TARGET, "mười hai", *A_NUMBER),
    ("objectives", TARGET, "9" * 20, "This number is too large.", None),
    ("resources", TOTAL, "-3", "An amount cannot be negative.", None),
    ("resources", TOTAL, "9999999", "This amount is too large.", None),
    ("resources", STAFF, "sNaN", *A_NUMBER),
    ("objectives", DAY, "31/02/2028", "Enter a real date, such as 31/12/2028.", None),
    ("objectives", DAY, "29/02/2027", "Enter a real date, such as 31/12/2028.", None),
    ("objectives", DAY, "2028-13-01", "Enter a real date, such as 31/12/2028.", None),
    ("objectives", DAY, "ngày mai", "Enter a real date, such as 31/12/2028.", None),
    ("objectives", DAY, "١٢/١٢/٢٠٢٨", "Enter a real date, such as 31/12/2028.", None),
    ("plan", "plan.phases.0.start", "13/2028", "Enter a month, such as 12/2028.", None),
    ("plan", "plan.phases.0.start", "0000-00", "Enter a month, such as 12/2028.", None),
    ("objectives", GENERAL, "trước\0sau", SIGNS, None),
    ("objectives", f"{ROW}.measurable.indicator", "\0", SIGNS, None),
    ("objectives", GENERAL, "trước\ufffdsau", SIGNS, None),
    ("objectives", GENERAL, "trước\u202esau", SIGNS, None),
]


# Each wrong value as a Vietnamese reader meets it, and each message once in English.
IN_ENGLISH = {msgid: place for place, (_, _, _, msgid, _) in reversed(list(enumerate(BAD)))}
CASES = [("vi", *bad) for bad in BAD] + [("en", *BAD[place]) for place in sorted(IN_ENGLISH.values())]


@pytest.mark.parametrize(("language", "part", "name", "text", "msgid", "examples"), CASES, indirect=["language"])
def test_a_wrong_value_is_told_at_its_box_and_stays_in_it(
    author, database, draft, language, part, name, text, msgid, examples
):
    before = stored(database, draft)
    fields = typed(boxes(author, draft, part), **{name.replace(".", "__"): text})
    page = send(author, draft, part, fields)
    message = said(msgid, language, **({"example": examples[language]} if examples else {}))
    assert (page.status_code, message in words(page), f'href="#{name}"' in page.text) == (422, True, True)
    assert form_of(page, edit_url(draft, part))[name] == [text]
    assert stored(database, draft) == before


def test_over_long_rows_are_told_box_by_box_and_kept(author, database, draft, language):
    before, fields = stored(database, draft), boxes(author, draft, "outputs")
    limits = {"outputs.0.name": 500, "outputs.1.acceptance": 2000, "outputs.2.description": 20_000}
    long = {name: [chr(0x1EBF) * (limit + 1)] for name, limit in limits.items()}
    page = send(author, draft, "outputs", fields | long)
    messages = [said("Write at most %(limit)d characters.", language, limit=limit) for limit in limits.values()]
    assert (page.status_code, [text for text in messages if text not in words(page)]) == (422, [])
    shown = form_of(page, edit_url(draft, "outputs"))
    assert {name: shown[name] for name in long} == long
    assert stored(database, draft) == before


def test_a_text_of_exactly_the_limit_is_stored(author, database):
    code = started(author)
    text = chr(0x1EBF) * 20_000
    fields = typed(boxes(author, code, "objectives"), objectives__general=unicodedata.normalize("NFD", text))
    assert send(author, code, "objectives", fields).status_code == 303
    assert stored(database, code)["sections"]["objectives"]["general"] == text


def test_a_thousand_rows_are_counted_and_all_shown_again(author, database, draft, language):
    before, fields = stored(database, draft), boxes(author, draft, "risks")
    many = {f"risks.risks.{number}.description": [f"Rủi ro thứ {number}"] for number in range(1000)}
    page = send(author, draft, "risks", fields | many)
    told = said(
        "%(label)s: at most %(limit)d rows fit here, and %(count)d were sent. Nothing was saved.",
        language,
        label={"vi": "Rủi ro", "en": "Risks"}[language],
        limit=50,
        count=1000,
    )
    assert (page.status_code, told in words(page)) == (422, True)
    text = html.unescape(page.text)
    assert [name for name, (typed_text,) in many.items() if f">{typed_text}</textarea>" not in text] == []
    assert stored(database, draft) == before


@pytest.mark.parametrize("language", ["vi"], indirect=True)
@pytest.mark.parametrize("broken", [b"%ED%A0%80", b"%FF%FE", b"%C3%28", b"%F0%90%80"])
def test_bytes_that_are_no_text_are_told_at_their_box(author, database, draft, language, broken):
    """Half a surrogate pair, and other bytes that are not UTF-8."""
    before, fields = stored(database, draft), boxes(author, draft, "objectives")
    rest = "&".join(f"{name}={fields[name][0]}" for name in ("csrf_token", "revision", "seen_text", "form_language"))
    body = rest.encode() + b"&objectives.general=tr" + broken + b"c"
    page = author.client.post(
        edit_url(draft, "objectives"), data=body, content_type="application/x-www-form-urlencoded"
    )
    assert (page.status_code, said(SIGNS, language) in words(page)) == (422, True)
    assert form_of(page, edit_url(draft, "objectives"))[GENERAL][0].startswith("tr\ufffd")
    assert stored(database, draft) == before


def test_decomposed_text_is_stored_composed(author, database):
    code, name = started(author), "Trạm đo mưa tự động ở Thừa Thiên Huế"
    decomposed = unicodedata.normalize("NFD", name)
    assert decomposed != name
    fields = typed(boxes(author, code, "name"), name__name_vi=decomposed)
    assert send(author, code, "name", fields).status_code == 303
    assert stored(database, code)["sections"]["name"]["name_vi"] == name


def test_a_stale_form_shows_both_texts_and_overwrites_nothing(author, database, language):
    code = started(author)
    opened = boxes(author, code, "objectives")
    theirs = "Mục tiêu tổng quát mà người kia đã viết xong."
    assert send(author, code, "objectives", typed(opened, objectives__general=theirs)).status_code == 303
    mine = "Mục tiêu tổng quát mà tôi đang viết dở dang."
    page = send(author, code, "objectives", typed(opened, objectives__general=mine))
    assert (page.status_code, theirs in words(page)) == (409, True)
    assert said("Somebody else has saved this section", language) in words(page)
    assert form_of(page, edit_url(code, "objectives"))[GENERAL] == [mine]
    assert stored(database, code)["sections"]["objectives"]["general"] == theirs


def test_ids_of_another_draft_take_over_no_row(author, database):
    mine, yours = started(author), started(author)
    other = stored(database, yours)["sections"]
    before = stored(database, mine)["sections"]
    foreign = other["objectives"]["specific"][0]["id"]
    fields = boxes(author, mine, "objectives") | {f"{ROW}.id": [foreign]}
    assert send(author, mine, "objectives", fields).status_code == 303
    assert stored(database, yours)["sections"] == other
    now = stored(database, mine)["sections"]["objectives"]["specific"]
    assert [{**row, "id": ""} for row in now] == [{**row, "id": ""} for row in before["objectives"]["specific"]]


def test_what_points_to_a_row_of_another_draft_is_refused(author, database, draft, language):
    mine = started(author)
    before, foreign = stored(database, mine), stored(database, draft)["sections"]["plan"]["phases"][0]["id"]
    name = "resources.human.key_staff.0.phase"
    page = send(author, mine, "resources", boxes(author, mine, "resources") | {name: [foreign]})
    assert (page.status_code, said("The row this points to does not exist.", language) in words(page)) == (422, True)
    assert stored(database, mine) == before


def again(visitor: Visitor, code: str, page: Any, text: str) -> int:
    """Sign in, open the section anew and send what the page kept."""
    assert (text in words(page), 'href="/login' in page.text) == (True, True)
    assert visitor.post("/demo", {"email": AUTHOR}).status_code == 303
    fields = typed(boxes(visitor, code, "objectives"), objectives__general=text)
    return send(visitor, code, "objectives", fields).status_code


@pytest.mark.parametrize("how", ["cookie", "login"])
def test_a_session_that_ends_while_typing_loses_nothing(lasting_app, database, draft, how):
    visitor, text = signed_in(lasting_app), f"Viết suốt đêm, rồi phiên hết hạn vì {how}."
    before = stored(database, draft)
    fields = typed(boxes(visitor, draft, "objectives"), objectives__general=text)
    if how == "cookie":
        visitor.client.delete_cookie("session")
        page = visitor.client.post(edit_url(draft, "objectives"), data=fields)
    else:
        with time_machine.travel(clock.now().timestamp() + 13 * 3600, tick=False):
            page = visitor.client.post(edit_url(draft, "objectives"), data=fields)
    assert page.status_code in (400, 403)
    assert stored(database, draft) == before
    assert again(visitor, draft, page, text) == 303
    assert stored(database, draft)["sections"]["objectives"]["general"] == text


def broken_file() -> dict[str, Any]:
    data = copy.deepcopy(example())
    data["language"] = "fr"
    data["sections"]["kpis"]["kpis"][1]["target"] = "many"
    data["sections"]["objectives"]["specific"][0]["time_bound"] = "2028-02-30"
    data["sections"]["plan"]["phases"][0]["milestones"][0]["day"] = "2028-01-01"
    data["sections"]["resources"]["finance"]["total"] = 1.5
    return data


PLACES = {
    "objectives.specific.0.time_bound": "Enter a real date, such as 31/12/2028.",
    "plan.phases.0.milestones.0.day": "The template has no such field.",
    "resources.finance.total": "Enter an amount in whole đồng.",
    "kpis.kpis.1.target": "Enter a number.",
    "language": "Choose one of the listed answers.",
}


def test_a_wrong_file_names_every_place_in_the_readers_language(author, database, language):
    before = drafts(database)
    page = upload(author, broken_file())
    read = words(page)
    missing = [path for path, msgid in PLACES.items() if f"{path} : {said(msgid, language)}" not in read]
    assert (page.status_code, missing, drafts(database)) == (422, [], before)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "de-xuat.pdf"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "bang.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "cu.doc"),
        (b"\x89PNG\r\n\x1a\n", "anh.png"),
        ("Kính gửi Ban Chỉ đạo".encode(), "thu.txt"),
        (b"", "trong.json"),
    ],
)
def test_an_unknown_file_format_is_told_and_nothing_is_started(author, database, content, name):
    before = drafts(database)
    page = upload(author, content, name)
    assert (page.status_code, drafts(database)) == (422, before)
    assert "initiative-proposal/1" in words(page)


def test_a_text_longer_than_anybody_prints_is_refused_and_stays_in_its_boxes(author, database):
    """The whole document counts, not the section; what was stored longer before may be shortened."""
    code = started(author)
    document = stored(database, code)
    full = document["sections"]["objectives"] | {"general": "x" * (outline.LARGEST_DOCUMENT - outline.size(document))}
    keep(database, code, document | {"sections": document["sections"] | {"objectives": full}})
    before = stored(database, code)
    name = typed(boxes(author, code, "name"), **{"name.name_en": "y" * 900})
    answer = send(author, code, "name", name)
    assert (answer.status_code, "y" * 900 in answer.text, stored(database, code)) == (413, True, before)
    assert "tối đa 1000 KB" in words(answer)
    automatic = send(author, code, "name", name, go="auto")
    assert (automatic.status_code, automatic.get_json()["message"][:16]) == (413, "Toàn bộ hồ sơ dà")
    longer = before["sections"]["objectives"] | {"general": "x" * outline.LARGEST_DOCUMENT}
    keep(database, code, before | {"sections": before["sections"] | {"objectives": longer}})
    shorter = typed(boxes(author, code, "name"), **{"name.name_vi": "Tên ngắn"})
    assert send(author, code, "name", shorter).status_code == 303


def keep(database, code, document):
    with database.writing() as db:
        db.execute(update(Proposal).where(Proposal.code == code).values(document=document))
