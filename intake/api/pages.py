"""Pages of lists that a service gives whole: by key, so that what comes or goes in between moves nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from intake.api.shapes import Page

Item = TypeVar("Item")


def page_of(items: Sequence[Item], page: Page, *, key: Callable[[Item], str]) -> tuple[list[Item], str | None]:
    """Items after `page.after` and the key of the last one when more follow; `items` stand in the order of the key."""
    following = [item for item in items if page.after is None or key(item) > page.after]
    shown = list(following[: page.limit])
    return shown, key(shown[-1]) if len(following) > len(shown) else None
