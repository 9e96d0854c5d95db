"""Painting and editing of the cells of an entry table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFocusEvent, QFont, QHideEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from xinfang_desk.gui import bubble
from xinfang_desk.gui.bubble import doubt
from xinfang_desk.gui.cell_text import CENTRE, LEFT, RIGHT, CellText
from xinfang_desk.gui.composing import ComposingLine, settle
from xinfang_desk.gui.figure_line import FigureLine
from xinfang_desk.gui.picker import PickerLine, choice_finder, code_finder
from xinfang_desk.gui.theme import colour, px

if TYPE_CHECKING:
    from xinfang_desk.gui.grid_view import GridView

Index = QModelIndex | QPersistentModelIndex
_GROUNDS = {"draft": "error_soft", "error": "error_soft", "warning": "warning_soft", "hint": "hint_soft",
            "lit": "lit", "computed": "total"}
_FRAMES = {"draft": "error", "error": "error", "warning": "warning"}
_SELECTED: int = QStyle.StateFlag.State_Selected.value
_FOCUSED: int = QStyle.StateFlag.State_HasFocus.value
_ARROWS = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}
_LOOKED_AT = (QKeyEvent, QFocusEvent, QHideEvent)
_PAD = 6  # pixels at 100 %


class GridDelegate(QStyledItemDelegate):
    """One Python call paints a cell; an editor only closes when its text can stand in the cell, or on Escape."""

    def __init__(self, view: GridView) -> None:
        super().__init__(view)
        self._view = view
        self._texts: CellText | None = None
        self._complained = False

    # ---- painting ----

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, column = index.row(), index.column()
        model = self._view.grid_model
        text, right, tone = model.look(row, column)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: int = option.state.value  # type: ignore[attr-defined]
        if state & _SELECTED:
            painter.fillRect(rect, colour("accent_soft"))
        elif tone in _GROUNDS:
            painter.fillRect(rect, colour(_GROUNDS[tone]))
        if text:
            painter.setPen(colour("error" if tone == "draft" else "text"))
            side = RIGHT if right else CENTRE if text == "✓" else LEFT
            self._texts_of(self._view.font()).draw(painter, rect, text, side, px(_PAD), px(_PAD))
        elif ghost := model.ghost(row, column):
            painter.setPen(colour("dim"))
            self._texts_of(self._view.font()).draw(painter, rect, ghost, LEFT, px(_PAD), px(_PAD))
        if tone in _FRAMES:
            painter.setPen(QPen(colour(_FRAMES[tone]), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if state & _FOCUSED:
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _texts_of(self, font: QFont) -> CellText:
        if self._texts is None or self._texts.font != font:
            self._texts = CellText(font)
        return self._texts

    # ---- editing ----

    @property
    def editing(self) -> bool:
        """Whether a cell is open."""
        return self._view.state() == QAbstractItemView.State.EditingState

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = self._view.grid_model
        spec = model.columns[index.column()]
        desk = model.hub.desk
        editor: QLineEdit
        if spec.type == "code" and spec.code is not None:
            recent = model.source.recent(index.column())
            editor = PickerLine(code_finder(desk.codes, spec.code, recent), parent)
        elif spec.type == "choice":
            editor = PickerLine(choice_finder([label for _, label in spec.choices]), parent, strict=True)
        elif spec.type == "project":
            names = [project.name for project in desk.year.projects.values() if project.name]
            editor = PickerLine(choice_finder(names), parent, strict=True)
        elif address := model.phrase_address(index.row(), index.column()):
            from xinfang_desk.gui.phrases import PhraseLine

            editor = PhraseLine(model.hub, address, parent)
        elif spec.type in ("money", "count"):
            editor = FigureLine(self, parent)
        else:
            editor = ComposingLine(parent)
        if spec.type in ("money", "count"):
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        if isinstance(editor, PickerLine):
            editor.picked.connect(lambda: self._finish(editor, index.row(), index.column()))
        editor.setFrame(False)
        editor.setObjectName("cellEditor")
        editor.ensurePolished()
        # Its style covers all of it: without this each key would paint the cell below it too.
        editor.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        editor.setAccessibleName(spec.title)
        editor.setProperty("place", (index.row(), index.column()))
        if spec.type in ("money", "count"):
            row, column = index.row(), index.column()
            editor.textEdited.connect(partial(self._typed, editor, row, column))
        self._view.note_editor(editor)
        model.prepare(index.row())
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, FigureLine):
            editor.leave_filter()
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(self._view.grid_model.start_text(index.row(), index.column()))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if not isinstance(editor, QLineEdit):
            return
        settle(editor)
        reason = self._view.grid_model.commit(index.row(), index.column(), editor.text())
        if reason:
            bubble.tell(reason, self._view.viewport(), self._view.visualRect(self._view.grid_model.index(index.row(), index.column())))
            self._view.grid_model.hub.said.emit(reason)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        wanted = max(rect.width(), 150 if isinstance(editor, PickerLine) else 0)
        room = self._view.viewport().width() - rect.x()
        editor.setGeometry(rect.x(), rect.y(), max(rect.width(), min(wanted, room)), rect.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Every key brings half a dozen events by here; of a figure's editor only those that it asks about. Qt's own filter
        # looks at keys, the focus and hiding alone, and at no key that writes something.
        if not isinstance(event, _LOOKED_AT):
            return False
        if isinstance(event, QKeyEvent) and event.text() > " " and not getattr(watched, "composed", ""):
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            if isinstance(watched, ComposingLine) and watched.owns(event):
                return True
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return self._leave(watched, Qt.Key(key), event.modifiers())
            if self._arrow_leaves(watched, Qt.Key(key), event.modifiers()):
                return True
            if key == Qt.Key.Key_Escape:
                if isinstance(watched, PickerLine) and watched.list_is_open():
                    watched.close_list()
                    return True
                row, column = watched.property("place")
                self._view.grid_model.hub.take_back()
                self._view.grid_model.drop_draft(row, column)
                self._hush(watched)
        return super().eventFilter(watched, event)

    def _arrow_leaves(self, editor: QLineEdit, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Up and Down end the edit and go on, as in a spreadsheet; so do Left and Right in a figure that is being
        typed anew (after F2 they move in the text)."""
        if key == Qt.Key.Key_F2:
            self._view.by_typing = False
        way = _ARROWS.get(key)
        if way is None or isinstance(editor, PickerLine) or modifiers & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        row, column = editor.property("place")
        figure = self._view.grid_model.columns[column].type in ("money", "count")
        if way[1] and not (figure and self._view.by_typing):
            return False
        if self._finish(editor, row, column):
            last = len(self._view.grid_model.columns) - 1
            self._view.step(way[0], way[1] if 0 <= column + way[1] <= last else 0)
        return True

    def _typed(self, editor: QLineEdit, row: int, column: int, text: str) -> None:
        """Each key of a figure moves what the figure would move; text that is none is marked, and nothing moves."""
        reason = self._view.grid_model.try_text(row, column, text)
        doubt(editor, reason)

    def _leave(self, editor: QLineEdit, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        row, column = editor.property("place")
        if isinstance(editor, PickerLine):
            editor.take_highlight()
        text = editor.text()
        if not self._finish(editor, row, column):
            return True
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if modifiers & Qt.KeyboardModifier.ControlModifier:
                self._view.clips.fill(text)
            else:
                self._view.moves.enter(shift)
        else:
            self._view.moves.tab(shift or key == Qt.Key.Key_Backtab)
        return True

    def _finish(self, editor: QLineEdit, row: int, column: int) -> bool:
        reason = self._view.grid_model.check(row, column, editor.text())
        if reason:
            bubble.tell(reason, editor)
            self._view.grid_model.hub.said.emit(reason)
            self._complained = True
            editor.selectAll()
            return False
        self._hush(editor)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        return True

    def _hush(self, editor: QLineEdit) -> None:
        """The text is right now, or given up: what was said of it is over, beside the cell and in the status line."""
        bubble.hush(editor)
        if self._complained:
            self._complained = False
            self._view.grid_model.hub.said.emit("")
