"""What happens at a checkpoint and who is expected there, keys and reasons noted with a scan, numbers of rooms"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

VERDICTS = ("admitted", "already in", "wrong run", "replaced", "cancelled", "not yet", "unknown")
KINDS = ("scan", "walk-in", "move")
BECAUSE = ("returned", "declined", "offered", "came back", "revived")
CHECKPOINTS = ("gate", "shuttle in", "shuttle out", "tour", "meal", "key out", "key back", "leaving")


def upgrade() -> None:
    with op.batch_alter_table("checkpoint") as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=20), nullable=False, server_default="gate"))
        batch_op.add_column(sa.Column("agenda_item_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_checkpoint_agenda_item_id_agenda_item"), "agenda_item", ["agenda_item_id"], ["id"]
        )
        batch_op.create_check_constraint(op.f("ck_checkpoint_kind_known"), f"kind IN {CHECKPOINTS}")
    op.execute("UPDATE checkpoint SET kind = 'tour' WHERE name_ko = '투어'")
    op.execute("UPDATE checkpoint SET kind = 'meal' WHERE name_ko = '저녁 식사'")
    with op.batch_alter_table("check_in") as batch_op:
        batch_op.add_column(sa.Column("note", sa.String(length=80), nullable=False, server_default=""))
    _know((*VERDICTS, "not expected"), (*KINDS, "anyway", "substitute"))
    _give_for((*BECAUSE, "door"))
    with op.batch_alter_table("registration") as batch_op:
        batch_op.add_column(sa.Column("room_number", sa.String(length=12), nullable=False, server_default=""))
    with op.batch_alter_table("staff") as batch_op:
        batch_op.add_column(
            sa.Column("tell_arrivals", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        batch_op.add_column(sa.Column("arrivals_seen_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("staff") as batch_op:
        batch_op.drop_column("arrivals_seen_at")
        batch_op.drop_column("tell_arrivals")
    with op.batch_alter_table("registration") as batch_op:
        batch_op.drop_column("room_number")
    op.execute("UPDATE pool_entry SET because = 'offered' WHERE because = 'door'")
    _give_for(BECAUSE)
    op.execute("UPDATE check_in SET verdict = 'unknown' WHERE verdict = 'not expected'")
    op.execute("UPDATE check_in SET shown = 'unknown' WHERE shown = 'not expected'")
    op.execute("UPDATE check_in SET kind = 'scan' WHERE kind IN ('anyway', 'substitute')")
    _know(VERDICTS, KINDS)
    with op.batch_alter_table("check_in") as batch_op:
        batch_op.drop_column("note")
    with op.batch_alter_table("checkpoint") as batch_op:
        batch_op.drop_constraint(op.f("ck_checkpoint_kind_known"), type_="check")
        batch_op.drop_constraint(op.f("fk_checkpoint_agenda_item_id_agenda_item"), type_="foreignkey")
        batch_op.drop_column("agenda_item_id")
        batch_op.drop_column("kind")


def _know(verdicts: tuple[str, ...], kinds: tuple[str, ...]) -> None:
    allowed = {
        "verdict_known": f"verdict IN {verdicts}",
        "shown_known": f"shown IN {verdicts} OR shown = ''",
        "kind_known": f"kind IN {kinds}",
    }
    with op.batch_alter_table("check_in") as batch_op:
        for name, condition in allowed.items():
            batch_op.drop_constraint(op.f(f"ck_check_in_{name}"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_check_in_{name}"), condition)


def _give_for(because: tuple[str, ...]) -> None:
    with op.batch_alter_table("pool_entry") as batch_op:
        batch_op.drop_constraint(op.f("ck_pool_entry_because_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_pool_entry_because_known"), f"because IN {because}")
