"""Lists as they were printed for hotel, bus and kitchen"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
CHECKS = {
    "kind_known": "kind IN ('hotel', 'shuttle', 'meals')",
    "way_known": "way IN ('paper', 'file', 'changes', 'telephone')",
}


def upgrade() -> None:
    op.create_table(
        "printout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_session_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_printout_{name}")) for name, rule in CHECKS.items()),
        sa.ForeignKeyConstraint(
            ["event_session_id"],
            ["event_session.id"],
            name=op.f("fk_printout_event_session_id_event_session"),
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_printout_staff_id_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printout")),
    )
    with op.batch_alter_table("printout") as batch_op:
        batch_op.create_index("ix_printout_event_session_id_kind", ["event_session_id", "kind"])
    op.create_table(
        "printout_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("printout_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["printout_id"],
            ["printout.id"],
            name=op.f("fk_printout_line_printout_id_printout"),
            ondelete="CASCADE",
        ),
        *(
            sa.ForeignKeyConstraint([f"{name}_id"], [f"{name}.id"], name=op.f(f"fk_printout_line_{name}_id_{name}"))
            for name in ("registration", "person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printout_line")),
        sa.UniqueConstraint(
            "printout_id", "registration_id", name=op.f("uq_printout_line_printout_id_registration_id")
        ),
    )
    with op.batch_alter_table("printout_line") as batch_op:
        for name in ("registration_id", "person_id"):
            batch_op.create_index(batch_op.f(f"ix_printout_line_{name}"), [name])


def downgrade() -> None:
    op.drop_table("printout_line")
    op.drop_table("printout")
