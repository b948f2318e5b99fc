"""accounts: registrations, invitations, second factors, what a login shows of itself, names that were"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROLES = (
    "applicant",
    "secretary",
    "ministry_lead",
    "ministry_reviewer",
    "engineer",
    "adviser",
    "committee_member",
    "committee_chair",
    "implementer",
    "administrator",
    "auditor",
)
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    widen_user()
    for name in ("seen_at", "second_factor_at"):
        op.add_column("login", sa.Column(name, INSTANT, nullable=True))
    for name in ("device", "address"):
        op.add_column("login", sa.Column(name, sa.Text(), server_default="", nullable=False))
    # One statement with its reference: rebuilding the table would drop what every other table points to.
    op.execute(
        "ALTER TABLE organisation ADD COLUMN merged_into_id TEXT"
        " CONSTRAINT fk_organisation_merged_into_id REFERENCES organisation (id)"
    )
    create_former_names()
    create_second_factors()
    create_registrations()
    create_invitations()


def widen_user() -> None:
    """The search column, filled for the people who are there."""
    op.add_column("user", sa.Column("folded", sa.Text(), server_default="", nullable=False))
    person = sa.table("user", sa.column("id"), sa.column("name"), sa.column("email"), sa.column("folded"))
    connection = op.get_bind()
    for row in connection.execute(sa.select(person.c.id, person.c.name, person.c.email)).all():
        connection.execute(person.update().where(person.c.id == row.id).values(folded=fold(f"{row.name} {row.email}")))


def fold(text: str) -> str:
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).casefold().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def create_former_names() -> None:
    op.create_table(
        "former_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("abbreviation", sa.Text(), nullable=True),
        sa.Column("until_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_former_name_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_name")),
    )
    op.create_index(op.f("ix_former_name_organisation_id"), "former_name", ["organisation_id"])


def create_second_factors() -> None:
    op.create_table(
        "second_factor",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_second_factor_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_recovery_code_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_recovery_code_code_hash")),
    )
    op.create_index(op.f("ix_recovery_code_user_id"), "recovery_code", ["user_id"])


def create_registrations() -> None:
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.CheckConstraint("language IN ('vi', 'en')", name=op.f("ck_registration_language_is_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_registration_token_hash")),
    )
    op.create_index(op.f("ix_registration_email"), "registration", ["email"])


def create_invitations() -> None:
    known = ", ".join(f"'{role}'" for role in ROLES)
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("organisation_id", sa.Text(), nullable=True),
        sa.Column("is_manager", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("accepted_at", INSTANT, nullable=True),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.CheckConstraint(f"role IN ({known})", name=op.f("ck_invitation_role_is_known")),
        sa.CheckConstraint(
            "relation IN ('coauthor_edit', 'coauthor_read')", name=op.f("ck_invitation_relation_is_known")
        ),
        sa.CheckConstraint("(proposal_id IS NULL) <> (role IS NULL)", name=op.f("ck_invitation_to_one_thing")),
        sa.ForeignKeyConstraint(["invited_by_id"], ["user.id"], name=op.f("fk_invitation_invited_by_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_invitation_organisation_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_invitation_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(op.f("ix_invitation_organisation_id"), "invitation", ["organisation_id"])
    op.create_index(op.f("ix_invitation_proposal_id"), "invitation", ["proposal_id"])


def downgrade() -> None:
    for name in ("invitation", "registration", "recovery_code", "second_factor", "former_name"):
        op.drop_table(name)
    if op.get_context().dialect.name == "postgresql":
        op.drop_constraint("fk_organisation_merged_into_id", "organisation", type_="foreignkey")
    with op.batch_alter_table("organisation") as organisation:
        organisation.drop_column("merged_into_id")
    for name in ("address", "device", "second_factor_at", "seen_at"):
        op.drop_column("login", name)
    op.drop_column("user", "folded")
