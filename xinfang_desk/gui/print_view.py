"""The pages of the complete PDF, with the list of pages at the left."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.page_index import PageIndex
from xinfang_desk.gui.pages_view import PagesView
from xinfang_desk.gui.press import press_of
from xinfang_desk.gui.preview_bar import PreviewBar
from xinfang_desk.gui.spot_words import choose, what_it_is
from xinfang_desk.messages import window as t
from xinfang_desk.model.pages import FigureSpot


class PrintView(QWidget):
    """List, bar and pages. ``told``: what the figure pointed at is."""

    told = Signal(str)
    print_wanted = Signal()

    def __init__(self, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self.press = press_of(hub)
        self.setAccessibleName(t.TAB_PRINT)
        self.index = PageIndex(self.press, self)
        self.pages = PagesView(self.press, self)
        self.pages.tell = lambda spot: what_it_is(hub, spot)
        self.bar = PreviewBar(self.pages, self)
        self.trouble = QLabel(self)
        self.trouble.setObjectName("refusal")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(6, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.bar, self.trouble):
            column.addWidget(widget)
        column.addWidget(self.pages, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setAccessibleName(t.TAB_PRINT)
        split.setChildrenCollapsible(False)
        split.addWidget(self.index)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([230, 900])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.addWidget(split)
        for former, after in pairwise([self.index.list, *self.bar.in_order(), self.pages]):
            QWidget.setTabOrder(former, after)
        self.index.wanted.connect(self.pages.go_to)
        self.pages.turned.connect(self.index.show_page)
        self.pages.chosen.connect(lambda spot: choose(hub, spot))
        self.pages.pointed.connect(self._tell)
        self.bar.print_wanted.connect(self.print_wanted)
        self.press.failed.connect(self._failed)
        self.press.renewed.connect(self.trouble.hide)
        self.bar.show_state()

    def _tell(self, spot: FigureSpot | None) -> None:
        if spot is not None:
            self.told.emit(what_it_is(self._hub, spot).partition("\n")[0])

    def _failed(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(self.press.map is not None)
