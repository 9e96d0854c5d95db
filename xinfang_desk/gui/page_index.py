"""The list of pages beside the preview: a small picture and a name each, to be searched by table name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPen, QShowEvent
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.gui import pages_layout as layout
from xinfang_desk.gui.composing import ComposingLine
from xinfang_desk.gui.page_painter import TileKey
from xinfang_desk.gui.press import Press
from xinfang_desk.gui.spot_words import page_title
from xinfang_desk.gui.theme import colour
from xinfang_desk.messages import preview as words

_PAD = 6
_TALL = round(layout.THUMB * 1.3) + 2
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _PageDelegate(QStyledItemDelegate):
    def __init__(self, index: PageIndex) -> None:
        super().__init__(index.list)
        self._index = index

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        view = self._index.list
        room = view.viewport().width() - layout.THUMB - 3 * _PAD
        text = str(index.data())  # type: ignore[attr-defined]
        need = view.fontMetrics().boundingRect(QRect(0, 0, room, 4000), int(_WRAP), text).height()
        return QSize(60, max(_TALL, need) + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        if bool(state & QStyle.StateFlag.State_Selected):
            painter.fillRect(rect, colour("accent_soft"))
        page = int(index.data(Qt.ItemDataRole.UserRole))  # type: ignore[attr-defined]
        self._index.paint_thumb(painter, page, QRect(rect.x() + _PAD, rect.y() + _PAD, layout.THUMB, rect.height() - 2 * _PAD))
        painter.setPen(colour("text"))
        inner = rect.adjusted(layout.THUMB + 2 * _PAD, _PAD, -_PAD, -_PAD)
        painter.drawText(inner, int(_WRAP), str(index.data()))  # type: ignore[attr-defined]


class PageIndex(QWidget):
    """``wanted``: a page (from 0) was chosen."""

    wanted = Signal(int)

    def __init__(self, press: Press, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._press = press
        self.search = ComposingLine(self)
        self.search.setAccessibleName(words.FIND)
        self.search.setPlaceholderText(words.FIND_HINT)
        self.list = QListWidget(self)
        self.list.setAccessibleName(words.PAGE_LIST)
        self.list.setItemDelegate(_PageDelegate(self))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.nothing = QLabel(words.FOUND_NONE, self)
        self.nothing.setObjectName("dim")
        self.nothing.setWordWrap(True)
        self.nothing.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.search)
        box.addWidget(self.nothing)
        box.addWidget(self.list, 1)
        self.search.textChanged.connect(lambda _: self._filter())
        self.search.returnPressed.connect(self._take_first)
        self.search.installEventFilter(self)
        self.list.itemClicked.connect(self._chosen)
        self.list.itemActivated.connect(self._chosen)
        self.list.currentItemChanged.connect(lambda now, _: self._moved(now))
        press.renewed.connect(self.refresh)
        press.painted.connect(self._painted)

    def refresh(self) -> None:
        """List the pages as they are now; the filter stays."""
        pages = self._press.map
        if pages is None:
            return
        kept = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for number, page in enumerate(pages.pages):
            item = QListWidgetItem(page_title(page), self.list)
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setToolTip(words.PAGE_TIP.format(page=number + 1, title=item.text()))
        self.list.setCurrentRow(min(max(0, kept), self.list.count() - 1))
        self.list.blockSignals(False)
        self._filter()

    def show_page(self, page: int) -> None:
        """Mark the page in view."""
        if 0 <= page < self.list.count() and self.list.currentRow() != page:
            self.list.blockSignals(True)
            self.list.setCurrentRow(page)
            self.list.blockSignals(False)
            self.list.scrollToItem(self.list.item(page))
            self.list.viewport().update()
            self.order_thumbs()

    def paint_thumb(self, painter: QPainter, page: int, box: QRect) -> None:
        """The small picture of a page in the middle of a box; asked for where it is not there yet."""
        pages = self._press.map
        if pages is None or page >= len(pages.pages):
            return
        ratio = self.devicePixelRatioF()
        key = layout.thumb_of(pages.pages[page], page, ratio)
        size = QSize(round(key.width / ratio), round(key.height / ratio))
        frame = QRect(box.x() + (box.width() - size.width()) // 2, box.y() + (box.height() - size.height()) // 2,
                      size.width(), size.height())
        tile = self._press.tiles.get(key)
        painter.fillRect(frame, Qt.GlobalColor.white)
        if tile is not None:
            painter.drawImage(frame, tile.image)
        painter.setPen(QPen(colour("line_strong"), 1))
        painter.drawRect(frame)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._press.watch(self)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._press.unwatch(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the search into the list."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress \
                and event.key() == Qt.Key.Key_Down:
            self.list.setFocus()
            return True
        return super().eventFilter(watched, event)

    # ---- inside ----

    def order_thumbs(self) -> None:
        """Ask for the small pictures in view that are not there yet."""
        pages = self._press.map
        if pages is None:
            return
        view = self.list.viewport().rect()
        keys: list[TileKey] = []
        for row in range(self.list.count()):
            item = self.list.item(row)
            if not item.isHidden() and self.list.visualItemRect(item).intersects(view):
                key = layout.thumb_of(pages.pages[row], row, self.devicePixelRatioF())
                tile = self._press.tiles.get(key)
                if tile is None or tile.generation != self._press.generation:
                    keys.append(key)
        self._press.want(self, keys)

    def _filter(self) -> None:
        wanted = self.search.text().strip()
        shown = 0
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(wanted not in item.text())
            shown += not item.isHidden()
        self.nothing.setVisible(not shown and self.list.count() > 0)
        self.order_thumbs()

    def _take_first(self) -> None:
        for row in range(self.list.count()):
            if not self.list.item(row).isHidden():
                self.list.setCurrentRow(row)
                self.wanted.emit(row)
                return

    def _moved(self, item: QListWidgetItem | None) -> None:
        if item is not None and self.list.hasFocus():
            self._chosen(item)

    def _chosen(self, item: QListWidgetItem) -> None:
        self.wanted.emit(int(item.data(Qt.ItemDataRole.UserRole)))

    def _painted(self, _: TileKey) -> None:
        if self.isVisible():
            self.list.viewport().update()
            self.order_thumbs()
