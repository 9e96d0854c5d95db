"""Inserting, deleting, duplicating, moving and ordering the rows of an entry table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xinfang_desk.gui.grid_shown import Filtering, Sorting
from xinfang_desk.messages import tables as words

if TYPE_CHECKING:
    from xinfang_desk.gui.grid_view import GridView


class RowActs:
    """Acts on the rows of the selected cells; what cannot be done is said beside the cell."""

    def __init__(self, view: GridView) -> None:
        self._view = view

    def insert(self) -> None:
        """Put a blank row before the current one."""
        view, model = self._view, self._view.grid_model
        if self._fixed():
            return
        index = view.currentIndex()
        row = index.row() if index.isValid() else len(model.shown)
        before = model.shown.source_row(row)
        if model.insert(row):
            shown = model.shown.shown_row(before)
            view.go_to(min(row if shown is None else shown, model.rowCount() - 1), max(0, index.column()))

    def delete(self) -> None:
        """Take the selected rows out."""
        view, model = self._view, self._view.grid_model
        index = view.currentIndex()
        rows = view.rows()
        if model.hub.desk.read_only:
            view.tell(words.LOCKED_BOOK)
        elif rows and model.delete(rows):
            view.go_to(min(rows[0], model.rowCount() - 1), max(0, index.column()))

    def duplicate(self) -> None:
        """Copies of the selected rows below the last of them."""
        view, model = self._view, self._view.grid_model
        rows = [row for row in view.rows() if row < len(model.shown)]
        if not rows or self._fixed():
            return
        column = max(0, view.currentIndex().column())
        behind = model.behind_rows(rows)
        if model.apply(model.source.duplicate(behind)):
            shown = model.shown.shown_row(behind[-1] + 1)
            view.go_to(rows[-1] + 1 if shown is None else shown, column)

    def move(self, by: int) -> None:
        """The selected rows up (-1) or down (1) by one."""
        view, model = self._view, self._view.grid_model
        rows = [row for row in view.rows() if row < len(model.shown)]
        if not rows or self._fixed():
            return
        if model.shown.sorting is not None:
            view.tell(words.SORTED_SO_NO_MOVE.format(column=model.columns[model.shown.sorting.column].title))
            return
        beyond = rows[0] - 1 if by < 0 else rows[-1] + 1
        if not 0 <= beyond < len(model.shown):
            view.tell(words.AT_THE_TOP if by < 0 else words.AT_THE_BOTTOM)
            return
        moved, passed = model.behind_rows(rows), model.shown.source_row(beyond)
        order = [row for row in range(model.source.count()) if row not in set(moved)]
        at = order.index(passed) + (1 if by > 0 else 0)
        order[at:at] = moved
        label = (words.ROWS_MOVED_UP if by < 0 else words.ROWS_MOVED_DOWN).format(count=len(moved),
                                                                                 name=model.source.name)
        cells, column = view.cells(), view.currentIndex().column()
        if model.apply(model.source.arrange(order, label)):
            first = min(c for _, c in cells)
            view.select_block(rows[0] + by, first, len(rows), max(c for _, c in cells) - first + 1)
            if len(cells) == 1:
                view.go_to(rows[0] + by, column)

    def sort(self, column: int, *, descending: bool) -> None:
        """Look at the rows by a column."""
        model = self._view.grid_model
        self._look_by(Sorting(column, descending))
        told = words.SORTED_DOWN if descending else words.SORTED_UP
        model.hub.said.emit(told.format(column=model.columns[column].title))

    def unsort(self) -> None:
        """Look at the rows as they are."""
        if self._view.grid_model.shown.sorting is not None:
            self._look_by(None)
            self._view.grid_model.hub.said.emit(words.SORT_GONE)

    def keep_order(self) -> None:
        """Make the shown order the list's own."""
        view, model = self._view, self._view.grid_model
        sorting, order = model.shown.sorting, model.shown.order
        if sorting is None or order is None or self._fixed():
            return
        shown = iter(order)
        kept = set(order)
        wanted = [next(shown) if row in kept else row for row in range(model.source.count())]
        change = model.source.arrange(wanted, words.ORDER_FIXED.format(column=model.columns[sorting.column].title,
                                                                       name=model.source.name))
        done = model.apply(change)
        self._look_by(None)
        model.hub.said.emit(words.ORDER_KEPT if done else words.ORDER_SAME)
        view.setFocus()

    def filter_same(self) -> None:
        """Show only rows that say the same in the current column."""
        view, model = self._view, self._view.grid_model
        index = view.currentIndex()
        if index.isValid() and index.row() < len(model.shown):
            row, column = model.shown.source_row(index.row()), index.column()
            model.filter(Filtering("", column, model.source.text(row, column)))
            view.filter_wanted.emit()
            view.go_to(max(0, model.shown.shown_row(row) or 0), column)

    def unfilter(self) -> None:
        """Show every row."""
        model = self._view.grid_model
        if not model.shown.filtering.idle:
            index = self._view.currentIndex()
            row = model.shown.source_row(index.row()) if index.isValid() else 0
            model.filter(Filtering())
            self._view.go_to(min(row, model.rowCount() - 1), max(0, index.column()))
            model.hub.said.emit(words.FILTER_GONE.format(all=model.source.count()))

    def _look_by(self, sorting: Sorting | None) -> None:
        view, model = self._view, self._view.grid_model
        view.finish_editing()
        index = view.currentIndex()
        row = model.shown.source_row(index.row()) if index.isValid() else 0
        model.order_by(sorting)
        view.fit_columns()  # the heading has one sign more or less
        shown = model.shown.shown_row(row)
        if model.rowCount():
            view.go_to(min(shown or 0, model.rowCount() - 1), max(0, index.column()))

    def _fixed(self) -> bool:
        """Say why rows can be neither inserted, copied nor moved, where that is so."""
        view, model = self._view, self._view.grid_model
        if model.hub.desk.read_only:
            view.tell(words.LOCKED_BOOK)
        elif not model.source.orderly:
            view.tell(words.ROWS_ARE_FIXED)
        else:
            return False
        return True
