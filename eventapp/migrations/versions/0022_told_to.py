"""The list for hotel, bus or kitchen on which the answers to a question stand as well"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    with op.batch_alter_table("question") as batch_op:
        batch_op.add_column(sa.Column("told_to", sa.String(20), nullable=False, server_default=""))
        batch_op.create_check_constraint(
            op.f("ck_question_told_to_known"), "told_to IN ('', 'hotel', 'shuttle', 'meals')"
        )


def downgrade() -> None:
    with op.batch_alter_table("question") as batch_op:
        batch_op.drop_constraint(op.f("ck_question_told_to_known"), type_="check")
        batch_op.drop_column("told_to")
