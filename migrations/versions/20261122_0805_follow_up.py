"""follow-up: indicators and reports of approved proposals, remarks of a conclusion, clearances taken back"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

IN_FORCE = sa.text("revoked_at IS NULL")
UNIQUE = "uq_clearance_owner_id_initiative"


def upgrade() -> None:
    op.create_table(
        "kpi",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=True),
        sa.Column("baseline", sa.Double(), nullable=True),
        sa.Column("target", sa.Double(), nullable=True),
        sa.Column("deadline_on", sa.Date(), nullable=True),
        sa.Column("frequency", sa.Text(), nullable=True),
        sa.Column("responsible", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_kpi_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kpi")),
        sa.UniqueConstraint("proposal_id", "row_id", name=op.f("uq_kpi_proposal_id_row_id")),
        sa.UniqueConstraint("proposal_id", "code", name=op.f("uq_kpi_proposal_id_code")),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("difficulties", sa.Text(), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_report_organisation_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_report_proposal_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["user.id"], name=op.f("fk_report_sent_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint(
            "proposal_id", "period_on", "edition", name=op.f("uq_report_proposal_id_period_on_edition")
        ),
    )
    op.create_table(
        "report_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("kpi_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["kpi_id"], ["kpi.id"], name=op.f("fk_report_value_kpi_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_value_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_value")),
        sa.UniqueConstraint("report_id", "kpi_id", name=op.f("uq_report_value_report_id_kpi_id")),
    )
    with op.batch_alter_table("session_item") as item:
        item.add_column(sa.Column("remarks", sa.JSON(), nullable=True))
    with op.batch_alter_table("clearance") as clearance:
        clearance.drop_constraint(op.f(UNIQUE), type_="unique")
        clearance.add_column(sa.Column("revoked_by_id", sa.Integer(), nullable=True))
        clearance.add_column(sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True))
        clearance.add_column(sa.Column("revoke_reason", sa.Text(), nullable=True))
        clearance.create_foreign_key(op.f("fk_clearance_revoked_by_id"), "user", ["revoked_by_id"], ["id"])
    op.create_index(
        "uq_clearance_in_force",
        "clearance",
        ["owner_id", "initiative"],
        unique=True,
        sqlite_where=IN_FORCE,
        postgresql_where=IN_FORCE,
    )


def downgrade() -> None:
    op.drop_index("uq_clearance_in_force", table_name="clearance")
    op.execute(sa.text("DELETE FROM clearance WHERE revoked_at IS NOT NULL"))
    with op.batch_alter_table("clearance") as clearance:
        clearance.drop_constraint(op.f("fk_clearance_revoked_by_id"), type_="foreignkey")
        for name in ("revoke_reason", "revoked_at", "revoked_by_id"):
            clearance.drop_column(name)
        clearance.create_unique_constraint(op.f(UNIQUE), ["owner_id", "initiative"])
    with op.batch_alter_table("session_item") as item:
        item.drop_column("remarks")
    op.drop_table("report_value")
    op.drop_table("report")
    op.drop_table("kpi")
