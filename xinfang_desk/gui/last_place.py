"""Where the clerk was on a page: tab, row and column or field, scroll. Kept as text with the book, found again later.

Read from the page's widgets as they stand, so that every page has it. What is no longer there (a row deleted, a
field no longer asked, another document) is replaced by the nearest.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QListWidget, QTabWidget, QWidget

from xinfang_desk.gui.field_row import FieldRow
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.page_base import PageWidget
from xinfang_desk.model.pack import Page

Spot = dict[str, Any]
_LATER_MS = (0, 150)
"""Scroll bars know their range only once the page is laid out; a page that fills itself in needs a little longer."""


def written(page: PageWidget, number: int) -> str:
    """Where the clerk is, as text. ``number``: the page's place among the pages."""
    return json.dumps({
        "page": page.page.id, "at": number,
        "tabs": [tabs.currentIndex() for tabs in page.findChildren(QTabWidget)],
        "lists": [listed.currentRow() for listed in page.findChildren(QListWidget)],
        "panes": [_cell(pane) for pane in page.findChildren(GridPane)],
        "scrolls": [[area.verticalScrollBar().value(), area.horizontalScrollBar().value()]
                    for area in page.findChildren(QAbstractScrollArea)],
        "focus": _focus(page)}, ensure_ascii=False)


def read(kept: str | None) -> Spot:
    """What :func:`written` wrote; a bare page id (as older programs kept it) is one, too. Anything else is nothing."""
    if not kept:
        return {}
    try:
        found = json.loads(kept)
    except ValueError:
        return {"page": kept}
    return found if isinstance(found, dict) else {}


def nearest_page(spot: Spot, pages: Sequence[Page]) -> Page:
    """The page of a spot; where there is none of that id, the one at its place."""
    wanted, at = spot.get("page"), spot.get("at")
    same = next((page for page in pages if page.id == wanted), None)
    return same or pages[max(0, min(at, len(pages) - 1)) if isinstance(at, int) else 0]


def restore(page: PageWidget, spot: Spot) -> None:
    """Go where the clerk was on a page; a spot of another page leaves it as it is."""
    if spot.get("page") != page.page.id:
        return
    for tabs, number in zip(page.findChildren(QTabWidget), _whole_numbers(spot, "tabs"), strict=False):
        if 0 <= number < tabs.count():
            tabs.setCurrentIndex(number)
    for listed, row in zip(page.findChildren(QListWidget), _whole_numbers(spot, "lists"), strict=False):
        if 0 <= row < listed.count():
            listed.setCurrentRow(row)
    for _ in range(2):  # twice: a row chosen in one table may decide what another shows
        for pane, cell in zip(page.findChildren(GridPane), _list(spot, "panes"), strict=False):
            _go_to(pane, cell)
    _give_focus(page, _list(spot, "focus"))
    for delay in _LATER_MS:
        QTimer.singleShot(delay, page, lambda: _scroll(page, _list(spot, "scrolls")))


# ---- reading ---------------------------------------------------------------------------------------------------


def _cell(pane: GridPane) -> list[object]:
    """Key of the row, its number, the field of the column; the key tells more than the number, when rows move."""
    index = pane.view.currentIndex()
    if not index.isValid():
        return []
    return [str(pane.model.key(index.row())), index.row(), pane.model.columns[index.column()].field]


def _focus(page: PageWidget) -> list[object]:
    inside = cast(QWidget | None, page.focusWidget())
    if inside is None:
        return []
    for number, pane in enumerate(page.findChildren(GridPane)):
        if pane.isAncestorOf(inside):
            return ["pane", number]
    for number, row in enumerate(page.findChildren(FieldRow)):
        if row.isAncestorOf(inside):
            return ["field", number, row.field.space, row.field.address]
    return []


# ---- going back ------------------------------------------------------------------------------------------------


def _go_to(pane: GridPane, cell: object) -> None:
    if not (isinstance(cell, list) and len(cell) == 3 and isinstance(cell[1], int)):
        return
    key, number, field = cell
    rows = pane.model.rowCount()
    if not rows:
        return
    same = next((row for row in range(rows) if str(pane.model.key(row)) == key), None)
    row = max(0, min(number, rows - 1)) if same is None or key == "None" else same
    column = next((i for i, spec in enumerate(pane.model.columns) if spec.field == field), 0)
    pane.view.go_to(row, column)


def _give_focus(page: PageWidget, focus: list[Any]) -> None:
    if len(focus) < 2 or not isinstance(focus[1], int):
        return
    if focus[0] == "pane":
        panes = page.findChildren(GridPane)
        if panes:
            panes[max(0, min(focus[1], len(panes) - 1))].view.setFocus()
        return
    rows: list[FieldRow] = [row for row in page.findChildren(FieldRow) if not row.isHidden()]
    same = [row for row in rows if [row.field.space, row.field.address] == focus[2:]]
    if rows:
        found = same[0] if same else rows[max(0, min(focus[1], len(rows) - 1))]
        found.editor.inner().setFocus()


def _scroll(page: QWidget, scrolls: list[Any]) -> None:
    for area, values in zip(page.findChildren(QAbstractScrollArea), scrolls, strict=False):
        if isinstance(values, list) and len(values) == 2 and all(isinstance(value, int) for value in values):
            area.verticalScrollBar().setValue(values[0])
            area.horizontalScrollBar().setValue(values[1])


def _list(spot: Spot, name: str) -> list[Any]:
    found = spot.get(name)
    return found if isinstance(found, list) else []


def _whole_numbers(spot: Spot, name: str) -> list[int]:
    return [value if isinstance(value, int) else -1 for value in _list(spot, name)]
