"""Where the cursor is, as something the help can speak of."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from xinfang_desk.flow.help import AtCell, AtColumn, AtField, AtFinding, AtPage, Spot
from xinfang_desk.gui.fact_source import FactSource
from xinfang_desk.gui.field_row import FieldRow
from xinfang_desk.gui.findings_list import FindingsList
from xinfang_desk.gui.findings_panel import FindingsPanel
from xinfang_desk.gui.grid_source import RecordSource
from xinfang_desk.gui.grid_view import GridView
from xinfang_desk.gui.prior_source import PriorSource
from xinfang_desk.gui.sheet_view import SheetView
from xinfang_desk.gui.workbench import Workbench


def spot_of(bench: Workbench, focus: QWidget | None = None) -> Spot:
    """The line the cursor is on; the page in front where it is on nothing of its own."""
    page = bench.current().page.id
    widget: QWidget | None = focus or bench.window().focusWidget()
    while widget is not None:
        found = _spot(bench, widget, page)
        if found is not None:
            return found
        widget = widget.parentWidget()
    return AtPage(page)


def _spot(bench: Workbench, widget: QWidget, page: str) -> Spot | None:
    if isinstance(widget, GridView):
        return _grid_spot(bench, widget, page)
    if isinstance(widget, FieldRow):
        return AtField(page, widget.field)
    if isinstance(widget, FindingsList | FindingsPanel):
        finding = (widget if isinstance(widget, FindingsList) else widget.list).current()
        return AtFinding(finding) if finding is not None else None
    if isinstance(widget, SheetView):
        index = widget.currentIndex()
        cell = widget.sheet_model.address(index.row(), index.column()) if index.isValid() else None
        return AtCell(cell) if cell is not None else None
    return None


def _grid_spot(bench: Workbench, view: GridView, page: str) -> Spot | None:
    index = view.currentIndex()
    if not index.isValid():
        return None
    source, row, column = view.grid_model.source, view.grid_model.shown.source_row(index.row()), index.column()
    if isinstance(source, RecordSource):
        key = source.key(row)
        return AtColumn(page, source.space, source.columns[column], key if isinstance(key, int) else None, row)
    if isinstance(source, FactSource):
        return AtField(page, source.field, source.columns[column].field)
    if isinstance(source, PriorSource) and row < source.count():
        shown = source.rows[row]
        wanted = shown.reason if source.columns[column].field == "reason" or not shown.prior else shown.prior
        for field in bench.hub.desk.fields(bench.current().page):
            if field.address == wanted and field.space in ("priors", "facts"):
                return AtField(page, field)
    return None
