"""How long each consent text lets things be kept, in days; and which attendees' own part was forgotten"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
DAYS = {"년": 365, "개월": 30, "주": 7, "일": 1}


def upgrade() -> None:
    with op.batch_alter_table("consent_text") as batch_op:
        batch_op.add_column(sa.Column("keep_days", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(op.f("ck_consent_text_keep_days_from_one"), "keep_days >= 1")
    with op.batch_alter_table("attendee") as batch_op:
        batch_op.add_column(sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True))
    texts = sa.text("SELECT id, period_ko FROM consent_text WHERE purpose <> 'photographs'")
    for text_id, words in op.get_bind().execute(texts).all():
        days = _days(words)
        if days:
            op.execute(sa.text(f"UPDATE consent_text SET keep_days = {days} WHERE id = {text_id}"))


def downgrade() -> None:
    with op.batch_alter_table("attendee") as batch_op:
        batch_op.drop_column("forgotten_at")
    with op.batch_alter_table("consent_text") as batch_op:
        batch_op.drop_constraint(op.f("ck_consent_text_keep_days_from_one"), type_="check")
        batch_op.drop_column("keep_days")


def _days(words: str) -> int | None:
    """What the text says, where it says one thing only; otherwise nothing is erased until a new version does."""
    found = re.findall(r"([0-9]{1,4}) ?(년|개월|주|일)", words)
    return int(found[0][0]) * DAYS[found[0][1]] if len(found) == 1 else None
