"""What a text, code or name column prints: the small set of things a pack may name as its ``field``.

``code`` ``code.name`` ``code.gov`` ``code.gov_name`` (the row's account) · ``unit.name`` ``unit.code`` ``unit.kind`` ·
``project.<field>`` (of the row's, record's or sheet's project) · ``record.<field>`` of a record row, also
``record.target`` (operator, value and unit of an indicator), ``record.function_name`` ``record.econ_dept_name``
``record.econ_gov_name`` · ``fact.<column>`` of a table-valued fact's row · ``facts.<address>`` a text fact ·
``table.number`` ``table.title`` ``table.empty`` ``table.reason`` in the catalogue.
Without ``field`` a code column prints the row's code, a name column its name, a text column nothing.
"""

from __future__ import annotations

import re
from enum import Enum

from xinfang_desk.engine.build import Build
from xinfang_desk.engine.layout import TOTAL, RowPlan, View
from xinfang_desk.engine.reading import MONEY_FIELDS
from xinfang_desk.messages import engine as said
from xinfang_desk.messages import terms
from xinfang_desk.model.codes import CodeKind
from xinfang_desk.model.ledger import QUALITATIVE, FactValue, Fund, Indicator, Record
from xinfang_desk.model.money import MoneyUnit, format_amount
from xinfang_desk.model.pack import Column

_TYPED = re.compile(r'\{text\("([^"]+)"\)\}')
_CODE_KINDS = {"function": CodeKind.FUNCTION, "econ_dept": CodeKind.ECON_DEPT, "econ_gov": CodeKind.ECON_GOV}


def row_name(build: Build, view: View, row: int) -> str:
    """What a row is called: 合计, the account's name, the project's or record's name, the printed label."""
    plan, table = view.rows[row], view.table
    if plan.fixed is not None:
        return plan.fixed.label
    if table.rows is None:
        return plan.key
    if row == view.total:
        return table.rows.total_label
    match table.rows.by:
        case "function" | "econ_dept" | "econ_gov":
            return code_name(build, table.rows.by, plan.code)
        case "econ_pair":
            return code_name(build, "econ_dept", plan.code)
        case "unit":
            return build.draft.unit.name
        case "tables":
            return build.pack.table(plan.key).title
        case "fact":
            return plan.key
        case _:
            record = build.record_of(plan)
            return record_name(build, record) if record is not None else plan.key


def record_name(build: Build, record: Record) -> str:
    """What a record is called in a sentence."""
    name = getattr(record, "name", None)
    if name is not None:
        return str(name) or said.UNNAMED.format(id=record.id)
    kind = getattr(record, "kind", None)
    code = str(getattr(record, "function", ""))
    words = [kind.label if kind is not None else "", code_name(build, "function", code) if code else "",
             code_name(build, "econ_dept", dept) if (dept := str(getattr(record, "econ_dept", ""))) else ""]
    fund = getattr(record, "fund", None)
    return "·".join([w for w in words if w] or [fund.label if isinstance(fund, Fund) else str(record.id)])


def code_name(build: Build, by: str, code: str) -> str:
    """An account's name in the pack's year; says so where the list has no such code; '' for no code."""
    if not code:
        return ""
    table = build.pack.codes.table(_CODE_KINDS[by])
    return table.name(code) if code in table else said.UNKNOWN_CODE


def text_of(build: Build, view: View, row: int, column: Column) -> str:
    """The printed text of a cell that is not a number."""
    plan = view.rows[row]
    if plan.fixed is not None:
        return _fixed_text(build, view, plan, column)
    total = plan.key == TOTAL and row == view.total
    if total:
        return _total_text(build, view, row, column)
    match column.kind:
        case "index":
            return str(plan.number)
        case "code" if not column.field:
            return _code_text(plan.code, column.level)
        case "name" | "label" if not column.field:
            return row_name(build, view, row)
        case _:
            return _field(build, view, plan, column) if column.field else ""


def _fixed_text(build: Build, view: View, plan: RowPlan, column: Column) -> str:
    assert plan.fixed is not None
    if column.id in plan.fixed.texts:
        text = plan.fixed.texts[column.id]
        typed = _TYPED.fullmatch(text)
        return text if typed is None else print_value(build.draft.facts.get(typed[1]), view.table.unit)
    if column.kind == "index":
        return str(plan.number)
    return plan.fixed.label if column.kind in ("label", "name") else ""


def _total_text(build: Build, view: View, row: int, column: Column) -> str:
    """The total's label stands in the first name column, else in the first column that is not a number."""
    names = [c.id for c in view.columns if c.kind in ("name", "label")]
    texts = names or [c.id for c in view.columns if c.kind in ("code", "text", "index")]
    return row_name(build, view, row) if texts and column.id == texts[0] else ""


def _code_text(code: str, level: int) -> str:
    """The whole code, or for split columns (``level`` 类, 款, 项) its own digits at that level."""
    if not level:
        return code
    start = (0, 3, 5, 7)[level - 1] if level <= 4 else len(code)
    return code[start : (3, 5, 7, 9)[level - 1]] if level <= 4 and len(code) > start else ""


def _field(build: Build, view: View, plan: RowPlan, column: Column) -> str:
    kind, _, name = column.field.partition(".")
    unit = view.table.unit
    match kind:
        case "code":
            return _code_field(build, view, plan, name, column.level)
        case "unit":
            return print_value(getattr(build.draft.unit, name, ""), unit)
        case "project":
            number = plan.project if plan.project is not None else view.project
            project = build.draft.projects.get(number) if number is not None else None
            return _record_field(build, project, name, unit) if project is not None else ""
        case "record":
            record = build.record_of(plan)
            text = _record_field(build, record, name, unit) if record is not None else ""
            return _code_text(text, column.level) if name in _CODE_KINDS else text
        case "fact":
            return build.fact_text(view, plan, name)
        case "facts":
            return print_value(build.draft.facts.get(name), unit)
        case "table":
            return _table_field(build, plan.key, name)
        case _:
            return ""


def _code_field(build: Build, view: View, plan: RowPlan, name: str, level: int) -> str:
    by = view.table.rows.by if view.table.rows else ""
    match name:
        case "name":
            return code_name(build, "econ_dept" if by == "econ_pair" else by, plan.code) if by in (
                *_CODE_KINDS, "econ_pair") else plan.key
        case "gov":
            return _code_text(plan.gov, level)
        case "gov_name":
            return code_name(build, "econ_gov", plan.gov)
        case _:
            return _code_text(plan.code, level)


def _record_field(build: Build, record: Record, name: str, unit: MoneyUnit) -> str:
    if name == "target" and isinstance(record, Indicator):
        return indicator_target(record)
    if name.endswith("_name") and name[:-5] in _CODE_KINDS:
        return code_name(build, name[:-5], str(getattr(record, name[:-5], "")))
    value = getattr(record, name, None)
    if name in MONEY_FIELDS:
        return format_amount(value, unit)
    if name == "project" and isinstance(value, int):
        project = build.draft.projects.get(value)
        return project.name if project is not None else ""
    return print_value(value, unit)


def indicator_target(record: Indicator) -> str:
    """The target of an indicator as it is printed: ``≥95%``, ``优良``."""
    sign = "" if record.operator in (QUALITATIVE, "") else record.operator
    return f"{sign}{record.value}{record.unit}" if record.value else ""


def _table_field(build: Build, table_id: str, name: str) -> str:
    table = build.pack.table(table_id)
    empty = all(is_empty(build, view) for view in build.grids.of_table(table_id))
    match name:
        case "number":
            return table.number
        case "empty":
            return terms.YES if empty else terms.NO
        case "reason":
            return fill_plain(build, table.empty) if empty else ""
        case _:
            return fill_plain(build, table.title)


def fill_plain(build: Build, text: str) -> str:
    """``{unit}`` ``{year}`` ``{year-1}`` put in."""
    draft = build.draft
    return (text.replace("{unit}", draft.unit.name).replace("{year}", str(draft.number))
            .replace("{year-1}", str(draft.number - 1)))


def print_value(value: FactValue | Enum | None, unit: MoneyUnit) -> str:
    """A typed value as text: yes/no as 是/否, the rows of a table one a line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return terms.YES if value else terms.NO
    if isinstance(value, Enum):
        return str(getattr(value, "label", value.value))
    if isinstance(value, tuple):
        return "\n".join(" ".join(row) for row in value)
    return str(value)


def is_empty(build: Build, view: View) -> bool:
    """No cell holds money and no row stands for a record or an account."""
    rows = view.table.rows
    if rows is not None and rows.by == "tables":
        return False
    if rows is not None and rows.by != "unit" and len(view.rows) > (view.total >= 0):
        return False
    return not any(build.nodes.read(view.node(row, column)) for row in range(len(view.rows))
                   for column in view.offset)
