"""At the left: the sections of the pack, each with its sign and its standing in words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from xinfang_desk.flow.sections import Section
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.theme import colour, icon, px, watch
from xinfang_desk.messages import window as t

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_ROW, _ICON, _LEFT = 40, 16, 34  # pixels at 100 %
_ICONS = {"done": "done", "missing": "missing", "error": "error", "warning": "warning", "open": "open", "look": "sheet"}
_TONES = {"done": "done", "missing": "warning", "error": "error", "warning": "warning", "open": "dim", "look": "dim"}


class SectionModel(QAbstractListModel):
    """The standing of each page."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sections: tuple[Section, ...] = ()

    def show(self, sections: tuple[Section, ...]) -> None:
        """Show newer standings; only changed rows are repainted."""
        if len(sections) != len(self.sections):
            self.beginResetModel()
            self.sections = sections
            self.endResetModel()
            return
        old, self.sections = self.sections, sections
        for row, (a, b) in enumerate(zip(old, sections, strict=True)):
            if a.state != b.state or a.words != b.words:
                self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.sections)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        section = self.sections[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return section.page.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return t.SECTION.format(number=index.row() + 1, title=section.page.title, words=section.words)
        return None


class _SectionDelegate(QStyledItemDelegate):
    def __init__(self, view: SectionList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(120), px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        section = self._view.section_model.sections[index.row()]
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, colour("accent_soft"))
            painter.fillRect(QRect(rect.x(), rect.y(), px(3), rect.height()), colour("accent"))
        icon(_ICONS[section.state]).paint(painter, QRect(rect.x() + px(10), rect.y() + (rect.height() - px(_ICON)) // 2, px(_ICON), px(_ICON)))
        painter.setPen(colour("text"))
        left = rect.adjusted(px(_LEFT), px(4), -px(6), 0)
        title = painter.fontMetrics().elidedText(section.page.title, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, title)
        painter.save()
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.87)
        painter.setFont(font)
        painter.setPen(colour(_TONES[section.state]))
        words = f"{t.STATE_SIGNS[section.state]} {section.words}"
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(rect.adjusted(px(_LEFT), 0, -px(6), -px(4)), Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()
        if bool(state & QStyle.StateFlag.State_HasFocus):
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))


class SectionList(QListView):
    """The map of the work. The chosen page's id comes out as ``wanted``."""

    wanted = Signal(str)

    def __init__(self, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self.section_model = SectionModel(self)
        self.setObjectName("sections")
        self.setModel(self.section_model)
        self.setItemDelegate(_SectionDelegate(self))
        self.setUniformItemSizes(True)
        self.setAccessibleName(t.SECTIONS)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._moved)
        hub.judged.connect(self.refresh)
        watch().changed.connect(self.scheduleDelayedItemsLayout)
        self.refresh()

    def refresh(self) -> None:
        """Show the standings as they are now."""
        self.section_model.show(self._hub.desk.sections())

    def width_of_titles(self) -> int:
        """Pixels in which every title is seen in full."""
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(one.page.title) for one in self.section_model.sections), default=0)
        return longest + px(_LEFT) + px(6) + 2 * self.frameWidth() + 2

    def show_page(self, page_id: str) -> None:
        """Put the mark on a page."""
        for row, section in enumerate(self.section_model.sections):
            if section.page.id == page_id and self.currentIndex().row() != row:
                self.setCurrentIndex(self.section_model.index(row, 0))

    def _moved(self, now: QModelIndex, _: QModelIndex) -> None:
        if now.isValid():
            self.wanted.emit(self.section_model.sections[now.row()].page.id)
