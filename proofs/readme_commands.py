"""The commands of the README as they stand there, what fills their placeholders, and what each of them answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACEHOLDER = re.compile(r"\b(?:CODE|ID|EMAIL|NAME|HOST)\b(?!=)")
OTHERWISE = re.compile(r"or (\./run[^:]*):")

GIVEN = {"EMAIL": "first@example.vn", "NAME": "Nguyễn Văn An", "HOST": "intake.example.vn"}
# What a reader takes from the answer of an earlier command.
READ_OFF = {
    "CODE": ("intake proposal list", r"^(SK-\d{4}-\w{8}) approved "),
    "ID": ("intake session list", r"^(\d+) "),
}
SERVES = ("make run", "intake serve")
TESTS = "make test"

# The beginning of a command, and a pattern in what it prints. Each command of the README has exactly one.
ANSWERS = {
    "make run": r"Sign in with one click: http://\S+/demo",
    "make test": r"\d+ passed",
    ". .venv/bin/activate": r"\A\Z",
    "intake --help": r"(?m)^  ranking ",
    "intake proposal list": r"(?m)^SK-\d{4}-\w{8} approved ",
    "intake proposal export": r"\ASK-\d{4}-\w{8} written to proposal\.json\n\Z",
    "intake proposal validate": r"\A(\S+ warning .*\n)*\Z",
    "intake proposal import": r"\ASK-\d{4}-\w{8} reception proposal\.json\n\Z",
    "intake ranking": r"\A +rank  score",
    "intake decision export": r"\A1 decisions written to decision\.pdf\n\Z",
    "intake dossier": r"\A\d+ files about SK-\S+ written to dossier\.zip\n\Z",
    "intake session list": r"(?m)^\d+ \w+ tt_bcdtw ",
    "intake session pack": r"\A1?\d proposals of session \d+ written to pack\.pdf\n\Z",
    "intake clearance grant": r"\Aapplicant@demo\.vn sk03\n\Z",
    "intake clearance revoke": r"\Aapplicant@demo\.vn sk03 revoked\n\Z",
    "intake audit verify": r"\AThe audit chain is whole\. \d+ entries",
    "intake token create": r"\A\S{20,}\n\Z",
    "intake doctor": r"(?m)^ok ",
    "intake backup": r"\A\d+ rows and \d+ files written to intake\.backup\n\Z",
    "INTAKE_DATA_DIR=restored intake restore": r"\A\d+ rows and \d+ files restored; the audit chain is whole\n\Z",
    "export ": r"\A\Z",
    "intake db upgrade": r"The database is up to date\.\n\Z",
    "intake user create": r"\Ahttps://intake\.example\.vn/link/\S+\n\Z",
    "intake serve": r"intake is served on http://",
}


@dataclass(frozen=True)
class Command:
    """One line of a code block, and the remark behind it."""

    text: str
    note: str

    @property
    def without_make(self) -> str:
        """What the remark offers to somebody who has no make, else the command itself."""
        found = OTHERWISE.match(self.note)
        return found[1].strip() if found else self.text

    @property
    def pattern(self) -> str:
        """What its answer looks like."""
        (found,) = (pattern for start, pattern in ANSWERS.items() if self.text.startswith(start))
        return found


def commands(text: str) -> list[Command]:
    """Every command of every sh block of the README, in order."""
    lines = (line for block in BLOCK.findall(text) for line in block.splitlines() if line.strip())
    parts = (re.split(r"\s+# ", line, maxsplit=1) for line in lines)
    return [Command(part[0].strip(), part[1] if len(part) > 1 else "") for part in parts]


@dataclass
class Reader:
    """Somebody who follows the README: fills in what is not written out, from the table or from earlier answers."""

    known: dict[str, str] = field(default_factory=lambda: dict(GIVEN))

    def fill(self, text: str) -> str:
        return PLACEHOLDER.sub(lambda found: self.known[found[0]], text)

    def check(self, command: Command, code: int, printed: str) -> None:
        """The command did what the README says; AssertionError with all that it printed when it did not."""
        assert code == 0, f"`{command.text}` ended with {code}:\n{printed}"
        assert re.search(command.pattern, printed), f"`{command.text}` printed something else:\n{printed}"
        for placeholder, (start, pattern) in READ_OFF.items():
            found = re.search(pattern, printed, re.MULTILINE)
            if command.text.startswith(start) and found:
                self.known[placeholder] = found[1]
