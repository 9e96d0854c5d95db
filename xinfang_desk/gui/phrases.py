"""Phrases offered where reasons and longer texts are written: F4 opens the list, typing narrows it, nothing is taken
unless it is chosen. The list never takes the focus and steps aside while an input method is composing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow import phrases
from xinfang_desk.gui.composing import ComposingText
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.picker import Option, PickerLine, PickerPopup
from xinfang_desk.messages import marks
from xinfang_desk.messages import reasons as words
from xinfang_desk.messages import window as t

_FEWEST_TYPED = 2
_KEEP, _EDIT = "\0keep", "\0edit"
_SHOWN_AS = {"last": words.FROM_LAST, "kept": words.FROM_KEPT, "used": words.FROM_USED}
KEY = Qt.Key


def options(hub: Hub, address: str, query: str, typed: str) -> list[Option]:
    """The phrases that fit; with nothing asked for also the commands below them."""
    found = [Option(one.text, _SHOWN_AS[one.source].format(text=one.text))
             for one in phrases.offers(hub.desk, address, query)]
    if not query and not hub.desk.read_only:
        if typed.strip() and " ".join(typed.split()) not in phrases.kept(hub.desk.year):
            found.append(Option(_KEEP, words.KEEP))
        found.append(Option(_EDIT, words.DO_EDIT))
    return found


def carry_out(hub: Hub, chosen: str, typed: str, parent: QWidget) -> bool:
    """Do what a chosen command says; ``False`` where it is a phrase."""
    if chosen == _KEEP:
        if hub.do(phrases.remember(hub.desk.year, typed)):
            hub.said.emit(words.KEPT)
    elif chosen == _EDIT:
        edit_phrases(hub, parent)
    else:
        return False
    return True


class PhraseLine(PickerLine):
    """A cell's line with phrases. Enter takes what was typed, unless the clerk has moved into the list."""

    def __init__(self, hub: Hub, address: str, parent: QWidget | None = None) -> None:
        super().__init__(self._found, parent)
        self._hub = hub
        self._address = address

    def open_list(self, query: str = "") -> None:
        """F4 shows everything, with the first already marked."""
        super().open_list("")
        if self._popup is not None and self._popup.current() is None:
            self._popup.move_by(1)

    def take_highlight(self) -> bool:
        """Put the marked phrase into the line, or do what the marked command says."""
        option = self._popup.current() if self._popup is not None else None
        self.close_list()
        if option is None:
            return False
        if not carry_out(self._hub, option.text, self.text(), self):
            self.setText(option.text)
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.preeditString():
            self.close_list()
        super().inputMethodEvent(event)

    def _found(self, query: str) -> Sequence[Option]:
        return options(self._hub, self._address, query, self.text())

    def _filter(self, text: str) -> None:
        if len(text.strip()) < _FEWEST_TYPED:
            self.close_list()
            return
        popup = self._made_popup()
        popup.show_options([o for o in self._found(text) if o.text != text.strip()], self)

    def _made_popup(self) -> PickerPopup:
        popup = super()._made_popup()
        popup.foot.setText(words.LIST_HINT)
        return popup

    def _take(self, text: str) -> None:
        if carry_out(self._hub, text, self.text(), self):
            self.close_list()
        else:
            super()._take(text)


class PhraseHelper(QObject):
    """Gives a text of several lines the same list, below the line it has the cursor on."""

    def __init__(self, hub: Hub, address: str, edit: QPlainTextEdit) -> None:
        super().__init__(edit)
        self._hub = hub
        self._address = address
        self._edit = edit
        self._popup: PickerPopup | None = None
        edit.installEventFilter(self)

    def list_is_open(self) -> bool:
        """Whether the list is shown."""
        return self._popup is not None and self._popup.isVisible()

    def open_list(self) -> None:
        """Show what can be taken over."""
        popup = self._made_popup()
        popup.show_options(options(self._hub, self._address, "", self._edit.toPlainText()), self._edit)
        if popup.current() is None:
            popup.move_by(1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(Qt.Key(event.key()), event)
        if (isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut) or isinstance(event, QInputMethodEvent):
            self._close()
        return False

    def _key(self, key: Qt.Key, event: QKeyEvent) -> bool:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if (key == KEY.Key_F4 and not event.modifiers()) or (key == KEY.Key_Down and alt):
            if not self._edit.isReadOnly():
                self.open_list()
            return True
        if not self.list_is_open() or self._popup is None:
            return False
        steps = {KEY.Key_Down: 1, KEY.Key_Up: -1, KEY.Key_PageDown: 8, KEY.Key_PageUp: -8}
        option = self._popup.current()
        if key in steps:
            self._popup.move_by(steps[key])
        elif key in (KEY.Key_Return, KEY.Key_Enter) and option is not None:
            self._take(option.text)
        elif key == KEY.Key_Escape:
            self._close()
        else:
            self._close()
            return False
        return True

    def _take(self, text: str) -> None:
        self._close()
        if carry_out(self._hub, text, self._edit.toPlainText(), self._edit):
            return
        cursor = self._edit.textCursor()
        if not cursor.hasSelection() and not self._edit.toPlainText().strip():
            cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)  # one step for the text's own undo
        self._edit.setTextCursor(cursor)

    def _close(self) -> None:
        if self._popup is not None:
            self._popup.hide()

    def _made_popup(self) -> PickerPopup:
        if self._popup is None:
            self._popup = PickerPopup(self._edit.window())
            self._popup.foot.setText(words.LIST_HINT)
            self._popup.chosen.connect(self._take)
            self._edit.destroyed.connect(self._popup.deleteLater)
        return self._popup


class PhrasesDialog(QDialog):
    """The unit's phrases, one a line."""

    def __init__(self, hub: Hub, parent: QWidget) -> None:
        super().__init__(parent.window())
        self._hub = hub
        self.setWindowTitle(words.DIALOG_TITLE)
        self.setAccessibleName(words.DIALOG_TITLE)
        about = QLabel(words.DIALOG_ABOUT, self)
        about.setWordWrap(True)
        self.box = ComposingText(self)
        self.box.setPlainText("\n".join(phrases.kept(hub.desk.year)))
        self.box.setAccessibleName(words.DIALOG_BOX)
        self.box.setTabChangesFocus(True)
        buttons = QDialogButtonBox(self)
        for text, role, name in ((words.DIALOG_SAVE, QDialogButtonBox.ButtonRole.AcceptRole, "primary"),
                                 (t.CANCEL, QDialogButtonBox.ButtonRole.RejectRole, "")):
            button = buttons.addButton(text, role)
            button.setAccessibleName(text)
            button.setObjectName(name)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(about)
        column.addWidget(self.box, 1)
        column.addWidget(buttons)
        metrics = self.fontMetrics()
        self.resize(metrics.horizontalAdvance(marks.WIDE) * 38, metrics.lineSpacing() * 18)

    def _save(self) -> None:
        self.box.settle_words()
        if self._hub.do(phrases.replace_all(self._hub.desk.year, self.box.toPlainText().splitlines())):
            self.accept()


def edit_phrases(hub: Hub, parent: QWidget) -> None:
    """Let the clerk edit the unit's phrases."""
    dialog = PhrasesDialog(hub, parent)
    dialog.exec()
    dialog.deleteLater()
