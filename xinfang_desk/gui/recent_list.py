"""The recent books: whose, which year, how far, how many days are left; filled in as each has been looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from xinfang_desk.gui import settings
from xinfang_desk.gui.book_watch import BookWatch
from xinfang_desk.gui.theme import colour, icon, px, watch
from xinfang_desk.messages import marks
from xinfang_desk.messages import start as words
from xinfang_desk.messages import window as t

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from xinfang_desk.flow.recent import BookCard

PATH = Qt.ItemDataRole.UserRole
CARD = Qt.ItemDataRole.UserRole + 1
_SLOW_MS = 4000
_OTHERS_MS = 1500
_WARM_MS = 2500
"""Long after the first paint and the opening of the last book."""
_SIGNS = {"done": "done", "error": "error", "warning": "warning", "missing": "missing", "open": "open", "gone": "hint"}
_INKS = {"done": "done", "error": "error", "warning": "warning", "missing": "warning", "open": "dim", "gone": "dim"}
Index = QModelIndex | QPersistentModelIndex


class _Painter(QStyledItemDelegate):
    """Three lines: unit and year, with the kind at the right; state, with the days left at the right; where it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics: QFontMetrics = option.fontMetrics  # type: ignore[attr-defined]
        return QSize(px(200), metrics.lineSpacing() * 3 + px(20))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        from PySide6.QtWidgets import QStyle  # later: its hundreds of names hold up the first paint

        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: Any = option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colour("hover"))
        painter.setPen(QPen(colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        card: BookCard | None = index.data(CARD)
        path = Path(index.data(PATH))
        tone = card.tone if card else "open"
        icon(_SIGNS[tone]).paint(painter, QRect(rect.x() + px(10), rect.y() + px(12), px(16), px(16)))
        lines = _lines(path, card)
        inner = rect.adjusted(px(36), px(8), -px(12), -px(8))
        height = inner.height() // 3
        for row, (left, right, left_ink, right_ink, bold) in enumerate(lines):
            _draw(painter, inner.adjusted(0, row * height, 0, -(2 - row) * height), left, right, left_ink, right_ink,
                  bold=bold)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()


def _lines(path: Path, card: BookCard | None) -> tuple[tuple[str, str, str, str, bool], ...]:
    place = str(path)
    if card is None:
        return ((path.stem, "", "text", "dim", True), (words.CARD_WAITING, "", "dim", "dim", False),
                (place, "", "dim", "dim", False))
    return ((card.title, card.kind, "text" if card.there else "dim", "dim", True),
            (card.state, card.due, _INKS[card.tone], "error" if card.late else "dim", False),
            (place, "", "dim", "dim", False))


def _draw(painter: QPainter, rect: QRect, left: str, right: str, left_ink: str, right_ink: str, *, bold: bool) -> None:
    """Two texts on one line, each shortened in its own room: they never run into each other."""
    middle, shorten = Qt.AlignmentFlag.AlignVCenter, Qt.TextElideMode.ElideMiddle
    plain = painter.font()
    right = painter.fontMetrics().elidedText(right, shorten, rect.width() * 3 // 4)
    room = rect.width() - (painter.fontMetrics().horizontalAdvance(right) + px(14) if right else 0)
    painter.setPen(colour(right_ink))
    painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, right)
    if bold:
        strong = QFont(plain)
        strong.setBold(True)
        painter.setFont(strong)
    painter.setPen(colour(left_ink))
    painter.drawText(rect, middle | Qt.AlignmentFlag.AlignLeft, painter.fontMetrics().elidedText(left, shorten, room))
    painter.setFont(plain)


class RecentList(QListWidget):
    """Enter opens (or, for a book that is gone, looks for it); Delete takes it off the list; Shift+Delete asks to delete
    it; F5 looks again."""

    book_wanted = Signal(Path)
    gone_wanted = Signal(Path)
    forgotten = Signal(Path)
    discard_wanted = Signal(Path, str)
    """the book, and what the list calls it"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(t.RECENT)
        self.setAccessibleDescription(words.RECENT_KEYS)
        self.setItemDelegate(_Painter(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._watch = BookWatch(self)
        self._watch.seen.connect(self._fill)
        self._wanted: dict[Path, Callable[[BookCard], object]] = {}
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(self._tell_slow)
        self._held: list[Path] = []
        self._others = QTimer(self)
        self._others.setSingleShot(True)
        self._others.setInterval(_OTHERS_MS)
        self._others.timeout.connect(self.look_at_others)
        self.itemActivated.connect(self._activated)
        watch().changed.connect(self.scheduleDelayedItemsLayout)
        QTimer.singleShot(_WARM_MS, self, self._watch.warm)

    def refresh(self, *, last_first: bool = False) -> None:
        """List the recent books and look at each; what is known already stays until the new look comes. ``last_first``:
        the last one is about to be opened, and the others are not to be in its way."""
        known = {self.item(row).data(PATH): self.item(row).data(CARD) for row in range(self.count())}
        row = self.currentRow()
        paths = settings.recent_books()
        # Another book was opened since: that one is looked for first.
        same = row >= 0 and bool(paths) and self.item(0).data(PATH) == str(paths[0])
        current = self.item(row).data(PATH) if same else ""
        self.clear()
        for path in paths:
            item = QListWidgetItem(self)
            item.setData(PATH, str(path))
            item.setToolTip(str(path))
            self._show(item, known.get(str(path)))
        self.setCurrentRow(max(0, next((i for i, p in enumerate(paths) if str(p) == current), 0)))
        self._held = paths[1:] if last_first else []
        self._watch.look(paths[:1] if last_first else paths)
        if paths:
            self._slow.start()
        if self._held:
            self._others.start()

    def look_at_others(self) -> None:
        """Look at those that were held back, unless nobody sees the list any more: when it is shown again, all are."""
        held, self._held = self._held, []
        self._others.stop()
        if self.isVisible():
            self._watch.look(held)

    def when_seen(self, path: Path, act: Callable[[BookCard], object]) -> None:
        """Do something once the book has been looked at (the next time)."""
        self._wanted[path] = act

    def card(self, row: int) -> BookCard | None:
        """What is known of a book, ``None`` while it is being looked at."""
        found: BookCard | None = self.item(row).data(CARD)
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Delete and item is not None:
            (self._discard if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else self._forget)(item)
        elif event.key() == Qt.Key.Key_F5:
            self.refresh()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(px(420), px(240))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By mouse for the book under it, by the menu key for the chosen one."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        item = self.itemAt(event.pos()) if by_mouse else self.currentItem()
        if item is not None:
            self.setCurrentItem(item)
            menu = self.made_menu(item)
            menu.popup(event.globalPos() if by_mouse else self.viewport().mapToGlobal(self.visualItemRect(item).center()))

    def made_menu(self, item: QListWidgetItem) -> QMenu:
        """What can be done with a book; it goes away when closed."""
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self)
        menu.setAccessibleName(t.RECENT)
        menu.aboutToHide.connect(menu.deleteLater)
        card: BookCard | None = item.data(CARD)
        there = card is None or card.there
        entries: list[tuple[str, str, Callable[[QListWidgetItem], None]]] = [
            (words.CARD_OPEN if there else words.CARD_FIND, words.CARD_OPEN_KEYS, self._activated),
            (words.CARD_FORGET, "Delete", self._forget)]
        if there:
            entries.append((words.CARD_DISCARD, "Shift+Delete", self._discard))
        for text, keys, act in entries:  # the keys are shown, not bound: the list itself hears them
            menu.addAction(f"{text}\t{keys}", partial(act, item))
        return menu

    # ---- inside ----

    def _show(self, item: QListWidgetItem, card: BookCard | None) -> None:
        item.setData(CARD, card)
        path = item.data(PATH)
        item.setText(marks.COMMA.join((card.sentence, path) if card else (Path(path).stem, words.CARD_WAITING)))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, item.text())
        if card is not None:
            item.setToolTip("\n".join(part for part in (card.title, card.state, card.due, path) if part))

    def _fill(self, card: BookCard) -> None:
        for row in range(self.count()):
            if self.item(row).data(PATH) == str(card.path):
                self._show(self.item(row), card)
        act = self._wanted.pop(card.path, None)
        if act is not None:
            act(card)

    def _tell_slow(self) -> None:
        from xinfang_desk.flow.recent import BookCard

        for row in range(self.count()):
            if self.card(row) is None:
                path = Path(self.item(row).data(PATH))
                self._show(self.item(row), BookCard(path, False, path.stem, "", words.CARD_SLOW, "gone"))

    def _activated(self, item: QListWidgetItem) -> None:
        card: BookCard | None = item.data(CARD)
        path = Path(item.data(PATH))
        (self.book_wanted if card is None or card.there else self.gone_wanted).emit(path)

    def _discard(self, item: QListWidgetItem) -> None:
        card: BookCard | None = item.data(CARD)
        path = Path(item.data(PATH))
        if card is None or card.there:
            self.discard_wanted.emit(path, card.title if card else path.stem)
        else:
            self.gone_wanted.emit(path)

    def _forget(self, item: QListWidgetItem) -> None:
        path = Path(item.data(PATH))
        settings.forget_book(path)
        self.takeItem(self.row(item))
        self.forgotten.emit(path)
