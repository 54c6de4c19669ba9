"""Questions for the seminar, named or anonymous, grouped and answered; the one question of the journey moves there"""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

KINDS = ("tour", "seminar", "infrastructure", "ai", "meal", "transfer", "free")
PURPOSES = (
    "invitation", "confirmation", "pass", "moved", "promoted", "item place", "cancelled", "link again",
    "seat offer", "placed", "answer", "names wanted", "part wanted", "soon", "thanks", "own answer",
    "agenda changed",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "seminar_topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("question_ko", sa.Text(), nullable=False),
        sa.Column("question_en", sa.Text(), nullable=False),
        sa.Column("answer_ko", sa.Text(), nullable=False),
        sa.Column("answer_en", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f("ck_seminar_topic_kind_known")),
        sa.CheckConstraint(
            "published_at IS NULL OR answer_ko <> ''", name=op.f("ck_seminar_topic_published_has_answer")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_seminar_topic_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seminar_topic")),
    )
    op.create_index("ix_seminar_topic_event_id", "seminar_topic", ["event_id"])
    table = op.create_table(
        "seminar_question",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("attendee_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f("ck_seminar_question_kind_known")),
        sa.CheckConstraint(
            "attendee_id IS NOT NULL OR asked_on IS NULL",
            name=op.f("ck_seminar_question_anonymous_has_no_day"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_seminar_question_event_id_event")),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["seminar_topic.id"], name=op.f("fk_seminar_question_topic_id_seminar_topic")
        ),
        sa.ForeignKeyConstraint(
            ["attendee_id"], ["attendee.id"], name=op.f("fk_seminar_question_attendee_id_attendee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seminar_question")),
        sqlite_with_rowid=False,
    )
    for name in ("event_id", "topic_id", "attendee_id"):
        op.create_index(f"ix_seminar_question_{name}", "seminar_question", [name])
    asked = op.get_bind().execute(
        sa.text(
            "SELECT invitation.event_id, attendee.id, attendee.question FROM attendee"
            " JOIN registration ON registration.id = attendee.registration_id"
            " JOIN invitation ON invitation.id = registration.invitation_id WHERE attendee.question <> ''"
        )
    )
    for event_id, attendee_id, words in asked.all():
        row = {"event_id": event_id, "attendee_id": attendee_id, "text": words}
        op.execute(sa.insert(table).values(id=str(uuid.uuid4()), kind="seminar", **row))
    with op.batch_alter_table("attendee") as batch_op:
        batch_op.drop_column("question")
    _know((*PURPOSES, "seminar answer"))


def downgrade() -> None:
    op.execute("DELETE FROM message WHERE purpose = 'seminar answer'")
    _know(PURPOSES)
    with op.batch_alter_table("attendee") as batch_op:
        batch_op.add_column(sa.Column("question", sa.String(length=500), server_default="", nullable=False))
    op.execute(
        "UPDATE attendee SET question = (SELECT max(text) FROM seminar_question WHERE attendee_id = attendee.id)"
        " WHERE id IN (SELECT attendee_id FROM seminar_question)"
    )
    op.drop_table("seminar_question")
    op.drop_table("seminar_topic")


def _know(purposes: tuple[str, ...]) -> None:
    with op.batch_alter_table("message") as batch_op:
        batch_op.drop_constraint(op.f("ck_message_purpose_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_message_purpose_known"), f"purpose IN {purposes}")
