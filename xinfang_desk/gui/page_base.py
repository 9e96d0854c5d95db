"""What every page of the wizard can do."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from xinfang_desk.gui.grid_model import GridModel
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.reading_order import order_tabs
from xinfang_desk.gui.rest_label import RestLabel
from xinfang_desk.gui.theme import px, watch
from xinfang_desk.messages import marks
from xinfang_desk.messages import window as t
from xinfang_desk.model.finding import Place
from xinfang_desk.model.pack import Page

_HEAD_SPACE, _INTRO_LINES = 14, 3


class PageWidget(QWidget):
    """A page: title and what it is about on top, its content below, the help of the current field at the foot.

    A page has hundreds of widgets. It begins with its title alone; each :meth:`make_more` makes a piece of its content, in
    a few milliseconds, until it is ``whole``. Before that nothing else of it may be used.
    """

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
        self._title = title = QLabel(page.title, self)
        title.setObjectName("pageTitle")
        self._intro = intro = QLabel(page.intro, self)
        intro.setObjectName("intro")
        intro.setWordWrap(True)
        title.setToolTip(page.intro)
        self.setAccessibleDescription(page.intro)
        head = QHBoxLayout()
        head.setSpacing(_HEAD_SPACE)
        head.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(intro, 1, Qt.AlignmentFlag.AlignVCenter)
        self.box.addLayout(head)
        self.foot = QLabel(self)
        self.foot.setObjectName("helpStrip")
        self.foot.setWordWrap(True)
        self._ordering = QTimer(self)
        self._ordering.setSingleShot(True)
        self._ordering.setInterval(0)
        self._ordering.timeout.connect(lambda: order_tabs(self))
        self.helped.connect(self._show_help)
        watch().changed.connect(self.dress)
        self.dress()
        self._steps: Iterator[None] | None = self.content()

    def content(self) -> Iterator[None]:
        """What a kind of page puts on it, piece by piece; the last is :meth:`finish`."""
        yield
        self.finish()

    @property
    def whole(self) -> bool:
        """Whether all of the content is there."""
        return self._steps is None

    def make_more(self) -> bool:
        """Make the next piece of the content; ``False`` where nothing is left to make."""
        if self._steps is not None and next(self._steps, self) is self:
            self._steps = None
        return self._steps is not None

    def make_all(self) -> None:
        """Make what is left of the content."""
        while self.make_more():
            pass

    def dress(self) -> None:
        """Take the present size of type where sizes were set."""
        self._place_intro()
        self.foot.setMinimumHeight(self.foot.fontMetrics().lineSpacing() + px(8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_intro()
        self.order_tabs()

    def order_tabs(self) -> None:
        """Let the Tab key go through the page as it is read now; a little later, when all of it has its place."""
        self._ordering.start()

    def _place_intro(self) -> None:
        """What the page is about makes way where it would take more than a few lines; the title keeps it as a tip."""
        room = self.width() - self._title.sizeHint().width() - self.box.contentsMargins().left() * 2 - _HEAD_SPACE
        lines = self._intro.heightForWidth(max(1, room)) / max(1, self._intro.fontMetrics().lineSpacing())
        self._intro.setVisible(room > 0 and lines < _INTRO_LINES + 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._hear_keys(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._hear_keys(False)

    def _hear_keys(self, hears: bool) -> None:
        """Sums and rests follow each key of a figure only while they can be seen: a book has dozens of them."""
        for sums in self.findChildren(GridModel):
            sums.hear_keys(hears)
        for rest in self.findChildren(RestLabel):
            rest.hear_keys(hears)

    def finish(self) -> None:
        """Put the foot on; called by each kind of page when its content stands."""
        self.box.addWidget(self.foot)
        for tabs in self.findChildren(QTabWidget):
            tabs.currentChanged.connect(self.order_tabs)
        self._show_help("", "")
        self._hear_keys(False)

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
        self.help_text = marks.SAID_OF.format(name=title, text=words) if words else title or self.page.intro
        told = t.HELP_STRIP.format(help=self.help_text) if title else t.HELP_STRIP_IDLE
        if told == self.foot.text():
            return
        self.foot.setText(told)
        needed = self.foot.heightForWidth(self.foot.width())
        if self.foot.isVisible() and needed > self.foot.minimumHeight():
            # It grows for a long help and stays so: a page that jumps with each cell tires the eye, and takes time.
            self.foot.setMinimumHeight(needed)


class UpAndDown(QScrollArea):
    """Never narrower than what stands in it: that could not be reached sideways."""

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(max(least.width(), self.widget().minimumSizeHint().width() + bar), least.height())


def scrolled(widget: QWidget, name: str, parent: QWidget) -> QScrollArea:
    """A widget in a scroll area that scrolls up and down only."""
    area = UpAndDown(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    widget.setAccessibleName(name)
    area.setWidget(widget)
    return area
