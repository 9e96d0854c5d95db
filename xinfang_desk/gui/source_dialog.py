"""Where a figure comes from: in words, and the lines and cells it is made of."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.gui import bubble
from xinfang_desk.gui.dialog_buttons import add_close_button
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.theme import colour, dialog_size, px
from xinfang_desk.messages import preview as preview_words
from xinfang_desk.messages import tables as words
from xinfang_desk.messages import window as t
from xinfang_desk.model.explain import Explanation, Part
from xinfang_desk.model.finding import Place

Index = QModelIndex | QPersistentModelIndex

class SourceDialog(QDialog):
    """Enter on a part goes to its line or lights its cell."""

    def __init__(self, hub: Hub, explanation: Explanation, parent: QWidget) -> None:
        super().__init__(parent.window())
        self._hub = hub
        self.setWindowTitle(t.SOURCE_TITLE)
        self.setAccessibleName(t.SOURCE_TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sentence = QLabel(explanation.sentence, self)
        sentence.setWordWrap(True)
        sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.parts = QListWidget(self)
        self.parts.setAccessibleName(t.SOURCE_PARTS)
        for part in explanation.parts:
            item = QListWidgetItem(part.label, self.parts)
            item.setData(Qt.ItemDataRole.UserRole, part)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, part_text(part))
            item.setToolTip(part_text(part))
        self.parts.setItemDelegate(_PartDelegate(self.parts))
        self.parts.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.parts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.parts.setVisible(bool(explanation.parts))
        self.parts.itemActivated.connect(self._go)
        box = QVBoxLayout(self)
        box.addWidget(sentence)
        box.addWidget(self.parts, 1)
        hint = QLabel(words.SOURCE_HINT, self)
        hint.setObjectName("dim")
        hint.setVisible(bool(explanation.parts))
        box.addWidget(hint)
        if explanation.more:
            box.addWidget(QLabel(t.SOURCE_MORE.format(count=explanation.more), self))
        buttons = QDialogButtonBox(self)
        self.printed = buttons.addButton(preview_words.SHOW_PRINTED, QDialogButtonBox.ButtonRole.ActionRole)
        self.printed.setAccessibleName(preview_words.SHOW_PRINTED)
        self.printed.setAutoDefault(False)
        self.printed.clicked.connect(lambda: self._show_printed(explanation))
        add_close_button(buttons, self)
        box.addWidget(buttons)
        self.resize(dialog_size(self, 560, 340 if explanation.parts else 140))
        if explanation.parts:
            self.parts.setCurrentRow(0)
            self.parts.setFocus()

    def _show_printed(self, explanation: Explanation) -> None:
        self.accept()
        self._hub.show_printed((explanation.cell,))

    def _go(self, item: QListWidgetItem) -> None:
        part: Part = item.data(Qt.ItemDataRole.UserRole)
        place = place_of(self._hub, part)
        if place is None and part.cell is None:
            bubble.tell(words.SOURCE_NOWHERE, self.parts, self.parts.visualItemRect(item), tone="info")
            return
        self.accept()
        if place is not None:
            self._hub.go(place)
        elif part.cell is not None:
            self._hub.cells_lit.emit((part.cell,))


class _PartDelegate(QStyledItemDelegate):
    """The name of a part at the left, its amount at the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        part: Part = index.data(Qt.ItemDataRole.UserRole)
        font: QFont = option.font  # type: ignore[attr-defined]
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        room = QFontMetrics(font).horizontalAdvance(part.text) + px(16) if part.text else 0
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour("accent_soft"))
        option.rect = rect.adjusted(0, 0, -room, 0)  # type: ignore[attr-defined]
        super().paint(painter, option, index)
        painter.setFont(font)
        painter.setPen(colour("text"))
        painter.drawText(rect.adjusted(0, 0, -px(8), 0),
                         Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, part.text)


def part_text(part: Part) -> str:
    """A part on one line."""
    return f"{part.label}  {part.text}".rstrip()


def place_of(hub: Hub, part: Part) -> Place | None:
    """Where a part was typed: the page that shows its record or asks its address; ``None`` for a cell."""
    pack, year = hub.desk.pack, hub.desk.year
    if part.record is not None:
        kind = getattr(getattr(year, part.space).get(part.record), "kind", None)
        for page in pack.pages:
            own = page.kind == part.space or (page.kind == "projects" and part.space == "lines")
            if own and (kind is None or not page.kinds or kind.value in page.kinds):
                return Place(page.id, space=part.space, record=part.record, field="amount")
        return None
    space, _, address = part.address.partition(":")
    if not address:
        return None
    for page in pack.pages:
        for field in page.fields:
            star = field.address.endswith(".*") and address.startswith(field.address[:-1])
            if field.space == space and (star or field.address == address):
                return Place(page.id, address=address, space=space)
    return None
