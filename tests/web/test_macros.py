"""The macros say everything in words, pass every English default of the kit, escape all text, and need no app."""

import re
from pathlib import Path
from typing import Any

import pytest
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader
from markupsafe import Markup, escape
from wtforms import (
    BooleanField,
    FileField,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired

from intake.outline.displays import Entry, SectionView

ROOT = Path(__file__).parents[2]
# The page of what is not received online names the initiatives, so it needs the catalogue; the others need nothing.
ERROR_PAGES = sorted({path.name for path in (ROOT / "templates" / "errors").glob("*.html")} - {"stopped.html"})
KIT_ENGLISH = ("There is a problem", "Show password", "Hide password", "Important", "Success", "You can enter up to")


def translated(text: str) -> str:
    """A stand-in language that shows which words went through translation."""
    return f"«{text}»"


@pytest.fixture(scope="module")
def pages() -> Environment:
    kit = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    env: Any = Environment(
        loader=ChoiceLoader([FileSystemLoader(ROOT / "templates"), kit]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(translated, lambda one, many, n: translated(many), newstyle=True)
    env.globals["url_for"] = lambda endpoint, filename: f"/{endpoint}/{filename}"
    env.filters["richtext"] = lambda text: Markup("<p>{}</p>").format(text)
    return env


def render(pages: Environment, module: str, source: str, **values: Any) -> str:
    """`source` with every macro of `module` imported, without the spaces around tags."""
    names = re.findall(r"{% macro (\w+)", (ROOT / "templates" / "macros" / f"{module}.html").read_text())
    text = pages.from_string(f'{{% from "macros/{module}.html" import {", ".join(names)} %}}{source}').render(values)
    return re.sub(r"\s*([<>])\s*", r"\1", " ".join(text.split()))


def test_state_tag_says_the_state_in_words_and_escapes_them(pages):
    assert render(pages, "tags", '{{ state_tag(label, "work") }}', label="<b>Đang tổng hợp") == (
        '<span class="app-tag app-tag--work">&lt;b&gt;Đang tổng hợp</span>'
    )


def test_due_shows_the_date_and_the_distance(pages):
    assert render(pages, "due", '{{ due("28/04/2026", "Quá hạn 2 ngày", "late") }}') == (
        '<span class="app-due app-due--late"><b class="app-num">28/04/2026</b><small>Quá hạn 2 ngày</small></span>'
    )


def test_table_keeps_its_meaning_when_it_becomes_cards(pages):
    columns = [{"label": "Văn bản"}, {"label": "Số tiền", "is_numeric": True}]
    assert render(
        pages, "table", '{{ simple_table("Văn bản", columns, [["Biên nhận", "1.600"]]) }}', columns=columns
    ) == (
        '<table class="app-t app-t--stack" role="table"><caption class="govuk-visually-hidden">Văn bản</caption>'
        '<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Văn bản</th>'
        '<th scope="col" role="columnheader" class="n">Số tiền</th></tr></thead>'
        '<tbody role="rowgroup"><tr role="row"><th scope="row" role="rowheader" class="app-plain">Biên nhận</th>'
        '<td role="cell" class="n" data-l="Số tiền"><div class="v">1.600</div></td></tr></tbody></table>'
    )


def test_empty_table_is_one_sentence(pages):
    assert render(pages, "table", '{{ simple_table("A", [{"label": "A"}], [], "Chưa có.") }}') == (
        '<p class="app-muted">Chưa có.</p>'
    )


def test_timeline_marks_the_step_that_runs_now(pages):
    entries = [
        {"when": "06/04", "title": "Nộp", "detail": "Bộ Y tế"},
        {"when": "từ 05/05", "title": "Đánh giá", "is_now": True},
        {"when": "đến 26/05", "title": "Tổng hợp", "is_next": True},
    ]
    assert render(pages, "timeline", "{{ timeline(entries) }}", entries=entries) == (
        '<ol class="app-tl"><li><small class="app-num">06/04</small><b>Nộp</b><small>Bộ Y tế</small></li>'
        '<li class="now" aria-current="step"><small class="app-num">từ 05/05</small><b>Đánh giá</b></li>'
        '<li class="next"><small class="app-num">đến 26/05</small><b>Tổng hợp</b></li></ol>'
    )


def test_progress_says_in_words_what_the_squares_show(pages):
    assert render(pages, "score", '{{ progress([true, false], "1/2") }}') == (
        '<span class="app-prog" aria-hidden="true"><i class="on"></i><i></i></span>'
        '<span class="app-num app-small">1/2</span>'
    )


def test_last_anchor_card_says_that_there_is_no_basis_to_judge(pages):
    levels = [{"value": 1, "label": "1", "text": "yếu"}, {"value": 5, "label": "5", "text": "tốt", "is_chosen": True}]
    assert render(
        pages, "score", '{{ anchor_cards("c", "Mức", levels, "Không đủ căn cứ", "none") }}', levels=levels
    ) == (
        '<fieldset class="app-lv"><legend class="govuk-visually-hidden">Mức</legend>'
        '<label><input type="radio" name="c" value="1" id="c"><b>1</b><span>yếu</span></label>'
        '<label><input type="radio" name="c" value="5" checked><b>5</b><span>tốt</span></label>'
        '<label><input type="radio" name="c" value="none"><b class="app-lv__none">Không đủ căn cứ</b></label>'
        "</fieldset>"
    )


def test_difference_row_of_the_money_table_has_mark_and_words(pages):
    foot = [{"label": "Chênh lệch", "is_difference": True, "cells": [{"text": "thiếu 20", "is_wrong": True}]}]
    html = render(pages, "money", '{{ money_table("Kinh phí", "Giai đoạn", ["Khác"], [], foot) }}', foot=foot)
    assert html[html.index("<tfoot") : html.index("</tfoot>")] == (
        '<tfoot role="rowgroup"><tr role="row" class="app-diffrow"><th scope="row" role="rowheader">Chênh lệch</th>'
        '<td role="cell" class="n app-err" data-l="Khác"><div class="v"><svg class="app-ico" viewBox="0 0 24 24"'
        ' aria-hidden="true"><path d="M12 3L2 20h20zM12 10v4M12 17v.2"/></svg>thiếu 20</div></td></tr>'
    )


def test_diff_shows_both_texts_and_names_a_missing_one(pages):
    change = {"number": 11, "label": "Khác", "old": [], "new": [{"text": "9", "is_added": True}], "reopens": "4"}
    html = render(pages, "diff", '{{ diff_table("Khác biệt", "Cũ", "Mới", [change]) }}', change=change)
    assert html[html.index("<tbody") : html.index("</tbody>")] == (
        '<tbody role="rowgroup"><tr role="row"><th scope="row" role="rowheader" class="app-plain"><b>11</b>Khác</th>'
        '<td role="cell" data-l="Cũ"><div class="v"><span class="app-muted">«none»</span></div></td>'
        '<td role="cell" data-l="Mới"><div class="v"><ins>9</ins></div></td>'
        '<td role="cell" data-l="«Re-opens»"><div class="v">4</div></td></tr>'
    )


def test_conflict_notice_names_its_buttons_by_the_values(pages):
    html = render(pages, "notes", '{{ conflict_notice("Xung đột", "", "Đích", "500", "450") }}')
    assert re.findall(r"<button[^>]*>([^<]*)</button>", html) == [
        "«Keep 500 (my version)»",
        "«Take 450 (the version just saved)»",
    ]


CHOICES: dict[str, Any] = {"kind": ["a", "b"], "outcome": ["approve", "defer"], "systems": ["ht1", "ht2"]}


class Everything(Form):
    title = StringField("Tên", description="Ngắn gọn", validators=[InputRequired("Nhập tên")])
    need = TextAreaField("Sự cần thiết")
    kind = SelectField("Loại", choices=CHOICES["kind"], default="b")
    outcome = RadioField("Kết luận", choices=CHOICES["outcome"], default="defer")
    systems = SelectMultipleField("Hệ thống", choices=CHOICES["systems"], default=["ht2"])
    is_true = BooleanField("Cam kết", default=True)
    password = PasswordField("Mật khẩu")
    file = FileField("Tệp")


ALL_FIELDS = (
    "{{ text_input(form.title) }}{{ textarea(form.need, limit=2000) }}{{ select(form.kind) }}{{ radios(form.outcome) }}"
    "{{ checkboxes(form.systems) }}{{ checkbox(form.is_true) }}{{ date_input(form.title) }}"
    "{{ password_input(form.password) }}"
    '{{ file_input(form.file) }}{{ submit("Gửi") }}'
)


def test_failed_field_ties_hint_and_error_to_the_input(pages):
    form = Everything()
    form.validate()
    assert render(pages, "forms", "{{ text_input(form.title) }}", form=form) == (
        '<div class="govuk-form-group govuk-form-group--error"><label class="govuk-label" for="title">Tên</label>'
        '<div id="title-hint" class="govuk-hint">Ngắn gọn</div><p id="title-error" class="govuk-error-message">'
        '<span class="govuk-visually-hidden">«Error»:</span>Nhập tên</p>'
        '<input class="govuk-input govuk-input--error" id="title" name="title" type="text" value=""'
        ' aria-describedby="title-hint title-error"></div>'
    )


def test_no_field_shows_an_english_default_of_the_kit(pages):
    form = Everything()
    form.validate()
    html = render(pages, "forms", ALL_FIELDS, form=form)
    untranslated = re.sub(r"«.*?»", "", html)
    assert [text for text in KIT_ENGLISH if text in untranslated] == []
    assert re.findall(r">(Show|Error):?<|i18n[^=]*=\"[^«\"]", untranslated) == []


def test_defaults_of_choices_are_chosen(pages):
    html = render(pages, "forms", ALL_FIELDS, form=Everything())
    assert re.findall(r'<input[^>]*value="(\w+)"[^>]* checked', html) == ["defer", "ht2", "y"]
    assert re.findall(r'<option value="(\w+)" selected', html) == ["b"]


def test_typed_text_is_escaped(pages):
    form = Everything(data={"title": '"><script>', "need": "</textarea><script>"})
    html = render(pages, "forms", "{{ text_input(form.title) }}{{ textarea(form.need) }}", form=form)
    assert "<script>" not in html
    assert str(escape("</textarea><script>")) in html


def test_outline_shows_plain_rows_as_a_table_and_says_what_is_missing(pages):
    name = Entry("f.0.name", "f.r.name", "text", "Tên", "<Nguồn>", text="<Nguồn>")
    amount = Entry("f.0.amount", "f.r.amount", "money", "Số tiền", None, is_empty=True)
    row = Entry("f.0", "f.r", "row", "Nguồn", {}, children=(name, amount))
    rows = Entry("f", "f", "rows", "Cơ cấu nguồn", [], children=(row,), columns=("Tên", "Số tiền"))
    section = SectionView("resources", 11, "Nguồn lực", "", is_required=True, is_empty=False, entries=(rows,))
    html = render(pages, "outline", "{{ section_view(section) }}", section=section)
    assert html.startswith('<section id="section-resources"><h2 class="govuk-heading-m">11. Nguồn lực</h2>')
    assert html[html.index("<tbody") : html.index("</tbody>")] == (
        '<tbody role="rowgroup"><tr role="row"><th scope="row" role="rowheader" class="app-plain">&lt;Nguồn&gt;</th>'
        '<td role="cell" class="n" data-l="Số tiền"><div class="v">'
        '<span class="app-muted app-nowrap">«Not stated»</span></div></td></tr>'
    )


@pytest.mark.parametrize("page", ERROR_PAGES)
def test_error_page_appears_without_any_help_of_the_app(pages, page):
    html = pages.get_template(f"errors/{page}").render()
    titles = re.findall(r"<title>(«[^»]+»)", html)
    assert re.findall(r'<h1 class="govuk-heading-l">(.*?)</h1>', html) == titles
    assert '<main class="app-main" id="main-content">' in html


def test_pages_for_each_status_exist():
    statuses = {f"{status}.html" for status in (400, 403, 404, 409, 413, 422, 429, 500)}
    assert set(ERROR_PAGES) == statuses | {"declare_first.html"}


def test_not_found_has_the_same_bytes_whatever_the_request(pages):
    page = pages.get_template("errors/404.html")
    one = page.render(language="vi", user={"name": "A"}, request_id="1", alternate_language_url="/proposals/1?lang=en")
    two = page.render(language="vi", user={"name": "A"}, request_id="2", alternate_language_url="/proposals/2?lang=en")
    assert one == two


def test_base_shows_who_acts_in_which_role_and_where_one_is(pages):
    source = '{% extends "layout/dense.html" %}{% block title %}Bàn làm việc{% endblock %}'
    html = pages.from_string(source).render(
        language="vi",
        user={"name": "Lê Thị Yến", "role_label": "Chuyên viên", "organisation_name": "Bộ Y tế"},
        nav=[
            {"label": "Bàn làm việc", "url": "/queue", "is_current": True, "count": 10},
            {"label": "Đề xuất", "url": "/p"},
        ],
        is_demo=True,
        alternate_language_url="/queue?lang=en",
    )
    text = " ".join(re.sub(r"<[^>]*>", " ", html[html.index("<body") :]).split())
    assert text.startswith(
        "«Skip to main content» «Breakthrough initiatives» «Received and assessed under Resolution 57-NQ/TW»"
        " «Demonstration data» Lê Thị Yến, Bộ Y tế «Acting as: Chuyên viên» «Sign out» English Bàn làm việc 10 Đề xuất"
    )
    assert '<html lang="vi" class="govuk-template app-dense">' in html
    assert re.findall(r'<a href="/queue"[^>]*>', html) == ['<a href="/queue" aria-current="page">']
