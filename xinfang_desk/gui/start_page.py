"""What is shown while no book is open: recent books, a new one, the samples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
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
from xinfang_desk.gui.theme import icon, px, watch
from xinfang_desk.messages import window as t

_ROLE = Qt.ItemDataRole.UserRole


def _item_size() -> QSize:
    return QSize(40, px(46))


class StartPage(QWidget):
    """Enter on a recent book opens it; Enter on a sample asks where to put the new book."""

    new_wanted = Signal()
    open_wanted = Signal()
    book_wanted = Signal(Path)
    sample_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        self.setAccessibleName(t.START)
        title = QLabel(t.PROGRAM, self)
        title.setObjectName("startTitle")
        about = QLabel(t.START_ABOUT, self)
        about.setObjectName("dim")
        about.setWordWrap(True)
        new = self._button("", t.START_NEW, self.new_wanted.emit)
        new.setObjectName("primary")
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(new)
        buttons.addWidget(self._button("folder", t.START_OPEN, self.open_wanted.emit))
        buttons.addStretch(1)
        self.waiting = QLabel(self)
        self.waiting.setObjectName("waiting")
        self.waiting.hide()
        self.recent = self._list(t.RECENT)
        self.samples = self._list(t.SAMPLES)
        self.recent.itemActivated.connect(lambda item: self.book_wanted.emit(Path(item.data(_ROLE))))
        self.samples.itemActivated.connect(lambda item: self.sample_wanted.emit(item.data(_ROLE)))
        lists = QHBoxLayout()
        lists.setSpacing(16)
        lists.addLayout(_titled(t.RECENT, self.recent, self))
        lists.addLayout(_titled(t.SAMPLES, self.samples, self))
        card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(36, 28, 36, 28)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(about)
        column.addSpacing(6)
        column.addLayout(buttons)
        column.addWidget(self.waiting)
        column.addSpacing(8)
        column.addLayout(lists, 1)
        column.addWidget(QLabel(t.START_KEYS, self))
        inside = QWidget(self)
        middle = QHBoxLayout(inside)
        middle.setContentsMargins(24, 24, 24, 24)
        middle.addStretch(1)
        middle.addWidget(card, 8)
        middle.addStretch(1)
        # In a small window, or with large type, the page scrolls instead of holding the window apart.
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(t.START)
        area.setWidget(inside)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self._card = card
        watch().changed.connect(self._dress)
        self._dress()
        new.setFocus()

    def refresh(self) -> None:
        """List the recent books and the samples."""
        from xinfang_desk.flow import library

        self.recent.clear()
        for path in settings.recent_books():
            item = QListWidgetItem(f"{path.stem}\n{path.parent}", self.recent)
            item.setData(_ROLE, str(path))
            item.setToolTip(str(path))
            item.setSizeHint(_item_size())
        if not self.recent.count():
            self.recent.addItem(t.NO_RECENT)
            self.recent.item(0).setFlags(Qt.ItemFlag.NoItemFlags)
        self.samples.clear()
        for sample in library.samples():
            item = QListWidgetItem(f"{sample.title}\n{t.SAMPLE_LINE.format(id=sample.id)}", self.samples)
            item.setData(_ROLE, sample.id)
            item.setToolTip(sample.title)
            item.setSizeHint(_item_size())

    def wait(self, sentence: str) -> None:
        """Say what is being done; '' when it is over."""
        self.waiting.setText(sentence)
        self.waiting.setVisible(bool(sentence))
        self.setEnabled(not sentence)

    def _dress(self) -> None:
        """Sizes follow the size of type."""
        self._card.setMaximumWidth(px(980))
        for button in self._card.findChildren(QPushButton):
            button.setMinimumHeight(px(34))
        for made in (self.recent, self.samples):
            made.setMinimumHeight(px(150))
            for row in range(made.count()):
                made.item(row).setSizeHint(_item_size())

    def _button(self, sign: str, text: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        if sign:
            button.setIcon(icon(sign))
        button.setAccessibleName(text)
        button.clicked.connect(lambda: act())
        return button

    def _list(self, name: str) -> QListWidget:
        made = QListWidget(self)
        made.setAccessibleName(name)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        return made


def _titled(title: str, widget: QWidget, parent: QWidget) -> QVBoxLayout:
    label = QLabel(title, parent)
    label.setObjectName("paneTitle")
    label.setBuddy(widget)
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(label)
    column.addWidget(widget, 1)
    return column
