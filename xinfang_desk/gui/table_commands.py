"""What the menu bar can do with the entry table the cursor is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from xinfang_desk.messages import tables as words

if TYPE_CHECKING:
    from xinfang_desk.gui.grid_pane import GridPane
    from xinfang_desk.gui.workbench import Workbench


def current_pane(bench: Workbench) -> GridPane | None:
    """The table with the cursor, else the first one shown on the page."""
    from xinfang_desk.gui.grid_pane import GridPane

    widget = QApplication.focusWidget()
    while widget is not None:
        if isinstance(widget, GridPane):
            return widget
        widget = widget.parentWidget()
    return next((pane for pane in bench.current().findChildren(GridPane) if pane.isVisible()), None)


def ask_filter(bench: Workbench) -> None:
    """Ctrl+L: ask which rows the table should show."""
    pane = current_pane(bench)
    if pane is None:
        bench.hub.said.emit(words.FILTER_NO_TABLE)
    else:
        pane.view.finish_editing()
        pane.filter.ask()
