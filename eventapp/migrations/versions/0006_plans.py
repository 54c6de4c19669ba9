"""Wishes about the run, and plans that split people over the runs"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

PURPOSES = ("invitation", "confirmation", "pass", "moved", "promoted", "item place", "cancelled", "link again", "seat offer")
REASONS = (
    "wished", "either", "by hand", "unsaid", "later", "only", "full", "together", "duty", "apart", "at once",
    "no place",
)  # fmt: skip


def upgrade() -> None:
    with op.batch_alter_table("registration") as batch_op:
        batch_op.add_column(sa.Column("wish", sa.String(length=10), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("wished_session_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_registration_wished_session_id_event_session"),
            "event_session",
            ["wished_session_id"],
            ["id"],
        )
        batch_op.create_check_constraint(
            op.f("ck_registration_wish_known"), "wish IN ('', 'run', 'either', 'later')"
        )
        batch_op.create_check_constraint(
            op.f("ck_registration_wished_run_is_named"), "(wish = 'run') = (wished_session_id IS NOT NULL)"
        )
    with op.batch_alter_table("invitation") as batch_op:
        batch_op.add_column(
            sa.Column("comes_together", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.create_check_constraint(
            op.f("ck_invitation_one_wish_at_most"), "NOT (one_stays_on_duty AND comes_together)"
        )
    _make_plans()
    _know((*PURPOSES, "placed"))


def _make_plans() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('draft', 'published')", name=op.f("ck_plan_status_known")),
        sa.CheckConstraint(
            "(status = 'published') = (published_at IS NOT NULL)", name=op.f("ck_plan_published_has_time")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_plan_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    with op.batch_alter_table("plan") as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_event_id"), ["event_id"])
        batch_op.create_index(
            "uq_plan_draft",
            ["event_id"],
            unique=True,
            sqlite_where=sa.text("status = 'draft'"),
            postgresql_where=sa.text("status = 'draft'"),
        )
    op.create_table(
        "plan_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("event_session_id", sa.Integer(), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=True),
        sa.Column("seen", sa.String(length=60), nullable=False),
        sa.CheckConstraint(f"why IN {REASONS}", name=op.f("ck_plan_line_why_known")),
        sa.ForeignKeyConstraint(
            ["event_session_id"], ["event_session.id"], name=op.f("fk_plan_line_event_session_id_event_session")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_plan_line_plan_id_plan"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_plan_line_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_line")),
        sa.UniqueConstraint("plan_id", "registration_id", name=op.f("uq_plan_line_plan_id_registration_id")),
    )
    with op.batch_alter_table("plan_line") as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_line_registration_id"), ["registration_id"])


def downgrade() -> None:
    _know(PURPOSES)
    op.drop_table("plan_line")
    op.drop_table("plan")
    with op.batch_alter_table("invitation") as batch_op:
        batch_op.drop_constraint(op.f("ck_invitation_one_wish_at_most"), type_="check")
        batch_op.drop_column("comes_together")
    with op.batch_alter_table("registration") as batch_op:
        batch_op.drop_constraint(op.f("ck_registration_wish_known"), type_="check")
        batch_op.drop_constraint(op.f("ck_registration_wished_run_is_named"), type_="check")
        batch_op.drop_constraint(op.f("fk_registration_wished_session_id_event_session"), type_="foreignkey")
        batch_op.drop_column("wished_session_id")
        batch_op.drop_column("wish")


def _know(purposes: tuple[str, ...]) -> None:
    with op.batch_alter_table("message") as batch_op:
        batch_op.drop_constraint(op.f("ck_message_purpose_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_message_purpose_known"), f"purpose IN {purposes}")
