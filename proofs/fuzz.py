"""Whatever is posted to a section's form: no 500, nothing typed is lost, nothing stored that the outline forbids."""

from __future__ import annotations

import html
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from intake import outline
from intake.cli.demo_documents import demo_document
from intake.i18n import translate
from intake.outline import JSON_SCHEMA, OUTLINE, secrecy
from proofs.site import Fields, Site, databases, site
from tests.outline.json_schema_reader import is_valid

LONG = 2000
SHORT = 12
ANSWERS = {200, 303, 400, 409, 413, 422}
REFUSED = (400, 409, 422)
MOST_CHANGES = 4
DETAILED = "sk10"
PARTS = tuple(OUTLINE.bodies)
# Boxes to write into; of lists and ticks nothing that is not offered can come from a person.
TYPED = ("text", "richtext", "text_list", "integer", "decimal", "money", "date", "month", "date_or_row")

# The page that stops a secret repeats nothing of it.
STOPPED = tuple(translate(text, "vi") for text in (secrecy.MARKED, secrecy.SECRET_INITIATIVE))
LONG_ENOUGH = 5

TEXTS = (
    *("sNaN", "NaN", "Infinity", "-0", "1e5", "١٢", "１２", "²", "0x10", "1.2.3", "1,2,3", "--1", "9" * 41, "1" * 5000),
    *("31/02/2028", "2028-13-01", "0000-00-00", "29/2/2100", "1/1/1", "99999-01-01", "mai", "13/2028", "2028"),
    *("a\0b", "\0", "a\ufffdb", "a\u202eb", "a\u2028b", "a\x85b", "a\x0cb", "\ufeff", "\u200b", "\U0001fffe"),
    *(
        "Thu\u031b\u0301 ba\u0309y",
        "e\u0301" * 300,
        "𝕳" * 40,
        "👩‍👩‍👧",
        "مرحبا",
        "<script>alert(1)</script>",
        "'\"><svg>",
    ),
    *("", " ", "\r\n", "\n\nhai\r\n", "a\rb", "\t", "x" * 501, "x" * 2001, "x" * 20_001, "ộ" * 1000),
    *(
        "Độ mật: TUYỆT MẬT",
        "(Mật)",
        "sk03",
        "ht9",
        "other",
        "GD1",
        "GD99",
        "MT1",
        "KPI1",
        "true",
        "false",
        "on",
        "null",
    ),
    *("=1+1", "{{7*7}}", "%s%s%n", "../../etc/passwd", "' OR 1=1 --", "\\ud800", "[]", "{}"),
)
NAMES = ("", "x", "id", "\0", "csrf_token", "objectives", "objectives..", "kpis.kpis.-1.name", "plan.phases.٣.name")
BUTTONS = ("add", "remove", "up", "down", "set", "show", "explode", "")
RAW = (b"%ED%A0%80", b"%FF%FE", b"%00", b"%C3%28", b"%", b"%u0041", b"\xff\xfe", b"%F0%90%80")


@dataclass
class Post:
    """One form on its way: its fields, what was typed into boxes of the page, and how it is sent."""

    part: str
    fields: Fields
    row_ids: list[str]
    shown: frozenset[str]
    typed: dict[str, str] = field(default_factory=dict)
    raw: bytes = b""
    is_multipart: bool = False

    @property
    def boxes(self) -> list[str]:
        return [name for name in self.fields if name.split(".")[0] == self.part]


Change = Callable[[random.Random, Post], None]


def write(chance: random.Random, post: Post) -> None:
    if name := some(chance, [name for name in post.boxes if not name.endswith(".id")]):
        post.fields[name] = [chance.choice(TEXTS)]
        if name in post.shown and declared(name).kind in TYPED:
            post.typed[name] = post.fields[name][0]


def leave_out(chance: random.Random, post: Post) -> None:
    if name := some(chance, list(post.fields)):
        del post.fields[name]


def send_twice(chance: random.Random, post: Post) -> None:
    if name := some(chance, post.boxes):
        post.fields[name] = [*post.fields[name], chance.choice(TEXTS)]


def rename(chance: random.Random, post: Post) -> None:
    name = some(chance, post.boxes) or post.part
    other = f"{chance.choice([name, post.part])}.{chance.choice(NAMES)}"
    post.fields[chance.choice([other, chance.choice(NAMES)])] = [chance.choice(TEXTS)]


def add_rows(chance: random.Random, post: Post) -> None:
    """Up to a thousand rows; where rows stand in rows, in the first of them."""
    lists = [path for path, _ in lists_of(OUTLINE.bodies[post.part], post.part)]
    if path := some(chance, lists):
        count = chance.choice((1, 2, 19, 21, 51, 1000))
        name = chance.choice([child.id for child in declared(path).children])
        for number in range(count):
            post.fields[f"{path}.{number}.{name}"] = [chance.choice(TEXTS)]


def swap_ids(chance: random.Random, post: Post) -> None:
    """Ids of other lists, of nobody, or twice the same, for rows and for what points to rows."""
    strangers = [*post.row_ids, "0123456789ab", "x", "0" * 12]
    if name := some(chance, [name for name in post.boxes if name.endswith((".id", ".phase", ".objective", ".due"))]):
        post.fields[name] = [chance.choice(strangers)]


def press(chance: random.Random, post: Post) -> None:
    target = chance.choice([*post.boxes, *(path for path, _ in lists_of(OUTLINE.bodies[post.part], post.part)), ""])
    number = chance.choice(("", ".0", ".7", "=5", "=-1", "=99999999999999999"))
    post.fields["row"] = [f"{chance.choice(BUTTONS)}:{target}{number}"]


def age(chance: random.Random, post: Post) -> None:
    post.fields["revision"] = [chance.choice(("0", "", "x", "-1", "999999999", "١"))]
    post.fields["seen_text"] = [chance.choice(("", "x" * 64, post.fields.get("seen_text", [""])[0]))]


def other_language(chance: random.Random, post: Post) -> None:
    post.fields["form_language"] = [chance.choice(("en", "vi", "fr", "", "\0"))]


def break_bytes(chance: random.Random, post: Post) -> None:
    name = some(chance, post.boxes) or post.part
    post.raw = b"&" + name.encode() + b"=a" + chance.choice(RAW) + b"b"


def in_parts(chance: random.Random, post: Post) -> None:
    post.is_multipart = True


def flood(chance: random.Random, post: Post) -> None:
    if name := some(chance, post.boxes):
        post.fields[name] = ["ộ" * 1_500_000]


# How often each happens, in hundredths.
CHANGES: dict[Change, int] = {
    write: 60,
    leave_out: 6,
    send_twice: 4,
    rename: 3,
    add_rows: 5,
    swap_ids: 8,
    press: 3,
    age: 2,
    other_language: 3,
    break_bytes: 3,
    in_parts: 2,
    flood: 1,
}


def some(chance: random.Random, names: list[str]) -> str:
    return chance.choice(names) if names else ""


def lists_of(found: Any, path: str) -> list[tuple[str, Any]]:
    """Every list of a section with the path of its first row's lists inside."""
    if found.kind == "rows":
        inside = [item for child in found.item for item in lists_of(child, f"{path}.0.{child.id}")]
        return [(path, found), *inside]
    return [item for child in found.children for item in lists_of(child, f"{path}.{child.id}")]


def declared(path: str) -> Any:
    return OUTLINE.field(".".join(part for part in path.split(".") if not part.isdigit()))


def run(n: int, url: str | None = None) -> str:
    """`n` posts to all section forms in turn; on each engine when no database is named."""
    told: list[str] = []
    with databases(url) as urls:
        for engine in urls:
            with site(engine) as author:
                author.put(demo_document(DETAILED))
                answers = Counter(posted(author, random.Random(seed), PARTS[seed % len(PARTS)]) for seed in range(n))
            shown = ", ".join(f"{count} x {status}" for status, count in sorted(answers.items()))
            told.append(f"{engine.partition(':')[0]}: {shown}")
    return f"{n} posts each, no 500, nothing stored that the outline forbids; {'; '.join(told)}"


def posted(author: Site, chance: random.Random, part: str) -> int:
    """The status of one fuzzed post, everything about its answer checked."""
    before = author.document()
    fields = author.shown(part)
    post = Post(part, fields, ids_in(before), frozenset(name for name in fields if name.split(".")[0] == part))
    for change in chance.choices(list(CHANGES), list(CHANGES.values()), k=chance.randint(1, MOST_CHANGES)):
        change(chance, post)
    answer = send(author, post)
    after, status = author.document(), answer.status_code
    where = f"{part}: {status} for {post.typed or list(post.fields.items())[-3:]}"
    assert status in ANSWERS, where
    assert status == 303 or after == before, f"{where}: something was stored"
    page = html.unescape(answer.text)
    if any(text in page for text in STOPPED):
        repeated = [text for text in post.typed.values() if len(text.strip()) > LONG_ENOUGH and text.strip() in page]
        assert repeated == [], f"{where}: a stopped text is repeated: {repeated}"
    elif status in REFUSED and not post.raw:
        lost = [text for name, text in post.typed.items() if post.fields.get(name) == [text] and not has(page, text)]
        assert lost == [], f"{where}: {lost} is lost"
    if after != before:
        check(after, where)
    return status


def send(author: Site, post: Post) -> Any:
    if post.raw:
        body = urlencode(post.fields, doseq=True).encode() + post.raw
        return author.send(post.part, body, content_type="application/x-www-form-urlencoded")
    if post.is_multipart:
        return author.send(post.part, post.fields, content_type="multipart/form-data")
    return author.send(post.part, post.fields)


def has(page: str, text: str) -> bool:
    """Whether a page still shows what was typed; line ends and blanks around it may differ."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return plain in page.replace("\r\n", "\n").replace("\r", "\n")


def check(document: dict[str, Any], where: str) -> None:
    """The stored text keeps to the outline, by our own check and by the published schema; no secret came in."""
    assert outline.check_shape(document) == [], f"{where}: {outline.check_shape(document)}"
    assert is_valid(JSON_SCHEMA, outline.export_proposal(document), JSON_SCHEMA), f"{where}: against the schema"
    assert outline.stop_reason(document) is None, f"{where}: a secret was stored"


def ids_in(value: Any) -> list[str]:
    """Ids of all rows."""
    if isinstance(value, dict):
        own = [value["id"]] if "id" in value else []
        return own + [id for item in value.values() for id in ids_in(item)]
    return [id for item in value for id in ids_in(item)] if isinstance(value, list) else []
