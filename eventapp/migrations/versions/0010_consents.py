"""Consent texts in versions, and everybody's yes or no"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

PURPOSES = ("personal-data", "sensitive-diet", "partners-contact", "photographs")
WORDS = ("items", "uses", "period", "refusal")


def upgrade() -> None:
    op.create_table(
        "consent_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("title_ko", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=120), nullable=False),
        *(sa.Column(f"{name}_{one}", sa.Text(), nullable=False) for name in WORDS for one in ("ko", "en")),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"purpose IN {PURPOSES}", name=op.f("ck_consent_text_purpose_known")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_consent_text_version_from_one")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_consent_text_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_text")),
        sa.UniqueConstraint(
            "event_id", "purpose", "version", name=op.f("uq_consent_text_event_id_purpose_version")
        ),
    )
    with op.batch_alter_table("consent_text") as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_text_event_id"), ["event_id"])
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("consent_text_id", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pressed_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person")),
        sa.ForeignKeyConstraint(
            ["consent_text_id"], ["consent_text.id"], name=op.f("fk_consent_consent_text_id_consent_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent") as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_consent_text_id"), ["consent_text_id"])
        batch_op.create_index("ix_consent_person_id_consent_text_id", ["person_id", "consent_text_id"])


def downgrade() -> None:
    op.drop_table("consent")
    op.drop_table("consent_text")
