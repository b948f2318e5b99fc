"""Tokens and links: good once, for the role they were made for, and only while the person is active."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from intake import clock
from intake.db import Database
from intake.errors import Invalid, NotFound
from intake.models import Membership, User
from intake.policy import Role
from intake.services import accounts, links, logins


@pytest.fixture
def person(database: Database) -> Database:
    """One person with two roles."""
    with database.writing() as db:
        for role in ("applicant", "secretary"):
            accounts.create_user(db, email="Nguoi@Example.VN", name="Người thử", role=role)
    return database


def user_of(db) -> User:
    return db.scalars(select(User)).one()


def token_for(database: Database, role: str) -> str:
    with database.writing() as db:
        membership = db.scalars(select(Membership).where(Membership.role == role)).one()
        return accounts.create_token(db, user_of(db), days=1, scope="write", membership_id=membership.id)


def test_a_token_acts_under_the_role_it_was_made_for(person: Database) -> None:
    token = token_for(person, "secretary")
    with person.reading() as db:
        found = accounts.token_identity(db, token)
        assert found is not None and (found[0].actor.role, found[1]) == (Role.SECRETARY, "write")


@pytest.mark.parametrize("end", ["membership", "person"])
def test_a_token_dies_with_its_role_or_its_person(person: Database, end: str) -> None:
    token = token_for(person, "secretary")
    with person.writing() as db:
        if end == "membership":
            db.execute(update(Membership).where(Membership.role == "secretary").values(ended_at=clock.now()))
        else:
            db.execute(update(User).values(is_active=False))
    with person.reading() as db:
        assert accounts.token_identity(db, token) is None


def test_a_link_works_once_and_ends_every_login(person: Database) -> None:
    with person.writing() as db:
        link = links.issue(db, user_of(db), "set_password")
        cookie = logins.start(db, user_of(db), None)
    hashed = accounts.password_hash("một mật khẩu dài")
    with person.writing() as db:
        links.use(db, link, new_password_hash=hashed)
    with person.reading() as db:
        assert logins.of_token(db, cookie) is None
        found = accounts.authenticate(db, " NGUOI@example.vn ", "một mật khẩu dài")
        assert found is not None and found.email == "nguoi@example.vn"
        assert accounts.authenticate(db, "nguoi@example.vn", "sai mật khẩu") is None
    with pytest.raises(NotFound), person.writing() as db:
        links.use(db, link)


def test_bad_accounts_are_refused_with_the_field(person: Database) -> None:
    with pytest.raises(Invalid) as short:
        accounts.password_hash("ngắn")
    with pytest.raises(Invalid) as role, person.writing() as db:
        accounts.create_user(db, email="a@b.vn", name="A", role="king")
    assert [short.value.errors[0][0], role.value.errors[0][0]] == ["password", "role"]
