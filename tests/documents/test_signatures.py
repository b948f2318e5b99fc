"""Signed copies: a real signature made with a certificate of our own, and every way of cheating."""

from __future__ import annotations

import pytest

from intake.documents.facts import to_data
from intake.documents.kinds import make_pdf
from intake.documents.signatures import Unacceptable, read_signed
from tests.documents.samples import receipt
from tests.documents.signing import SIGNER, overwritten, rewritten, signed


@pytest.fixture(scope="module")
def issued() -> bytes:
    return make_pdf("receipt", to_data(receipt()))


@pytest.fixture(scope="module")
def once(issued) -> bytes:
    return signed(issued)


def test_a_signed_copy_names_who_signed(issued, once):
    (found,) = read_signed(once, issued)
    assert (SIGNER in found.signer, SIGNER in found.issuer, found.is_last) == (True, True, True)
    assert found.signed_at is not None and found.signed_at.tzinfo is not None


def test_two_may_sign_one_after_the_other(issued, once):
    found = read_signed(signed(once, "Bộ Y tế (thử)", "ChuKy2"), issued)
    assert [("Văn phòng" in one.signer, "Bộ Y tế" in one.signer, one.is_last) for one in found] == [
        (True, False, False),
        (False, True, True),
    ]


def altered(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("unsigned", "without a signature"),
        ("one byte of the document", "its own bytes differ"),
        ("one byte of the signature", "changed after it was signed|cannot be (checked|read)"),
        ("another document", "its own bytes differ"),
        ("a line added at the end", "added to the file after the last signature|cannot be"),
        ("no signature added", "no digital signature"),
        ("a page added, then signed", "other than a signature"),
        ("a text overwritten, then signed", "other than a signature"),
        ("a page added after signing", "changed after|added|other than"),
        ("no PDF", "its own bytes differ"),
    ],
)
def test_a_cheat_is_refused_in_words(issued, once, case, words):
    # The signature stands in hexadecimal in the last revision; its middle is the signed hash and the certificate.
    inside = once.rindex(b"/Contents <") + 900
    cheats = {
        "unsigned": lambda: issued,
        "one byte of the document": lambda: altered(once, 2000),
        "one byte of the signature": lambda: altered(once, inside),
        "another document": lambda: signed(make_pdf("receipt", to_data(receipt(key="OTHER1")))),
        "a line added at the end": lambda: once + b"% one more line\n",
        "no signature added": lambda: rewritten(issued),
        "a page added, then signed": lambda: signed(rewritten(issued)),
        "a text overwritten, then signed": lambda: signed(overwritten(issued)),
        "a page added after signing": lambda: rewritten(once),
        "no PDF": lambda: b"hello",
    }
    with pytest.raises(Unacceptable, match=words):
        read_signed(cheats[case](), issued)
