"""Somebody without a mouse: everything is reached by Tab, and at every stop the focus can be seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import ElementHandle, Locator, expect

from tests.browser.visitors import VALUE, PageVisitor

SEEN = Path(__file__).with_name("focus.js").read_text(encoding="utf-8")
KIND = "one => [one.type, one.value]"
CHOSEN = "one => [one.selectedIndex, [...one.options].map((option) => option.value)]"
MOST_ARROWS = 20


class KeyboardVisitor(PageVisitor):
    """Opens addresses; everything else goes by keys. Whatever is wrong with a stop is kept by the watch."""

    def click(self, target: Locator) -> None:
        self.reach(target)
        with self.page.expect_navigation():
            self.key("Enter")
        self.watch.width(self.page)

    def open_around(self, control: Locator) -> None:
        for summary in self.closed_around(control):
            self.reach(summary)
            self.key("Enter")

    def attach(self, control: Locator, file: Path) -> None:
        # Waiting starts before the way there: the browser hears of it only a moment later.
        with self.page.expect_file_chooser() as chooser:
            self.reach(control)
            self.key("Enter")
        chooser.value.set_files(file)

    def choose(self, control: Locator, value: str) -> None:
        if control.is_hidden():
            self.search(control, value)
            return
        self.reach(control)
        stands, values = control.evaluate(CHOSEN)
        steps = values.index(value) - stands
        for _ in range(abs(steps)):
            self.key("ArrowDown" if steps > 0 else "ArrowUp")
        assert control.evaluate(VALUE) == value

    def write(self, control: Locator, text: str) -> None:
        self.reach(control)
        self.key("Control+A")
        self.key("Delete")
        self.page.keyboard.type(text)
        expect(control).to_have_value(text)

    def mark(self, control: Locator, *, is_set: bool) -> None:
        self.reach(control)
        kind, wanted = control.evaluate(KIND)
        focused = self.page.locator(":focus")
        if kind == "radio":
            for _ in range(MOST_ARROWS):
                if focused.evaluate(VALUE) == wanted:
                    break
                self.key("ArrowDown")
        if control.is_checked() != is_set:
            self.key("Space")
        expect(control).to_be_checked(checked=is_set)

    def reach(self, place: Locator) -> None:
        """Go there by the shorter way; in front of the text the link that skips the navigation comes first."""
        target = place.element_handle()
        seen = self.stop(target)
        if seen["isFresh"] and seen["isInMain"] and seen["target"] - seen["main"] < seen["count"] - seen["target"]:
            seen = self.skip(target)
        forward = (seen["target"] - seen["here"]) % seen["count"]
        key = "Tab" if forward <= seen["count"] - forward else "Shift+Tab"
        for _ in range(seen["count"]):
            if seen["isThere"]:
                return
            self.key(key)
            seen = self.stop(target)
        raise AssertionError(f"{self.path}: {key} never comes to {place}, but to {seen['name']}")

    def skip(self, target: ElementHandle) -> dict[str, Any]:
        self.key("Tab")
        assert self.stop(target)["isSkipLink"], f"{self.path}: the first stop is no way to skip"
        self.key("Enter")
        return self.stop(target)

    def stop(self, target: ElementHandle) -> dict[str, Any]:
        """What is seen here; a mark that is missing and a place that is covered are kept."""
        seen = self.page.evaluate(SEEN, target)
        if seen["bare"]:
            self.watch.found.append(f"{self.page.url}: no mark of the focus on {seen['bare']}")
        if seen["isCovered"]:
            self.watch.found.append(f"{self.page.url}: the focus is covered at {seen['name']}")
        return seen

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)
