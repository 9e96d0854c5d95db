"""Format 1: the first tables of a book."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_RECORDS = {
    "lines": "kind:t function:t econ_dept:t econ_gov:t fund:t carry:b project:n amount:n purchase:b presumed:b note:t",
    "incomes": "fund:t carry:b function:t amount:n presumed:b note:t",
    "projects": "name:t code:t category:t special:b purpose:t goal:t target_amount:n",
    "indicators": "project:n level1:t level2:t name:t description:t operator:t value:t unit:t basis:t weight:n",
    "purchases": "name:t catalogue:t category:t specification:t quantity:n measure:t price:n amount:n fund:t project:n "
                 "function:t econ_dept:t econ_gov:t month:t for_sme:n for_micro:n note:t",
}


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _column(spec: str) -> sa.Column[str] | sa.Column[int] | sa.Column[bool]:
    name, _, letter = spec.partition(":")
    if letter == "n":
        return sa.Column(name, sa.BigInteger(), nullable=True)
    return sa.Column(name, sa.Boolean(), nullable=False) if letter == "b" else _text(name)


def _year_column() -> sa.Column[int]:
    return sa.Column("year_id", sa.BigInteger(), sa.ForeignKey("years.id"), primary_key=True)


def upgrade() -> None:
    """Make all tables."""
    op.create_table("units", sa.Column("id", _SERIAL, primary_key=True),
                    sa.Column("parent_id", sa.BigInteger(), sa.ForeignKey("units.id"), nullable=True))
    op.create_table(
        "years", sa.Column("id", _SERIAL, primary_key=True),
        sa.Column("unit_id", sa.BigInteger(), sa.ForeignKey("units.id"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False), *map(_text, ("pack", "name", "code", "kind", "region", "made_at")),
        sa.UniqueConstraint("unit_id", "year"))
    for table, columns in _RECORDS.items():
        op.create_table(table, _year_column(), sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
                        sa.Column("rank", sa.BigInteger(), nullable=False), *map(_column, columns.split()))
    for table, kind in (("facts", sa.Text), ("priors", sa.BigInteger), ("approved", sa.BigInteger),
                        ("explanations", sa.Text)):
        op.create_table(table, _year_column(), sa.Column("address", sa.Text(), primary_key=True),
                        sa.Column("value", kind(), nullable=False))
    op.create_table(
        "history", sa.Column("sequence", _SERIAL, primary_key=True),
        sa.Column("year_id", sa.BigInteger(), sa.ForeignKey("years.id"), nullable=False),
        *map(_text, ("at", "who", "label", "kind", "state")), sa.Column("of", sa.BigInteger(), nullable=True),
        _text("steps"))
    op.create_index("ix_history_year_id", "history", ["year_id", "state", "sequence"])
    op.create_table(
        "editions", _year_column(), sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        _text("title"), _text("date"), sa.Column("draft", sa.Boolean(), nullable=False), _text("at"), _text("who"),
        sa.Column("sequence", sa.BigInteger(), nullable=False), _text("files"), _text("explained"), _text("signatures"))
    op.create_table("places", sa.Column("key", sa.Text(), primary_key=True), _text("value"))
