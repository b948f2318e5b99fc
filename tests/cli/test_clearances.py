"""`intake clearance grant | list`: recorded by a secretary, for one account and one initiative."""

from __future__ import annotations

import pytest

from tests.outline.examples import FOLDER

BY = ("--by", "secretary@demo.vn")
WHY = ("--reason", "Đã thẩm định, không có bí mật")
SECRET = FOLDER / "short_sk03.json"


def test_a_clearance_opens_the_way_for_the_named_account_alone(intake):
    granted = intake("clearance", "grant", "Applicant@demo.vn", "sk03", *BY, *WHY)
    assert (granted.code, granted.out) == (0, "applicant@demo.vn sk03\n")
    assert intake("clearance", "grant", "applicant@demo.vn", "sk03", *BY, *WHY).code == 0
    listed = intake("clearance", "list", *BY)
    assert [line.split(" ")[:2] for line in listed.out.splitlines()] == [["applicant@demo.vn", "sk03"]]
    assert intake("proposal", "import", SECRET, "--owner", "organisation@demo.vn").code == 1
    assert intake("proposal", "import", SECRET, "--owner", "applicant@demo.vn").code == 0
    revoked = intake("clearance", "revoke", "applicant@demo.vn", "sk03", *BY, *WHY)
    assert (revoked.code, revoked.out) == (0, "applicant@demo.vn sk03 revoked\n")
    assert intake("proposal", "import", SECRET, "--owner", "applicant@demo.vn").code == 1
    again = intake("clearance", "revoke", "applicant@demo.vn", "sk03", *BY, *WHY)
    assert (again.code, again.err) == (1, "intake: owner: applicant@demo.vn has no clearance on sk03.\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nobody@demo.vn", "sk03", *BY, *WHY), "intake: owner: There is no account nobody@demo.vn.\n"),
        (
            ("applicant@demo.vn", "sk10", *BY, *WHY),
            "intake: initiative: sk10 is not an initiative that is stopped online.\n",
        ),
        (
            ("applicant@demo.vn", "sk03", "--by", "admin@demo.vn", *WHY),
            "intake: admin@demo.vn does not act as secretary\n",
        ),
        (("applicant@demo.vn", "sk03", *BY, "--reason", "  "), "intake: reason: Give a reason.\n"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(intake, arguments, told):
    result = intake("clearance", "grant", *arguments)
    assert (result.code, result.out, result.err) == (1, "", told)
    assert intake("clearance", "list", *BY).out == ""
