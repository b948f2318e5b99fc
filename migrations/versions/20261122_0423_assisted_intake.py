"""assisted intake"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

HOLDERS = "'secretariat', 'owner', 'lead_ministry', 'engineer', 'body', 'deciding_body', 'lead_agency'"
CHECKS = {
    "ck_proposal_holder_kind_is_known": f"holder_kind IN ({HOLDERS})",
    "ck_proposal_open_means_held": (
        "(is_open AND holder_kind IS NOT NULL AND due_on IS NOT NULL)"
        " OR (NOT is_open AND holder_kind IS NULL AND due_on IS NULL)"
    ),
}
CHANNELS = "'letter', 'word_file', 'scan', 'in_person'"


def upgrade() -> None:
    let_owner_be_null(True)
    op.create_table(
        "assisted_intake",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by_id", sa.Integer(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"channel IN ({CHANNELS})", name=op.f("ck_assisted_intake_channel_is_known")),
        sa.CheckConstraint(
            "(claimed_at IS NULL) = (claimed_by_id IS NULL)", name=op.f("ck_assisted_intake_claimed_by_somebody")
        ),
        sa.ForeignKeyConstraint(["claimed_by_id"], ["user.id"], name=op.f("fk_assisted_intake_claimed_by_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_assisted_intake_entered_by_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_assisted_intake_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_assisted_intake")),
    )
    op.create_index(op.f("ix_assisted_intake_claimed_by_id"), "assisted_intake", ["claimed_by_id"], unique=False)


def downgrade() -> None:
    """What nobody has claimed belongs from then on to whoever entered it."""
    entered = "SELECT entered_by_id FROM assisted_intake WHERE assisted_intake.proposal_id = proposal.id"
    op.execute(sa.text(f"UPDATE proposal SET owner_id = ({entered}) WHERE owner_id IS NULL"))
    op.drop_table("assisted_intake")
    let_owner_be_null(False)


def let_owner_be_null(nullable: bool) -> None:
    """SQLite copies the table, which keeps only the checks it is told of."""
    if op.get_bind().dialect.name == "sqlite":
        kept = [sa.CheckConstraint(check, name=op.f(name)) for name, check in CHECKS.items()]
        with op.batch_alter_table("proposal", recreate="always", table_args=tuple(kept)) as batch_op:
            batch_op.alter_column("owner_id", existing_type=sa.Integer(), nullable=nullable)
    else:
        op.alter_column("proposal", "owner_id", existing_type=sa.Integer(), nullable=nullable)
