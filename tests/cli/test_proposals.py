"""`intake proposal validate | import | export` of JSON files, and of what is none."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.outline.examples import FOLDER, NAMES, example

SECRET = ("short_sk03", "short_sk09", "short_sk20", "short_sk28", "short_sk30")
OPEN = tuple(name for name in NAMES if name not in SECRET)
STOPPED = (
    "This initiative may touch state secrets, so nothing about it is received online and nothing was kept. "
    "Send the proposal to the Standing Agency by classified mail, or ask its secretariat first."
)
OWNER = ("--owner", "organisation@demo.vn")


def path_of(name: str) -> Path:
    return FOLDER / f"{name}.json"


def rows(url: str) -> list[str]:
    """Every row of every table, as a dump of the database writes it."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        return [line for line in connection.iterdump() if line.startswith("INSERT")]


def written(folder: Path) -> list[str]:
    """Every file below a folder, but the database and its journal."""
    return sorted(str(path) for path in folder.rglob("*") if path.is_file() and "intake.db" not in path.name)


def imported(out: str) -> dict[str, str]:
    """Codes by the name of the file, from lines `CODE STATE FILE`."""
    lines = [line.split(" ", 2) for line in out.splitlines()]
    assert {state for _, state, _ in lines} == {"draft"}
    return {Path(file).stem: code for code, _, file in lines}


def exported(intake, code: str, folder: Path) -> Any:
    target = folder / f"{code}.json"
    result = intake("proposal", "export", code, "--format", "json", "-o", target)
    assert (result.code, result.err) == (0, "")
    return json.loads(target.read_text(encoding="utf-8"))


def test_import_then_export_of_every_example_is_the_identity(intake, tmp_path):
    cleared = ("--cleared-by", "secretary@demo.vn")
    result = intake("proposal", "import", *map(path_of, NAMES), *OWNER, *cleared)
    assert (result.code, result.err) == (0, "")
    codes = imported(result.out)
    assert sorted(codes) == NAMES
    assert {name: exported(intake, code, tmp_path) for name, code in codes.items()} == {
        name: {**example(name), "code": codes[name]} for name in NAMES
    }


@pytest.mark.parametrize("name", SECRET)
def test_a_secret_initiative_is_refused_and_leaves_nothing_behind(intake, url, tmp_path, name):
    before, files = rows(url), written(tmp_path)
    result = intake("proposal", "import", path_of(name), *OWNER)
    assert (result.code, result.out) == (1, "")
    assert result.err == f"{name}.json: {STOPPED}\nintake: 1 of 1 files were not taken in\n"
    assert (rows(url), written(tmp_path)) == (before, files)
    words = example(name)["sections"]["name"]["name_vi"].encode()
    assert [path for path in tmp_path.rglob("*") if path.is_file() and words in path.read_bytes()] == []


def test_a_refused_file_does_not_stop_the_others(intake, url):
    result = intake("proposal", "import", path_of("short_sk03"), path_of("short_sk01"), *OWNER)
    assert (result.code, list(imported(result.out))) == (1, ["short_sk01"])
    assert result.err == f"short_sk03.json: {STOPPED}\nintake: 1 of 2 files were not taken in\n"
    assert len([line for line in rows(url) if line.startswith('INSERT INTO "proposal" ')]) == 1


@pytest.mark.parametrize("name", SECRET)
def test_a_secret_initiative_is_taken_in_when_a_secretary_clears_it(intake, url, tmp_path, name):
    result = intake("proposal", "import", path_of(name), *OWNER, "--cleared-by", "secretary@demo.vn")
    assert (result.code, result.err) == (0, "")
    code = imported(result.out)[name]
    assert exported(intake, code, tmp_path) == {**example(name), "code": code}
    assert len([line for line in rows(url) if "'clearance.granted'" in line]) == 1


@pytest.mark.parametrize("who", ["applicant@demo.vn", "ministry.lead@demo.vn", "nobody@demo.vn"])
def test_only_a_secretary_clears(intake, url, who):
    before = rows(url)
    result = intake("proposal", "import", path_of("short_sk03"), *OWNER, "--cleared-by", who)
    assert (result.code, result.out, rows(url)) == (1, "", before)


def test_the_clearance_of_a_file_that_is_refused_is_not_kept(intake, url, tmp_path):
    data = example("short_sk03")
    data["sections"]["objectives"]["general"] = "TUYỆT MẬT: phương án"
    file = tmp_path / "marked.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    before = rows(url)
    result = intake("proposal", "import", file, *OWNER, "--cleared-by", "secretary@demo.vn")
    assert (result.code, rows(url)) == (1, before)
    assert "phương án" not in result.err


def test_submitting_an_incomplete_file_names_what_is_missing_and_keeps_nothing(intake, url):
    before = rows(url)
    result = intake("proposal", "import", path_of("short_sk01"), *OWNER, "--submit")
    assert (result.code, result.out, rows(url)) == (1, "", before)
    assert "Name the intended lead unit or ask for one to be assigned." in result.err
    assert "At least one KPI is needed." in result.err


def test_validate_says_nothing_of_a_complete_file(intake):
    result = intake("proposal", "validate", path_of("full_sk06"), path_of("full_sk10"))
    assert (result.code, result.out, result.err) == (0, "", "")


# By hand: what a checker of the file of initiative 16 must say, one line per problem.
SK16 = """\
R03 error lead_unit Name the intended lead unit or ask for one to be assigned.
recommended advice lead_unit Capacity of the lead unit: it is better to fill this in.
recommended warning partners Main cooperating units: it is better to fill this in.
R04 error rationale At least one legal or policy basis is needed.
required error rationale Context: this is missing.
required error rationale Problem to be solved: this is missing.
R05 error objectives A general objective and at least one specific objective are needed.
required error novelty Present state: this is missing.
required error novelty New, different elements: this is missing.
required error scope Name of the component: this is missing.
R08 error outputs At least one concrete product with a type is needed.
R09 error alignment Choose a strategic system and at least one target of Resolution 57.
R10 error plan At least one phase, with end after start.
required error resources Total expected budget: this is missing.
required error resources Source structure: this is missing.
required error resources Key personnel: this is missing.
required error resources Resources of the phase: this is missing.
R15 error kpis At least one KPI is needed.
R19 error risks At least one risk with probability, impact, prevention and response.
required error administrative Confidentiality: this is missing.
required error administrative Consent to publish a summary: this is missing.
required error administrative Make this declaration before submitting.
required error administrative Make this declaration before submitting.
required error administrative Make this declaration before submitting.
required error administrative Make this declaration before submitting.
"""


def test_validate_prints_one_line_for_each_problem(intake):
    result = intake("proposal", "validate", path_of("short_sk16"))
    assert (result.code, result.out) == (1, SK16)
    assert result.err == "intake: 23 errors in 1 files\n"


def test_validate_stops_a_secret(intake):
    result = intake("proposal", "validate", path_of("short_sk28"))
    assert result.code == 1
    assert result.out.splitlines()[0] == f"secrecy error - {STOPPED}"


NOT_JSON = "This is not a valid JSON file."
NEITHER = "This is neither a Word file (.docx) nor a JSON file."
WRONG: list[tuple[bytes, str]] = [
    (
        b"%PDF-1.7\n\xe2\xe3",
        f"shape error - : {NEITHER} ",
    ),
    (
        b"PK\x03\x04\x14\x00",
        "shape error - : This is not a Word file that can be read here. Save it in Word as ",
    ),
    (b"", f"shape error - : {NEITHER} "),
    (b'{"schema": }', f"shape error - : {NOT_JSON} The first mistake is in line 1, column 12."),
    (b"[]", "shape error - : This must be an object with named fields."),
    (b'{"schema": "initiative-proposal/2", "sections": {}}', "shape error - schema: The file must say "),
    (
        b'{"schema": "initiative-proposal/1", "sections": {"kpis": {"kpis": [{"target": "many"}]}}}',
        "shape error kpis kpis.kpis.0.target: Enter a number.",
    ),
    (b'{"schema": "initiative-proposal/1", "sections": {"name": {"name_vi": "a\\ud800"}}}', "shape error name name."),
    (b"[" + b" " * 2_000_000, "shape error - : A JSON file may have at most 2 MB; this one is larger."),
]


@pytest.mark.parametrize(("raw", "line"), WRONG, ids=range(len(WRONG)))
def test_a_wrong_file_is_told_with_its_place_and_never_taken_in(intake, url, tmp_path, raw, line):
    file, before = tmp_path / "wrong.json", rows(url)
    file.write_bytes(raw)
    checked = intake("proposal", "validate", file)
    assert (checked.code, checked.out.startswith(line)) == (1, True), checked.out
    assert checked.err == "intake: 1 errors in 1 files\n"
    taken = intake("proposal", "import", file, *OWNER)
    assert (taken.code, taken.out, rows(url)) == (1, "", before)
    assert taken.err.splitlines()[-1] == "intake: 1 of 1 files were not taken in"


def test_wrong_usage_is_exit_2(intake, tmp_path):
    assert intake("proposal", "import", tmp_path / "nowhere.json", *OWNER).code == 2
    assert intake("proposal", "validate").code == 2
    assert intake("proposal", "export", "SK-2026-AAAAAAAA", "--format", "tiff", "-o", tmp_path / "x").code == 2


def test_an_unknown_code_cannot_be_exported(intake, tmp_path):
    target = tmp_path / "x.json"
    result = intake("proposal", "export", "SK-2026-AAAAAAAA", "-o", target)
    assert (result.code, target.exists()) == (1, False)
