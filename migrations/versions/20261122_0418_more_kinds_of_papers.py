"""more kinds of papers"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NAME = "ck_document_kind_is_known"
BEFORE = ("receipt", "decision")
ADDED = ("proposal", "supplement_request", "ineligibility_notice")


def upgrade() -> None:
    allow(*BEFORE, *ADDED)


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM document WHERE kind IN ('proposal', 'supplement_request', 'ineligibility_notice')"))
    allow(*BEFORE)


def allow(*kinds: str) -> None:
    """Let `document.kind` be one of these."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("document") as document:
        document.drop_constraint(op.f(NAME), type_="check")
        document.create_check_constraint(op.f(NAME), f"kind IN ({listed})")
