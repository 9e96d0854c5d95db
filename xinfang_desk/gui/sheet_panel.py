"""Below the page: the table the page feeds, live."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from xinfang_desk.flow.outcome import Outcome
from xinfang_desk.gui.choice_box import ChoiceBox
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.sheet_view import SheetView
from xinfang_desk.gui.sources import explain_cells
from xinfang_desk.messages import window as t
from xinfang_desk.model.pack import Page
from xinfang_desk.model.sheet import CellAddress


class SheetPanel(QWidget):
    """A box to choose the table and the table itself."""

    shown = Signal()
    """another table is shown"""

    def __init__(self, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._shown = ""
        self._moving: tuple[str, frozenset[CellAddress]] = "", frozenset()
        self._moved: tuple[CellAddress, ...] = ()
        self._untold: frozenset[CellAddress] = frozenset()
        self.setObjectName("sheetPanel")
        self.setAccessibleName(t.SHEET_PANEL)
        label = QLabel(t.SHEET_AFFECTED, self)
        self.box = ChoiceBox(self)
        self.box.setAccessibleName(t.SHEET_CHOICE)
        label.setBuddy(self.box)
        self.unit = QLabel(self)
        self.unit.setObjectName("dim")
        self.view = SheetView(self)
        explain_cells(self.view, hub)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(label)
        head.addWidget(self.box)
        head.addStretch(1)
        head.addWidget(self.unit)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 4, 8, 6)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self.view, 1)
        self.box.activated.connect(lambda _: self.show_table(str(self.box.currentData())))
        hub.changed.connect(self._heard)
        hub.tried.connect(self._tried)
        self._page: Page | None = None
        self._put_off = self._outdated = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.settle)
        self._list_sheets()

    def show_page(self, page: Page) -> None:
        """Show the table a page feeds, once the page itself has been painted; a page without one leaves the last, and
        so does the page that is shown already: the clerk may have chosen another table there."""
        if page is not self._page:
            self._page, self._put_off = page, True
            self._later.start()

    def settle(self) -> None:
        """Show now what has been put off."""
        self._retell()
        if self._outdated and not self._put_off:
            self._renew(())
        if not self._put_off or self._page is None:
            return
        self._put_off = False
        if self._page.table:
            self.show_table(self._page.table)
        elif not self._shown and self.box.count():
            self.show_table(str(self.box.itemData(0)))

    def show_table(self, sheet_id: str) -> None:
        """Show a table by its id (the first of a repeated one)."""
        found = self.box.findData(sheet_id)
        if found < 0:
            found = next((i for i in range(self.box.count())
                          if str(self.box.itemData(i)).split("#")[0] == sheet_id), -1)
        if found < 0:
            return
        self._put_off = self._outdated = False
        self.box.setCurrentIndex(found)
        wanted = str(self.box.itemData(found))
        sheet = self._hub.desk.live_sheet(wanted)
        self._shown = wanted
        self.view.show_sheet(sheet)
        self.unit.setText(sheet.unit_label)
        self.shown.emit()

    def height_for(self, rows: float) -> int:
        """Pixels in which so many rows of the table are seen, its headings above them."""
        return self.height() - self.view.height() + self.view.height_for(rows)

    def light(self, cells: Iterable[CellAddress]) -> None:
        """Show the table of the first cell and light all cells of it."""
        wanted = tuple(cells)
        self.settle()
        if not wanted:
            self.view.light(())
            return
        here = [cell for cell in wanted if cell.table == self._shown]
        if not here:
            self.show_table(wanted[0].table)
        self.view.light(wanted)

    def _heard(self, outcome: Outcome) -> None:
        if outcome.structural:
            self._list_sheets()
        if self._shown not in outcome.sheets or self.box.findData(self._shown) < 0:
            return
        if outcome.structural and not self.view.hasFocus():
            # The list the clerk works in comes first, the table below it a moment later.
            self._outdated = True
            self._untold = frozenset()
            self._later.start()
        else:
            self._renew(outcome.cells)

    def _renew(self, cells: Iterable[CellAddress]) -> None:
        self._outdated = False
        self._untold = frozenset()
        self.view.renew(self._hub.desk.live_sheet(self._shown), cells)

    def _tried(self, outcome: Outcome) -> None:
        """A figure is being typed: the key, the sums and the verdict are painted first, and right after them the cells it
        moves."""
        if self._put_off or self._outdated:
            self.settle()
        if self._shown in outcome.sheets and self.isVisible():
            self._untold = self._untold | outcome.cells if self._untold else outcome.cells
            self._later.start()

    def _retell(self) -> None:
        """Make the texts of these cells anew, not the table."""
        untold, self._untold = self._untold, frozenset()
        if not untold:
            return
        if (self._shown, untold) != self._moving:  # the same at every key of one figure
            self._moving = self._shown, untold
            self._moved = tuple(cell for cell in untold if cell.table == self._shown)
        self.view.retell(self._moved, self._hub.desk.live_texts(self._moved))

    def _list_sheets(self) -> None:
        names = [(name, sheet_id) for sheet_id, name in self._hub.desk.sheet_names()]
        if names == [(self.box.itemText(i), self.box.itemData(i)) for i in range(self.box.count())]:
            return
        self.box.clear()
        for name, sheet_id in names:
            self.box.addItem(name, sheet_id)
        found = self.box.findData(self._shown)
        if found >= 0:
            self.box.setCurrentIndex(found)
        elif self._shown:
            self._shown = ""
            self.view.show_sheet(None)
