"""By which way a letter was tried: mail or Alimtalk"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    with op.batch_alter_table("message_attempt") as batch_op:
        batch_op.add_column(sa.Column("way", sa.String(length=10), nullable=False, server_default="mail"))
        batch_op.create_check_constraint(
            op.f("ck_message_attempt_way_known"), "way IN ('mail', 'alimtalk')"
        )


def downgrade() -> None:
    with op.batch_alter_table("message_attempt") as batch_op:
        batch_op.drop_constraint(op.f("ck_message_attempt_way_known"), type_="check")
        batch_op.drop_column("way")
