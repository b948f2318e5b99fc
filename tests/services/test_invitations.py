"""One invitation accepted by several at the same moment takes effect once."""

from __future__ import annotations

from sqlalchemy import select

from intake.i18n import N_
from intake.models import Membership, Outbox, User
from intake.services import accounts, invitations
from tests import factories
from tests.services.test_review_races import together

RACERS = 4


def test_an_invitation_accepted_at_the_same_moment_is_taken_once(database):
    with database.writing() as db:
        manager = factories.owner(db, "manager")
        invitations.write(
            db,
            actor=manager,
            email="moi@example.vn",
            organisation_id="byt",
            language="vi",
            subject=N_("Invitation"),
            body=[],
        )
        path = db.scalars(select(Outbox.payload).where(Outbox.key.startswith("invitation:"))).one()["path"]
    token, hashed = path.rsplit("/", 1)[1], accounts.password_hash("một mật khẩu đủ dài")

    def accept(db):
        return invitations.accept(db, token, name="Người mới", new_hash=hashed)

    assert sorted(together(database, *[accept] * RACERS)) == ["done", *["not-found"] * (RACERS - 1)]
    with database.reading() as db:
        user = db.scalars(select(User).where(User.email == "moi@example.vn")).one()
        held = select(Membership.organisation_id).where(Membership.user_id == user.id).order_by(Membership.id)
        assert list(db.scalars(held)) == [None, "byt"]
