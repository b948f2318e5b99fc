"""sketches of the wording, by which the reception finds proposals that read alike"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wording_sketch",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_wording_sketch_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_wording_sketch")),
    )
    op.create_table(
        "wording_hash",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_wording_hash_proposal_id")),
        sa.PrimaryKeyConstraint("hash", "proposal_id", name=op.f("pk_wording_hash")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_wording_hash_proposal_id"), "wording_hash", ["proposal_id"])


def downgrade() -> None:
    op.drop_table("wording_hash")
    op.drop_table("wording_sketch")
