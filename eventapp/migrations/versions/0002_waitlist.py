"""Parties that wait for places of a full run"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

PURPOSES = ("invitation", "confirmation", "pass", "moved", "cancelled", "link again")


def upgrade() -> None:
    op.create_table(
        "party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("event_session_id", sa.Integer(), nullable=False),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_session_id"], ["event_session.id"], name=op.f("fk_party_event_session_id_event_session")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_party_invitation_id_invitation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
    )
    with op.batch_alter_table("party") as batch_op:
        batch_op.create_index(batch_op.f("ix_party_invitation_id"), ["invitation_id"])
        batch_op.create_index("ix_party_event_session_id_joined_at", ["event_session_id", "joined_at"])
    op.create_table(
        "party_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_party_member_party_id_party")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_party_member_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_member")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_party_member_registration_id")),
    )
    with op.batch_alter_table("party_member") as batch_op:
        batch_op.create_index(batch_op.f("ix_party_member_party_id"), ["party_id"])
    _know((*PURPOSES, "promoted"))


def downgrade() -> None:
    _know(PURPOSES)
    op.drop_table("party_member")
    op.drop_table("party")


def _know(purposes: tuple[str, ...]) -> None:
    with op.batch_alter_table("message") as batch_op:
        batch_op.drop_constraint(op.f("ck_message_purpose_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_message_purpose_known"), f"purpose IN {purposes}")
