"""The editors of single questions: a line, a longer text, a choice, yes/no. All speak text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QWidget,
)

from xinfang_desk.gui.choice_box import ChoiceBox
from xinfang_desk.gui.composing import ComposingLine, ComposingText
from xinfang_desk.gui.theme import px, watch
from xinfang_desk.messages import terms
from xinfang_desk.messages import window as t
from xinfang_desk.model.pack import FormField

_IDLE_MS = 2500
_LINES = (1, 7)


class FieldEditor(QWidget):
    """``committed``: what is in the editor should be taken now; ``typed``: it differs from what was shown."""

    committed = Signal()
    focused = Signal()

    def text(self) -> str:
        """What is in the editor."""
        return ""

    def show_text(self, text: str) -> None:
        """Put a stored value into the editor."""

    def inner(self) -> QWidget:
        """The widget that takes the focus."""
        return self

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be typed."""
        self.inner().setEnabled(not read_only)


class _Line(ComposingLine):
    """Leaves Ctrl+Z to the window where the line itself has nothing to take back. Esc gives up what was typed, where
    somebody ``can_give_up``."""

    focused = Signal()
    given_up = Signal()
    can_give_up = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.can_give_up and self.isModified() and not self.owns(event):
            self.given_up.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            standard = QKeySequence.StandardKey
            if (event.matches(standard.Undo) and not self.isUndoAvailable()) or (
                    event.matches(standard.Redo) and not self.isRedoAvailable()):
                event.ignore()
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()


class _Text(ComposingText):
    left = Signal()
    focused = Signal()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            standard = QKeySequence.StandardKey
            document = self.document()
            if (event.matches(standard.Undo) and not document.isUndoAvailable()) or (
                    event.matches(standard.Redo) and not document.isRedoAvailable()):
                event.ignore()
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())


class LineEditor(FieldEditor):
    """Text, amounts, counts and dates on one line; ``suffix`` is the unit behind it."""

    def __init__(self, field: FormField, suffix: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = _Line(self)
        self.line.setAccessibleName(field.label)
        self.line.setAccessibleDescription(field.help)
        if field.kind in ("money", "count"):
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        if field.kind == "date":
            self.line.setPlaceholderText(t.DATE_PLACEHOLDER)
        self.suffix = QLabel(suffix, self)
        self.suffix.setObjectName("dim")
        self.suffix.setVisible(bool(suffix))
        if field.kind in ("money", "count", "date"):
            # The frames of short answers end in one line, with a unit behind them or without.
            keeps = self.suffix.sizePolicy()
            keeps.setRetainSizeWhenHidden(True)
            self.suffix.setSizePolicy(keeps)
            self.suffix.setMinimumWidth(px(30))
            watch().changed.connect(self._dress)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self.suffix)
        self.line.editingFinished.connect(self.committed)
        self.line.focused.connect(self.focused)

    def text(self) -> str:
        return self.line.text()

    def show_text(self, text: str) -> None:
        if text != self.line.text():
            self.line.setText(text)

    def inner(self) -> QWidget:
        return self.line

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)

    def _dress(self) -> None:
        self.suffix.setMinimumWidth(px(30))


class LongEditor(FieldEditor):
    """Several lines; grows with its text; taken when left and after a pause in typing."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = _Text(self)
        self.edit.setAccessibleName(field.label)
        self.edit.setAccessibleDescription(field.help)
        self.edit.setTabChangesFocus(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.edit)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE_MS)
        self._idle.timeout.connect(self.committed)
        self.edit.textChanged.connect(self._grow)
        self.edit.textChanged.connect(self._idle.start)
        self.edit.left.connect(self.committed)
        self.edit.focused.connect(self.focused)
        watch().changed.connect(self._grow)
        self._grow()

    def text(self) -> str:
        return self.edit.toPlainText()

    def show_text(self, text: str) -> None:
        if text != self.edit.toPlainText():
            self.edit.setPlainText(text)
            self._idle.stop()

    def inner(self) -> QWidget:
        return self.edit

    def set_read_only(self, read_only: bool) -> None:
        self.edit.setReadOnly(read_only)

    def _grow(self) -> None:
        lines = min(_LINES[1], max(_LINES[0], round(self.edit.document().size().height())))
        self.edit.setFixedHeight(lines * self.edit.fontMetrics().lineSpacing() + px(18))


class ChoiceEditor(FieldEditor):
    """One of the field's words, or nothing."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = ChoiceBox(self)
        self.box.setAccessibleName(field.label)
        self.box.setAccessibleDescription(field.help)
        self.box.addItems(["", *field.choices])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box, 1)
        self.box.activated.connect(lambda _: self.committed.emit())
        self.box.installEventFilter(self)

    def text(self) -> str:
        return self.box.currentText()

    def show_text(self, text: str) -> None:
        if text and self.box.findText(text) < 0:
            self.box.addItem(text)
        self.box.setCurrentText(text)

    def inner(self) -> QWidget:
        return self.box

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.focused.emit()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            before = self.box.currentIndex()
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.box.setCurrentIndex(max(0, min(self.box.count() - 1, before + step)))
                if self.box.currentIndex() != before:
                    self.committed.emit()
                return True
            if event.key() == Qt.Key.Key_F4:
                self.box.showPopup()
                return True
        return False


class FlagEditor(FieldEditor):
    """是 or 否; neither while nobody has answered. Delete takes the answer back."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(14)
        self.buttons: dict[str, QRadioButton] = {}
        for word in (terms.YES, terms.NO):
            button = QRadioButton(word, self)
            button.setAccessibleName(f"{field.label} {word}")
            button.setAccessibleDescription(field.help)
            button.installEventFilter(self)
            self.group.addButton(button)
            self.buttons[word] = button
            row.addWidget(button)
        row.addStretch(1)
        self.group.buttonClicked.connect(lambda _: self.committed.emit())

    def text(self) -> str:
        return next((word for word, button in self.buttons.items() if button.isChecked()), "")

    def show_text(self, text: str) -> None:
        self.group.setExclusive(False)
        for word, button in self.buttons.items():
            button.setChecked(word == text)
        self.group.setExclusive(True)

    def inner(self) -> QWidget:
        return next((b for b in self.buttons.values() if b.isChecked()), self.buttons[terms.YES])

    def set_read_only(self, read_only: bool) -> None:
        for button in self.buttons.values():
            button.setEnabled(not read_only)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.focused.emit()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self.show_text("")
                self.committed.emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(watched, QRadioButton):
                watched.click()
                return True
        return False
