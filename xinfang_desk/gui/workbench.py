"""The window's middle while a book is open: map, page, table below, findings."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QByteArray, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from xinfang_desk.gui import last_place, settings
from xinfang_desk.gui.ahead import Ahead, rehearse
from xinfang_desk.gui.finding_keys import FindingKeys
from xinfang_desk.gui.findings_panel import FindingsPanel
from xinfang_desk.gui.hints import describe
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.page_base import PageWidget
from xinfang_desk.gui.page_export import ExportPage
from xinfang_desk.gui.page_form import FormPage
from xinfang_desk.gui.page_list import IndicatorsPage, ListPage, ProjectsPage
from xinfang_desk.gui.page_preview import PreviewPage
from xinfang_desk.gui.page_priors import PriorsPage
from xinfang_desk.gui.page_review import ReviewPage
from xinfang_desk.gui.piecemeal import Steps
from xinfang_desk.gui.print_command import ask_print
from xinfang_desk.gui.section_list import SectionList
from xinfang_desk.gui.sheet_panel import SheetPanel
from xinfang_desk.gui.side_by_side import SideBySide
from xinfang_desk.gui.sources import show_source
from xinfang_desk.gui.theme import px, watch
from xinfang_desk.gui.trail import Trail
from xinfang_desk.gui.turning import Turning
from xinfang_desk.messages import window as t
from xinfang_desk.model.finding import Place
from xinfang_desk.model.pack import Page
from xinfang_desk.model.sheet import CellAddress

_ROOM_FOR_FINDINGS, _ROOM_FOR_SHEET = 960, 540  # pixels at 100 %
_PAGE, _SHEET = 456, 172
"""Heights of a page and the table below it in a window of 1366 × 768, to begin with: a page with two tables has both
sums in sight."""
_PAGE_OF_ALL = 0.65
"""About so much of the width and height a page has, at first sight."""
_PAGES: dict[str, type[PageWidget]] = {
    "form": FormPage, "lines": ListPage, "incomes": ListPage, "indicators": IndicatorsPage, "purchases": ListPage,
    "projects": ProjectsPage, "priors": PriorsPage, "review": ReviewPage, "preview": PreviewPage,
    "export": ExportPage}


class PageStack(QStackedWidget):
    """The pages, one in front. Each lays itself out in the room there is."""

    def hasHeightForWidth(self) -> bool:
        """``False``: else the splitter around would have every page made so far, seen or not, lay out all its texts
        whenever one of them changes, and do nothing with the answer."""
        return False

    def sizeHint(self) -> QSize:
        """The same for all: Qt's own would ask every page, a dozen times for each layout, and the clerk decides how the
        room is shared."""
        return QSize(px(_ROOM_FOR_FINDINGS), px(_ROOM_FOR_SHEET))


class Workbench(QWidget):
    """Pages are made ahead, or when first asked for. The last place is kept in the book."""

    def __init__(self, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hub = hub
        self._made: dict[str, PageWidget] = {}
        self._making: Steps | None = None
        self.turning = Turning(self)
        self.sections = SectionList(hub, self)
        self.stack = PageStack(self)
        self.sheet = SheetPanel(hub, self)
        self.findings = FindingsPanel(hub, self)
        self.middle = QSplitter(Qt.Orientation.Vertical, self)
        self.middle.setAccessibleName(t.PAGE_AND_SHEET)
        self.middle.addWidget(self.stack)
        self.middle.addWidget(self.sheet)
        self.middle.setStretchFactor(0, 3)
        self.middle.setStretchFactor(1, 2)
        self.middle.setChildrenCollapsible(False)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setAccessibleName(t.WORKBENCH)
        for widget in (self.sections, self.middle, self.findings):
            self.split.addWidget(widget)
        self.split.setStretchFactor(1, 1)
        self.split.setChildrenCollapsible(False)
        # None: nobody has said; the pane is shown where there is room for it.
        self._sheet_wished: bool | None = None
        self._findings_wished: bool | None = None
        self.beside = SideBySide(self)
        self.finding_keys = FindingKeys(self)
        self.trail = Trail(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.split)
        self._by_hand: set[str] = set()
        """which of ``split`` and ``middle`` the clerk has shared out"""
        self._restore()
        self.split.splitterMoved.connect(lambda *_: self._by_hand.add("split"))
        self.middle.splitterMoved.connect(lambda *_: self._by_hand.add("middle"))
        self.sheet.shown.connect(self._share_height)
        self._dressing = watch().changed.connect(self._dress)
        self._dress()
        self.sections.wanted.connect(lambda page_id: self.turn_to(page_id, focus=False))
        hub.place_wanted.connect(self.go)
        hub.cells_lit.connect(self._jump_to_cells)
        hub.source_wanted.connect(lambda cell: show_source(self, cell))
        hub.paper_wanted.connect(self.beside.show_cells)
        hub.print_wanted.connect(lambda: ask_print(self))
        for pane in (self.sections, self.sheet, self.findings):
            describe(pane)
        self.ahead = Ahead(hub, self._make_ahead, self)

    def make_ready(self, size: QSize) -> Steps:
        """Go to the last place, and paint everything once where nobody sees it: a piece at each step. Before that there
        is no page in front. ``size``: that of the room the workbench is going to have."""
        self.resize(size)
        if not self.pages:
            return
        spot = last_place.read(self.hub.desk.last_place())
        widget = self._begun(last_place.nearest_page(spot, self.pages).id)
        yield
        yield from self._completed(widget)
        yield from rehearse(widget, size * _PAGE_OF_ALL)
        for pane in (self.sections, self.findings, self.sheet):
            pane.grab()
            yield
        self.show_page(widget.page.id)
        yield
        last_place.restore(widget, spot)
        self.grab()

    # ---- pages ----

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pack's pages in order."""
        return self.hub.desk.pack.pages

    def current(self) -> PageWidget:
        """The page in front."""
        widget = self.stack.currentWidget()
        assert isinstance(widget, PageWidget)
        return widget

    def page(self, page_id: str) -> PageWidget:
        """The widget of a page, made when first asked for. Raises ``KeyError``."""
        widget = self._begun(page_id)
        if not widget.whole:
            widget.make_all()
            describe(widget)
        return widget

    def _begun(self, page_id: str) -> PageWidget:
        """The widget of a page, which may not be whole yet. Raises ``KeyError``."""
        if page_id not in self._made:
            page = next((p for p in self.pages if p.id == page_id), None)
            if page is None:
                raise KeyError(page_id)
            widget = _PAGES[page.kind](self.hub, page, self.stack)
            self._made[page_id] = widget
            self.stack.addWidget(widget)
        return self._made[page_id]

    def _make_ahead(self) -> bool:
        """Go on with a page that nobody has been to yet; ``False`` where none is left."""
        if not self.isVisible():
            return True
        if self._making is None:
            waiting = next((page for page in self.pages if page.id not in self._made), None)
            if waiting is None:
                return False
            self._making = self._prepared(waiting.id)
        if next(self._making, self) is self:
            self._making = None
        return True

    def _prepared(self, page_id: str) -> Steps:
        widget = self._begun(page_id)
        yield
        yield from self._completed(widget)
        yield from rehearse(widget, self.stack.size())

    @staticmethod
    def _completed(widget: PageWidget) -> Steps:
        while widget.make_more():
            yield
        describe(widget)

    def turn_to(self, page_id: str, *, focus: bool = True) -> None:
        """Bring a page to the front as soon as it is whole: one that is not is made first, and the window lives on
        meanwhile. Whoever turns to another page before that gets that one."""
        self.commit_pending()
        widget = self._begun(page_id)
        if widget.whole:
            self._bring(page_id, focus=focus)
        else:
            self.turning.begin(page_id, self._completed(widget), lambda: self._bring(page_id, focus=focus),
                               takes_keys=focus)

    def show_page(self, page_id: str, *, focus: bool = True) -> None:
        """Bring a page to the front now, with the table below it; what was half typed on the former is taken first."""
        self._bring(page_id, focus=focus)
        self.sheet.settle()

    def _bring(self, page_id: str, *, focus: bool) -> None:
        self.turning.stop()
        if self.stack.count() and self.current().page.id == page_id:
            if focus:
                self.current().take_focus()
            return
        self.commit_pending()
        self.trail.note()
        self.ahead.wait()
        widget = self.page(page_id)
        self.stack.setCurrentWidget(widget)
        self.sections.show_page(page_id)
        self.show_panes()
        self.beside.arrange()
        widget.shown()
        widget.order_tabs()
        if focus:
            widget.take_focus()
        if self.isVisible():  # not while the last place is only being gone to
            self.remember_place()

    def turn(self, by: int) -> None:
        """To the next or previous page, round the end."""
        ids = [page.id for page in self.pages]
        now = self.turning.page if self.turning.active else self.current().page.id
        self.turn_to(ids[(ids.index(now) + by) % len(ids)])

    def go(self, place: Place) -> None:
        """Go to a place; where its page cannot show it, the preview shows its cell."""
        self.trail.note()
        ids = {page.id for page in self.pages}
        if place.page in ids:
            self._bring(place.page, focus=True)
            if self.current().reveal(place) or place.cell is None:
                return
        if place.cell is not None:
            self._light((place.cell,))

    def commit_pending(self) -> None:
        """Take what is still only typed on the page in front."""
        if self.stack.count():
            self.current().commit_pending()

    def remember_place(self) -> None:
        """Keep in the book where the clerk is: page, tab, cell or field, scroll."""
        if self.stack.count():
            number = [page.id for page in self.pages].index(self.current().page.id)
            self.hub.desk.remember_place(last_place.written(self.current(), number))

    def parts(self) -> list[QWidget]:
        """What it consists of, the page in front last: in this order it comes apart without another page coming up."""
        front = self.stack.currentWidget()
        return [*sorted(self._made.values(), key=lambda page: page is front), self.sheet, self.findings, self.sections]

    def let_go(self) -> None:
        """The book is being closed."""
        QObject.disconnect(self._dressing)
        self.ahead.stop()
        self.turning.stop()
        self.beside.stop()
        for page in self._made.values():
            if page.whole:
                page.let_go()

    # ---- panes ----

    def put_beside(self, guide: QWidget) -> None:
        """Put a guide above the findings; it stays where the findings are put away."""
        column = QSplitter(Qt.Orientation.Vertical, self.split)
        column.setChildrenCollapsible(False)
        column.setAccessibleName(guide.accessibleName())
        self.split.insertWidget(self.split.indexOf(self.findings), column)
        column.addWidget(guide)
        column.addWidget(self.findings)
        column.setSizes([px(350), px(300)])
        self._restore()

    def toggle_sections(self) -> None:
        """Hide or show the map."""
        self.sections.setVisible(not self.sections.isVisible())

    def toggle_sheet(self) -> None:
        """Hide or show the table below the page."""
        self._sheet_wished = self.sheet.isHidden()
        self.sheet.setVisible(self._sheet_wished)
        if self._sheet_wished:
            self.sheet.show_page(self.current().page)

    def toggle_findings(self) -> None:
        """Hide or show the findings."""
        self._findings_wished = self.findings.isHidden()
        self.findings.setVisible(self._findings_wished)

    def next_pane(self, by: int = 1) -> None:
        """Move the cursor to the next pane: map, page, table, findings."""
        panes = [pane for pane in (self.sections, self.stack, self.sheet, self.findings, *self.beside.panes())
                 if pane.isVisible()]
        focus = QApplication.focusWidget()
        now = next((i for i, pane in enumerate(panes)
                    if focus is not None and (pane is focus or pane.isAncestorOf(focus))), -1)
        pane = panes[(now + by) % len(panes)]
        if pane is self.stack:
            self.current().take_focus()
        elif pane is self.sheet:
            self.sheet.view.setFocus()
        elif pane is self.findings:
            self.findings.list.setFocus()
            if self.findings.list.current() is None:
                self.findings.list.step(1)
        else:
            pane.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def save_layout(self) -> None:
        """Keep how this user has shared the room out; where nobody has, each book begins with what suits it."""
        if "split" in self._by_hand and not (self.sections.isHidden() or self.findings.isHidden() or self.beside.is_open):
            settings.note_bytes("split", self.split.saveState())
        # A hidden pane is kept with no height at all; that must not come back.
        if "middle" in self._by_hand and not self.sheet.isHidden():
            settings.note_bytes("middle", self.middle.saveState())

    # ---- inside ----

    def _dress(self) -> None:
        """The least sizes follow the size of type, as far as the window has room."""
        self.sections.setMinimumWidth(min(px(150), 200))
        self.findings.setMinimumWidth(min(px(240), 320))
        self.sheet.setMinimumHeight(px(110))
        self._make_room()

    def _make_room(self) -> None:
        """In a small window, or with large type, the panes beside the page make way for it."""
        if self.stack.count() and self.isVisible():
            self.show_panes()

    def _restore(self) -> None:
        left = max(198, min(self.sections.width_of_titles(), 236))
        for split, key, sizes in ((self.split, "split", [left, 1070 - left, 292]), (self.middle, "middle", [_PAGE, _SHEET])):
            kept: QByteArray | None = settings.kept_bytes(key)
            if kept is None or not split.restoreState(kept):
                split.setSizes(sizes)
            else:
                self._by_hand.add(key)

    def _share_height(self) -> None:
        """A table with a high heading gets the room to show figures, unless the clerk shares the room out."""
        if "middle" in self._by_hand or self.sheet.isHidden():
            return
        total = sum(self.middle.sizes())
        usual = total * _SHEET // (_PAGE + _SHEET)
        wanted = usual if self.sheet.height_for(1.5) <= usual else min(self.sheet.height_for(2.5), total * 45 // 100)
        if self.middle.sizes()[1] != wanted:
            self.middle.setSizes([total - wanted, wanted])

    def show_panes(self) -> None:
        """The table below is shown for pages that feed one; the review page has all findings on itself."""
        widget = self.current()
        findings, sheet = self._findings_wished, self._sheet_wished
        wide, high = self.width() >= px(_ROOM_FOR_FINDINGS), self.height() >= px(_ROOM_FOR_SHEET)
        self.findings.setVisible((wide if findings is None else findings) and widget.wants_findings
                                 and not self.beside.takes_findings)
        self.sheet.setVisible((high if sheet is None else sheet) and widget.wants_sheet and bool(widget.page.table)
                              and not self.beside.is_open)
        if not self.sheet.isHidden():
            self.sheet.show_page(widget.page)

    def _jump_to_cells(self, cells: Iterable[CellAddress]) -> None:
        self.trail.note()
        self._light(cells)

    def _light(self, cells: Iterable[CellAddress]) -> None:
        wanted = tuple(cells)
        page = self.current()
        if not page.wants_sheet and wanted:
            page.reveal(Place(page.page.id, cell=wanted[0]))
            return
        if self.beside.light(wanted) and not self.sheet.isVisible():
            return
        if wanted and not self.sheet.isVisible():
            self.sheet.show()
        self.sheet.light(wanted)

