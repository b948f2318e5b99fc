"""a recorded ballot may carry a scan of its paper; that of a secret vote never does"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

RULE = "file_key IS NULL OR (choice IS NOT NULL AND recorder_id IS NOT NULL AND sha256 IS NOT NULL)"
NAME = "ck_ballot_scan_is_of_an_open_recorded_one"


def upgrade() -> None:
    with op.batch_alter_table("ballot") as ballot:
        ballot.add_column(sa.Column("file_key", sa.Text(), nullable=True))
        ballot.add_column(sa.Column("sha256", sa.Text(), nullable=True))
        ballot.create_check_constraint(op.f(NAME), RULE)


def downgrade() -> None:
    with op.batch_alter_table("ballot") as ballot:
        ballot.drop_constraint(op.f(NAME), type_="check")
        ballot.drop_column("sha256")
        ballot.drop_column("file_key")
