"""What is shown while no book is open: the recent books, or, at the very first start, the two ways to begin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.gui import settings
from xinfang_desk.gui.recent_list import RecentList
from xinfang_desk.gui.theme import icon, px, watch
from xinfang_desk.gui.way_button import WayButton
from xinfang_desk.messages import practice, start
from xinfang_desk.messages import window as t

_ROLE = Qt.ItemDataRole.UserRole


_ROOM_FOR_TWO = 1000  # pixels at 100 %


def _item_size() -> QSize:
    return QSize(40, px(28))


class StartPage(QWidget):
    """Enter on a recent book opens it; Enter on a sample asks where to put the new book."""

    new_wanted = Signal()
    open_wanted = Signal()
    practice_wanted = Signal()
    again_wanted = Signal()
    book_wanted = Signal(Path)
    gone_wanted = Signal(Path)
    discard_wanted = Signal(Path, str)
    bin_wanted = Signal()
    sample_wanted = Signal(str)
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        self.setAccessibleName(t.START)
        self._card = QFrame(self)
        self._card.setObjectName("card")
        column = QVBoxLayout(self._card)
        column.setContentsMargins(36, 26, 36, 22)
        column.setSpacing(10)
        column.addLayout(self._head())
        self.waiting = QLabel(self)
        self.waiting.setObjectName("waiting")
        self.waiting.hide()
        column.addWidget(self.waiting)
        column.addSpacing(10)
        self._body = QHBoxLayout()
        self._body.setSpacing(24)
        self._books = self._recent_column()
        self._ways = self._ways_column()
        self._body.addWidget(self._books, 5)
        self._body.addWidget(self._ways, 4)
        column.addLayout(self._body, 1)
        self.keys = QLabel(start.RECENT_KEYS, self)
        self.keys.setObjectName("dim")
        self.keys.setWordWrap(True)
        column.addWidget(self.keys)
        self._scrolled()
        watch().changed.connect(self._dress)
        self._dress()

    # ---- what is on it ----

    def refresh(self, *, last_first: bool = False) -> None:
        """List the recent books, which are looked at in the background, and the samples. ``last_first``: the last book is
        about to be opened."""
        from xinfang_desk.flow import sample_list

        self.recent.refresh(last_first=last_first)
        if not self.samples.count():
            for sample in sample_list.samples():
                if not sample.practice:
                    item = QListWidgetItem(sample.title, self.samples)
                    item.setData(_ROLE, sample.id)
                    item.setToolTip(t.SAMPLE_LINE.format(id=sample.id))
                    item.setSizeHint(_item_size())
            self._dress()
        self.again.setVisible(sample_list.practice_file().exists())
        self.bin.setVisible(bool(settings.bin_homes()))
        self._show_ways()
        focus = QApplication.focusWidget()
        if self.isVisible() and (focus is None or not self.isAncestorOf(focus)):
            self.take_focus()

    def take_focus(self) -> None:
        """The cursor on the newest book, or, where there is none, on the first way to begin."""
        (self.recent if self.recent.count() else self.new).setFocus()

    def wait(self, sentence: str) -> None:
        """Say what is being done; '' when it is over."""
        self.waiting.setText(sentence)
        self.waiting.setVisible(bool(sentence))
        self.setEnabled(not sentence)

    # ---- inside ----

    def _head(self) -> QVBoxLayout:
        title = QLabel(t.PROGRAM, self)
        title.setObjectName("startTitle")
        about = QLabel(t.START_ABOUT, self)
        about.setObjectName("dim")
        about.setWordWrap(True)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(title)
        head.addWidget(about)
        return head

    def _recent_column(self) -> QWidget:
        self.recent = RecentList(self)
        self.recent.book_wanted.connect(self.book_wanted)
        self.recent.gone_wanted.connect(self.gone_wanted)
        self.recent.forgotten.connect(self._forgotten)
        self.recent.discard_wanted.connect(self.discard_wanted)
        column = QWidget(self)
        box = QVBoxLayout(column)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(_titled(t.RECENT, self.recent))
        box.addWidget(self.recent, 1)
        return column

    def _ways_column(self) -> QWidget:
        self.new = WayButton("new", t.START_NEW, start.WAY_NEW, self, primary=True)
        self.new.clicked.connect(lambda: self.new_wanted.emit())
        self.practice = WayButton("finding", practice.OPEN, practice.ABOUT, self)
        self.practice.clicked.connect(lambda: self.practice_wanted.emit())
        self.again = self._link("redo", practice.AGAIN, practice.AGAIN_HINT, self.again_wanted.emit)
        self.open = self._link("folder", t.START_OPEN, t.START_OPEN_HINT, self.open_wanted.emit)
        self.bin = self._link("bin", start.BIN_OPEN, start.BIN_OPEN_HINT, self.bin_wanted.emit)
        self.samples = QListWidget(self)
        self.samples.setAccessibleName(t.SAMPLES)
        self.samples.setAccessibleDescription(start.SAMPLES_KEYS)
        self.samples.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.samples.itemActivated.connect(lambda item: self.sample_wanted.emit(item.data(_ROLE)))
        self._big = QVBoxLayout()
        self._big.setSpacing(10)
        for way in (self.new, self.practice):
            self._big.addWidget(way)
        links = QHBoxLayout()
        links.setSpacing(8)
        links.addWidget(self.open)
        links.addWidget(self.again)
        links.addWidget(self.bin)
        links.addStretch(1)
        column = QWidget(self)
        box = QVBoxLayout(column)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(self._big)
        box.addLayout(links)
        box.addSpacing(4)
        box.addWidget(_titled(t.SAMPLES, self.samples))
        box.addWidget(self.samples)
        box.addStretch(1)
        return column

    def _scrolled(self) -> None:
        """In a small window, or with large type, the page scrolls instead of holding the window apart."""
        inside = QWidget(self)
        self._middle = middle = QHBoxLayout(inside)
        middle.setContentsMargins(24, 20, 24, 20)
        middle.addStretch(1)
        middle.addWidget(self._card, 12)
        middle.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(t.START)
        area.setWidget(inside)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _show_ways(self) -> None:
        """At the very first start the two big ways stand alone, side by side; later the books come first."""
        first = not settings.recent_books()
        self._books.setVisible(not first)
        self._big.setDirection(QVBoxLayout.Direction.LeftToRight if first else QVBoxLayout.Direction.TopToBottom)
        self.keys.setText(start.FIRST_KEYS if first else start.RECENT_KEYS)
        self._card.setMaximumWidth(px(880 if first else 1120))
        self._middle.setAlignment(self._card, Qt.AlignmentFlag.AlignVCenter if first else Qt.AlignmentFlag(0))

    def _forgotten(self, path: Path) -> None:
        self._show_ways()
        self.said.emit(start.FORGOTTEN.format(name=path.stem))
        self.take_focus()

    def _dress(self) -> None:
        """Sizes follow the size of type."""
        self._show_ways()
        for row in range(self.samples.count()):
            self.samples.item(row).setSizeHint(_item_size())
        self._arrange()
        self.samples.setFixedHeight(_item_size().height() * max(3, self.samples.count()) + 4)

    def _arrange(self) -> None:
        """Where the page is narrow for its type, the books stand above the ways instead of beside them."""
        narrow = self.width() < px(_ROOM_FOR_TWO)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._body.direction() != direction:
            self._body.setDirection(direction)
        self.recent.setMinimumHeight(px(250 if narrow else 200))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _link(self, sign: str, text: str, hint: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(icon(sign), text, self)
        button.setObjectName("link")
        button.setAutoDefault(True)  # Enter presses it as Space does
        button.setAccessibleName(text.split("(&")[0])
        button.setAccessibleDescription(hint)
        button.clicked.connect(lambda: act())
        return button


def _titled(title: str, widget: QWidget) -> QLabel:
    label = QLabel(title, widget.parentWidget())
    label.setObjectName("paneTitle")
    label.setBuddy(widget)
    return label
