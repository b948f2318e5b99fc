"""the monthly report of a lead agency can be had as a paper"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BEFORE = (
    "receipt",
    "decision",
    "proposal",
    "supplement_request",
    "ineligibility_notice",
    "assessment_request",
    "ministry_opinion",
    "assessment",
    "minutes",
    "score_synthesis",
    "committee_report",
)


def upgrade() -> None:
    allow(*BEFORE, "kpi_report")


def downgrade() -> None:
    allow(*BEFORE)


def allow(*kinds: str) -> None:
    """Let `document.kind` be one of these."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("document") as document:
        document.drop_constraint(op.f("ck_document_kind_is_known"), type_="check")
        document.create_check_constraint(op.f("ck_document_kind_is_known"), f"kind IN ({listed})")
