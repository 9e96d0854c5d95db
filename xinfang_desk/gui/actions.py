"""The window's menus and keys in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from xinfang_desk.gui.theme import icon


@dataclass(frozen=True, slots=True)
class Command:
    """A menu entry. ``needs_book``: greyed while no book is open. ``menu``: entries of its own. An empty text is a
    separator."""

    text: str
    act: Callable[[], object] = lambda: None
    keys: tuple[str, ...] = ()
    sign: str = ""
    needs_book: bool = True
    menu: QMenu | None = None


def fill_menus(window: QMainWindow, menus: list[tuple[str, list[Command]]]) -> list[tuple[QAction | QMenu, Command]]:
    """Put the commands into the menu bar; returns them with their actions (a menu of its own stands for its action:
    one that Qt made itself may be declared deleted on the Python side)."""
    made: list[tuple[QAction | QMenu, Command]] = []
    for title, commands in menus:
        menu: QMenu = window.menuBar().addMenu(title)
        menu.setAccessibleName(title.split("(")[0])
        for command in commands:
            if not command.text:
                menu.addSeparator()
                continue
            if command.menu is not None:
                menu.addMenu(command.menu)
                made.append((command.menu, command))
                continue
            action = QAction(command.text, window)
            if command.sign:
                action.setIcon(icon(command.sign))
            action.setShortcuts([QKeySequence(key) for key in command.keys])
            # The lambda keeps Qt's "checked" argument away from the command.
            action.triggered.connect(lambda _=False, act=command.act: act())
            menu.addAction(action)
            made.append((action, command))
    return made
