"""What a phone's screen said of a scan before the server decided"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
VERDICTS = "'admitted', 'already in', 'wrong run', 'replaced', 'cancelled', 'not yet', 'unknown'"


def upgrade() -> None:
    with op.batch_alter_table("check_in") as batch_op:
        batch_op.add_column(sa.Column("shown", sa.String(length=20), nullable=False, server_default=""))
        batch_op.create_check_constraint(
            op.f("ck_check_in_shown_known"), f"shown IN ({VERDICTS}) OR shown = ''"
        )


def downgrade() -> None:
    with op.batch_alter_table("check_in") as batch_op:
        batch_op.drop_constraint(op.f("ck_check_in_shown_known"), type_="check")
        batch_op.drop_column("shown")
