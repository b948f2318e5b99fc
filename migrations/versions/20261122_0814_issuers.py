"""an issuer of papers need not be an organisation: one office writes under two letterheads"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("letterhead_setting")
    op.create_table(
        "letterhead_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("declaration", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letterhead_setting")),
        sa.UniqueConstraint("issuer", "effective_from", name=op.f("uq_letterhead_setting_issuer_effective_from")),
    )


def downgrade() -> None:
    op.drop_table("letterhead_setting")
    op.create_table(
        "letterhead_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("declaration", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_letterhead_setting_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letterhead_setting")),
        sa.UniqueConstraint(
            "organisation_id", "effective_from", name=op.f("uq_letterhead_setting_organisation_id_effective_from")
        ),
    )
