"""Travel and meals asked for after their cut-off"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

PURPOSES = (
    "invitation", "confirmation", "pass", "moved", "promoted", "item place", "cancelled", "link again",
    "seat offer", "placed", "answer", "names wanted", "part wanted", "soon", "thanks",
)  # fmt: skip


def upgrade() -> None:
    with op.batch_alter_table("change_request") as batch_op:
        batch_op.add_column(sa.Column("wanted", sa.JSON(), nullable=False, server_default="{}"))
    _know((*PURPOSES, "own answer"), kinds=("substitution", "move", "travel", "meals"))


def downgrade() -> None:
    op.execute("DELETE FROM change_request WHERE kind IN ('travel', 'meals')")
    op.execute("DELETE FROM message WHERE purpose = 'own answer'")
    _know(PURPOSES, kinds=("substitution", "move"))
    with op.batch_alter_table("change_request") as batch_op:
        batch_op.drop_column("wanted")


def _know(purposes: tuple[str, ...], *, kinds: tuple[str, ...]) -> None:
    for table, name, rule in (
        ("message", "purpose_known", f"purpose IN {purposes}"),
        ("change_request", "kind_known", f"kind IN {kinds}"),
    ):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_{name}"), rule)
