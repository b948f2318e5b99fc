"""What a build adds to the package: compiled messages, and in a wheel the folders that live beside it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BESIDE_THE_PACKAGE = ("templates", "migrations")


class CustomBuildHook(BuildHookInterface):
    """Compiles the catalogues; an editable install reads the repository, so only a wheel carries copies."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for source in Path(self.root, "intake", "translations").glob("*/LC_MESSAGES/*.po"):
            compile_catalogue(source)
        if self.target_name == "wheel" and version == "standard":
            for folder in BESIDE_THE_PACKAGE:
                build_data["force_include"][folder] = f"intake/_bundled/{folder}"


def compile_catalogue(source: Path) -> None:
    with source.open("rb") as texts:
        messages = read_po(texts)
    draft = source.with_suffix(f".{os.getpid()}")
    with draft.open("wb") as compiled:
        write_mo(compiled, messages)
    draft.replace(source.with_suffix(".mo"))  # whoever reads at this moment sees a whole file
