"""What every page of the wizard can do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.theme import px, watch
from xinfang_desk.messages import window as t
from xinfang_desk.model.finding import Place
from xinfang_desk.model.pack import Page


class PageWidget(QWidget):
    """A page: title and what it is about on top, its content below, the help of the current field at the foot."""

    helped = Signal(str, str)
    wants_sheet = True
    wants_findings = True

    def __init__(self, hub: Hub, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hub = hub
        self.page = page
        self.help_text = page.intro
        self.setAccessibleName(page.title)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(12, 8, 12, 4)
        self.box.setSpacing(6)
        title = QLabel(page.title, self)
        title.setObjectName("pageTitle")
        intro = QLabel(page.intro, self)
        intro.setObjectName("intro")
        intro.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(intro, 1, Qt.AlignmentFlag.AlignVCenter)
        self.box.addLayout(head)
        self.foot = QLabel(self)
        self.foot.setObjectName("helpStrip")
        self.foot.setWordWrap(True)
        self.helped.connect(self._show_help)
        watch().changed.connect(self.dress)
        self.dress()

    def dress(self) -> None:
        """Take the present size of type where sizes were set."""
        self.foot.setMinimumHeight(self.foot.fontMetrics().lineSpacing() + px(8))

    def finish(self) -> None:
        """Put the foot on; called by each page when its content stands."""
        self.box.addWidget(self.foot)
        self._show_help("", "")

    def commit_pending(self) -> None:
        """Take what is still only typed."""

    def reveal(self, place: Place) -> bool:
        """Put the cursor on a place of this page. Returns whether it was found."""
        return False

    def take_focus(self) -> None:
        """Put the cursor on the first thing to fill in."""
        self.setFocus()

    def let_go(self) -> None:
        """The book is being closed: give back what the page holds."""

    def turn_tab(self, by: int) -> None:
        """Show the next or previous tab, on pages that have tabs."""

    def shown(self) -> None:
        """Called each time the page comes to the front."""

    def _show_help(self, title: str, words: str) -> None:
        self.help_text = f"{title}：{words}" if words else title or self.page.intro
        told = t.HELP_STRIP.format(help=self.help_text) if title else t.HELP_STRIP_IDLE
        if told == self.foot.text():
            return
        self.foot.setText(told)
        needed = self.foot.heightForWidth(self.foot.width())
        if self.foot.isVisible() and needed > self.foot.minimumHeight():
            # It grows for a long help and stays so: a page that jumps with each cell tires the eye, and takes time.
            self.foot.setMinimumHeight(needed)


def scrolled(widget: QWidget, name: str, parent: QWidget) -> QScrollArea:
    """A widget in a scroll area that scrolls up and down only."""
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    widget.setAccessibleName(name)
    area.setWidget(widget)
    return area
