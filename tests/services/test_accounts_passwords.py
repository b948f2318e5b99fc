"""Passwords that are refused, and the one-time passwords of RFC 6238."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from intake.services import one_time_passwords, passwords

ABOUT = ("Nguyễn Thị Ước", "uoc.nguyen@example.vn")
# Appendix B of RFC 6238, cut to the six digits that authenticators show.
VECTORS = {
    59: "287082",
    1111111109: "081804",
    1111111111: "050471",
    1234567890: "005924",
    2000000000: "279037",
    20000000000: "353130",
}
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize("seconds", VECTORS)
def test_codes_equal_the_vectors_of_the_standard(seconds: int) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert one_time_passwords.code_of(RFC_SECRET, one_time_passwords.step_at(at)) == VECTORS[seconds]


def test_a_code_is_good_for_its_step_and_one_to_either_side() -> None:
    found = [
        one_time_passwords.fitting_step(RFC_SECRET, "287082", datetime.fromtimestamp(s, UTC)) for s in range(30, 150)
    ]
    assert [step is not None for step in found] == [True] * 60 + [False] * 60
    assert one_time_passwords.fitting_step(RFC_SECRET, "２８７０８２", datetime.fromtimestamp(59, UTC)) is None


@pytest.mark.parametrize(
    "password",
    [
        "ngắn quá",
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "123456789012",
        "qwertyuiop12",
        "Password2026!",
        "p@ssw0rdpassword",
        "mật khẩu 2026",
        "matkhau123456",
        "Việt Nam vô địch",
        "nguyenthiuoc1",
        "Nguyễn Thị Ước 99",
        "uoc.nguyen@example.vn",
        "x" * 1001,
    ],
)
def test_guessable_passwords_are_refused_with_advice(password: str) -> None:
    problem = passwords.weakness(password, ABOUT)
    assert problem is not None
    assert "characters" in problem.id or "three or four words" in problem.id


@pytest.mark.parametrize(
    "password", ["bốn từ chẳng liên quan", "correct horse battery staple", "8f3k2m9xq7wz", "một câu ngắn dễ nhớ"]
)
def test_good_passwords_pass(password: str) -> None:
    assert passwords.weakness(password, ABOUT) is None


def test_the_hash_is_argon2id_and_checks_only_its_own_password() -> None:
    stored = passwords.password_hash("bốn từ chẳng liên quan")
    assert stored.startswith("$argon2id$")
    assert [passwords.fits(text, stored) for text in ("bốn từ chẳng liên quan", "bốn từ", "")] == [True, False, False]
    assert passwords.fits("bốn từ chẳng liên quan", None) is False
