"""papers of sessions, letterheads from a day on, externally signed copies"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BEFORE = ("receipt", "decision", "proposal", "supplement_request", "ineligibility_notice")
ADDED = (
    "assessment_request",
    "ministry_opinion",
    "engineer_assessment",
    "minutes",
    "score_synthesis",
    "committee_report",
)


def upgrade() -> None:
    with op.batch_alter_table("document") as document:
        allow(document, *BEFORE, *ADDED)
        document.alter_column("proposal_id", existing_type=sa.Integer(), nullable=True)
        document.add_column(sa.Column("session_id", sa.Integer(), nullable=True))
        document.create_foreign_key(op.f("fk_document_session_id"), "session", ["session_id"], ["id"])
        document.create_index(op.f("ix_document_session_id"), ["session_id"])
        document.create_check_constraint(
            op.f("ck_document_one_subject"), "(proposal_id IS NULL) <> (session_id IS NULL)"
        )
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
    op.create_table(
        "signed_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("signatures", sa.JSON(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_signed_copy_document_id")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["user.id"], name=op.f("fk_signed_copy_uploaded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_copy")),
    )
    op.create_index(op.f("ix_signed_copy_document_id"), "signed_copy", ["document_id"])


def downgrade() -> None:
    op.drop_table("signed_copy")
    op.drop_table("letterhead_setting")
    added = ", ".join(f"'{kind}'" for kind in ADDED)
    op.execute(sa.text(f"DELETE FROM document WHERE kind IN ({added})"))
    with op.batch_alter_table("document") as document:
        document.drop_constraint(op.f("ck_document_one_subject"), type_="check")
        document.drop_index(op.f("ix_document_session_id"))
        document.drop_constraint(op.f("fk_document_session_id"), type_="foreignkey")
        document.drop_column("session_id")
        document.alter_column("proposal_id", existing_type=sa.Integer(), nullable=False)
        allow(document, *BEFORE)


def allow(document, *kinds: str) -> None:
    """Let `document.kind` be one of these."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    document.drop_constraint(op.f("ck_document_kind_is_known"), type_="check")
    document.create_check_constraint(op.f("ck_document_kind_is_known"), f"kind IN ({listed})")
