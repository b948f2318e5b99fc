"""Forms read from a page as a browser without JavaScript reads them: every control, its value, what it offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

Value = str | Sequence[str]
VOID_TYPES = frozenset({"submit", "button", "reset", "image"})
TICKED = frozenset({"checkbox", "radio"})


class NoSuchForm(AssertionError):
    """The page has no such form, control, choice or button; the text says what it has."""


@dataclass
class Control:
    """One control, or all check boxes or radio buttons of one name."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    is_multiple: bool = False

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    def fill(self, given: Value) -> None:
        """What a person could enter here; NoSuchForm for a choice that is not offered."""
        wanted = [given] if isinstance(given, str) else list(given)
        if self.kind == "hidden":
            raise NoSuchForm(f"{self.name} is hidden: nobody can fill it in")
        if self.kind in {"select", *TICKED} and not set(wanted) <= set(self.offered):
            raise NoSuchForm(f"{self.name} offers {self.offered}, not {wanted}")
        if len(wanted) != 1 and not self.is_multiple:
            raise NoSuchForm(f"{self.name} takes one value, not {wanted}")
        self.values = wanted


@dataclass
class Form:
    """A form of a page: where it goes, what stands in it, which buttons send it."""

    action: str
    method: str
    enctype: str
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def fill(self, values: Mapping[str, Value]) -> None:
        for name, value in values.items():
            if name not in self.controls:
                raise NoSuchForm(f"{self.action} has no {name}, only {sorted(self.controls)}")
            self.controls[name].fill(value)

    def data(self, press: str | None = None) -> dict[str, list[str]]:
        """What is sent when the button `name=value` is pressed; when none is named, the one that has no name."""
        sent = {control.name: control.values for control in self.controls.values() if control.values}
        name, value = self.button(press)
        if name:
            sent[name] = [*sent.get(name, ()), value]
        return sent

    def button(self, press: str | None) -> tuple[str, str]:
        name, _, value = (press or "").partition("=")
        for button in self.buttons:
            if button[0] == name and (press is None or button[1] == value):
                return button
        raise NoSuchForm(f"{self.action} has no button {press}, only {self.buttons}")

    def has(self, names: Sequence[str], press: str | None) -> bool:
        has_button = press is None or tuple(press.split("=", 1)) in self.buttons
        return has_button and all(name in self.controls for name in names)


class Reader(HTMLParser):
    """Collects forms, links and words of a page."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self.here = here
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._form: Form | None = None
        self._select: Control | None = None
        self._textarea: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            method = given.get("method", "get").lower()
            self._form = Form(given.get("action") or self.here, method, given.get("enctype", ""))
            self.forms.append(self._form)
        elif self._form is not None and "disabled" not in given:
            self.control(self._form, tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self.end_textarea()
        elif tag == "select":
            self.end_select()

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self._textarea.values[0] += data

    def control(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "button" and given.get("type", "submit") == "submit":
            form.buttons.append((name, given.get("value", "")))
        elif tag == "option" and self._select is not None:
            self.option(self._select, given)
        elif not name:
            return
        elif tag == "select":
            self._select = form.controls[name] = Control(name, "select", is_multiple="multiple" in given)
        elif tag == "textarea":
            self._textarea = form.controls[name] = Control(name, "textarea", [""])
        elif tag == "input" and given.get("type", "text") not in VOID_TYPES:
            self.input(form, name, given)

    def input(self, form: Form, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind == "file":
            form.controls[name] = Control(name, kind)
            return
        if kind == "hidden" and name in form.controls:
            form.controls[name].values.append(given.get("value", ""))
            return
        if kind not in TICKED:
            form.controls[name] = Control(name, kind, [given.get("value", "")])
            return
        control = form.controls.setdefault(name, Control(name, kind, is_multiple=kind == "checkbox"))
        control.offered.append(given.get("value", "on"))
        if "checked" in given:
            control.values.append(given.get("value", "on"))

    def option(self, select: Control, given: dict[str, str]) -> None:
        select.offered.append(given.get("value", ""))
        if "selected" in given:
            select.values.append(given.get("value", ""))

    def end_select(self) -> None:
        """A list that shows one line has its first line chosen."""
        select, self._select = self._select, None
        if select is not None and not select.is_multiple:
            select.values = select.values[-1:] or select.offered[:1]

    def end_textarea(self) -> None:
        """A browser drops the line end right after the tag, and sends CRLF."""
        area, self._textarea = self._textarea, None
        if area is not None:
            area.values[0] = area.values[0].removeprefix("\n").replace("\n", "\r\n")


def read(html: str, here: str) -> Reader:
    """Everything on the page that `here` shows."""
    reader = Reader(here)
    reader.feed(html)
    return reader


def form(html: str, here: str, action: str, names: Sequence[str] = (), press: str | None = None) -> Form:
    """The form that goes to the path `action`, with these controls and this button; NoSuchForm when there is none."""
    found = read(html, here).forms
    fitting = [one for one in found if urlsplit(one.action).path == action]
    for one in fitting:
        if one.has(names, press):
            return one
    if not fitting:
        raise NoSuchForm(f"{here} has no form to {action}, only to {[one.action for one in found]}")
    has = [(sorted(one.controls), one.buttons) for one in fitting]
    raise NoSuchForm(f"{here}: no form to {action} has {sorted(names)} and the button {press}, only {has}")
