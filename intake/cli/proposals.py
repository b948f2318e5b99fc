"""`intake proposal`: check, import and export proposals as `initiative-proposal/1` or Word files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from intake import outline
from intake.catalogue import SYSTEMS
from intake.cli.world import OPERATOR, OUTPUT, NoAnswer, acting, database, settings
from intake.documents.word.files import read_file
from intake.documents.word.leftovers import Leftover
from intake.documents.word.writing import write_word
from intake.errors import Incomplete, Invalid, Stopped, TooLarge
from intake.files import StoredFiles
from intake.i18n import N_, Message, translate
from intake.models import Proposal
from intake.outline import OUTLINE, SECRET_INITIATIVES
from intake.services import clearances, papers, print_outs, proposals, transitions
from intake.services.accounts import Identity
from intake.services.proposals import LARGEST_PAGE
from intake.workflow.procedures import DEFAULT_PROCEDURE

NOT_PLACED = N_(
    "Some of this Word file has no place in the outline, so nothing of it was taken in. Move it into a box of the "
    "outline in Word, or upload the file on the page and place it there."
)
FILES = click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group()
def proposal() -> None:
    """Proposals as files."""


@proposal.command("list")
@click.option("--state", type=click.Choice([stage.id for stage in DEFAULT_PROCEDURE.stages]), help="Only this state.")
@click.option("--system", type=click.Choice(sorted(SYSTEMS)), help="Only this strategic system.")
@click.option("--search", "words", help="Only those with these words in title, proposer or code.")
def list_all(state: str | None, system: str | None, words: str | None) -> None:
    """What was ever submitted, newest first: CODE STATE DUE TITLE; "-" where nothing is due."""
    after: str | None = ""
    with database().reading() as db:
        while after is not None:
            page = proposals.listing(
                db, actor=OPERATOR, state=state, system=system, q=words, after=after, limit=LARGEST_PAGE
            )
            for row in page.items:
                click.echo(f"{row.code} {row.stage.id} {row.due_on or '-'} {row.title}")
            after = page.next


def problem_lines(file: Path) -> Iterator[tuple[str, str]]:
    """(severity, line) for every problem of the file: rule severity section message."""
    try:
        reading = read_file(file.read_bytes())
        document = outline.import_proposal(reading.data)
    except (Invalid, TooLarge) as error:
        rule = "secrecy" if isinstance(error, Stopped) else "shape"
        for path, message in getattr(error, "errors", None) or [("", error.message)]:
            section = path.split(".")[0] if path.split(".")[0] in OUTLINE.bodies else "-"
            yield "error", f"{rule} error {section} {path}: {translate(message, 'en')}"
        return
    reason = outline.stop_reason(document, frozenset())
    if reason is not None:
        yield "error", f"secrecy error - {translate(reason, 'en')}"
    for one in reading.leftovers if reason is None else ():
        yield "error", f"unplaced error {one.part or '-'} {unplaced(one)}"
    for problem in outline.check(document):
        detail = f" ({translate(problem.detail, 'en')})" if problem.detail else ""
        words = translate(problem.message, "en")
        yield problem.severity, f"{problem.rule} {problem.severity} {problem.section} {words}{detail}"


def unplaced(one: Leftover) -> str:
    """What of a Word file found no place, where it stands in Word, and why: on one line."""
    words = " ".join(one.text.split())
    place = one.place("vi") or "outside all sections"
    return f"{place}: could not be placed: {translate(one.reason, 'en')}" + (f" “{words}”" if words else "")


@proposal.command()
@FILES
def validate(files: tuple[Path, ...]) -> None:
    """Check files; one line per problem: rule, severity, section, message."""
    errors = 0
    for file in files:
        for severity, line in problem_lines(file):
            errors += severity == "error"
            click.echo(f"{file.name}: {line}" if len(files) > 1 else line)
    if errors:
        raise NoAnswer(f"{errors} errors in {len(files)} files")


@proposal.command("import")
@FILES
@click.option("--owner", required=True, help="Account that owns the proposals.")
@click.option("--submit", is_flag=True, help="Submit what is complete; the rest stays a draft.")
@click.option("--cleared-by", help="Account of the secretary who clears an initiative that is stopped online.")
def import_files(files: tuple[Path, ...], owner: str, submit: bool, cleared_by: str | None) -> None:
    """Create proposals from files; prints CODE STATE FILE for each."""
    refused = 0
    for file in files:
        try:
            code, state = database().transact(lambda db, file=file: take_in(db, file, owner, submit, cleared_by))
        except (Invalid, Incomplete, TooLarge) as error:
            refused += 1
            click.echo(f"{file.name}: {why(error)}", err=True)
            continue
        click.echo(f"{code} {state} {file}")
    if refused:
        raise NoAnswer(f"{refused} of {len(files)} files were not taken in")


def why(error: Invalid | Incomplete | TooLarge) -> str:
    """The error and every place it is about, on one line."""
    found = getattr(error, "errors", [])
    places = [f"{path}: {translate(message, 'en')}" for path, message in found if message is not error.message]
    places += [translate(problem["message"], "en") for problem in getattr(error, "problems", [])]
    return "; ".join([translate(error.message, "en"), *places])


def take_in(db: Session, file: Path, owner: str, submit: bool, cleared_by: str | None) -> tuple[str, str]:
    """One file in one transaction: nothing stays of a file that is refused."""
    reading = read_file(file.read_bytes())
    document = outline.import_proposal(reading.data)
    identity = acting(db, owner, "applicant")
    if cleared_by:
        clear(db, document, identity, cleared_by)
    if reading.leftovers:
        proposals.refuse_stopped(document, proposals.cleared(db, identity.user.id))
        raise Invalid(NOT_PLACED, errors=[(one.place("vi"), placeless(one)) for one in reading.leftovers])
    made = proposals.create(db, document, actor=identity.actor, language=document["meta"].get("language") or "vi")
    if submit:
        submit_now(db, made, identity)
    return made.code, made.state


def placeless(one: Leftover) -> Message:
    """Why a piece of a Word file found no place, with its words."""
    words = " ".join(one.text.split())
    return N_("%(reason)s “%(words)s”", reason=one.reason, words=words) if words else one.reason


def clear(db: Session, document: dict[str, Any], identity: Identity, cleared_by: str) -> None:
    secretary = acting(db, cleared_by, "secretary")
    for initiative in sorted(SECRET_INITIATIVES & outline.referenced_initiatives(document)):
        reason = "cleared at import on the command line"
        clearances.grant(db, owner=identity.user.email, initiative=initiative, reason=reason, actor=secretary.actor)


def submit_now(db: Session, made: Proposal, identity: Identity) -> None:
    transitions.move(db, made, "submit", actor=identity.actor, seen=made.revision)


@proposal.command()
@click.argument("code")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "pdf", "docx"]),
    default="json",
    show_default=True,
    help="Of the file.",
)
@OUTPUT
def export(code: str, form: str, output: Path) -> None:
    """Write the current version of a proposal to a file."""
    if form == "pdf":
        output.write_bytes(pdf_of(code))
        click.echo(f"{code} written to {output}")
        return
    with database().reading() as db:
        found = proposals.unchecked(db, code)
        document = proposals.current_document(db, found)
    if form == "docx":
        output.write_bytes(write_word(document, "vi", code=found.code))
        click.echo(f"{found.code} written to {output}")
        return
    data = outline.export_proposal(document, code=found.code)
    output.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    click.echo(f"{found.code} written to {output}")


def pdf_of(code: str) -> bytes:
    """The paper of the newest text, made here and now unless the worker was faster."""
    target, files = database(), StoredFiles(settings().files_url)
    document_id = target.transact(lambda db: print_outs.ask_current(db, proposals.unchecked(db, code)).id)
    papers.make(target, files, document_id, base_url=settings().base_url)
    with target.reading() as db:
        return files.get(papers.made_key(db, document_id))
