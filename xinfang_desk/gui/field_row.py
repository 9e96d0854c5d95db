"""One question of a page: label, editor, and below it the reason where what was typed is refused."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from xinfang_desk.flow.forms import field_text, field_value, parse_field, set_field
from xinfang_desk.flow.grid import EntryRefused
from xinfang_desk.gui import bubble
from xinfang_desk.gui.bubble import doubt
from xinfang_desk.gui.composing import settle
from xinfang_desk.gui.field_editors import ChoiceEditor, FieldEditor, FlagEditor, LineEditor, LongEditor
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.phrases import PhraseHelper
from xinfang_desk.messages import reasons, tables
from xinfang_desk.messages import window as t
from xinfang_desk.model.pack import FormField

FieldKey = tuple[str, str]
"""Space and address of a field: one address may stand in several spaces."""


def key_of(field: FormField) -> FieldKey:
    """What tells a field from all others of a page."""
    return field.space, field.address


class FieldRow(QWidget):
    """The editor and its message; ``label`` is laid out by the page. Refused text stays and is framed in red."""

    helped = Signal(str, str)

    def __init__(self, hub: Hub, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self.field = field
        self.refusal = ""
        self.wanted = ""
        self._shown_text = ""
        self.label = QLabel(field.label, parent)
        self.label.setObjectName("fieldLabel")
        self.label.setWordWrap(True)
        self.editor = self._made_editor()
        self.message = QLabel(self)
        self.message.setObjectName("refusal")
        self.message.setWordWrap(True)
        self.message.hide()
        self.label.setBuddy(self.editor.inner())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self.editor)
        self._box = box
        box.addWidget(self.message)
        self.editor.set_read_only(hub.desk.read_only)
        self.editor.committed.connect(self.commit)
        if isinstance(self.editor, LineEditor) and field.kind in ("money", "count"):
            self.editor.line.textEdited.connect(self._typed)
            self.editor.line.can_give_up = True
            self.editor.line.given_up.connect(self.give_up)
        self.editor.focused.connect(lambda: self.helped.emit(field.label, field.help))
        for widget in (self.label, self):
            widget.setToolTip(field.help)
        if hub.desk.read_only:
            self.setToolTip(tables.LOCKED_BOOK)
            self.editor.inner().installEventFilter(self)
        self.refresh()

    def commit(self) -> None:
        """Take what was typed, or keep it and say why it cannot be taken."""
        text = self.editor.text()
        doubt(self.editor.inner(), "")
        if text == self._shown_text:
            self._hub.take_back()
            self._complain("")
            return
        desk = self._hub.desk
        try:
            value = parse_field(self.field, text, desk.money_unit)
            change = set_field(desk.year, self.field, value)
        except EntryRefused as refused:
            self._hub.take_back()
            self._complain(refused.reason)
            return
        self._complain("")
        if self._hub.do(change):
            self.refresh()

    def take_pending(self) -> None:
        """Take all that is typed, what is still being composed too: the clerk goes elsewhere."""
        settle(self.editor.inner())
        self.commit()

    def _typed(self, text: str) -> None:
        """Each key of a figure moves what the figure would move; text that is none is marked, and nothing moves."""
        desk, reason = self._hub.desk, ""
        try:
            change = None if text == self._shown_text else \
                set_field(desk.year, self.field, parse_field(self.field, text, desk.money_unit))
        except EntryRefused as refused:
            change, reason = None, refused.reason
        self._hub.try_out(change)
        doubt(self.editor.inner(), reason)

    def refresh(self) -> None:
        """Show the stored value; text that was refused stays."""
        if self.refusal:
            return
        desk = self._hub.desk
        self._shown_text = field_text(desk.year, self.field, desk.money_unit)
        typing = self.editor.inner().hasFocus() and isinstance(self.editor, LongEditor)
        if not (typing and self.editor.text().strip() == self._shown_text):
            self.editor.show_text(self._shown_text)
        if isinstance(self.editor, LineEditor) and self.field.kind == "money":
            self.editor.suffix.setText(desk.money_unit.value)
        self.mark()

    def want(self, wanted: str) -> None:
        """Ask for the reason this question holds, in words; '' where none is wanted."""
        if wanted != self.wanted:
            self.wanted = wanted
            if isinstance(self.editor, LongEditor):
                self.editor.edit.setPlaceholderText(reasons.GHOST.format(wanted=wanted) if wanted else "")
            self.mark()

    def mark(self) -> None:
        """Mark a required question nobody has answered, in words."""
        missing = self.field.required and field_value(self._hub.desk.year, self.field) is None
        text = f"{self.field.label}{t.REQUIRED_MISSING}" if missing else self.field.label
        if self.wanted:
            missing, text = True, reasons.WANTED_LABEL.format(label=self.field.label)
        if self.label.text() != text:
            self.label.setText(text)
            self.label.setProperty("missing", missing)
            self.label.style().unpolish(self.label)
            self.label.style().polish(self.label)

    def show_rest(self) -> None:
        """For an approved total: say below it what is still to place."""
        from xinfang_desk.gui.rest_label import RestLabel

        self._box.insertWidget(1, RestLabel(self._hub, self.field.address, self))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A book open for reading says so to whoever types."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._would_change(event):
            bubble.tell(tables.LOCKED_BOOK, self, tone="info")
            self._hub.said.emit(tables.LOCKED_BOOK)
        return super().eventFilter(watched, event)

    @staticmethod
    def _would_change(event: QKeyEvent) -> bool:
        standard = QKeySequence.StandardKey
        return (event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) or event.matches(standard.Paste)
                or event.matches(standard.Cut) or (event.text().isprintable() and bool(event.text())
                                                   and not event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def give_up(self) -> None:
        """Drop refused text and show the stored value again."""
        self._hub.take_back()
        doubt(self.editor.inner(), "")
        self._complain("")
        self.refresh()

    def _complain(self, reason: str) -> None:
        if not reason and not self.refusal:
            return
        self.refusal = reason
        self.message.setText(reason)
        self.message.setVisible(bool(reason))
        inner = self.editor.inner()
        inner.setProperty("refused", bool(reason))
        inner.style().unpolish(inner)
        inner.style().polish(inner)
        if reason:
            self._hub.said.emit(reason)

    def _made_editor(self) -> FieldEditor:
        field = self.field
        match field.kind:
            case "longtext":
                editor = LongEditor(field, self)
                PhraseHelper(self._hub, field.address, editor.edit)
                return editor
            case "choice":
                return ChoiceEditor(field, self)
            case "flag":
                return FlagEditor(field, self)
            case "money":
                return LineEditor(field, self._hub.desk.money_unit.value, self)
            case _:
                return LineEditor(field, "", self)
