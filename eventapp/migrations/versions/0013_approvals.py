"""Approval before a place is confirmed, as a switch of the Event"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    with op.batch_alter_table("event") as batch_op:
        batch_op.add_column(
            sa.Column("wants_approval", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    _know(("replaced", "cancelled", "refused", "lost"))


def downgrade() -> None:
    _know(("replaced", "cancelled", "lost"))
    with op.batch_alter_table("event") as batch_op:
        batch_op.drop_column("wants_approval")


def _know(reasons: tuple[str, ...]) -> None:
    name = op.f("ck_badge_reason_known")
    with op.batch_alter_table("badge") as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"revoked_because = '' OR revoked_because IN {reasons}")
