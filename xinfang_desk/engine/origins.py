"""Where a cell's figure comes from: lines that fulfil a condition, a formula, or something typed."""

from __future__ import annotations

from dataclasses import dataclass

from xinfang_desk.engine.build import Build
from xinfang_desk.engine.cube import Source
from xinfang_desk.engine.layout import View, formula_of
from xinfang_desk.model.formula import AllOf, Condition, Fetch, FieldIs, FieldUnder
from xinfang_desk.model.pack import Column
from xinfang_desk.model.sheet import Origin


@dataclass(frozen=True, slots=True)
class Pivot:
    """The lines (or incomes) that fulfil ``where``, for the project ``this``."""

    source: Source
    where: Condition
    this: int | None

    def groups(self, build: Build) -> int:
        """The groups of those lines."""
        return build.cubes[self.source].answer(self.where, self.this)


def pivot_of(build: Build, view: View, row: int, column: Column) -> Pivot | None:
    """The lines summed in a cell; ``None`` where the cell is anything else."""
    plan, table = view.rows[row], view.table
    if column.kind != "money" or formula_of(view, row, column) is not None:
        return None
    project: Condition = AllOf(()) if view.project is None else FieldIs("project", (str(view.project),))
    if plan.fixed is not None:
        if plan.fixed.where is None or column.id in plan.fixed.texts:
            return None
        source = plan.fixed.source or column.source or table.source
        return Pivot(source, both(table.where, plan.fixed.where, column.where, project), view.project)
    rows = table.rows
    assert rows is not None
    if column.field or rows.by in ("indicators", "purchases", "fact", "tables"):
        return None
    if rows.by == "line" and row != view.total:
        return None
    where = both(table.where, AllOf(()) if build.layout.restricts_projects(view) else rows.where, column.where,
                 plan.only, project)
    return Pivot(column.source or table.source, where, view.project)


def absent_pivot(build: Build, view: View, key: str, column: Column) -> Pivot | None:
    """The lines a code row would sum that has no line today; ``None`` where no such row can come."""
    rows = view.table.rows
    if rows is None or rows.by not in ("function", "econ_dept", "econ_gov") or not key.isdecimal() or key in view.index:
        return None
    if column.kind != "money" or column.value is not None or column.field:
        return None
    project: Condition = AllOf(()) if view.project is None else FieldIs("project", (str(view.project),))
    where = both(view.table.where, rows.where, column.where, FieldUnder(rows.by, (key,)), project)
    return Pivot(column.source or view.table.source, where, view.project)


def origin_of(build: Build, view: View, row: int, column: Column) -> Origin:
    """The origin of a numeric cell, as its :class:`Cell` tells it."""
    value = formula_of(view, row, column)
    if isinstance(value, Fetch):
        address = build.scope_at(view, row, column.id).fill(value.address)
        kind = {"facts": "fact", "priors": "prior", "approved": "fact"}[value.space]
        address = f"approved:{address}" if value.space == "approved" else address
        return Origin("prior" if kind == "prior" else "fact", value=value, address=address)
    if value is not None:
        return Origin("formula", value=value)
    pivot = pivot_of(build, view, row, column)
    if pivot is not None:
        return Origin("pivot", where=pivot.where)
    return _typed_origin(view, row, column)


def _typed_origin(view: View, row: int, column: Column) -> Origin:
    plan, rows = view.rows[row], view.table.rows
    if rows is None or row == view.total or rows.by in ("unit", "tables"):
        return Origin("none")
    name = (column.field or f"record.{column.id}").partition(".")[2]
    if plan.space == "facts":
        return Origin("fact", address=f"{rows.address}/{plan.key}/{name}")
    if rows.by == "line":
        name = "amount"
    space, number = ("projects", plan.project) if column.field.startswith("project.") else (plan.space, plan.record)
    return Origin("none") if number is None else Origin("record", address=f"{space}/{number}/{name}")


def both(*conditions: Condition) -> Condition:
    """All conditions together, flat, without those that always hold."""
    parts: list[Condition] = []
    for condition in conditions:
        parts.extend(condition.parts if isinstance(condition, AllOf) else (condition,))
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))
