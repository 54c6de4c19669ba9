"""Changes asked for after a cut-off, and exceptions for one company"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

PURPOSES = (
    "invitation", "confirmation", "pass", "moved", "promoted", "item place", "cancelled", "link again",
    "seat offer", "placed",
)  # fmt: skip
KEYS = {
    "registration_id": ("registration", False),
    "attendee_id": ("attendee", False),
    "person_id": ("person", True),
    "event_session_id": ("event_session", True),
}
CHECKS = {
    "kind_known": "kind IN ('substitution', 'move')",
    "status_known": "status IN ('open', 'approved', 'refused', 'withdrawn')",
    "answered_has_time": "(status = 'open') = (answered_at IS NULL)",
    "substitution_has_person": "(kind = 'substitution') = (person_id IS NOT NULL)",
    "move_has_run": "(kind = 'move') = (event_session_id IS NOT NULL)",
}


def upgrade() -> None:
    op.create_table(
        "change_request",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=nullable) for name, (_table, nullable) in KEYS.items()),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False, server_default=""),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_change_request_{name}")) for name, rule in CHECKS.items()),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_change_request_{name}_{table}"))
            for name, (table, _nullable) in KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_request")),
    )
    with op.batch_alter_table("change_request") as batch_op:
        for name in ("registration_id", "attendee_id", "person_id"):
            batch_op.create_index(batch_op.f(f"ix_change_request_{name}"), [name])
        batch_op.create_index(
            "uq_change_request_open",
            ["registration_id", "kind"],
            unique=True,
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )
    with op.batch_alter_table("invitation") as batch_op:
        batch_op.add_column(sa.Column("changes_until", sa.Date(), nullable=True))
    _know((*PURPOSES, "answer"))


def downgrade() -> None:
    _know(PURPOSES)
    with op.batch_alter_table("invitation") as batch_op:
        batch_op.drop_column("changes_until")
    op.drop_table("change_request")


def _know(purposes: tuple[str, ...]) -> None:
    with op.batch_alter_table("message") as batch_op:
        batch_op.drop_constraint(op.f("ck_message_purpose_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_message_purpose_known"), f"purpose IN {purposes}")
