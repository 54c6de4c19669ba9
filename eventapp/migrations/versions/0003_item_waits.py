"""Waiting for a place in an item of the agenda"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

PURPOSES = ("invitation", "confirmation", "pass", "moved", "promoted", "cancelled", "link again")


def upgrade() -> None:
    with op.batch_alter_table("sign_up") as batch_op:
        batch_op.add_column(sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True))
    _know((*PURPOSES, "item place"))


def downgrade() -> None:
    _know(PURPOSES)
    with op.batch_alter_table("sign_up") as batch_op:
        batch_op.drop_column("queued_at")


def _know(purposes: tuple[str, ...]) -> None:
    with op.batch_alter_table("message") as batch_op:
        batch_op.drop_constraint(op.f("ck_message_purpose_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_message_purpose_known"), f"purpose IN {purposes}")
