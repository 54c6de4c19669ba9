"""A working copy of the agenda with its steps, and letters about what a publication changed"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

PURPOSES = (
    "invitation", "confirmation", "pass", "moved", "promoted", "item place", "cancelled", "link again",
    "seat offer", "placed", "answer", "names wanted", "part wanted", "soon", "thanks",
    "own answer",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "working_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.CheckConstraint("version >= 0", name=op.f("ck_working_copy_version_not_negative")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_working_copy_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_copy")),
        sa.UniqueConstraint("event_id", name=op.f("uq_working_copy_event_id")),
    )
    op.create_table(
        "agenda_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_agenda_step_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_step")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_agenda_step_event_id_number")),
    )
    with op.batch_alter_table("publication") as batch_op:
        batch_op.add_column(sa.Column("gone", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("told", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("back_to", sa.Integer(), nullable=True))
    _know((*PURPOSES, "agenda changed"))


def downgrade() -> None:
    op.execute("DELETE FROM message WHERE purpose = 'agenda changed'")
    _know(PURPOSES)
    with op.batch_alter_table("publication") as batch_op:
        for name in ("back_to", "told", "gone"):
            batch_op.drop_column(name)
    op.drop_table("agenda_step")
    op.drop_table("working_copy")


def _know(purposes: tuple[str, ...]) -> None:
    with op.batch_alter_table("message") as batch_op:
        batch_op.drop_constraint(op.f("ck_message_purpose_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_message_purpose_known"), f"purpose IN {purposes}")
