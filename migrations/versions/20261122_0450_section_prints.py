"""what each section of a version reads like, so that lists need not read its text"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("proposal_version") as table:
        table.add_column(sa.Column("section_prints", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("proposal_version") as table:
        table.drop_column("section_prints")
