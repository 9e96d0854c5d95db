"""Every table and the text as they will print."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QTabWidget

from xinfang_desk.flow.outcome import Outcome
from xinfang_desk.flow.rewrite import paragraph_of
from xinfang_desk.gui.charts_view import ChartsView
from xinfang_desk.gui.narrative_view import NarrativeView
from xinfang_desk.gui.page_base import PageWidget, scrolled
from xinfang_desk.gui.paper_sheet import PaperSheet
from xinfang_desk.gui.print_view import PrintView
from xinfang_desk.gui.rewrite_dialog import RewriteDialog
from xinfang_desk.gui.source_dialog import place_of
from xinfang_desk.gui.sources import explain_cells
from xinfang_desk.gui.theme import px, watch
from xinfang_desk.messages import charts as words
from xinfang_desk.messages import window as t
from xinfang_desk.model.explain import Part
from xinfang_desk.model.finding import Place
from xinfang_desk.model.passage import Run
from xinfang_desk.model.sheet import CellAddress

# Narrower than any list: Qt then gives the item the list's own width and shortens its text.
_NAME_WIDTH, _NAME_HEIGHT = 40, 27
_PAGES, _SHEETS, _TEXT, _CHARTS = range(4)


class PreviewPage(PageWidget):
    """Three tabs: the pages of the PDF itself, the tables and the text. The pages renew themselves in the background;
    the other tabs are renewed when looked at."""

    wants_sheet = False
    wants_findings = False

    def content(self) -> Iterator[None]:
        hub, page = self.hub, self.page
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(page.title)
        self.tabs.tabBar().setAccessibleName(t.TABS)
        self.tabs.tabBar().setDrawBase(False)
        self.names = QListWidget(self)
        self.names.setAccessibleName(t.SHEET_NAMES)
        self.names.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.paper = PaperSheet(self)
        explain_cells(self.paper.view, hub)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setAccessibleName(t.TAB_SHEETS)
        split.setChildrenCollapsible(False)
        split.addWidget(self.names)
        split.addWidget(scrolled(self.paper, t.TAB_SHEETS, self))
        split.setStretchFactor(1, 1)
        split.setSizes([250, 620])
        yield
        self.narrative = NarrativeView(self)
        self.narrative.run_chosen.connect(self._run_chosen)
        self.narrative.rewrite_wanted.connect(self._rewrite)
        yield
        self.pages = PrintView(hub, self)
        self.pages.told.connect(lambda what: self.helped.emit(what, ""))
        self.pages.print_wanted.connect(hub.print_wanted)
        yield
        self.tabs.addTab(self.pages, t.TAB_PRINT)
        self.tabs.addTab(split, t.TAB_SHEETS)
        self.tabs.addTab(self.narrative, t.TAB_TEXT)
        yield
        self.charts = ChartsView(hub, self)
        self.charts.hide()  # a document without pictures has no tab for it
        if hub.desk.pack.kind == "budget":
            self.tabs.addTab(self.charts, words.TAB)
        self.box.addWidget(self.tabs, 1)
        self._stale = {_SHEETS, _TEXT, _CHARTS}
        self.names.currentRowChanged.connect(lambda _: self._show_current())
        self.tabs.currentChanged.connect(lambda _: self._renew())
        hub.changed.connect(self._heard)
        watch().changed.connect(self._dress_names)
        self.finish()

    def shown(self) -> None:
        self._renew()

    def take_focus(self) -> None:
        self._renew()
        (self.pages.pages, self.names, self.narrative, self.charts.area)[self.tabs.currentIndex()].setFocus()

    def let_go(self) -> None:
        self.charts.let_go()

    def turn_tab(self, by: int) -> None:
        """Show the next or previous tab."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())

    def reveal(self, place: Place) -> bool:
        if place.space == "text":
            self.tabs.setCurrentIndex(_TEXT)
            self._renew()
            self.narrative.moveCursor(QTextCursor.MoveOperation.Start)
            return self.narrative.find(place.address)
        if place.cell is None:
            return False
        if self.tabs.currentIndex() == _PAGES and self.pages.pages.light((place.cell,)):
            return True
        self.tabs.setCurrentIndex(_SHEETS)
        self._renew()
        for row in range(self.names.count()):
            if self.names.item(row).data(Qt.ItemDataRole.UserRole) == place.cell.table:
                self.names.setCurrentRow(row)
                self.paper.view.light((place.cell,))
                return True
        return False

    def show_printed(self, cells: tuple[CellAddress, ...], address: str = "") -> bool:
        """Show where cells, or what stands at an address, are on the printed pages. Returns whether they are."""
        self.tabs.setCurrentIndex(_PAGES)
        return self.pages.pages.light(cells, address)

    def _heard(self, _: Outcome) -> None:
        self._stale = {_SHEETS, _TEXT, _CHARTS}
        if self.isVisible():
            self._renew()

    def _renew(self) -> None:
        tab = self.tabs.currentIndex()
        if tab not in self._stale or not self.isVisible():
            return
        self._stale.discard(tab)
        if tab == _SHEETS:
            self._list_sheets()
        elif tab == _TEXT:
            sheets = {sheet.id: sheet for sheet in self.hub.desk.sheets()}
            self.narrative.show_document(self.hub.desk.document(), sheets)
        elif tab == _CHARTS:
            self.charts.renew()

    def _dress_names(self) -> None:
        for row in range(self.names.count()):
            self.names.item(row).setSizeHint(QSize(_NAME_WIDTH, px(_NAME_HEIGHT)))

    def _list_sheets(self) -> None:
        kept = max(0, self.names.currentRow())
        self.names.blockSignals(True)
        self.names.clear()
        for sheet in self.hub.desk.sheets():
            if not sheet.inline:
                empty = t.EMPTY_SHEET if sheet.is_empty else ""
                item = QListWidgetItem(f"{sheet.number} {sheet.title}{empty}".strip(), self.names)
                item.setData(Qt.ItemDataRole.UserRole, sheet.id)
                item.setToolTip(item.text())
                item.setSizeHint(QSize(_NAME_WIDTH, px(_NAME_HEIGHT)))
        self.names.setCurrentRow(min(kept, self.names.count() - 1))
        self.names.blockSignals(False)
        self._show_current()

    def _show_current(self) -> None:
        item = self.names.currentItem()
        if item is not None:
            self.paper.show_sheet(self.hub.desk.sheet(item.data(Qt.ItemDataRole.UserRole)))

    def _rewrite(self, key: str) -> None:
        """Let the clerk put a paragraph in other words."""
        desk = self.hub.desk
        dialog = RewriteDialog(desk.year, paragraph_of(desk.document(), key), self)
        if dialog.exec() == RewriteDialog.DialogCode.Accepted:
            self.hub.do(dialog.change)

    def _run_chosen(self, run: Run) -> None:
        if run.cells:
            self.hub.show_source(run.cells[0])
            return
        place = place_of(self.hub, Part("", "", address=run.address))
        if place is not None:
            self.hub.go(place)
