"""What a text, code or name column prints: short names as packs write them → the engine's full names.

A pack may write the bare name (``field = "name"``), or the full one (``record.name``). Full names: ``code``,
``code.name``, ``code.gov``, ``code.gov_name``; ``unit.…``; ``project.…``; ``record.…``; ``fact.…`` (a column of the
table-valued fact); ``facts.…`` (a text fact's address); ``table.number|title|empty|reason`` (catalogue).
"""

from __future__ import annotations

from xinfang_desk.packs.fields import CODE_FIELDS, shapes

_CODE_ROWS = ("function", "econ_dept", "econ_gov")
_RECORD_ROWS = {"line": "lines", "indicators": "indicators", "purchases": "purchases"}
_HEADS = ("code", "unit", "project", "record", "fact", "facts", "table")
UNIT_FIELDS = ("name", "code", "kind", "region")
TABLE_FIELDS = ("number", "title", "empty", "reason")


def full_name(by: str, kind: str, field: str) -> str:
    """The full name of a column's ``field`` in a table whose rows are ``by``; ``kind`` is the column's."""
    head, dot, _ = field.partition(".")
    if not field or (dot and head in _HEADS):
        return field
    is_name = kind == "name"
    if by in _CODE_ROWS:
        return {"name": "code.name", "code": "code"}.get(field, "code.name" if is_name else "code") if field in (
            "name", "code", by) else field
    if by == "econ_pair" and field in ("econ_dept", "econ_gov"):
        gov = field == "econ_gov"
        return ("code.gov_name" if gov else "code.name") if is_name else ("code.gov" if gov else "code")
    if by in _RECORD_ROWS:
        return f"record.{field}_name" if is_name and field in CODE_FIELDS else f"record.{field}"
    prefix = {"project": "project", "tables": "table", "fact": "fact"}.get(by)
    return f"{prefix}.{field}" if prefix else field


def known_fields(by: str, fact_columns: tuple[str, ...]) -> frozenset[str]:
    """Every full name that means something in a table whose rows are ``by``."""
    known = {f"unit.{name}" for name in UNIT_FIELDS} | {f"project.{name}" for name in shapes("projects")}
    if by in _CODE_ROWS or by == "econ_pair":
        known |= {"code", "code.name"} | ({"code.gov", "code.gov_name"} if by == "econ_pair" else set())
    record = {"project": "projects"}.get(by) or _RECORD_ROWS.get(by)
    if record is not None:
        known |= {f"record.{name}" for name in shapes(record)}
        known |= {f"record.{name}_name" for name in CODE_FIELDS if name in shapes(record)}
    if by == "indicators":
        known.add("record.target")
    if by == "tables":
        known |= {f"table.{name}" for name in TABLE_FIELDS}
    if by == "fact":
        known |= {f"fact.{name}" for name in fact_columns}
    return frozenset(known)
