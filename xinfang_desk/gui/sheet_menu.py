"""The menu of a filled table: where a figure comes from, and copying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from xinfang_desk.messages import tables as words

if TYPE_CHECKING:
    from xinfang_desk.gui.sheet_view import SheetView


def show_sheet_menu(view: SheetView, at: QPoint) -> None:
    """Show the menu at a place of the screen; once, where a key asks for it in two ways."""
    if QApplication.activePopupWidget() is None:
        made_sheet_menu(view).popup(at)


def made_sheet_menu(view: SheetView) -> QMenu:
    """The menu for the current cell; it goes away when closed."""
    menu = QMenu(view)
    menu.setAccessibleName(words.MENU_SHEET)
    menu.aboutToHide.connect(menu.deleteLater)
    index = view.currentIndex()
    figure = index.isValid() and bool(view.sheet_model.explained(index.row(), index.column()))
    for text, keys, act, possible in (
            (words.DO_TELL, words.KEY_SPACE, view.tell_source, figure),
            (words.DO_GO_TO_SOURCE, words.KEY_ENTER, view.ask_source, index.isValid()),
            (words.DO_COPY, "Ctrl+C", view.copy, index.isValid()),
            (words.DO_SELECT_ALL, "Ctrl+A", view.selectAll, True)):
        action = QAction(f"{text}\t{keys}", menu)
        action.triggered.connect(lambda _=False, act=act: act())
        action.setEnabled(possible)
        menu.addAction(action)
    return menu
