"""Where the cursor of an entry table goes: as in a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from xinfang_desk.gui.grid_view import GridView

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
_FLAGS = QItemSelectionModel.SelectionFlag
_WAYS = {KEY.Key_Up: (-1, 0), KEY.Key_Down: (1, 0), KEY.Key_Left: (0, -1), KEY.Key_Right: (0, 1)}


class Moves:
    """Enter, Tab and the arrows with Ctrl. Tab after Tab is a run: Enter at its end goes to the next row below where
    the run began. In a selection of several cells Enter and Tab go round inside it."""

    def __init__(self, view: GridView) -> None:
        self._view = view
        self._run: tuple[int, int, int] | None = None
        """where the run began (column) and the cell it has come to"""

    def enter(self, back: bool) -> None:
        """Down (or up) a row."""
        if self._round(back, by_rows=False):
            return
        run, index = self._run, self._view.currentIndex()
        self._run = None
        if run is not None and not back and run[1:] == (index.row(), index.column()):
            self._view.go_to(min(index.row() + 1, self._view.grid_model.rowCount() - 1), run[0])
        else:
            self._view.step(-1 if back else 1, 0)

    def tab(self, back: bool) -> None:
        """Right (or left) a column; from the very last cell (or the first) out of the table."""
        if self._round(back, by_rows=True):
            return
        run, index = self._run, self._view.currentIndex()
        here = (index.row(), index.column())
        fits, width = self._view.fits, len(self._view.grid_model.columns)
        first, last = (0, fits.next_shown(0, 1)), (self._view.grid_model.rowCount() - 1, fits.next_shown(width - 1, -1))
        if here == (first if back else last):
            self._run = None
            self.leave(back)
            return
        begun = run[0] if run is not None and run[1:] == here else index.column()
        self._view.step(0, -1 if back else 1)
        now = self._view.currentIndex()
        self._run = (begun, now.row(), now.column()) if now.row() == here[0] else None

    def leave(self, back: bool = False) -> None:
        """Out of the table, to the next thing (or the one before) that takes the focus."""
        view = self._view
        widget = _beside(view, back)
        while widget is not None and widget is not view:
            takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
            if takes and not view.isAncestorOf(widget) and view.window().isAncestorOf(widget):
                reason = Qt.FocusReason.BacktabFocusReason if back else Qt.FocusReason.TabFocusReason
                widget.setFocus(reason)
                return
            widget = _beside(widget, back)

    def to_edge(self, key: Qt.Key, extend: bool) -> bool:
        """Ctrl and an arrow: to the end of the filled cells, or over the blank ones to the next filled. ``extend``
        selects what lies between. Returns whether the key was one of these."""
        way = _WAYS.get(key)
        index = self._view.currentIndex()
        if way is None or not index.isValid():
            return False
        row, column = self._edge(index.row(), index.column(), *way)
        self.reach(row, column, extend)
        return True

    def to_last(self, extend: bool) -> None:
        """Ctrl+End: the last cell that holds a row."""
        model = self._view.grid_model
        self.reach(max(0, len(model.shown) - 1), self._view.fits.next_shown(len(model.columns) - 1, -1), extend)

    def reach(self, row: int, column: int, extend: bool) -> None:
        """Go to a cell, selecting from where the selection began where ``extend``."""
        view = self._view
        if not extend:
            view.go_to(row, column)
            return
        model = view.grid_model
        anchor = self.anchor()
        span = QItemSelection(model.index(min(anchor[0], row), min(anchor[1], column)),
                              model.index(max(anchor[0], row), max(anchor[1], column)))
        view.selectionModel().setCurrentIndex(model.index(row, column), _FLAGS.NoUpdate)
        view.selectionModel().select(span, _FLAGS.ClearAndSelect)
        view.scrollTo(model.index(row, column))

    def anchor(self) -> tuple[int, int]:
        """The corner of the selection opposite the cursor."""
        cells = self._view.cells()
        index = self._view.currentIndex()
        rows, columns = [row for row, _ in cells], [column for _, column in cells]
        return (min(rows) if index.row() == max(rows) else max(rows),
                min(columns) if index.column() == max(columns) else max(columns))

    def _round(self, back: bool, *, by_rows: bool) -> bool:
        """One step inside a selection of several cells, round its end."""
        cells = self._view.cells()
        if len(cells) < 2:
            return False
        index = self._view.currentIndex()
        order = cells if by_rows else sorted(cells, key=lambda cell: (cell[1], cell[0]))
        here = (index.row(), index.column())
        at = order.index(here) if here in order else -1
        row, column = order[(at + (-1 if back else 1)) % len(order)]
        target = self._view.grid_model.index(row, column)
        self._view.selectionModel().setCurrentIndex(target, _FLAGS.NoUpdate)
        self._view.scrollTo(target)
        return True

    def _edge(self, row: int, column: int, down: int, right: int) -> tuple[int, int]:
        """The last cell of the filled ones in a direction, or the first filled one beyond blank ones."""
        model, shown = self._view.grid_model, self._view.shown_columns()
        rows = max(1, len(model.shown))
        if down:
            ahead = [(r, column) for r in (range(row + 1, rows) if down > 0 else range(min(row, rows) - 1, -1, -1))]
        else:
            ahead = [(row, c) for c in (shown if right > 0 else reversed(shown)) if (c - column) * right > 0]
        if not ahead:
            return row, column
        filled = [bool(model.look(*cell)[0]) for cell in ahead]
        if filled[0] and model.look(row, column)[0]:
            return ahead[filled.index(False) - 1] if False in filled else ahead[-1]
        return ahead[filled.index(True)] if True in filled else ahead[-1]


def _beside(widget: QWidget, back: bool) -> QWidget | None:
    return widget.previousInFocusChain() if back else widget.nextInFocusChain()
