"""A database with the demonstration and many further proposals, and an application on it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from intake import clock
from intake.app import create_app
from intake.cli.demo import build
from intake.config import Settings
from intake.db import Database
from intake.models import Proposal
from intake.services import seeding
from intake.services.codes import proposal_code

PASSWORD = "benchmark-password"
BATCH = 500


@dataclass(frozen=True)
class Bench:
    """What the measures work with."""

    app: Flask
    database: Database
    folder: Path

    def client(self, email: str | None = None) -> FlaskClient:
        """A browser without scripts, signed in when `email` is given."""
        client = self.app.test_client()
        if email:
            client.post("/demo", data={"email": email})
        return client


def prepared(folder: Path, url: str, n: int) -> Bench:
    """The demonstration and `n` more proposals waiting in reception."""
    os.environ |= {"INTAKE_ENV": "demo", "INTAKE_DATA_DIR": str(folder), "INTAKE_DATABASE_URL": url}
    database = Database(url)
    seeding.upgrade(database)
    build(database, password=PASSWORD)
    add_proposals(database, n)
    app = create_app(Settings())
    app.config["WTF_CSRF_ENABLED"] = False
    return Bench(app, database, folder)


def add_proposals(database: Database, n: int) -> None:
    """Copies of a proposal in reception under codes of their own."""
    with database.writing() as db:
        columns = [column for column in Proposal.__table__.columns if column.name != "id"]
        model = db.execute(select(*columns).where(Proposal.holder_kind == "secretariat").limit(1)).mappings().one()
        for start in range(0, n, BATCH):
            rows = [
                {**model, "code": proposal_code(), "register_number": 10_000 + number, "created_at": clock.now()}
                for number in range(start, min(start + BATCH, n))
            ]
            db.execute(insert(Proposal), rows)
