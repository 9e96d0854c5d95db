"""Where the clerk has been in the workbench: Alt+Left goes back there, Alt+Right forth again."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtWidgets import QWidget

from xinfang_desk.gui.grid_view import GridView
from xinfang_desk.gui.sheet_view import SheetView
from xinfang_desk.messages import tables as words
from xinfang_desk.model.sheet import CellAddress

if TYPE_CHECKING:
    from xinfang_desk.gui.workbench import Workbench

_KEPT = 60


@dataclass(frozen=True, slots=True)
class Stop:
    """A page, the widget with the cursor on it, and in tables the row (by its key) and column; in a sheet its cell."""

    page: str
    widget: QWidget | None
    row: Hashable = None
    column: int = -1
    cell: CellAddress | None = None


class Trail:
    """Stops are noted before a jump; going back notes where one was, so that one can go forth again."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._behind: list[Stop] = []
        self._ahead: list[Stop] = []
        self._travelling = False

    def note(self) -> None:
        """Remember this place: a jump follows."""
        if self._travelling or not self._bench.stack.count():
            return
        here = self._here()
        if not self._behind or self._behind[-1] != here:
            self._behind.append(here)
            del self._behind[:-_KEPT]
        self._ahead.clear()

    def back(self) -> None:
        """To where one came from."""
        self._travel(self._behind, self._ahead, words.TRAIL_START)

    def forth(self) -> None:
        """To where one went back from."""
        self._travel(self._ahead, self._behind, words.TRAIL_END)

    def _travel(self, from_: list[Stop], to: list[Stop], nothing: str) -> None:
        here = self._here()
        while from_ and from_[-1] == here:
            from_.pop()
        if not from_:
            self._bench.hub.said.emit(nothing)
            return
        stop = from_.pop()
        to.append(here)
        self._travelling = True
        try:
            self._show(stop)
        finally:
            self._travelling = False

    def _here(self) -> Stop:
        bench = self._bench
        page = bench.current()
        # The window's own: a dialog asked from here may have the focus just now.
        widget = _table_of(bench.window().focusWidget())
        if widget is None or not (page.isAncestorOf(widget) or bench.sheet.isAncestorOf(widget)):
            widget = page.focusWidget()
        if isinstance(widget, GridView) and widget.currentIndex().isValid():
            index = widget.currentIndex()
            return Stop(page.page.id, widget, widget.grid_model.key(index.row()), index.column())
        if isinstance(widget, SheetView) and widget.currentIndex().isValid():
            index = widget.currentIndex()
            return Stop(page.page.id, widget, cell=widget.sheet_model.address(index.row(), index.column()))
        return Stop(page.page.id, widget)

    def _show(self, stop: Stop) -> None:
        bench = self._bench
        bench.show_page(stop.page, focus=False)
        widget = stop.widget
        if widget is None or not shiboken6.isValid(widget):
            bench.current().take_focus()
            return
        if isinstance(widget, SheetView) and stop.cell is not None:
            if widget is bench.sheet.view:
                bench.sheet.show_table(stop.cell.table)
            widget.go_to(stop.cell)
        elif isinstance(widget, GridView):
            model = widget.grid_model
            row = next((i for i in range(model.rowCount()) if model.key(i) == stop.row), None)
            if row is not None:
                widget.go_to(row, stop.column)
        widget.setFocus()


def _table_of(widget: QWidget | None) -> QWidget | None:
    """The table whose cell is being edited in the widget, else the widget."""
    above: QWidget | None = widget
    while above is not None and not isinstance(above, GridView):
        above = above.parentWidget()
    return widget if above is None else above
