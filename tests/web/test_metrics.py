"""Figures for the machines that watch this one: true, shared by all processes, and closed to the outside."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from intake import clock
from intake.config import Settings
from intake.models import Heartbeat, Outbox
from tests import factories

# What is counted does not depend on the engine.
on_sqlite = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)


@pytest.fixture
def setting(app):
    """Changes settings of the running application for one test."""
    before = app.extensions["intake"]

    def change(**values) -> None:
        changed = before.settings.model_copy(update=values)
        app.extensions["intake"] = replace(before, settings=changed)

    yield change
    app.extensions["intake"] = before


def figures(text: str) -> dict[tuple[str, ...], float]:
    """(name, label values...) -> value."""
    return {
        (sample.name, *(sample.labels[label] for label in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@on_sqlite
def test_requests_queues_and_workers_are_counted(visitor, database) -> None:
    before = figures(visitor.get("/metrics").text)
    now = clock.now()
    with database.writing() as db:
        late = factories.proposal(db, "reception")
        late.due_on = clock.today() - timedelta(days=1)
        factories.proposal(db, "reception")
        db.add(Heartbeat(executor="here:0", seen_at=now - timedelta(seconds=5)))
        db.add(Outbox(key="a", kind="mail", payload={}, created_at=now - timedelta(minutes=2), last_error="no"))
        db.add(Outbox(key="b", kind="mail", payload={}, created_at=now))
        db.add(Outbox(key="c", kind="mail", payload={}, created_at=now, delivered_at=now))
    for address in ("/link/a-one-time-token", "/link/another", "/nowhere/SK-2026-SECRET00"):
        assert visitor.get(address).status_code == 404
    answer = visitor.get("/metrics")
    found = figures(answer.text)
    counted = ("intake_request_seconds_count", "GET", "/link/<token>", "4xx")
    assert found[counted] - before.get(counted, 0) == 2
    assert ("intake_request_seconds_count", "(none)", "(none)", "4xx") in found
    assert "SECRET" not in answer.text
    gauges = {key: value for key, value in found.items() if "request" not in key[0] and key[0].startswith("intake_")}
    ages = {"intake_outbox_lag_seconds": 120, "intake_worker_heartbeat_age_seconds": 5}
    for name, age in ages.items():
        (key,) = [key for key in gauges if key[0] == name]
        assert 0 <= gauges.pop(key) - age < 30
    assert gauges == {
        ("intake_outbox_undelivered", "mail"): 2,
        ("intake_outbox_failing",): 1,
        ("intake_proposals_open", "reception"): 2,
        ("intake_proposals_overdue", "reception"): 1,
    }


@on_sqlite
@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("127.0.0.1", {"Forwarded": "for=10.1.2.3"}, 404),
        ("203.0.113.9", {}, 404),
        ("10.1.2.3", {}, 404),
        ("nobody knows", {}, 404),
        ("203.0.113.9", {"Authorization": "Bearer "}, 404),
    ],
)
def test_only_this_machine_may_ask(app, address, headers, status) -> None:
    asked = app.test_client().get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})
    assert asked.status_code == status


@on_sqlite
def test_a_token_and_a_network_open_it(app, setting) -> None:
    setting(metrics_token=SecretStr("thẻ"), metrics_allow="10.0.0.0/8, 192.0.2.1")

    def asked(address: str, token: str = "") -> int:
        headers = {"Authorization": f"Bearer {token}", "X-Forwarded-For": "1.2.3.4"} if token else {}
        return app.test_client().get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address}).status_code

    assert [asked(address) for address in ("10.1.2.3", "192.0.2.1", "192.0.2.2", "127.0.0.1")] == [200, 200, 404, 404]
    assert [asked("203.0.113.9", token) for token in ("tok", "th")] == [404, 404]


@on_sqlite
def test_a_token_opens_it_from_anywhere(app, setting) -> None:
    setting(metrics_token=SecretStr("a-long-token"))
    headers = {"Authorization": "Bearer a-long-token", "X-Forwarded-For": "1.2.3.4"}
    assert app.test_client().get("/metrics", headers=headers).status_code == 200


def test_what_is_no_network_stops_the_start(tmp_path) -> None:
    with pytest.raises(ValueError, match="metrics_allow"):
        Settings(data_dir=tmp_path, metrics_allow="10.0.0.0/8, everybody")


FORKING = """
import os
from intake.services.figures import Figures
from intake.web import timings
from intake.web.metrics import exposition
timings.seconds().labels("GET", "/", "2xx").observe(0.01)
if child := os.fork():
    os.waitpid(child, 0)
    print(exposition(Figures({}, 0, 0.0, {}, {}, {})).decode())
else:
    timings.seconds().labels("GET", "/", "2xx").observe(0.01)
    os._exit(0)
"""


def test_processes_of_one_server_share_their_counts(tmp_path) -> None:
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", FORKING], env=environment, capture_output=True, text=True, check=True)
    assert figures(done.stdout)[("intake_request_seconds_count", "GET", "/", "2xx")] == 2


@on_sqlite
def test_ready_means_migrated_and_seeded(visitor, database) -> None:
    def change(statement: str) -> int:
        with database.engine.begin() as connection:
            connection.exec_driver_sql(statement)
        return visitor.get("/health/ready").status_code

    with database.engine.connect() as connection:
        head = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    assert visitor.get("/health/ready").status_code == 200
    assert change("UPDATE alembic_version SET version_num = '0001'") == 503
    assert change("UPDATE alembic_version SET version_num = 'newer'") == 200
    assert change(f"UPDATE alembic_version SET version_num = '{head}'") == 200
    assert change("DELETE FROM alembic_version") == 503
    assert visitor.get("/health/live").status_code == 200
