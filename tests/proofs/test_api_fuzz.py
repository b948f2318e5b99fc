"""The short form of `./run prove api_fuzz`."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.config import Settings
from proofs import api_fuzz
from tests.apps import SECRET, running_app


@pytest.mark.slow
def test_operations_answer_as_described_whatever_is_asked(migrated_sqlite_url: str, tmp_path: Path) -> None:
    values = {"env": "demo", "data_dir": tmp_path, "database_url": migrated_sqlite_url, "secret_key": SECRET}
    with running_app(Settings.model_validate(values)) as app:
        result = api_fuzz.fuzzed(app, api_fuzz.SHORT)
    print(f"n={api_fuzz.SHORT}: {result}")
    assert ", no failure, no 500: " in result
