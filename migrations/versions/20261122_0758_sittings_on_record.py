"""sittings: who came and left when, quorum at opening, postponing and cancelling, sealed secret ballots"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CHOICES = "'approve', 'approve_with_conditions', 'reject', 'defer', 'request_revision', 'merge', 'abstain'"
STATUSES = "'expected', 'present', 'remote', 'excused', 'absent'"


def upgrade() -> None:
    with op.batch_alter_table("session") as session:
        states(session, "'planned', 'open', 'closed', 'cancelled'")
        session.add_column(sa.Column("postponed_from", sa.DateTime(timezone=True), nullable=True))
        session.add_column(sa.Column("change_reason", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("session") as session:
        session.alter_column("change_reason", existing_type=sa.Text(), server_default=None)
    with op.batch_alter_table("session_item") as item:
        item.add_column(sa.Column("opening", sa.JSON(), nullable=True))
    with op.batch_alter_table("recusal") as recusal:
        recusal.add_column(sa.Column("recorded_by_id", sa.Integer(), nullable=True))
        recusal.create_foreign_key(op.f("fk_recusal_recorded_by_id"), "user", ["recorded_by_id"], ["id"])
    op.create_table(
        "attendance_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"status IN ({STATUSES})", name=op.f("ck_attendance_change_status_is_known")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user.id"], name=op.f("fk_attendance_change_recorded_by_id")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_attendance_change_session_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_attendance_change_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_change")),
    )
    op.create_index(op.f("ix_attendance_change_session_id"), "attendance_change", ["session_id"])
    box(is_sealed=True)


def downgrade() -> None:
    box(is_sealed=False)
    op.drop_table("attendance_change")
    with op.batch_alter_table("recusal") as recusal:
        recusal.drop_constraint(op.f("fk_recusal_recorded_by_id"), type_="foreignkey")
        recusal.drop_column("recorded_by_id")
    with op.batch_alter_table("session_item") as item:
        item.drop_column("opening")
    op.execute(sa.text("UPDATE session SET state = 'closed' WHERE state = 'cancelled'"))
    with op.batch_alter_table("session") as session:
        states(session, "'planned', 'open', 'closed'")
        session.drop_column("change_reason")
        session.drop_column("postponed_from")


def states(session: Any, listed: str) -> None:
    """Let `session.state` be one of these."""
    session.drop_constraint(op.f("ck_session_state_is_known"), type_="check")
    session.create_check_constraint(op.f("ck_session_state_is_known"), f"state IN ({listed})")


def box(*, is_sealed: bool) -> None:
    """Make the box anew with what is readable in it: changing it in place would give it row numbers."""
    rows = op.get_bind().execute(sa.text("SELECT key, item_id, choice FROM secret_ballot WHERE choice IS NOT NULL"))
    kept = [dict(row) for row in rows.mappings()]
    op.drop_table("secret_ballot")
    sealed = [
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.CheckConstraint("(choice IS NULL) <> (sealed IS NULL)", name=op.f("ck_secret_ballot_sealed_or_open")),
    ]
    table = op.create_table(
        "secret_ballot",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=is_sealed),
        *(sealed if is_sealed else []),
        sa.CheckConstraint(f"choice IN ({CHOICES})", name=op.f("ck_secret_ballot_choice_is_known")),
        sa.ForeignKeyConstraint(["item_id"], ["session_item.id"], name=op.f("fk_secret_ballot_item_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_secret_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_secret_ballot_item_id"), "secret_ballot", ["item_id"])
    if kept:
        op.bulk_insert(table, kept)
