"""Statements run so often that SQLAlchemy's way to the driver would cost more than the driver's own work.

They are written with SQLAlchemy as all others, put into words once, and then handed to SQLite directly. On another database
they take the ordinary way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, Insert
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.sql.dml import UpdateBase


@cache
def _in_words(statement: UpdateBase, names: tuple[str, ...]) -> tuple[str, tuple[tuple[str, Any], ...]]:
    """The statement's text and, for each place in it, the value's name and what stands there in every case."""
    # An INSERT names its columns by the values, an UPDATE has them already.
    keys = list(names) if isinstance(statement, Insert) else None
    compiled = statement.compile(dialect=dialect(paramstyle="qmark"), column_keys=keys)
    fixed = compiled.params
    return str(compiled), tuple((name, fixed.get(name)) for name in cast("Any", compiled).positiontup)


def run(connection: Connection, statement: UpdateBase, values: Mapping[str, Any]) -> sqlite3.Cursor | Any:
    """Execute a statement that is made once and kept; the answer has ``rowcount`` and ``lastrowid``.

    ``values`` must be what the driver takes as it is: texts, whole numbers, booleans, ``None``.
    """
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        return connection.execute(statement, values)
    text, order = _in_words(statement, tuple(values))
    return driver.execute(text, [values.get(name, fixed) for name, fixed in order])
