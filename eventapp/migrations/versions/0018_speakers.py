"""Speakers as rows with title and affiliation, and materials of an item with their files"""

import json
import re
from itertools import zip_longest

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
FIELDS = ("name_ko", "name_en", "title_ko", "title_en", "affiliation_ko", "affiliation_en")


def upgrade() -> None:
    op.create_table(
        "material_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_material_file_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_file")),
        sa.UniqueConstraint("key", name=op.f("uq_material_file_key")),
    )
    op.create_index("ix_material_file_event_id", "material_file", ["event_id"])
    with op.batch_alter_table("agenda_item") as batch_op:
        for name in ("speakers", "materials"):
            batch_op.add_column(sa.Column(name, sa.JSON(), server_default="[]", nullable=False))
    _move("speaker_ko, speaker_en", "speakers", lambda korean, english: (json.dumps(_rows(korean, english)),))
    with op.batch_alter_table("agenda_item") as batch_op:
        for name in ("speaker_ko", "speaker_en"):
            batch_op.drop_column(name)


def downgrade() -> None:
    with op.batch_alter_table("agenda_item") as batch_op:
        for name in ("speaker_ko", "speaker_en"):
            batch_op.add_column(sa.Column(name, sa.String(length=160), server_default="", nullable=False))
    _move("speakers", "speaker_ko, speaker_en", _lines)
    with op.batch_alter_table("agenda_item") as batch_op:
        for name in ("speakers", "materials"):
            batch_op.drop_column(name)
        for name in ("speaker_ko", "speaker_en"):
            batch_op.alter_column(name, server_default=None)
    op.drop_index("ix_material_file_event_id", table_name="material_file")
    op.drop_table("material_file")


def _move(old: str, new: str, made) -> None:
    """What stands in the old columns, into the new ones."""
    connection = op.get_bind()
    names = new.split(", ")
    as_json = connection.dialect.name == "postgresql" and new == "speakers"
    values = ", ".join(f"{name} = " + (f"CAST(:{name} AS JSON)" if as_json else f":{name}") for name in names)
    for row in connection.execute(sa.text(f"SELECT id, {old} FROM agenda_item")).all():
        change = dict(zip(names, made(*row[1:]), strict=True))
        connection.execute(sa.text(f"UPDATE agenda_item SET {values} WHERE id = :id"), {"id": row.id} | change)


def _rows(korean: str, english: str) -> list[dict[str, str]]:
    """One for each person whom the lines name; a single one where they do not match."""
    names = [
        [name.strip() for name in re.split(r"[,/·;\n]|(?<=\s)&(?=\s)", line) if name.strip()]
        for line in (korean, english)
    ]
    pairs = list(zip_longest(*names, fillvalue=""))
    if names[0] and names[1] and len(names[0]) != len(names[1]):
        pairs = [(korean.strip(), english.strip())]
    return [dict.fromkeys(FIELDS, "") | {"name_ko": ko, "name_en": en} for ko, en in pairs]


def _lines(speakers: str | list[dict[str, str]]) -> tuple[str, ...]:
    found = json.loads(speakers) if isinstance(speakers, str) else speakers
    return tuple(
        ", ".join(one[name] for one in found if one[name])[:160] for name in ("name_ko", "name_en")
    )
