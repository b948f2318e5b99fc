"""The texts of a form by name, as WTForms wants to read them."""

from __future__ import annotations


class Texts(dict[str, list[str]]):
    """Posted or stored texts; a name may carry several."""

    def getlist(self, name: str) -> list[str]:
        """Every text under `name`."""
        return self.get(name, [])

    def first(self, name: str) -> str:
        """The first text under `name`, or an empty one."""
        return next(iter(self.get(name, ())), "")
