"""One log line per request: which route, how it ended, and who sent it, over pages and API alike."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import select

from intake.models import User
from intake.services import accounts

# What is logged does not depend on the engine.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)


def test_every_request_says_who_sent_it_by_number(database, visitor, sign_in, caplog):
    with database.writing() as db:
        secretary = db.scalars(select(User).where(User.email == "secretary@demo.vn")).one()
        token = accounts.create_token(db, secretary, days=1, scope="read")
    signed_in = sign_in("secretary@demo.vn")
    caplog.clear()
    with caplog.at_level(logging.INFO, logger="intake.web"):
        visitor.get("/register")
        signed_in.get("/queue")
        visitor.get("/api/v1/queue", headers={"Authorization": f"Bearer {token}"})
        visitor.get("/link/a-one-time-token")
    lines = [record.msg for record in caplog.records if record.name == "intake.web"]
    assert [(line["route"], line["status"], line.get("user_id")) for line in lines] == [
        ("/register", 200, None),
        ("/queue", 200, secretary.id),
        ("/api/v1/queue", 200, secretary.id),
        ("/link/<token>", 404, None),
    ]
