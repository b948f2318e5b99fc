"""The container files fit the program: commands and settings that exist, services that wait for what they need."""

from __future__ import annotations

import re
import shlex
from typing import Any

import click
import pytest
import yaml

from intake.cli import intake
from intake.config import Settings
from intake.paths import REPOSITORY

COMPOSE: dict[str, Any] = yaml.safe_load((REPOSITORY / "compose.yaml").read_text(encoding="utf-8"))
OURS = {name: service for name, service in COMPOSE["services"].items() if service["image"] == "intake"}
DOCKERFILE = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
KNOWN = {f"INTAKE_{name.upper()}" for name in Settings.model_fields}


def test_services_are_database_web_nodes_and_a_worker():
    assert set(COMPOSE["services"]) == {"database", "upgrade", "demo", "web", "worker"}
    assert COMPOSE["services"]["web"]["deploy"]["replicas"] == 2


@pytest.mark.parametrize("name", OURS)
def test_service_runs_a_command_that_exists(name):
    program, *words = OURS[name]["command"]
    command: click.Command = intake
    options = []
    for word in words:
        if isinstance(command, click.Group):
            found = command.get_command(click.Context(command), word)
            assert found is not None, word
            command = found
        else:
            options.append(word)
    known = {option for parameter in command.params for option in parameter.opts}
    assert (program, set(options) - known) == ("intake", set())


@pytest.mark.parametrize("name", OURS)
def test_service_sets_only_settings_that_exist_and_keeps_the_data(name):
    service = OURS[name]
    assert {key for key in service["environment"] if key.startswith("INTAKE_")} - KNOWN == set()
    assert service["volumes"] == ["data:/data"]
    assert service["environment"]["INTAKE_DATA_DIR"] == "/data"


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_service_waits_only_for_services_that_exist(name):
    waits = COMPOSE["services"][name].get("depends_on", {})
    assert set(waits) <= set(COMPOSE["services"])
    if name in OURS:
        assert waits, "everything of ours needs the database, or what prepares it"


def test_volumes_are_declared():
    mounted = {entry.split(":")[0] for service in COMPOSE["services"].values() for entry in service["volumes"]}
    assert mounted == set(COMPOSE["volumes"])


def test_values_left_empty_are_read_as_not_given(monkeypatch, tmp_path):
    """Compose hands an unset variable on as an empty text."""
    environment = OURS["web"]["environment"]
    for name, value in environment.items():
        monkeypatch.setenv(name, re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value))
    monkeypatch.setenv("INTAKE_DATA_DIR", str(tmp_path))
    settings = Settings()
    assert settings.database_url == "postgresql://intake:intake@database/intake"
    assert (settings.env.value, settings.mail_url) == ("demo", (tmp_path / "mail").as_uri())
    assert settings.files_url == (tmp_path / "files").as_uri()


def test_image_serves_as_a_user_of_its_own_from_the_locked_environment():
    lines = [line for line in DOCKERFILE.splitlines() if line and not line.startswith("#")]
    variables = dict(pair.split("=", 1) for line in lines if line.startswith("ENV ") for pair in shlex.split(line)[1:])
    assert {name for name in variables if name.startswith("INTAKE_")} <= KNOWN
    assert "USER intake" in lines
    assert lines[-1] == 'CMD ["intake", "serve", "--no-worker"]'
    assert "RUN ./run setup \\" in lines
