"""Every command explains itself; wrong words are answered with one line that says where the right ones are told."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from intake.cli import intake as program


def walk(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for word in command.list_commands(context):
            found = command.get_command(context, word)
            assert found is not None
            yield from walk(found, f"{name} {word}")


COMMANDS = dict(walk(program, "intake"))


def test_every_command_and_every_option_has_a_help_text():
    options = {
        f"{name} {option.opts[0]}": option.help
        for name, command in COMMANDS.items()
        for option in command.params
        if isinstance(option, click.Option)
    }
    said = {name: command.help for name, command in COMMANDS.items()} | options
    assert len(COMMANDS) > 25
    assert [name for name, text in said.items() if not (text and text.strip().endswith((".", "!", "?")))] == []


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["bogus"], "intake: No such command 'bogus'; see: intake --help"),
        (["restore"], "intake: Missing argument 'FILE'; see: intake restore --help"),
        (["ranking", "--system", "ht9"], "intake: Invalid value for '--system': 'ht9' is not one of"),
        (["session", "pack", "1"], "intake: Missing option '-o' / '--output'; see: intake session pack --help"),
    ],
)
def test_wrong_words_are_answered_in_one_line_with_the_way_out(intake, words, answer):
    told = intake(*words)
    assert (told.code, told.out, told.err.count("\n"), told.err.startswith(answer)) == (2, "", 1, True)
    assert told.err.endswith("--help\n")


def test_an_account_that_is_not_there_is_answered_with_how_to_make_one(intake):
    told = intake("token", "create", "nobody@example.vn")
    answer = "intake: there is no account nobody@example.vn; make one with: intake user create\n"
    assert (told.code, told.out, told.err) == (1, "", answer)
