"""From where an expression is read, and which cells its references mean from there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xinfang_desk.engine.layout import View
from xinfang_desk.model.formula import CellRef
from xinfang_desk.model.ledger import Record

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Scope:
    """The current sheet, row and column; the record a check runs over; the project the sheet is repeated for;
    ``account``: the code where it has no row of its own."""

    view: View | None = None
    row: int = -1
    column: str = ""
    space: str = ""
    record: Record | None = None
    project: int | None = None
    account: str = ""

    @property
    def code(self) -> str:
        """The current row's code (its key where it has none), or the record's code or number."""
        if self.account:
            return self.account
        if self.view is not None and 0 <= self.row < len(self.view.rows):
            plan = self.view.rows[self.row]
            return plan.code if plan.code and not plan.space else plan.key
        if self.record is not None:
            return str(getattr(self.record, "code", "") or self.record.id)
        return ""

    def fill(self, text: str) -> str:
        """``{code}`` ``{gov}`` ``{key}`` ``{id}`` of the current row or record put into a row key or an address."""
        if "{" not in text:
            return text
        return self.code if text == "{code}" else _SLOT.sub(lambda match: self._slot(match[1]), text)

    def _slot(self, name: str) -> str:
        plan = self.view.rows[self.row] if self.view is not None and self.row >= 0 else None
        match name:
            case "code":
                return self.code
            case "gov":
                return plan.gov if plan else ""
            case "key":
                return plan.key if plan else ""
            case "id":
                return str(self.record.id) if self.record is not None else ""
            case "project":
                return str(self.project or "")
            case _:
                return "{" + name + "}"


NOWHERE = Scope()


class Grids:
    """All views of one build, and what a reference to a cell means."""

    def __init__(self, views: list[View]) -> None:
        self.views = views
        self.by_id = {view.id: view for view in views}
        self._of_table: dict[str, list[View]] = {}
        for view in views:
            self._of_table.setdefault(view.table.id, []).append(view)

    def of_table(self, table: str) -> list[View]:
        """The views of a table: one, or one a project. Empty for an unknown id."""
        return self._of_table.get(table, [])

    def view(self, table: str, scope: Scope) -> View | None:
        """The view a table's name means here: for a repeated table that of the current project."""
        if not table:
            return scope.view
        if table in self.by_id:
            return self.by_id[table]
        return self.by_id.get(f"{table}#{scope.project}")

    def cells(self, ref: CellRef, scope: Scope) -> list[tuple[View, int, str]]:
        """The cells a reference means: none where the row has no data today."""
        view = self.view(ref.table, scope)
        if view is None:
            return []
        rows = self._rows(view, ref, scope)
        if not rows:
            return []
        column = ref.column or self._column(view, rows[0], scope)
        block = view.block_of.get(column)
        return [(view, row, column) for row in rows if view.rows[row].block == block]

    @staticmethod
    def _rows(view: View, ref: CellRef, scope: Scope) -> list[int]:
        here = scope.row if view is scope.view else -1
        if ref.is_span:
            if here < 0:
                here = view.index.get(scope.code, view.total)
            return view.span(ref.row, here)
        if not ref.row:
            return [here] if here >= 0 else []
        row = view.index.get(scope.fill(ref.row))
        return [] if row is None else [row]

    @staticmethod
    def _column(view: View, row: int, scope: Scope) -> str:
        block = view.rows[row].block
        if view is scope.view and view.block_of.get(scope.column) == block:
            return scope.column
        return view.only_amount(block)
