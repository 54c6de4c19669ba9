"""How an attendee travels, sleeps and eats, and what they would like to ask"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TEXTS = {
    "registration": {"room": 10, "room_with": 80},
    "attendee": {"allergy": 200, "flight_in": 12, "flight_out": 12, "question": 500},
}
MARKS = {"registration": ("shuttle_in", "shuttle_out"), "attendee": ("on_call",)}
TIMES = {"registration": (), "attendee": ("arrives_at", "departs_at")}


def upgrade() -> None:
    for table, texts in TEXTS.items():
        with op.batch_alter_table(table) as batch_op:
            for name, length in texts.items():
                batch_op.add_column(sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
            for name in MARKS[table]:
                batch_op.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
            for name in TIMES[table]:
                batch_op.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("registration") as batch_op:
        batch_op.create_check_constraint(op.f("ck_registration_room_known"), "room IN ('', 'twin', 'single')")


def downgrade() -> None:
    with op.batch_alter_table("registration") as batch_op:
        batch_op.drop_constraint(op.f("ck_registration_room_known"), type_="check")
    for table, texts in TEXTS.items():
        with op.batch_alter_table(table) as batch_op:
            for name in (*texts, *MARKS[table], *TIMES[table]):
                batch_op.drop_column(name)
