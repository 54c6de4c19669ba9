"""Letters that leave by themselves, and hours in which none does"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

PURPOSES = (
    "invitation", "confirmation", "pass", "moved", "promoted", "item place", "cancelled", "link again",
    "seat offer", "placed", "answer",
)  # fmt: skip
PLANNED = ("invitation", "names wanted", "part wanted", "soon", "thanks")


def upgrade() -> None:
    op.create_table(
        "letter_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("words_ko", sa.Text(), nullable=False),
        sa.Column("words_en", sa.Text(), nullable=False),
        sa.CheckConstraint(f"purpose IN {PLANNED}", name=op.f("ck_letter_plan_purpose_planned")),
        sa.CheckConstraint("days >= 0", name=op.f("ck_letter_plan_days_not_negative")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_letter_plan_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_plan")),
        sa.UniqueConstraint("event_id", "purpose", name=op.f("uq_letter_plan_event_id_purpose")),
    )
    op.create_table(
        "letter_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_plan_id", sa.Integer(), nullable=False),
        sa.Column("event_session_id", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{table}_id"], [f"{table}.id"], name=op.f(f"fk_letter_round_{table}_id_{table}")
            )
            for table in ("letter_plan", "event_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_round")),
        sa.UniqueConstraint(
            "letter_plan_id",
            "event_session_id",
            name=op.f("uq_letter_round_letter_plan_id_event_session_id"),
        ),
    )
    with op.batch_alter_table("letter_round") as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_round_event_session_id"), ["event_session_id"])
    with op.batch_alter_table("event") as batch_op:
        batch_op.add_column(sa.Column("quiet_from", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("quiet_until", sa.Time(), nullable=True))
    _know((*PURPOSES, "names wanted", "part wanted", "soon", "thanks"))


def downgrade() -> None:
    _know(PURPOSES)
    with op.batch_alter_table("event") as batch_op:
        batch_op.drop_column("quiet_until")
        batch_op.drop_column("quiet_from")
    op.drop_table("letter_round")
    op.drop_table("letter_plan")


def _know(purposes: tuple[str, ...]) -> None:
    with op.batch_alter_table("message") as batch_op:
        batch_op.drop_constraint(op.f("ck_message_purpose_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_message_purpose_known"), f"purpose IN {purposes}")
