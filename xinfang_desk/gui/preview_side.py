"""Beside the page being filled in: the printed page of the table it feeds, renewed after each edit (F5)."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from xinfang_desk.flow.preview import passage_of
from xinfang_desk.gui.choice_box import ChoiceBox
from xinfang_desk.gui.hints import describe
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.pages_view import PagesView
from xinfang_desk.gui.press import press_of
from xinfang_desk.gui.preview_bar import PreviewBar
from xinfang_desk.gui.spot_words import choose, page_title, what_it_is
from xinfang_desk.gui.theme import icon
from xinfang_desk.messages import hints
from xinfang_desk.messages import preview as words
from xinfang_desk.model.pack import Page
from xinfang_desk.model.sheet import CellAddress


class PreviewSide(QWidget):
    """A box to choose the table, the bar and the pages. ``closed``: the clerk wants it away; ``moved``: wants
    it below the entry instead of at its right, or back."""

    closed = Signal()
    moved = Signal()

    def __init__(self, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._page: Page | None = None
        self._wanted: tuple[CellAddress, ...] = ()
        self._address = ""
        self._passage = ""
        self.press = press_of(hub)
        self.setObjectName("previewSide")
        self.setAccessibleName(words.SIDE)
        self.pages = PagesView(self.press, self)
        self.pages.tell = lambda spot: what_it_is(hub, spot)
        self.bar = PreviewBar(self.pages, self, small=True)
        self.choice = ChoiceBox(self)
        self.choice.setAccessibleName(words.SIDE_CHOICE)
        self.choice.setAccessibleDescription(hints.SIDE_CHOICE)
        self.choice.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(8)
        title = QLabel(words.SIDE_TITLE, self)
        title.setObjectName("paneTitle")
        title.setBuddy(self.choice)
        away = QPushButton(icon("close"), "", self)
        away.setObjectName("small")
        away.setAccessibleName(words.SIDE_CLOSE)
        away.setToolTip(words.SIDE_CLOSE)
        away.setAccessibleDescription(hints.SIDE_CLOSE)
        away.clicked.connect(self.closed)
        self._head = head = QHBoxLayout()
        head.setSpacing(6)
        self.other = QPushButton(self)
        self.other.setObjectName("small")
        self.other.clicked.connect(self.moved)
        head.addWidget(title)
        head.addWidget(self.choice, 1)
        head.addWidget(self.other)
        head.addWidget(away)
        self.trouble = QLabel(self)
        self.trouble.setObjectName("refusal")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(8, 4, 8, 6)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self.bar)
        box.addWidget(self.trouble)
        box.addWidget(self.pages, 1)
        self.setFocusProxy(self.pages)
        self.choice.activated.connect(lambda _: self.pages.go_to(int(self.choice.currentData())))
        self.pages.chosen.connect(lambda spot: choose(hub, spot))
        self.pages.turned.connect(lambda _: self._mark())
        self.press.renewed.connect(self._renewed)
        self.press.failed.connect(self._failed)
        self.bar.show_state()
        self._list()

    def name_other(self, words_of_it: str) -> None:
        """What the button that moves the preview is called."""
        self.other.setText(words_of_it)
        # Below there is room for all on one line; at the right there is not.
        if words_of_it == words.SIDE_RIGHT:
            self._head.insertWidget(2, self.bar)
        else:
            self._box.insertWidget(1, self.bar)
        self.other.setAccessibleName(words_of_it)
        describe(self)

    def follow(self, page: Page) -> None:
        """Show the printed page that this wizard page feeds; one that feeds none leaves what is shown. What was lit
        for another page is so no longer."""
        if self._page is not None and page.id != self._page.id:
            self._wanted, self._address = (), ""
            self.pages.light(())
        self._page = page
        pages, edition = self.press.map, self.press.edition
        if pages is None or edition is None:
            return
        if page.table:
            number = pages.page_of(page.table)
            if number is not None:
                self.pages.go_to(number)
                return
        passage = passage_of(edition.document, page.id)
        if passage is not None and passage in pages.passages:
            self.pages.go_to(*pages.passages[passage])

    def show_cells(self, cells: Iterable[CellAddress], address: str = "") -> bool:
        """Light cells, or what stands at an address, where they are printed. Returns whether they are; before the
        first laying-out: ``True``, and they are shown then."""
        self._wanted, self._address = tuple(cells), address
        if self.press.map is None:
            return True
        return self.pages.light(self._wanted, address)

    def show_passage(self, passage: str) -> bool:
        """Show where a passage begins, at once or when the pages are laid out. ``False`` where it is not printed."""
        pages = self.press.map
        self._passage = passage
        if pages is None or self.press.busy:
            return True
        return self._go_to_passage()

    # ---- inside ----

    def _go_to_passage(self) -> bool:
        pages, passage, self._passage = self.press.map, self._passage, ""
        if pages is None or passage not in pages.passages:
            return False
        self.pages.go_to(*pages.passages[passage])
        return True

    def _renewed(self) -> None:
        self.trouble.hide()
        self._list()
        if self.press.generation == 1 and self._page is not None:
            self.follow(self._page)
        if self._passage:
            self._go_to_passage()
        if (self._wanted or self._address) and self.press.generation == 1:
            self.pages.light(self._wanted, self._address)

    def _list(self) -> None:
        pages = self.press.map
        if pages is None:
            return
        listed = [(page_title(page), number) for number, page in enumerate(pages.pages)
                  if page.part == 0 and (page.kind != "text" or page.title)]
        if listed != [(self.choice.itemText(i), self.choice.itemData(i)) for i in range(self.choice.count())]:
            self.choice.clear()
            for name, number in listed:
                self.choice.addItem(name, number)
        self._mark()

    def _mark(self) -> None:
        """The box names the table in view."""
        found = [i for i in range(self.choice.count()) if int(self.choice.itemData(i)) <= self.pages.page]
        if found:
            self.choice.setCurrentIndex(found[-1])
            self.choice.setToolTip(self.choice.currentText())

    def _failed(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(self.press.map is not None)
