"""Where a figure comes from, asked on a figure: one place is gone to at once, several are listed, none is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from xinfang_desk.gui import bubble
from xinfang_desk.gui.sheet_view import SheetView
from xinfang_desk.gui.source_dialog import SourceDialog, place_of
from xinfang_desk.model.sheet import CellAddress

if TYPE_CHECKING:
    from xinfang_desk.gui.hub import Hub
    from xinfang_desk.gui.workbench import Workbench


def sentence_of(hub: Hub, cell: CellAddress) -> str:
    """A figure's formula in words with its figures; '' for a cell that is gone."""
    try:
        return hub.desk.explain(cell).sentence
    except KeyError:
        return ""


def explain_cells(view: SheetView, hub: Hub) -> None:
    """Let a sheet tell, by hover and by Space, where its figures come from."""
    view.sheet_model.explain = lambda cell: sentence_of(hub, cell)
    view.source_wanted.connect(hub.show_source)
    view.said.connect(hub.said)


def show_source(bench: Workbench, cell: CellAddress | None) -> None:
    """Go to the one line a figure comes from, or list what it is made of."""
    if cell is None:
        return
    try:
        explanation = bench.hub.desk.explain(cell)
    except KeyError:
        return
    only = explanation.parts[0] if len(explanation.parts) == 1 and not explanation.more else None
    place = place_of(bench.hub, only) if only is not None else None
    if place is not None:
        bench.hub.go(place)
        bench.hub.said.emit(explanation.sentence)
    elif explanation.parts:
        SourceDialog(bench.hub, explanation, bench).open()
    else:
        focus = QApplication.focusWidget()
        if isinstance(focus, SheetView):
            focus.tell(explanation.sentence, aloud=False)
        else:
            bubble.tell(explanation.sentence, focus or bench, tone="info")
            bench.hub.said.emit(explanation.sentence)
