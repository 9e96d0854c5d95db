"""The menu of an entry table: all it can do, with the keys that do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from xinfang_desk.messages import tables as words

if TYPE_CHECKING:
    from xinfang_desk.gui.grid_view import GridView

_LISTED = frozenset({"code", "choice", "project"})
Entry = tuple[str, str, Callable[[], object], bool] | None


def show_menu(view: GridView, at: QPoint) -> None:
    """Show the menu at a place of the screen; once, where a key asks for it in two ways."""
    if QApplication.activePopupWidget() is None:
        made_menu(view).popup(at)


def menu_at(view: GridView, at: QPoint) -> None:
    """The menu for the cell at a place of the table."""
    index = view.indexAt(at)
    if index.isValid() and (index.row(), index.column()) not in view.cells():
        view.setCurrentIndex(index)
    show_menu(view, view.viewport().mapToGlobal(at))


def offer_menus(view: GridView) -> None:
    """The menu on headings (for their column) and on row numbers (for their row) too."""
    def on_head(at: QPoint) -> None:
        head = view.horizontalHeader()
        column = head.logicalIndexAt(at)
        if column >= 0:
            view.go_to(max(0, view.currentIndex().row()), column)
        show_menu(view, head.viewport().mapToGlobal(at))

    def on_rows(at: QPoint) -> None:
        rows = view.verticalHeader()
        row = rows.logicalIndexAt(at)
        if row >= 0 and row not in view.rows():
            view.select_row(row)
            view.selectionModel().setCurrentIndex(view.grid_model.index(row, 0),
                                                  QItemSelectionModel.SelectionFlag.NoUpdate)
        show_menu(view, rows.viewport().mapToGlobal(at))

    for header, act in ((view.horizontalHeader(), on_head), (view.verticalHeader(), on_rows)):
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(act)


def made_menu(view: GridView) -> QMenu:
    """The menu for the current cell and selection; it goes away when closed."""
    menu = QMenu(view)
    menu.setAccessibleName(words.MENU_TABLE)
    menu.aboutToHide.connect(menu.deleteLater)
    for entry in (*_cell_entries(view), None, *_row_entries(view), None, *_look_entries(view)):
        if entry is None:
            menu.addSeparator()
            continue
        text, keys, act, possible = entry
        # The keys are shown, not bound: the table itself hears them.
        action = QAction(f"{text}\t{keys}" if keys else text, menu)
        action.triggered.connect(lambda _=False, act=act: act())
        action.setEnabled(possible)
        menu.addAction(action)
    return menu


def _cell_entries(view: GridView) -> list[Entry]:
    model, index = view.grid_model, view.currentIndex()
    here = index.isValid()
    free = here and model.editable(index.row(), index.column())
    some = here and any(model.editable(*cell) for cell in view.cells())
    kind = model.columns[index.column()].type if here else ""
    many = len(view.cells()) > 1
    return [
        (words.DO_EDIT, "F2", lambda: view.edit(index), free and kind != "flag"),
        (words.DO_PICK, "F4", view.open_picker, free and kind in _LISTED),
        None,
        (words.DO_CUT, "Ctrl+X", view.clips.cut, some),
        (words.DO_COPY, "Ctrl+C", view.clips.copy, here),
        (words.DO_COPY_TITLES, "Ctrl+Shift+C", lambda: view.clips.copy(titles=True), here),
        (words.DO_PASTE, "Ctrl+V", view.clips.paste_block, some),
        (words.DO_CLEAR, "Delete", view.clear_cells, some),
        (words.DO_FILL_DOWN, "Ctrl+D", view.clips.fill_down, some),
        (words.DO_FILL, "Ctrl+Enter", view.clips.fill, some and many),
        (words.DO_SELECT_ALL, "Ctrl+A", view.selectAll, here)]


def _row_entries(view: GridView) -> list[Entry]:
    model, acts = view.grid_model, view.row_acts
    free = model.source.orderly and not model.hub.desk.read_only
    rows = [row for row in view.rows() if row < len(model.shown)]
    own = model.shown.sorting is None
    return [
        (words.DO_INSERT, "Insert", acts.insert, free),
        (words.DO_DUPLICATE, "Ctrl+Shift+D", acts.duplicate, free and bool(rows)),
        (words.DO_DELETE_ROWS, "Ctrl+Delete", acts.delete, bool(rows) and not model.hub.desk.read_only),
        (words.DO_UP, "Alt+↑", lambda: acts.move(-1), free and own and bool(rows) and rows[0] > 0),
        (words.DO_DOWN, "Alt+↓", lambda: acts.move(1), free and own and bool(rows) and rows[-1] + 1 < len(model.shown))]


def _look_entries(view: GridView) -> list[Entry]:
    model, index, acts = view.grid_model, view.currentIndex(), view.row_acts
    column = max(0, index.column())
    title = model.columns[column].title
    sorting = model.shown.sorting
    ordered = model.source.orderly and not model.hub.desk.read_only
    entries: list[Entry] = [
        (words.DO_SORT_UP.format(column=title), "", lambda: acts.sort(column, descending=False), index.isValid()),
        (words.DO_SORT_DOWN.format(column=title), "", lambda: acts.sort(column, descending=True), index.isValid())]
    if sorting is not None:
        entries += [(words.DO_UNSORT, "", acts.unsort, True), (words.DO_KEEP_ORDER, "", acts.keep_order, ordered)]
    entries += [
        (words.DO_FILTER, "Ctrl+L", view.filter_wanted.emit, True),
        (words.DO_FILTER_SAME, "", acts.filter_same, index.isValid() and index.row() < len(model.shown)),
        (words.DO_UNFILTER, "", acts.unfilter, not model.shown.filtering.idle),
        (words.DO_WIDTHS, "", view.forget_widths, True)]
    return entries
