"""Format 2: what became of projects and indicators (绩效自评)."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SOURCES = ("upper", "county", "carry", "other")
_NEW: dict[str, dict[str, str | None]] = {
    "projects": {**{f"{what}_{source}": None for what in ("budget", "spent") for source in _SOURCES}, "result": ""},
    "indicators": {"actual": "", "score": None, "deviation": ""}}
"""table → new column → the value of rows that are there already: a text, or ``None`` for a whole number"""


def upgrade() -> None:
    """Add the columns, and the same fields to the records kept in the history, so that old steps can be undone."""
    for table, columns in _NEW.items():
        for name, blank in columns.items():
            op.add_column(table, sa.Column(name, sa.BigInteger(), nullable=True) if blank is None else
                          sa.Column(name, sa.Text(), nullable=False, server_default=blank))
    connection = op.get_bind()
    history = sa.table("history", sa.column("sequence"), sa.column("steps"))
    for sequence, steps in connection.execute(sa.select(history.c.sequence, history.c.steps)).all():
        completed = completed_steps(steps)
        if completed != steps:
            connection.execute(sa.update(history).where(history.c.sequence == sequence).values(steps=completed))


def completed_steps(text: str) -> str:
    """Steps of format 1 with the new fields in the records they hold; what cannot be read stays as it is."""
    try:
        steps = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return text
    changed = False
    for step in steps if isinstance(steps, list) else ():
        changed |= _complete(step)
    return json.dumps(steps, ensure_ascii=False, separators=(",", ":")) if changed else text


def _complete(step: Any) -> bool:
    record = step.get("record") if isinstance(step, dict) else None
    fields = _NEW.get(step.get("space", "")) if isinstance(record, dict) else None
    if fields is None or not isinstance(record, dict):
        return False
    missing = {name: blank for name, blank in fields.items() if name not in record}
    record.update(missing)
    return bool(missing)
