"""Copying, pasting and filling in an entry table."""

from __future__ import annotations

import atexit
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from xinfang_desk.flow import paste
from xinfang_desk.flow.copying import Clip, clip
from xinfang_desk.messages import tables as words

if TYPE_CHECKING:
    from xinfang_desk.gui.grid_view import GridView

_ODS = ("application/vnd.oasis.opendocument.spreadsheet", 'application/x-openoffice-embed-source-xml')


def read_clipboard(mime: QMimeData) -> paste.Block:
    """The block on the clipboard: from the plain text, which every program gives; from a table in HTML or an
    OpenDocument sheet where there is nothing else, or where only these say what the cells are."""
    text = paste.read_block(mime.text()) if mime.hasText() else ()
    if mime.hasHtml() and (not text or (len(text) == 1 and len(text[0]) == 1) or max(map(len, text)) == 1):
        table = paste.read_html(mime.html())
        if table and sum(map(len, table)) > sum(map(len, text)):
            return table
    if text:
        return text
    for kind in _ODS:
        if mime.hasFormat(kind):
            return paste.read_ods(bytes(mime.data(kind).data()))
    return ()


_given: list[str] = []
"""the text put on the clipboard last"""


def put_on_clipboard(made: Clip) -> None:
    """Put a block on the clipboard, as text and as a table."""
    mime = QMimeData()
    mime.setText(made.text)
    mime.setHtml(made.html)
    QGuiApplication.clipboard().setMimeData(mime)
    _given[:] = [made.text]
    _leave_text_at_exit()


@cache
def _leave_text_at_exit() -> None:
    """What Python made must not be on the clipboard when Python is gone: Qt would fall over it. The text stays."""
    atexit.register(_leave_text)
    app = QGuiApplication.instance()
    if app is not None:
        app.aboutToQuit.connect(_leave_text)


def _leave_text() -> None:
    if QGuiApplication.instance() is not None and _given and QGuiApplication.clipboard().text() == _given[0]:
        QGuiApplication.clipboard().setText(_given.pop())


class Clips:
    """What Ctrl+C, Ctrl+X, Ctrl+V, Ctrl+D and Ctrl+Enter do."""

    def __init__(self, view: GridView) -> None:
        self._view = view

    def copy(self, *, titles: bool = False) -> bool:
        """Put the selected block on the clipboard, as text and as an HTML table. ``titles``: with the column titles
        above. Returns whether there was anything."""
        model = self._view.grid_model
        cells = [cell for cell in self._view.cells() if cell[0] < len(model.shown)] or self._view.cells()[:1]
        if not cells:
            return False
        rows = range(cells[0][0], max(row for row, _ in cells) + 1)
        columns = sorted({column for _, column in cells})
        block = [[model.copied(row, column) for column in columns] for row in rows]
        if titles:
            block.insert(0, [model.title(column) for column in columns])
        made = clip(block, [model.columns[column].type for column in columns])
        put_on_clipboard(made)
        model.hub.said.emit(words.COPIED.format(rows=len(rows), columns=len(columns)))
        return True

    def cut(self) -> None:
        """Copy and blank."""
        if not self._view.tell_locked(book_only=True) and self.copy():
            self._view.grid_model.clear(self._view.cells())

    def paste_block(self) -> None:
        """Lay the clipboard's block over the list, after showing what it would change and what is refused."""
        view, model = self._view, self._view.grid_model
        cells = view.cells()
        if not cells or view.tell_locked(book_only=True):
            return
        mime: QMimeData | None = QGuiApplication.clipboard().mimeData()
        block = read_clipboard(mime) if mime is not None else ()
        if not block:
            model.hub.said.emit(words.PASTE_NOTHING)
            return
        clipping = paste.clipping(block, [spec.title for spec in model.columns])
        self._lay(paste.tiled(clipping, *view.extent()))

    def fill(self, text: str | None = None) -> None:
        """Put one text (else what the current cell holds) into every selected cell."""
        view, model = self._view, self._view.grid_model
        index = view.currentIndex()
        cells = view.cells()
        if len(cells) < 2 or not index.isValid():
            model.hub.said.emit(words.FILL_NEEDS_MORE)
            return
        if view.tell_locked(book_only=True):
            return
        typed = model.copied(index.row(), index.column()) if text is None else text
        self._lay(paste.tiled(paste.Clipping(((typed,),)), *view.extent()), label=words.FILLED, ask=False)

    def fill_down(self) -> None:
        """Ctrl+D: the top cell of the selection in those below; with one cell, the one above it in it."""
        view, model = self._view, self._view.grid_model
        cells = view.cells()
        if not cells or view.tell_locked(book_only=True):
            return
        if len({row for row, _ in cells}) == 1 and cells[0][0] > 0:
            cells = [(row - 1, column) for row, column in cells] + cells
        model.fill_down(cells)

    def extend(self, rows: int, columns: int) -> None:
        """Drag fill: the selected block repeated over ``rows`` by ``columns`` from its first cell on."""
        view, model = self._view, self._view.grid_model
        row, (high, wide) = view.cells()[0][0], view.extent()
        chosen = sorted({column for _, column in view.cells()})
        block = tuple(tuple(model.copied(r, c) for c in chosen) for r in range(row, row + high))
        full = tuple(tuple(block[i % high][j % wide] for j in range(columns)) for i in range(rows))
        self._lay(paste.Clipping(full), label=words.FILLED, ask=False)

    def _lay(self, clipping: paste.Clipping, label: str = "", *, ask: bool = True) -> None:
        view, model = self._view, self._view.grid_model
        first = view.cells()[0][0], min(column for _, column in view.cells())
        plan = model.plan(first[0], view.shown_columns(first[1]), clipping)
        if label and plan.change is not None:
            plan = paste.relabelled(plan, label)
        if len(plan.cells) == 1 and plan.refused:
            view.tell(plan.refused[0].refusal)
            return
        plain = not plan.refused and (len(plan.cells) == 1 or not ask)
        if plan.change is None and not plan.refused:
            model.hub.said.emit(words.PASTE_SAME)
        elif (plain or view.ask_paste(plan, view)) and model.apply(plan.change):
            view.select_block(*first, len(clipping.rows), clipping.width)


