"""Brings a book to this program's format with Alembic, from inside the package."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from xinfang_desk.store.header import APPLICATION_ID, FORMAT

_SCRIPTS = Path(__file__).parent / "migrations"


def begin(connection: Connection) -> None:
    """Make the tables of a new book; the caller owns the transaction."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    upgrade(connection)


def upgrade(connection: Connection) -> None:
    """Run the missing migrations and set ``user_version``; the caller owns the transaction."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.exec_driver_sql(f"PRAGMA user_version = {FORMAT}")
