"""Format 3: the bin (回收站), where deleted years lie until it is emptied."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; nothing lies in it yet."""
    op.create_table(
        "bin", sa.Column("year_id", sa.BigInteger(), sa.ForeignKey("years.id"), primary_key=True),
        sa.Column("year", sa.Integer(), nullable=False), sa.Column("at", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False))
