"""The picker: a line where text can be typed, with a list below it to choose from by keyboard.

Used for account codes (by code, name or pinyin initials), for fixed choices and for projects.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QHideEvent, QInputMethodEvent, QKeyEvent, QMoveEvent
from PySide6.QtWidgets import QFrame, QLabel, QListView, QVBoxLayout, QWidget

from xinfang_desk.flow import picker
from xinfang_desk.gui.composing import ComposingLine
from xinfang_desk.gui.theme import px
from xinfang_desk.messages import window as t
from xinfang_desk.model.codes import CodeKind, Codes

_NO_INDEX = QModelIndex()
_ROWS_SHOWN = 10
KEY = Qt.Key


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: ``text`` goes into the cell, ``shown`` stands in the list."""

    text: str
    shown: str


Finder = Callable[[str], Sequence[Option]]


def code_finder(codes: Codes, kind: CodeKind, recent: Sequence[str] = ()) -> Finder:
    """Options among the accounts of a classification; doubtful rows are marked 待核对."""

    def find(query: str) -> Sequence[Option]:
        found = picker.search(codes, kind, query, recent=recent)
        return [Option(code.code, f"{code.code}  {code.name}{'' if code.certainty.sure else t.UNSURE_MARK}")
                for code in found]

    return find


def choice_finder(labels: Sequence[str]) -> Finder:
    """Options among fixed words: by number, part of the word, or pinyin initials."""

    def find(query: str) -> Sequence[Option]:
        wanted = query.strip().lower()
        numbered = [Option(label, f"{number}  {label}") for number, label in enumerate(labels, 1)]
        if not wanted or wanted in labels:
            return numbered
        if wanted.isdigit() and 1 <= int(wanted) <= len(labels):
            return [numbered[int(wanted) - 1]]
        return [option for option in numbered
                if wanted in option.text.lower() or picker.initials(option.text).startswith(wanted)]

    return find


class _Options(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.options: Sequence[Option] = ()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.options)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        return self.options[index.row()].shown if role == Qt.ItemDataRole.DisplayRole else None

    def show(self, options: Sequence[Option]) -> None:
        self.beginResetModel()
        self.options = options
        self.endResetModel()


class PickerPopup(QFrame):
    """The list below the line. A child of the window, not a window of its own: input methods stay undisturbed."""

    chosen = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._within = window
        self.setObjectName("picker")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(t.PICKER_LIST)
        self.model = _Options(self)
        self.list = QListView(self)
        self.list.setAccessibleName(t.PICKER_LIST)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setModel(self.model)
        self.list.clicked.connect(lambda index: self.chosen.emit(self.model.options[index.row()].text))
        self.foot = QLabel(t.PICKER_HINT, self)
        self.foot.setObjectName("pickerHint")
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        box.addWidget(self.list)
        box.addWidget(self.foot)
        self.hide()

    def show_options(self, options: Sequence[Option], line: QWidget) -> None:
        """Show options below (or above) a line; hidden where there are none."""
        self.model.show(options)
        if not options:
            self.hide()
            return
        metrics = self.list.fontMetrics()
        height = metrics.height() + px(8)
        widest = max(metrics.horizontalAdvance(option.shown) for option in options[:60])
        width = max(line.width(), min(widest + px(44), px(460)), metrics.horizontalAdvance(t.PICKER_HINT) + px(24))
        width = min(width, self._within.width() - 4)
        window = self._within
        self.list.setFixedHeight(height * min(len(options), _ROWS_SHOWN) + 4)
        self.resize(width, self.list.height() + self.foot.sizeHint().height() + 2)
        at = line.mapTo(window, QPoint(0, line.height() + 1))
        if at.y() + self.height() > window.height() - 2:
            at.setY(max(2, line.mapTo(window, QPoint(0, 0)).y() - self.height() - 1))
        self.move(max(2, min(at.x(), window.width() - width - 2)), at.y())
        self.show()
        self.raise_()

    def current(self) -> Option | None:
        """The highlighted option."""
        index = self.list.currentIndex()
        return self.model.options[index.row()] if self.isVisible() and index.isValid() else None

    def move_by(self, step: int) -> None:
        """Move the highlight."""
        count = len(self.model.options)
        if count:
            row = self.list.currentIndex().row()
            row = (0 if step > 0 else count - 1) if row < 0 else max(0, min(count - 1, row + step))
            self.list.setCurrentIndex(self.model.index(row, 0))


class PickerLine(ComposingLine):
    """A line with the picker. Down, F4 and Alt+Down open the list; typing filters it; Enter takes the highlight."""

    picked = Signal()

    def __init__(self, finder: Finder, parent: QWidget | None = None, *, strict: bool = False) -> None:
        super().__init__(parent)
        self._finder = finder
        self._strict = strict
        self._popup: PickerPopup | None = None
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin | Qt.InputMethodHint.ImhNoPredictiveText)
        self.textEdited.connect(self._filter)

    def open_list(self, query: str = "") -> None:
        """Show the list for a query (all or the recent ones for a blank one)."""
        popup = self._made_popup()
        popup.show_options(self._finder(query), self)
        wanted = next((i for i, o in enumerate(popup.model.options) if o.text == self.text().strip()), -1)
        if wanted >= 0:
            popup.list.setCurrentIndex(popup.model.index(wanted, 0))

    def list_is_open(self) -> bool:
        """Whether the list is shown."""
        return self._popup is not None and self._popup.isVisible()

    def take_highlight(self) -> bool:
        """Put the highlighted option (or the only one) into the line. Returns whether there was one."""
        popup = self._popup
        if popup is None or not popup.isVisible():
            return False
        option = popup.current()
        if option is None and popup.model.options and self.text().strip():
            typed = self.text().strip()
            same = [o for o in popup.model.options if o.text == typed]
            option = same[0] if same else popup.model.options[0]
        self.close_list()
        if option is None:
            return False
        self.setText(option.text)
        return True

    def close_list(self) -> None:
        """Hide the list."""
        if self._popup is not None:
            self._popup.hide()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        # While something is being composed, the input method's own list stands where this one would.
        if event.preeditString():
            self.close_list()
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.owns(event):
            event.accept()
            return
        key = event.key()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        asked = key == KEY.Key_F4 and not event.modifiers()
        if asked or (key == KEY.Key_Down and (alt or not self.list_is_open())):
            self.open_list("" if self.hasSelectedText() else self.text())
            if self._popup is not None and self._popup.current() is None:
                self._popup.move_by(1)
            return
        if self._popup is not None and self._popup.isVisible():
            steps = {KEY.Key_Down: 1, KEY.Key_Up: -1, KEY.Key_PageDown: _ROWS_SHOWN, KEY.Key_PageUp: -_ROWS_SHOWN}
            if Qt.Key(key) in steps:
                self._popup.move_by(steps[Qt.Key(key)])
                return
            if key == KEY.Key_Escape:
                self.close_list()
                return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.settle_words()
        if self._strict:
            self.take_highlight()
        self.close_list()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.close_list()
        super().hideEvent(event)

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.close_list()

    def _filter(self, text: str) -> None:
        if self.composed:
            return
        self._made_popup().show_options(self._finder(text), self)

    def _made_popup(self) -> PickerPopup:
        if self._popup is None:
            self._popup = PickerPopup(self.window())
            self._popup.chosen.connect(self._take)
            self.destroyed.connect(self._popup.deleteLater)
        return self._popup

    def _take(self, text: str) -> None:
        self.setText(text)
        self.close_list()
        self.picked.emit()
