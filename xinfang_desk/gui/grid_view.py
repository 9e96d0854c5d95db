"""The entry table: a spreadsheet-like view that works with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QTableView,
    QWidget,
)

from xinfang_desk.flow.paste import PastePlan
from xinfang_desk.gui.column_fit import fitted
from xinfang_desk.gui.grid_delegate import GridDelegate
from xinfang_desk.gui.grid_model import GridModel
from xinfang_desk.gui.paste_dialog import confirm_paste
from xinfang_desk.gui.picker import PickerLine
from xinfang_desk.gui.theme import colour, percent, px, watch
from xinfang_desk.messages import window as t

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
_ROW_HEIGHT, _NUMBER_WIDTH, _LEAST_SECTION = 25, 34, 40  # pixels at 100 %
_MEASURED_ROWS = 60
_LEAST_ROWS = 3
_LISTED = frozenset({"code", "choice", "project"})


class GridView(QTableView):
    """Type to edit, Enter/Tab/arrows, F2, F4, Delete, Ctrl+C/X/V, Ctrl+D, Ins, Ctrl+Delete, Space on a flag."""

    moved = Signal(int, int)
    help_wanted = Signal(int, int)
    """F4 in a cell that has no list of its own"""

    def __init__(self, model: GridModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid_model = model
        self.editor: QLineEdit | None = None
        self.ask_paste: Callable[[PastePlan, QWidget], bool] = confirm_paste
        self.setModel(model)
        delegate = GridDelegate(self)
        delegate.closeEditor.connect(lambda editor, *_: self._editor_gone(id(editor)))
        self.setItemDelegate(delegate)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(True)
        self.setCornerButtonEnabled(False)
        for corner in self.findChildren(QAbstractButton):
            corner.setAccessibleName(t.TABLE_CORNER)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        rows.setAccessibleName(t.ROW_NUMBERS)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setAccessibleName(t.COLUMN_TITLES)
        self._handed_focus = False
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._widths_by_hand = False
        self._fitting = False
        head.sectionResized.connect(self._width_changed)
        watch().changed.connect(self._dress)
        self._dress()
        self.selectionModel().currentChanged.connect(self._current_moved)

    # ---- moving ----

    def step(self, rows: int, columns: int) -> None:
        """Move the current cell; past the last column on to the next row's first and back."""
        index = self.currentIndex()
        row, column = index.row() + rows, index.column() + columns
        width = len(self.grid_model.columns)
        if column >= width:
            row, column = row + 1, 0
        elif column < 0:
            row, column = row - 1, width - 1
        row = max(0, min(row, self.grid_model.rowCount() - 1))
        self.go_to(row, column)

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one."""
        index = self.grid_model.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def cells(self) -> list[tuple[int, int]]:
        """The selected cells, or the current one."""
        chosen = [(i.row(), i.column()) for i in self.selectedIndexes()]
        current = self.currentIndex()
        return sorted(chosen) or ([(current.row(), current.column())] if current.isValid() else [])

    def rows(self) -> list[int]:
        """The rows of the selected cells."""
        return sorted({row for row, _ in self.cells()})

    def note_editor(self, editor: QLineEdit) -> None:
        """Remember the open editor, so that it can be committed from outside."""
        self.editor = editor
        number = id(editor)
        editor.destroyed.connect(lambda: self._editor_gone(number))

    def finish_editing(self) -> None:
        """Commit an open editor; refused text stays as a draft."""
        editor = self.editor
        if editor is not None:
            self.editor = None
            self.commitData(editor)
            self.closeEditor(editor, GridDelegate.EndEditHint.NoHint)

    # ---- keys ----

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._key(Qt.Key(event.key()), event):
            event.accept()
            return
        super().keyPressEvent(event)

    def _key(self, key: Qt.Key, event: QKeyEvent) -> bool:
        control = event.modifiers() == CONTROL
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.copy()
            self.clear_cells()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif control and key == KEY.Key_Delete:
            self.delete_rows()
        elif key in (KEY.Key_Delete, KEY.Key_Backspace) and not event.modifiers():
            self.clear_cells()
        elif key == KEY.Key_Insert and not event.modifiers():
            self.insert_row()
        elif control and key == KEY.Key_D:
            self.grid_model.apply(self.grid_model.source.fill_down(self.cells()))
        elif key in (KEY.Key_Return, KEY.Key_Enter):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1, 0)
        elif key == KEY.Key_F4 or (key == KEY.Key_Down and event.modifiers() == ALT):
            self._open_picker()
        elif key == KEY.Key_Space and not event.modifiers() and self._current_is_flag():
            self.toggle_flag()
        else:
            return False
        return True

    def copy(self) -> None:
        """Put the selected block on the clipboard, as a spreadsheet would."""
        cells = self.cells()
        if not cells:
            return
        rows = range(cells[0][0], max(row for row, _ in cells) + 1)
        columns = range(min(c for _, c in cells), max(c for _, c in cells) + 1)
        model = self.grid_model
        QGuiApplication.clipboard().setText(
            "\n".join("\t".join(model.look(row, column)[0] for column in columns) for row in rows))

    def paste(self) -> None:
        """Lay the clipboard's block over the list, after showing what it would change and what is refused."""
        text = QGuiApplication.clipboard().text()
        index = self.currentIndex()
        if not text.strip() or not index.isValid() or self.grid_model.hub.desk.read_only:
            return
        cells = self.cells()
        plan = self.grid_model.source.paste(cells[0][0], min(c for _, c in cells), text)
        single = len(plan.cells) == 1 and not plan.refused
        if plan.change is None and not plan.refused:
            self.grid_model.hub.said.emit(t.PASTE_SAME)
        elif single or self.ask_paste(plan, self):
            self.grid_model.apply(plan.change)

    def clear_cells(self) -> None:
        """Blank the selected cells."""
        for row, column in self.cells():
            self.grid_model.drop_draft(row, column)
        self.grid_model.apply(self.grid_model.source.clear(self.cells()))

    def insert_row(self) -> None:
        """Put a blank row before the current one."""
        index = self.currentIndex()
        row = index.row() if index.isValid() else self.grid_model.source.count()
        if self.grid_model.apply(self.grid_model.source.insert(row)):
            self.go_to(min(row, self.grid_model.rowCount() - 1), max(0, index.column()))

    def delete_rows(self) -> None:
        """Take the selected rows out."""
        index = self.currentIndex()
        if self.grid_model.apply(self.grid_model.source.delete(self.rows())):
            self.go_to(min(index.row(), self.grid_model.rowCount() - 1), max(0, index.column()))

    def toggle_flag(self) -> None:
        """Turn the current flag over."""
        index = self.currentIndex()
        ticked = self.grid_model.source.text(index.row(), index.column()) == "✓"
        if self.grid_model.source.editable(index.row(), index.column()):
            self.grid_model.commit(index.row(), index.column(), "否" if ticked else "是")

    def select_row(self, row: int) -> None:
        """Select a whole row."""
        model = self.grid_model
        span = QItemSelection(model.index(row, 0), model.index(row, len(model.columns) - 1))
        self.selectionModel().select(span, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # ---- inside ----

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt opens an editor for text being composed but drops text that comes finished (a handwriting pad, a
        Chinese full stop); that too begins an edit."""
        index = self.currentIndex()
        finished = bool(event.commitString()) and not event.preeditString()
        if finished and self.editor is None and index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            editor = self._opened(index)
            if editor is not None:
                editor.selectAll()
                QApplication.sendEvent(editor, event)
                return
        super().inputMethodEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour("base"))
        painter.end()
        super().paintEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        # Qt paints the whole table anew at every change of focus; into and out of a cell only the cell need be.
        if self.editor is not None and QApplication.focusWidget() is self.editor:
            self.update(self.currentIndex())
            self._handed_focus = True
        else:
            super().focusOutEvent(event)

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        """The focus went from the open cell to elsewhere: the frame must no longer say it is here."""
        if self._handed_focus and now is not self and now is not self.editor:
            self._handed_focus = False
            QWidget.update(self)
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._handed_focus:
            self._handed_focus = False
            self.update(self.currentIndex())
        else:
            super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.grid_model.rowCount():
            self.go_to(0, 0)
        index = self.currentIndex()
        if index.isValid():
            self.moved.emit(index.row(), index.column())

    def mouseDoubleClickEvent(self, event: object) -> None:
        if self._current_is_flag():
            self.toggle_flag()
            return
        super().mouseDoubleClickEvent(event)  # type: ignore[arg-type]

    def edit(self, index: QModelIndex, *rest: object) -> bool:  # type: ignore[override]
        """Flags are turned over, not typed."""
        if rest and index.isValid() and self.grid_model.columns[index.column()].type == "flag":
            return False
        return bool(super().edit(index, *rest))

    def _open_picker(self) -> None:
        index = self.currentIndex()
        if index.isValid() and self.grid_model.source.editable(index.row(), index.column()):
            if self.grid_model.columns[index.column()].type not in _LISTED:
                self.help_wanted.emit(index.row(), index.column())
                return
            editor = self._opened(index)
            if isinstance(editor, PickerLine):
                editor.selectAll()
                editor.open_list("")

    def _opened(self, index: QModelIndex) -> QLineEdit | None:
        """Open the cell's editor."""
        super().edit(index)
        return self.editor

    def _current_is_flag(self) -> bool:
        index = self.currentIndex()
        return index.isValid() and self.grid_model.columns[index.column()].type == "flag"

    def _current_moved(self, current: QModelIndex, _: QModelIndex) -> None:
        if current.isValid():
            self.moved.emit(current.row(), current.column())

    def _editor_gone(self, number: int) -> None:
        if id(self.editor) == number:
            self.editor = None

    def row_height(self) -> int:
        """The height of a row in pixels."""
        return px(_ROW_HEIGHT)

    def _dress(self) -> None:
        """Rows and columns follow the size of type."""
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(self.row_height())
        rows.setMinimumWidth(px(_NUMBER_WIDTH))
        self.horizontalHeader().setMinimumSectionSize(px(_LEAST_SECTION))
        self.setMinimumHeight(self.horizontalHeader().sizeHint().height() + _LEAST_ROWS * self.row_height())
        self._widths_by_hand = False
        self.fit_columns()

    def fit_columns(self) -> None:
        """Fit the columns into the view, unless the clerk has set a width by hand."""
        if self._widths_by_hand:
            return
        metrics = self.fontMetrics()
        titles = [metrics.horizontalAdvance(str(self.grid_model.headerData(i, Qt.Orientation.Horizontal))) + px(16)
                  for i in range(len(self.grid_model.columns))]
        source = self.grid_model.source
        contents = [max((metrics.horizontalAdvance(source.text(row, i)) + px(16)
                         for row in range(min(source.count(), _MEASURED_ROWS))), default=px(spec.width))
                    for i, spec in enumerate(self.grid_model.columns)]
        self._fitting = True
        widths = fitted(self.grid_model.columns, titles, contents, self.viewport().width(), percent())
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        self._fitting = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_columns()

    def _width_changed(self, *_: int) -> None:
        if not self._fitting and self.horizontalHeader().underMouse():
            self._widths_by_hand = True
