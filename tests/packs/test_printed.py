from __future__ import annotations

import pytest

from xinfang_desk.packs.printed import full_name, known_fields


@pytest.mark.parametrize(("by", "kind", "written", "full"), [
    ("line", "text", "note", "record.note"),
    ("line", "name", "function", "record.function_name"),
    ("line", "code", "function", "record.function"),
    ("line", "text", "project.name", "project.name"),
    ("purchases", "money", "amount", "record.amount"),
    ("indicators", "text", "target", "record.target"),
    ("indicators", "text", "record.level1", "record.level1"),
    ("project", "text", "purpose", "project.purpose"),
    ("econ_pair", "code", "econ_dept", "code"),
    ("econ_pair", "name", "econ_dept", "code.name"),
    ("econ_pair", "code", "econ_gov", "code.gov"),
    ("econ_pair", "name", "econ_gov", "code.gov_name"),
    ("function", "name", "function", "code.name"),
    ("function", "code", "function", "code"),
    ("tables", "text", "reason", "table.reason"),
    ("fact", "text", "amount", "fact.amount"),
    ("unit", "text", "unit.name", "unit.name"),
    ("unit", "code", "", ""),
])
def test_short_names_become_full_ones(by: str, kind: str, written: str, full: str) -> None:
    assert full_name(by, kind, written) == full
    assert not full or full in known_fields(by, ("amount",))


def test_a_field_of_another_kind_of_row_is_not_known() -> None:
    assert "record.level1" not in known_fields("purchases", ())
    assert "fact.amount" not in known_fields("fact", ("name",))
    assert "table.title" not in known_fields("function", ())
