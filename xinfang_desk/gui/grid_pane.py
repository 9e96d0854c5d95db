"""An entry table with its buttons above and its sums below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from xinfang_desk.gui.filter_bar import FilterBar
from xinfang_desk.gui.flow_row import FlowRow
from xinfang_desk.gui.grid_columns import MoreColumns
from xinfang_desk.gui.grid_model import GridModel
from xinfang_desk.gui.grid_source import GridSource
from xinfang_desk.gui.grid_view import GridView
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.theme import icon, watch
from xinfang_desk.gui.totals_strip import TotalsStrip
from xinfang_desk.messages import tables as words
from xinfang_desk.messages import window as t


class GridPane(QWidget):
    """Title, buttons, table, sums. ``small``: the height follows the rows, for tables inside a form."""

    helped = Signal(str, str)

    def __init__(self, hub: Hub, source: GridSource, title: str, parent: QWidget | None = None, *,
                 small: bool = False) -> None:
        super().__init__(parent)
        self.model = GridModel(hub, source, self)
        self.view = GridView(self.model, title, self)
        self._small = small
        head = FlowRow(self)
        self.title = QLabel(title, self)
        self.title.setObjectName("paneTitle")
        head.addWidget(self.title)
        self.filter = FilterBar(self.view, self)
        self.view.filter_wanted.connect(self.filter.ask)
        head.addWidget(self.filter.sign)
        head.addWidget(MoreColumns(self.view.fits, self))
        self._head = head
        if not hub.desk.read_only and source.growable:
            self._add_buttons(head, title)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        box.addWidget(head)
        box.addWidget(self.filter)
        box.addWidget(self.view, 1)
        self.totals: TotalsStrip | None = None
        if source.totals():
            self.totals = TotalsStrip(self.view, self)
            box.addWidget(self.totals)
            box.setSpacing(0)
        self.view.moved.connect(self._tell_help)
        if small:
            self.model.modelReset.connect(self._fit)
            self.model.rowsInserted.connect(lambda *_: self._fit())
            watch().changed.connect(self._fit)
            self._fit()

    def add_button(self, text: str, sign: str, name: str) -> QPushButton:
        """One more button above the table."""
        button = self._button(text, icon(sign), name)
        self._head.addWidget(button)
        return button

    def finish_editing(self) -> None:
        """Commit an open editor."""
        self.view.finish_editing()

    def reveal(self, key: object, field: str) -> bool:
        """Make the cell of a row's key and a field the current one and light it."""
        source = self.model.source
        at = next((i for i in range(source.count()) if source.key(i) == key), None)
        if at is None:
            return False
        row = self.shown_row(at)
        column = next((j for j, spec in enumerate(source.columns) if spec.field == field), None)
        self.model.set_lit([(key, source.columns[column].field)] if column is not None else
                           [(key, spec.field) for spec in source.columns])
        self.view.go_to(row, column if column is not None else 0)
        self.view.setFocus()
        return True

    def shown_row(self, source_row: int) -> int:
        """Where a row of the source is shown; the filter is taken away where it hides the row."""
        row = self.model.shown.shown_row(source_row)
        if row is None:
            self.filter.close_filter()
            self.model.hub.said.emit(words.FILTER_TO_SHOW)
            row = self.model.shown.shown_row(source_row)
        return 0 if row is None else row

    def _add_buttons(self, head: FlowRow, title: str) -> None:
        add = self._button(t.ADD_ROW, icon("add"), f"{t.ADD_ROW} {title}")
        add.clicked.connect(self._add)
        remove = self._button(t.DELETE_ROW, icon("remove"), f"{t.DELETE_ROW} {title}")
        remove.clicked.connect(self.view.delete_rows)
        head.addWidget(add)
        head.addWidget(remove)

    def _add(self) -> None:
        """Go to the blank row at the end, ready to type."""
        self.view.go_to(self.model.rowCount() - 1, 0)
        self.view.setFocus()

    def _button(self, text: str, sign: QIcon, name: str) -> QPushButton:
        button = QPushButton(sign, text, self)
        button.setObjectName("small")
        button.setAccessibleName(name)
        button.setAutoDefault(False)
        return button

    def _tell_help(self, row: int, column: int) -> None:
        spec = self.model.columns[column]
        self.helped.emit(spec.title, self.model.reason(row, column) or spec.help)

    def _fit(self) -> None:
        rows = min(12, max(2, self.model.rowCount()))
        self.view.setFixedHeight(self.view.horizontalHeader().sizeHint().height() + rows * self.view.row_height() + 3)
