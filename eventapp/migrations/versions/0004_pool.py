"""The pool of returned seats, wishes for more, and offers"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

PURPOSES = ("invitation", "confirmation", "pass", "moved", "promoted", "item place", "cancelled", "link again")
BECAUSE = ("returned", "declined", "offered", "came back", "revived")
STATUS = ("open", "accepted", "declined", "lapsed", "withdrawn")


def upgrade() -> None:
    op.create_table(
        "pool_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("because", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("seats <> 0", name=op.f("ck_pool_entry_some_seats")),
        sa.CheckConstraint(f"because IN {BECAUSE}", name=op.f("ck_pool_entry_because_known")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_pool_entry_event_id_event")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_pool_entry_invitation_id_invitation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool_entry")),
    )
    with op.batch_alter_table("pool_entry") as batch_op:
        batch_op.create_index(batch_op.f("ix_pool_entry_event_id"), ["event_id"])
        batch_op.create_index(batch_op.f("ix_pool_entry_invitation_id"), ["invitation_id"])
    op.create_table(
        "seat_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("wished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("seats BETWEEN 1 AND 5", name=op.f("ck_seat_wish_seats_in_bounds")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_seat_wish_invitation_id_invitation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_wish")),
    )
    _one_open("seat_wish", "ended_at IS NULL")
    op.create_table(
        "seat_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("seats >= 1", name=op.f("ck_seat_offer_some_seats")),
        sa.CheckConstraint(f"status IN {STATUS}", name=op.f("ck_seat_offer_status_known")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_seat_offer_invitation_id_invitation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_offer")),
    )
    _one_open("seat_offer", "status = 'open'")
    _know((*PURPOSES, "seat offer"))


def downgrade() -> None:
    _know(PURPOSES)
    for table in ("seat_offer", "seat_wish", "pool_entry"):
        op.drop_table(table)


def _one_open(table: str, where: str) -> None:
    with op.batch_alter_table(table) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{table}_invitation_id"), ["invitation_id"])
        batch_op.create_index(
            f"uq_{table}_open",
            ["invitation_id"],
            unique=True,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


def _know(purposes: tuple[str, ...]) -> None:
    with op.batch_alter_table("message") as batch_op:
        batch_op.drop_constraint(op.f("ck_message_purpose_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_message_purpose_known"), f"purpose IN {purposes}")
