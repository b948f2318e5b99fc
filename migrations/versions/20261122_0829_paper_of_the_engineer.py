"""the engineer's paper is called an assessment: the other word is that of a stage"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

OTHERS = (
    "receipt",
    "decision",
    "proposal",
    "supplement_request",
    "ineligibility_notice",
    "assessment_request",
    "ministry_opinion",
    "minutes",
    "score_synthesis",
    "committee_report",
)
BEFORE, AFTER = "engineer_assessment", "assessment"


def upgrade() -> None:
    allow(*OTHERS, BEFORE, AFTER)
    op.execute(sa.text(f"UPDATE document SET kind = '{AFTER}' WHERE kind = '{BEFORE}'"))
    allow(*OTHERS, AFTER)


def downgrade() -> None:
    allow(*OTHERS, BEFORE, AFTER)
    op.execute(sa.text(f"UPDATE document SET kind = '{BEFORE}' WHERE kind = '{AFTER}'"))
    allow(*OTHERS, BEFORE)


def allow(*kinds: str) -> None:
    """Let `document.kind` be one of these."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("document") as document:
        document.drop_constraint(op.f("ck_document_kind_is_known"), type_="check")
        document.create_check_constraint(op.f("ck_document_kind_is_known"), f"kind IN ({listed})")
