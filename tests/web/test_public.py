"""Pages for everybody: home, look-up, register, document check, catalogue, help, and the demonstration's desk."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from intake import catalogue
from intake.app import create_app
from intake.cli.demo_stories import STORIES, Stage, tell
from intake.mail import Mail
from intake.models import Document, Proposal
from intake.services.codes import document_code
from intake.services.demo_accounts import ACCOUNTS
from intake.services.demo_desks import desks
from intake.workflow.procedures import DEFAULT_PROCEDURE
from tests.web.conftest import Visitor

OPEN, CLOSED = "sk15", "sk12"


@pytest.fixture(scope="module")
def files(lasting_app) -> dict[str, Proposal]:
    """Two submitted proposals: one whose owner agreed to publication, one whose owner did not."""
    database = lasting_app.extensions["intake"].database
    for story in STORIES:
        if story.initiative in (OPEN, CLOSED):
            tell(Stage(database), story)
    with database.writing() as db:
        db.execute(update(Proposal).where(Proposal.initiative_ref == CLOSED).values(publish_consent=False))
    with database.reading() as db:
        return {str(proposal.initiative_ref): proposal for proposal in db.scalars(select(Proposal))}


def words(text: str) -> str:
    """What a person reads, in one line."""
    shown = re.sub(r"<[^>]+>", " ", text.split('id="main-content">', 1)[1].split("</main>")[0])
    return " ".join(html.unescape(shown).split())


def test_home_counts_and_names_the_way_of_the_procedure(reader, files):
    text = words(reader.get("/?lang=en").text)
    assert "Being processed 2 Overdue 0 Decided 0" in text
    way = re.findall(r"Step (\d) · (\d+) days ([A-Z][a-z' ]+?) (?=The|Ministries)", text)
    assert way == [
        ("1", "5", "Reception"),
        ("2", "15", "Ministry review"),
        ("3", "10", "Chief engineer's assessment"),
        ("4", "5", "Synthesis"),
        ("5", "20", "Before the committee"),
    ]
    assert "For initiatives 3, 9, 20, 28, 30 (defence, security)" in text


def test_look_up_needs_the_key_unless_the_owner_agreed(lasting_app, files):
    reader, closed, consented = Visitor(lasting_app), files[CLOSED], files[OPEN]
    assert consented.title in reader.get(f"/track?code={consented.code}").text
    asked = reader.get(f"/track?code={closed.code}&lang=en")
    assert (asked.status_code, "Enter the key printed on the receipt" in asked.text) == (200, True)
    wrong = reader.get(f"/track?code={closed.code}&key=000000")
    assert (wrong.status_code, closed.title in wrong.text) == (404, False)
    unknown = reader.get("/track?code=SK-2026-00000000&key=000000")
    assert unknown.status_code == 404
    known = reader.get(f"/track?code={closed.code}&key=000000")
    assert unknown.data.replace(b"SK-2026-00000000", closed.code.encode()) == known.data
    typed = f"{closed.code.lower()} ", f" {str(closed.track_key).lower()}"
    shown = words(reader.get("/track", query_string={"code": typed[0], "key": typed[1]}).text)
    assert "Who holds the file Ministry of Science and Technology since" in shown
    assert "Submitted Version 1" in shown
    assert "Expected by" in shown


def test_a_code_without_its_key_says_nothing_about_the_file(lasting_app, files):
    reader, closed = Visitor(lasting_app), files[CLOSED]
    known, unknown = (reader.get(f"/track?code={code}") for code in (closed.code, "SK-2026-00000000"))
    assert (known.status_code, unknown.status_code) == (200, 200)
    assert unknown.data.replace(b"SK-2026-00000000", closed.code.encode()) == known.data


def test_guessing_keys_is_limited_and_looking_is_not(app):
    visitor = Visitor(app)
    assert [visitor.get("/track?code=SK-2026-00000000").status_code for _ in range(12)] == [200] * 12
    guesses = [visitor.get(f"/track?code=SK-2026-00000000&key=00000{n}").status_code for n in range(12)]
    assert guesses == [404] * 10 + [429] * 2


def test_register_lists_only_consented_files_and_finds_without_marks(reader, files):
    text = reader.get("/register").text
    assert (files[OPEN].code in text, files[CLOSED].code in text) == (True, False)
    for q, found in (("van hoa moi", True), ("VĂN HÓA", True), (files[OPEN].code.lower(), True), ("%", False)):
        answer = reader.get("/register", query_string={"q": q})
        assert (answer.status_code, files[OPEN].code in answer.text) == (200, found), q
    assert files[CLOSED].code not in words(reader.get("/register", query_string={"q": files[CLOSED].code}).text)


def test_document_check_knows_issued_documents_only(lasting_app, reader, files):
    issued, draft = document_code(), document_code()
    with lasting_app.extensions["intake"].database.writing() as db:
        made = {"proposal_id": files[OPEN].id, "kind": "decision", "version": 1, "is_final": True, "facts": {}}
        made["created_at"] = datetime.now(UTC)
        db.add(Document(doc=issued, state="issued", sha256="ab" * 32, number="05-TB/BCĐTW", signer="Lê An", **made))
        db.add(Document(doc=draft, state="draft", sha256="cd" * 32, **made))
    shown = reader.get(f"/verify/{issued}?lang=en")
    text = words(shown.text)
    assert f"Document {issued} Notice of the conclusion on a proposal" in text
    assert f"State Issued Document number 05-TB/BCĐTW Signed by Lê An SHA-256 of the file {'ab' * 32}" in text
    refused = reader.get(f"/verify/{draft}")
    assert (refused.status_code, "cd" * 32 in refused.text) == (404, False)
    assert reader.get(f"/verify?doc={issued.lower()}").headers["Location"] == f"/verify/{issued}"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_catalogue_shows_the_official_wording(reader, language):
    def shown(url: str) -> str:
        return words(reader.get(f"{url}?lang={language}").text)

    pages = {
        "systems": [entry.name for entry in catalogue.SYSTEMS.values()],
        "initiatives": [entry.title for entry in catalogue.INITIATIVES.values()],
        "targets": [entry.text for entry in catalogue.TARGETS.values()],
        "criteria": [entry.definition for entry in catalogue.CRITERIA.values()],
        "organisations": [entry.name for entry in catalogue.ORGANISATIONS.values()],
    }
    for name, texts in pages.items():
        page = shown(f"/catalogue/{name}")
        missing = [text for text in texts if " ".join(text.in_(language).split()) not in page]
        assert missing == [], name


def test_help_shows_every_stage_and_move_of_the_procedure(reader):
    text = words(reader.get("/help?lang=en").text)
    table = text.split("Where it can go", 1)[1]
    for stage in DEFAULT_PROCEDURE.stages:
        assert str(stage.label) in table, stage.id
    for transition in DEFAULT_PROCEDURE.transitions:
        assert f"{transition.label}: " in table, transition.name


def test_every_demonstration_account_signs_in_with_one_click_at_one_desk(lasting_app):
    assert sorted(a.email for desk in desks() for a in desk.accounts) == sorted(a.email for a in ACCOUNTS)
    for account in ACCOUNTS:
        visitor = Visitor(lasting_app)
        assert visitor.post("/demo", {"email": account.email}).status_code == 303
        assert account.name in visitor.get("/help").text
    for stranger in ("nobody@demo.vn", ""):
        assert Visitor(lasting_app).post("/demo", {"email": stranger}).status_code == 404


def test_demonstration_shows_its_mails_newest_first(lasting_app, reader):
    mailer = lasting_app.extensions["intake"].mailer
    assert "No mail has been sent yet." in reader.get("/demo/mail?lang=en").text
    for number in (1, 2):
        body = f"Thư số {number} <b>\nhttps://example.vn/{number}\n"
        mailer.send(Mail("applicant@demo.vn", f"Tiêu đề {number}", body, f"mail-{number}"))
    assert re.findall(r"Tiêu đề \d", reader.get("/demo/mail").text) == ["Tiêu đề 2", "Tiêu đề 1"]
    shown = reader.get("/demo/mail/mail-1").text
    assert "Thư số 1 &lt;b&gt;" in shown
    assert 'href="https://example.vn/1"' in shown
    assert reader.get("/demo/mail/..%2Fsecret").status_code == 404


def test_health_says_ready_only_when_the_database_is(reader, settings, tmp_path):
    assert [reader.get(f"/health/{probe}").data for probe in ("live", "ready")] == [b"ok\n", b"ok\n"]
    empty = create_app(settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'empty.db'}"}))
    answers = [empty.test_client().get(f"/health/{probe}") for probe in ("live", "ready")]
    assert [(answer.status_code, answer.data) for answer in answers] == [(200, b"ok\n"), (503, b"not ready\n")]
    empty.extensions["intake"].database.dispose()
