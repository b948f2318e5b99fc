import unicodedata

import pytest

from intake.catalogue import ORGANISATIONS, suggest_organisations


@pytest.mark.parametrize(
    ("name", "suggested"),
    [
        ("Bộ Y tế", ("byt",)),
        ("  bộ   Y TẾ\n", ("byt",)),
        (unicodedata.normalize("NFD", "Bộ Khoa học và Công nghệ"), ("bkhcn",)),
        ("Ministry of Health", ("byt",)),
        ("BYT", ("byt",)),
        ("Tỉnh Đắk Lắk", ("p_dak_lak",)),
        ("Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số", ("bcdtw",)),
        ("Bo Y te", ()),
        ("Bộ Tài chính (Bảo hiểm xã hội Việt Nam)", ()),
        ("Đại học Bách khoa Hà Nội", ()),
        ("", ()),
    ],
)
def test_a_body_is_suggested_by_its_exact_official_name(name, suggested):
    assert suggest_organisations(name) == suggested


def test_offices_and_groups_are_never_suggested():
    unlinkable = [body for body in ORGANISATIONS.values() if not body.is_body]
    assert len(unlinkable) == 13
    assert [suggest_organisations(body.name.vi) for body in unlinkable] == [()] * 13


@pytest.mark.parametrize("body", [body for body in ORGANISATIONS.values() if body.is_body], ids=lambda body: body.id)
def test_every_body_is_found_under_each_of_its_names(body):
    names = [name for name in (body.name.vi, body.name.en, body.abbreviation) if name]
    assert [suggest_organisations(name) for name in names] == [(body.id,)] * len(names)


def test_ministries_are_the_fourteen_and_the_three_agencies():
    assert [body.id for body in ORGANISATIONS.values() if body.is_ministry] == [
        *("bqp", "bca", "bng", "bnv", "btp", "btc", "bct", "bnnmt", "bxd", "bvhttdl", "bkhcn", "bgddt", "byt", "bdttg"),
        *("nhnn", "ttcp", "vpcp"),
    ]
