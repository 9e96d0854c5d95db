"""Ctrl+F: a box at the top of the window that finds any figure, text or code in the book while it is being typed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow.find import Entry, Hit, Query, best_first, entries
from xinfang_desk.gui.composing import ComposingLine
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.theme import colour, px
from xinfang_desk.messages import find as words
from xinfang_desk.messages import marks

if TYPE_CHECKING:
    from xinfang_desk.gui.main_window import MainWindow

_SLICE_SECONDS = 0.008
"""How long one step may hold the window up."""
_LOOKED_AT = 64
"""Entries between two looks at the clock."""
_MOST_HITS = 1000
_ROWS_SHOWN = 9
_WIDTH = 620
_LEAVING = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_NO_INDEX = QModelIndex()
_SELECTED: int = QStyle.StateFlag.State_Selected.value
KEY = Qt.Key


class _Hits(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.hits: list[Hit] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        entry = self.hits[index.row()].entry
        return words.SPOKEN_HIT.format(what=entry.what, where=entry.where, text=entry.text)

    def show(self, hits: list[Hit]) -> None:
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()


class _HitDelegate(QStyledItemDelegate):
    """Two lines: what and where, then the text with what fits marked."""

    def __init__(self, model: _Hits, parent: QWidget) -> None:
        super().__init__(parent)
        self._hits = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        metrics: QFontMetrics = option.fontMetrics  # type: ignore[attr-defined]
        return QSize(200, 2 * metrics.lineSpacing() + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        hit = self._hits.hits[index.row()]
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: int = option.state.value  # type: ignore[attr-defined]
        metrics = painter.fontMetrics()
        painter.fillRect(rect, colour("accent_soft" if state & _SELECTED else "base"))
        inner = rect.adjusted(10, 4, -10, -4)
        painter.setPen(colour("dim"))
        head = words.LINE.format(what=hit.entry.what, where=hit.entry.where)
        painter.drawText(inner.x(), inner.y() + metrics.ascent(),
                         metrics.elidedText(head, Qt.TextElideMode.ElideRight, inner.width()))
        _draw_marked(painter, inner, inner.y() + metrics.lineSpacing(), hit)
        painter.setPen(colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def _draw_marked(painter: QPainter, room: QRect, top: int, hit: Hit) -> None:
    metrics = painter.fontMetrics()
    text, spans = _around(hit, room.width(), metrics)
    x, at = room.x(), 0
    for begin, end in (*spans, (len(text), len(text))):
        for part, marked in ((text[at:begin], False), (text[begin:end], True)):
            width = metrics.horizontalAdvance(part)
            if marked and part:
                painter.fillRect(QRect(x, top, min(width, room.right() - x), metrics.lineSpacing()), colour("flash"))
            painter.setPen(colour("text"))
            painter.drawText(QRect(x, top, max(0, room.right() - x), metrics.lineSpacing()),
                             int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), part)
            x += width
        at = end


def _around(hit: Hit, width: int, metrics: QFontMetrics) -> tuple[str, list[tuple[int, int]]]:
    """The piece of a long text that stands around the first thing that fits, on one line."""
    text = hit.entry.text.replace("\n", " ").replace("\t", " ")
    fits = max(8, width // max(1, metrics.horizontalAdvance(marks.WIDE)))
    first = hit.spans[0][0] if hit.spans else 0
    begin = max(0, first - fits // 3) if len(text) > fits else 0
    lead = marks.CUT if begin else ""
    shown = lead + text[begin:begin + 4 * fits]
    shift = len(lead) - begin
    spans = [(a + shift, b + shift) for a, b in hit.spans if a >= begin]
    return shown, [(a, min(b, len(shown))) for a, b in spans if a < len(shown)]


class FindBox(QFrame):
    """Searches bit by bit between two frames; what stands in the book is walked through once for each state of it."""

    def __init__(self, window: MainWindow, hub: Hub) -> None:
        super().__init__(window)
        self._within = window
        self._hub = hub
        self._before: QWidget | None = None
        self._known: list[Entry] = []
        self._rest: Iterator[Entry] | None = None
        self._query = Query("")
        self._looked = 0
        self._found: list[Hit] = []
        self._at = -1
        self.setObjectName("findBox")
        self.setAccessibleName(words.TITLE)
        self.line = ComposingLine(self)
        self.line.setAccessibleName(words.BOX)
        self.line.setAccessibleDescription(words.BOX_HINT)
        self.line.setPlaceholderText(words.BOX_HINT)
        self.line.installEventFilter(self)
        self.model = _Hits(self)
        self.list = QListView(self)
        self.list.setAccessibleName(words.LIST)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_HitDelegate(self.model, self.list))
        self.list.clicked.connect(lambda index: self.go_to(index.row()))
        self.foot = QLabel(words.KEYS, self)
        self.foot.setObjectName("pickerHint")
        self.foot.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 6)
        box.setSpacing(6)
        for widget in (self.line, self.list, self.foot):
            box.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._slice)
        self.line.textChanged.connect(self._asked)
        hub.changed.connect(lambda _: self._forget())
        hub.unit_changed.connect(self._forget)
        self.hide()

    # ---- what the window asks ----

    def open(self) -> None:
        """Show the box with what was looked for last, ready to be typed over."""
        focus = QApplication.focusWidget()
        if focus is not None and not self.isAncestorOf(focus):
            self._before = focus
        self._asked(self.line.text())
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def step(self, by: int) -> None:
        """To the next (1) or previous (-1) place, round the end, with the box closed or open."""
        if self._query.blank:
            self._hub.said.emit(words.NOTHING_YET)
            return
        self._finish()
        if not self._found:
            self._hub.said.emit(words.NONE.format(query=self._query.text.strip()))
            return
        self.go_to((self._at + by) % len(self._found) if self._at >= 0 else 0 if by > 0 else -1)

    def go_to(self, row: int) -> None:
        """Go to a place found and close the box."""
        if not self._found:
            return
        self._finish()
        self._at = row % len(self._found)
        hit = self._found[self._at]
        self._before = None
        self.hide()
        if hit.entry.place.page:
            self._hub.go(hit.entry.place)
        elif hit.entry.place.cell is not None:
            self._hub.cells_lit.emit((hit.entry.place.cell,))
        self._hub.said.emit(words.AT.format(number=self._at + 1, count=len(self._found), what=hit.entry.what,
                                            where=hit.entry.where))

    def close_box(self) -> None:
        """Put the box away; the cursor goes back to where it was."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None

    # ---- searching ----

    def searching(self) -> bool:
        """Whether there is more to look through."""
        return self._timer.isActive()

    def _forget(self) -> None:
        """The book has changed: what is known of it is walked through again when next asked for."""
        self._known, self._rest = [], None
        if self.isVisible():
            self._asked(self.line.text())
        else:
            self._looked, self._found = 0, []

    def _asked(self, text: str) -> None:
        changed = text != self._query.text
        self._query = Query(text)
        if changed:
            self._at = -1
        self._looked, self._found = 0, []
        if self._rest is None and not self._known and not self._query.blank:
            self._rest = entries(self._hub.desk)
        if not self._query.blank:
            self._timer.start()
        self._show()

    def _slice(self) -> None:
        until = time.perf_counter() + _SLICE_SECONDS
        before = len(self._found)
        while time.perf_counter() < until and self._more():
            pass
        done = self._done()
        if done:
            self._timer.stop()
        if done or len(self._found) != before:
            self._show()

    def _more(self) -> bool:
        """Look at some more entries; ``False`` at the end."""
        for _ in range(_LOOKED_AT):
            if self._done():
                return False
            if self._looked == len(self._known):
                assert self._rest is not None
                entry = next(self._rest, None)
                if entry is None:
                    self._rest = None
                    return False
                self._known.append(entry)
            hit = self._query.hit(self._known[self._looked])
            self._looked += 1
            if hit is not None:
                self._found.append(hit)
        return True

    def _done(self) -> bool:
        return len(self._found) >= _MOST_HITS or (self._rest is None and self._looked >= len(self._known))

    def _finish(self) -> None:
        """Look through the rest at once: the clerk wants to go somewhere now."""
        if not self._known and self._rest is None:
            self._rest = entries(self._hub.desk)
        while self._more():
            pass
        self._timer.stop()
        self._found = best_first(self._found)

    def _show(self) -> None:
        self._found = best_first(self._found)
        kept = self.list.currentIndex().row()
        self.model.show(list(self._found))
        if self._found:
            self.list.setCurrentIndex(self.model.index(min(max(kept, 0), len(self._found) - 1), 0))
        self.list.setVisible(bool(self._found))
        self.foot.setText(self._told())
        self._lay_out()

    def _told(self) -> str:
        count = len(self._found)
        if self._query.blank:
            return words.KEYS
        if self.searching():
            return words.STILL.format(count=count)
        if not count:
            return words.NONE.format(query=self._query.text.strip())
        told = words.COUNT_MOST if count >= _MOST_HITS else words.COUNT
        return words.COUNTED.format(told=told.format(count=count), keys=words.KEYS)

    def _lay_out(self) -> None:
        window = self._within
        width = min(px(_WIDTH), window.width() - 24)
        top = window.menuBar().height() + 6
        self.setFixedWidth(width)
        self.foot.setFixedHeight(self.foot.heightForWidth(width - 16))
        row = 2 * self.fontMetrics().lineSpacing() + 10
        room = window.height() - top - self.line.sizeHint().height() - self.foot.height() - 50
        self.list.setFixedHeight(max(1, min(len(self._found), _ROWS_SHOWN, room // row)) * row + 4)
        self.adjustSize()
        self.move((window.width() - width) // 2, top)

    # ---- keys ----

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return not self.line.owns(event) and self._key(Qt.Key(event.key()))
        if watched is self.line and isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut \
                and event.reason() in _LEAVING:
            self.hide()  # the clerk has gone on working elsewhere; F3 still knows what was found
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        steps = {KEY.Key_Down: 1, KEY.Key_Up: -1, KEY.Key_PageDown: _ROWS_SHOWN, KEY.Key_PageUp: -_ROWS_SHOWN}
        if key in steps and self._found:
            row = self.list.currentIndex().row() + steps[key]
            self.list.setCurrentIndex(self.model.index(max(0, min(row, len(self._found) - 1)), 0))
        elif key in (KEY.Key_Return, KEY.Key_Enter):
            # What is chosen must stay the same when the rest comes in, so it is looked up again by itself.
            row = self.list.currentIndex().row()
            chosen = self._found[row] if 0 <= row < len(self._found) else None
            self._finish()
            self.go_to(self._found.index(chosen) if chosen is not None else 0)
        elif key == KEY.Key_Escape:
            self.close_box()
        else:
            return False
        return True


