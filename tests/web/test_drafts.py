"""Starting a proposal: from its kind and name or from a file; what is refused leaves nothing behind."""

from __future__ import annotations

import json
from typing import Any

import pytest

from intake.catalogue import INITIATIVES
from tests.web.applicants import drafts, example, form_of, in_english, proposal, stored, upload, words

# What these pages ask of the database is asked on both engines by the services and the journeys.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

SECRET = (
    "This initiative may touch state secrets, so nothing about it is received online and nothing was kept. "
    "Send the proposal to the Standing Agency by classified mail, or ask its secretariat first."
)


@pytest.fixture
def applicant(sign_in):
    return in_english(sign_in("applicant@demo.vn"))


def start(applicant, **texts: str):
    fields = form_of(applicant.get("/proposals/new"), "/proposals/new")
    return applicant.post("/proposals/new", fields | {f"name.{name}": text for name, text in texts.items()})


def code_of(answer) -> str:
    assert answer.status_code == 303
    return answer.location.rsplit("/", 1)[1]


STARTS: list[dict[str, str]] = [
    {"kind": "new", "name_vi": "Đèn đường tự học"},
    {"kind": "detail", "initiative_ref": "sk10", "name_vi": "Bệnh án liên thông"},
    {"kind": "special_project", "name_vi": "Trung tâm dữ liệu", "name_en": "Data centre"},
]


def test_a_draft_starts_with_its_name(applicant, database):
    codes = [code_of(start(applicant, **typed)) for typed in STARTS]
    assert [stored(database, code)["sections"] for code in codes] == [{"name": typed} for typed in STARTS]
    assert [(proposal(database, code).state, proposal(database, code).title) for code in codes] == [
        ("draft", typed["name_vi"]) for typed in STARTS
    ]


def test_a_detailed_initiative_gives_its_name_to_the_draft(applicant, database):
    code = code_of(start(applicant, kind="detail", initiative_ref="sk01"))
    found = proposal(database, code)
    assert (found.initiative_ref, found.title) == ("sk01", INITIATIVES["sk01"].title.vi)


REFUSED_STARTS: list[tuple[dict[str, str], list[str]]] = [
    ({}, ["Kind of proposal: Choose what you propose.", "Name (Vietnamese): Enter a name. You can change it later."]),
    ({"kind": "detail"}, ["Initiative of the list: Choose the initiative of the list."]),
    ({"kind": "new"}, ["Name (Vietnamese): Enter a name. You can change it later."]),
    ({"kind": "magic", "name_vi": "x"}, ["Kind of proposal: Choose one of the listed answers."]),
    ({"kind": "new", "name_vi": "x" * 1001}, ["Name (Vietnamese): Write at most 1000 characters."]),
    ({"kind": "detail", "initiative_ref": "sk99"}, ["Initiative of the list: This is not in the catalogue."]),
    *(
        ({"kind": "detail", "initiative_ref": initiative, "name_vi": "Tên"}, [SECRET])
        for initiative in ("sk03", "sk09", "sk20", "sk28", "sk30")
    ),
]


def test_what_is_missing_or_stopped_is_said_and_nothing_is_started(applicant, database):
    for typed, problems in REFUSED_STARTS:
        answer = start(applicant, **typed)
        assert (answer.status_code, [text for text in problems if text not in words(answer)]) == (422, []), typed
    assert drafts(database) == 0


def test_the_form_sent_twice_starts_one_draft(applicant, database):
    fields = form_of(applicant.get("/proposals/new"), "/proposals/new")
    fields |= {"name.kind": ["new"], "name.name_vi": ["Một lần thôi"]}
    places = {applicant.post("/proposals/new", fields).location for _ in range(3)}
    assert (len(places), drafts(database)) == (1, 1)


def test_a_file_becomes_a_draft(applicant, database):
    code = code_of(upload(applicant, example()))
    assert stored(database, code)["sections"]["name"]["initiative_ref"] == "sk10"
    page = applicant.get(f"/proposals/{code}")
    assert f"Your draft is saved under the code {code}." in words(page)


def broken(path: str, value: Any) -> dict[str, Any]:
    data = example()
    *above, last = path.split(".")
    place: Any = data
    for name in above:
        place = place[int(name) if name.isdigit() else name]
    place[last] = value
    return data


REFUSED_FILES: list[tuple[Any, str]] = [
    (b"", "This is neither a Word file (.docx) nor a JSON file."),
    (b"\xff\xfe\x00", "This is neither a Word file (.docx) nor a JSON file."),
    (b"{" * 100_000, "This is not a valid JSON file."),
    (b'{"a": NaN}', "This is not a valid JSON file."),
    (b"[]", "This must be an object with named fields."),
    (broken("sections.kpis.kpis.0.target", "many"), "kpis.kpis.0.target : Enter a number."),
    (broken("sections.resources.finance.total", 1.5), "resources.finance.total : Enter an amount in whole đồng."),
    (
        broken("sections.objectives.general", "a\u202eb"),
        "objectives.general : This text contains characters that cannot be stored or printed.",
    ),
    (broken("sections.nothing", {}), "nothing : The template has no such field."),
    (broken("sections.name.initiative_ref", "sk03"), SECRET),
    (broken("sections.objectives.general", "Độ mật: TUYỆT MẬT"), "The text carries a secrecy mark"),
]


def test_a_file_that_is_refused_says_where_and_keeps_nothing(applicant, database):
    for content, problem in REFUSED_FILES:
        answer = upload(applicant, content)
        assert (answer.status_code, problem in words(answer)) == (422, True), problem
    assert drafts(database) == 0


def test_a_refused_secret_is_not_repeated(applicant, database):
    answer = upload(applicant, broken("sections.objectives.general", "TUYỆT MẬT: tên lửa đời mới"))
    assert (answer.status_code, "tên lửa" in answer.text) == (422, False)


def test_no_file_is_asked_for(applicant, database):
    fields = form_of(applicant.get("/proposals/new"), "/proposals/new/file")
    answer = applicant.post("/proposals/new/file", fields)
    assert (answer.status_code, "Choose a file first." in words(answer), drafts(database)) == (422, True, 0)


def test_a_file_that_is_too_large_is_refused(applicant, database):
    answer = upload(applicant, json.dumps({"x": "y" * 2_000_000}).encode())
    assert (answer.status_code, drafts(database)) == (413, 0)


def test_who_proposes_nothing_starts_nothing(sign_in):
    secretary = sign_in("secretary@demo.vn")
    assert [secretary.get(url).status_code for url in ("/proposals", "/proposals/new")] == [403, 403]
