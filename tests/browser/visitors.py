"""People of a journey at a real browser: they click, type and choose; whatever goes wrong on the way is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response

from tests.journeys.forms import Value
from tests.journeys.visitors import Given

TICKED = frozenset({"checkbox", "radio"})
FIRST_REFUSAL = 400
CLOSED_PARENTS = "xpath=ancestor::details[not(@open)]/summary"
VALUE = "one => one.value"
COMBOBOX = "xpath=../input[@role='combobox']"
LABEL_OF = "(one, value) => [...one.options].find((option) => option.value === value).label"
OFFERED = "all => all.map(one => [one.value, one.checked])"
IS_FOLDED_AWAY = "one => one.closest('details:not([open])') !== null"
SCROLLS_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
LEFT_BEHIND = "net::ERR_ABORTED"


@dataclass
class Watch:
    """What a page must never have: messages of errors, refused content, requests that fail, sideways scrolling."""

    found: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.found.append(f"{page.url}: {error}"))
        page.on("requestfailed", self.failed)
        page.on("response", self.answered)

    def console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.found.append(f"{message.location.get('url')}: {message.text}")

    def failed(self, request: Request) -> None:
        if request.failure == LEFT_BEHIND and "/static/" in request.url:
            return  # the visitor went on before an icon or a font had come
        self.found.append(f"{request.url}: {request.failure}")

    def answered(self, response: Response) -> None:
        if response.status >= FIRST_REFUSAL:
            self.found.append(f"{response.url}: {response.status}")

    def width(self, page: Page) -> None:
        if page.evaluate(SCROLLS_SIDEWAYS):
            self.found.append(f"{page.url}: scrolls sideways")


class PageVisitor:
    """Somebody at chromium, with cookies of their own."""

    def __init__(self, context: BrowserContext, base_url: str, language: str, watch: Watch) -> None:
        self.language, self.base_url, self.watch = language, base_url, watch
        self.page = context.new_page()
        watch.over(self.page)
        self.open(f"/login?lang={language}")

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def html(self) -> str:
        return self.page.content()

    def open(self, path: str) -> None:
        self.page.goto(self.base_url + path)
        self.watch.width(self.page)

    def follow(self, href: str) -> None:
        self.click(self.page.locator(f'a[href="{href}"]:visible').first)

    def click(self, target: Locator) -> None:
        """Press what leads to another page, and arrive there."""
        with self.page.expect_navigation():
            target.click()
        self.watch.width(self.page)

    def send(self, action: str, values: Given | None = None, press: str | None = None) -> None:
        form = self.form(action, list(values or {}), press)
        for name, value in (values or {}).items():
            self.fill(form, name, value)
        button = form.locator(selector("button", *press.split("=", 1)) if press else "button:not([name])").last
        self.open_around(button)
        self.click(button)

    def form(self, action: str, names: list[str], press: str | None) -> Locator:
        """The form that goes to the path, with these fields and this button."""
        own = "form:not([action]), " if action == self.path else ""
        found = self.page.locator(f'{own}form[action="{action}"]')
        for name in names:
            found = found.filter(has=self.page.locator(f'[name="{name}"]'))
        if press:
            found = found.filter(has=self.page.locator(selector("button", *press.split("=", 1))))
        assert found.count(), f"{self.path} has no form to {action} with {names} and the button {press}"
        return found.first

    def fill(self, form: Locator, name: str, value: Value | Path) -> None:
        control = form.locator(f'[name="{name}"]')
        kind = control.first.evaluate("one => one.type")
        self.open_around(control.first)
        if isinstance(value, Path):
            self.attach(control, value)
        elif kind in TICKED:
            self.tick(control, [value] if isinstance(value, str) else list(value), kind)
        else:
            assert isinstance(value, str)
            (self.choose if kind.startswith("select") else self.write)(control, value)

    def tick(self, controls: Locator, wanted: list[str], kind: str) -> None:
        """Leave exactly these boxes ticked, or this circle filled; each that changes is clicked."""
        stands: dict[str, bool] = dict(controls.evaluate_all(OFFERED))
        assert set(wanted) <= set(stands), f"{self.path} offers {list(stands)}, not {wanted}"
        changed = [value for value, is_set in stands.items() if (value in wanted) != is_set]
        for value in changed if kind == "checkbox" else wanted:
            one = controls.and_(self.page.locator(f'[value="{value}"]')) if value else controls
            self.open_around(one)
            self.mark(one, is_set=value in wanted)

    def attach(self, control: Locator, file: Path) -> None:
        control.set_input_files(file)

    def choose(self, control: Locator, value: str) -> None:
        if control.is_hidden():
            self.search(control, value)
        else:
            control.select_option(value)

    def search(self, control: Locator, value: str) -> None:
        """A long list behind a box with suggestions: type the words, take the first."""
        self.write(control.locator(COMBOBOX), control.evaluate(LABEL_OF, value))
        self.page.keyboard.press("Enter")
        assert control.evaluate(VALUE) == value

    def write(self, control: Locator, text: str) -> None:
        control.fill(text)

    def mark(self, control: Locator, *, is_set: bool) -> None:
        """Change a box that is to change, or fill a circle."""
        control.set_checked(is_set)

    def open_around(self, control: Locator) -> None:
        """Open what the control is folded away in."""
        for summary in self.closed_around(control):
            summary.click()

    def closed_around(self, control: Locator) -> list[Locator]:
        return control.locator(CLOSED_PARENTS).all() if control.evaluate(IS_FOLDED_AWAY) else []

    def fetch(self, path: str) -> tuple[int, bytes]:
        response = self.page.request.get(self.base_url + path)
        return response.status, response.body()


def selector(tag: str, name: str, value: str) -> str:
    return f'{tag}[name="{name}"][value="{value}"]'


def signed_in(visitor: PageVisitor, email: str) -> PageVisitor:
    """The visitor after one click on the page of the demonstration's accounts."""
    visitor.open("/demo")
    visitor.send("/demo", press=f"email={email}")
    assert visitor.path != "/demo"
    return visitor
