"""The entry table: a spreadsheet-like view that works with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
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
from xinfang_desk.gui import bubble
from xinfang_desk.gui.composing import ComposingLine, settle
from xinfang_desk.gui.fill_handle import FillHandle
from xinfang_desk.gui.grid_clip import Clips
from xinfang_desk.gui.grid_columns import GridColumns
from xinfang_desk.gui.grid_delegate import GridDelegate
from xinfang_desk.gui.grid_menu import menu_at, offer_menus, show_menu
from xinfang_desk.gui.grid_model import GridModel
from xinfang_desk.gui.grid_moves import Moves
from xinfang_desk.gui.grid_rows import RowActs
from xinfang_desk.gui.paste_dialog import confirm_paste
from xinfang_desk.gui.picker import PickerLine
from xinfang_desk.gui.theme import colour, px, watch
from xinfang_desk.messages import hints, terms
from xinfang_desk.messages import tables as words
from xinfang_desk.messages import window as t

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
_ROW_HEIGHT, _NUMBER_WIDTH, _LEAST_SECTION = 25, 34, 40  # pixels at 100 %
_LEAST_ROWS = 3
_TRIGGER = QAbstractItemView.EditTrigger
_TYPED = _TRIGGER.AnyKeyPressed
_ASKED = frozenset({_TRIGGER.AnyKeyPressed, _TRIGGER.EditKeyPressed, _TRIGGER.DoubleClicked})
_LISTED = frozenset({"code", "choice", "project"})


class GridView(QTableView):
    """Type to edit, Enter/Tab/arrows, F2, F4, Delete, Ctrl+C/X/V, Ctrl+D, Ins, Ctrl+Delete, Space on a flag; all of it
    in the menu of the right button too."""

    moved = Signal(int, int)
    help_wanted = Signal(int, int)
    """F4 in a cell that has no list of its own"""
    filter_wanted = Signal()

    def __init__(self, model: GridModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid_model = model
        self.editor: QLineEdit | None = None
        self.ask_paste: Callable[[PastePlan, QWidget], bool] = confirm_paste
        self.clips = Clips(self)
        self.moves = Moves(self)
        self.row_acts = RowActs(self)
        self._acts = self._made_acts()
        self.setModel(model)
        delegate = GridDelegate(self)
        delegate.closeEditor.connect(lambda editor, *_: self._editor_gone(id(editor)))
        self.setItemDelegate(delegate)
        self.setAccessibleName(name)
        self.setAccessibleDescription(hints.TABLE)
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
        self._told = False
        self.by_typing = False
        """whether the editor was opened by typing over the cell, not by F2 or a double click"""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.fits = GridColumns(self)
        self.handle = FillHandle(self)
        watch().changed.connect(self._dress)
        self._dress()
        self.selectionModel().currentChanged.connect(self._current_moved)
        offer_menus(self)

    # ---- moving ----

    def step(self, rows: int, columns: int) -> None:
        """Move the current cell; past the last column on to the next row's first and back."""
        index = self.currentIndex()
        row, column = index.row() + rows, self.fits.next_shown(index.column() + columns, columns)
        width = len(self.grid_model.columns)
        if column >= width:
            row, column = row + 1, self.fits.next_shown(0, 1)
        elif column < 0:
            row, column = row - 1, self.fits.next_shown(width - 1, -1)
        row = max(0, min(row, self.grid_model.rowCount() - 1))
        self.go_to(row, column)

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one."""
        self.fits.reveal(column)
        index = self.grid_model.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def cells(self) -> list[tuple[int, int]]:
        """The selected cells, or the current one."""
        chosen = [(i.row(), i.column()) for i in self.selectedIndexes()]
        current = self.currentIndex()
        return sorted(chosen) or ([(current.row(), current.column())] if current.isValid() else [])

    def shown_columns(self, first: int = 0) -> list[int]:
        """The columns that can be seen, from one on."""
        return [column for column in range(first, len(self.grid_model.columns)) if column not in self.fits.away]

    def extent(self) -> tuple[int, int]:
        """How many rows and columns are selected."""
        cells = self.cells()
        return len({row for row, _ in cells}), len({column for _, column in cells})

    def select_block(self, row: int, column: int, rows: int, columns: int) -> None:
        """Select a block of shown cells that begins at a cell."""
        model = self.grid_model
        last = (min(row + rows, model.rowCount()) - 1, (self.shown_columns(column)[:columns] or [column])[-1])
        if last[0] >= row and last[1] >= column:
            self.go_to(row, column)
            self.selectionModel().select(QItemSelection(model.index(row, column), model.index(*last)),
                                         QItemSelectionModel.SelectionFlag.ClearAndSelect)

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
            settle(editor)
            self.commitData(editor)
            self.closeEditor(editor, GridDelegate.EndEditHint.NoHint)

    # ---- keys ----

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.handle.hide()
        if isinstance(self.editor, ComposingLine) and self.editor.owns(event):
            event.accept()
            return
        if self._key(Qt.Key(event.key()), event):
            event.accept()
            return
        super().keyPressEvent(event)

    def _key(self, key: Qt.Key, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        act = self._acts.get((key, modifiers))
        if act is not None:
            act()
            return True
        if modifiers & CONTROL and not modifiers & ALT:
            return self.moves.to_edge(key, bool(modifiers & SHIFT))
        if key == KEY.Key_Space and not modifiers and self._current_is_flag():
            self.toggle_flag()
            return True
        return False

    def _made_acts(self) -> dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], object]]:
        clips, moves, rows = self.clips, self.moves, self.row_acts
        acts: dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], object]] = {
            (KEY.Key_C, CONTROL): clips.copy, (KEY.Key_Insert, CONTROL): clips.copy,
            (KEY.Key_C, CONTROL | SHIFT): lambda: clips.copy(titles=True),
            (KEY.Key_X, CONTROL): clips.cut, (KEY.Key_Delete, SHIFT): clips.cut,
            (KEY.Key_V, CONTROL): clips.paste_block, (KEY.Key_Insert, SHIFT): clips.paste_block,
            (KEY.Key_D, CONTROL): clips.fill_down,
            (KEY.Key_D, CONTROL | SHIFT): rows.duplicate,
            (KEY.Key_Delete, NONE): self.clear_cells, (KEY.Key_Backspace, NONE): self.clear_cells,
            (KEY.Key_Insert, NONE): self.insert_row,
            (KEY.Key_Delete, CONTROL): self.delete_rows,
            (KEY.Key_Up, ALT): lambda: rows.move(-1), (KEY.Key_Down, ALT): lambda: rows.move(1),
            (KEY.Key_F4, NONE): self.open_picker,
            (KEY.Key_End, CONTROL): lambda: moves.to_last(False),
            (KEY.Key_End, CONTROL | SHIFT): lambda: moves.to_last(True),
            (KEY.Key_Menu, NONE): self.open_menu, (KEY.Key_F10, SHIFT): self.open_menu}
        for enter in (KEY.Key_Return, KEY.Key_Enter):
            acts |= {(enter, NONE): lambda: moves.enter(False), (enter, SHIFT): lambda: moves.enter(True),
                     (enter, CONTROL): clips.fill}
        acts |= {(KEY.Key_Tab, NONE): lambda: moves.tab(False), (KEY.Key_Backtab, SHIFT): lambda: moves.tab(True),
                 (KEY.Key_Tab, SHIFT): lambda: moves.tab(True), (KEY.Key_Backtab, NONE): lambda: moves.tab(True)}
        return acts

    def copy(self) -> None:
        """Put the selected block on the clipboard."""
        self.clips.copy()

    def paste(self) -> None:
        """Lay the clipboard's block over the list."""
        self.clips.paste_block()

    def clear_cells(self) -> None:
        """Blank the selected cells."""
        if not self.tell_locked():
            self.grid_model.clear(self.cells())

    def insert_row(self) -> None:
        """Put a blank row before the current one."""
        self.row_acts.insert()

    def delete_rows(self) -> None:
        """Take the selected rows out."""
        self.row_acts.delete()

    # ---- saying why ----

    def tell(self, sentence: str, *, tone: str = "info") -> None:
        """A sentence beside the current cell, and in the status line."""
        bubble.tell(sentence, self.viewport(), self.visualRect(self.currentIndex()), tone=tone)
        self._told = True
        self.grid_model.hub.said.emit(sentence)

    def tell_locked(self, *, book_only: bool = False) -> bool:
        """Say why the selected cells take nothing; ``False`` where one of them does. ``book_only``: only a book that
        takes nothing at all counts."""
        cells, model = self.cells(), self.grid_model
        if not cells or any(model.editable(*cell) for cell in cells) or (book_only and not model.hub.desk.read_only):
            return False
        index = self.currentIndex()
        self.tell(model.locked(*((index.row(), index.column()) if index.isValid() else cells[0])))
        return True

    def toggle_flag(self) -> None:
        """Turn the current flag over."""
        index = self.currentIndex()
        ticked = self.grid_model.look(index.row(), index.column())[0] == "✓"
        if not self.tell_locked():
            self.grid_model.commit(index.row(), index.column(), terms.NO if ticked else terms.YES)

    def select_row(self, row: int) -> None:
        """Select a whole row."""
        model = self.grid_model
        span = QItemSelection(model.index(row, 0), model.index(row, len(model.columns) - 1))
        self.selectionModel().select(span, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # ---- inside ----

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.open_menu()
        else:
            menu_at(self, event.pos())

    def open_menu(self) -> None:
        """The menu beside the current cell."""
        show_menu(self, self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft()))

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
            if isinstance(self.editor, ComposingLine) and self.editor.half_typed and \
                    event.reason() != Qt.FocusReason.PopupFocusReason:
                # The first word of a cell is composed while the table has the focus: nobody else would take it.
                self.finish_editing()
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

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.handle.place()

    def mouseDoubleClickEvent(self, event: object) -> None:
        if self._current_is_flag():
            self.toggle_flag()
            return
        super().mouseDoubleClickEvent(event)  # type: ignore[arg-type]

    def edit(self, index: QModelIndex, *rest: object) -> bool:  # type: ignore[override]
        """Flags are turned over, not typed; a cell that takes nothing says why."""
        if rest and index.isValid() and rest[0] in _ASKED and not self.grid_model.editable(index.row(), index.column()):
            self.tell(self.grid_model.locked(index.row(), index.column()))
            return False
        if rest and index.isValid() and self.grid_model.columns[index.column()].type == "flag":
            if rest[0] == _TYPED:
                self.tell(words.LOCKED_FLAG)
            return False
        self.by_typing = bool(rest) and rest[0] == _TYPED
        return bool(super().edit(index, *rest))

    def open_picker(self) -> None:
        """F4: the list of the current cell; its help where it has none."""
        index = self.currentIndex()
        if index.isValid() and not self.tell_locked():
            if self.grid_model.columns[index.column()].type not in _LISTED and not self.grid_model.phrase_address(
                    index.row(), index.column()):
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
        if self._told:  # it was about another cell
            self._told = False
            bubble.hush(self)
        if current.isValid():
            self.moved.emit(current.row(), current.column())

    def _editor_gone(self, number: int) -> None:
        if id(self.editor) == number:
            self.editor = None
            self.grid_model.hub.take_back()

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
        self.fits.fit(anew=True)

    def forget_widths(self) -> None:
        """Fit the columns anew, whatever was set by hand."""
        self.fits.forget()

    def sizeHint(self) -> QSize:
        """A few rows: the page gives it all the room it has left, but is not pushed out of the window for more."""
        return QSize(super().sizeHint().width(), max(self.minimumHeight(), self.minimumSizeHint().height()))

    def fit_columns(self) -> None:
        """Fit the columns into the view, unless the clerk has set a width by hand."""
        self.fits.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_columns()
