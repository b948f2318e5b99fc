"""reminders and reception checks"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OF_STAGE = sa.text("assignment_id IS NULL")


def upgrade() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("recipient_count", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_reminder_assignment_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_reminder_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "proposal_id",
            "assignment_id",
            "state",
            "due_on",
            "mark",
            name=op.f("uq_reminder_proposal_id_assignment_id_state_due_on_mark"),
        ),
    )
    op.create_index(
        "uq_reminder_of_stage",
        "reminder",
        ["proposal_id", "state", "due_on", "mark"],
        unique=True,
        sqlite_where=OF_STAGE,
        postgresql_where=OF_STAGE,
    )
    op.create_table(
        "reception_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("is_met", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["checked_by_id"], ["user.id"], name=op.f("fk_reception_check_checked_by_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_reception_check_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reception_check")),
        sa.UniqueConstraint(
            "proposal_id", "version", "point", name=op.f("uq_reception_check_proposal_id_version_point")
        ),
    )


def downgrade() -> None:
    op.drop_table("reception_check")
    op.drop_index("uq_reminder_of_stage", table_name="reminder")
    op.drop_table("reminder")
