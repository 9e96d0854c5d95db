"""The commands of the help menu: this line, the manual, the keys, the key card."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xinfang_desk.messages import help as words
from xinfang_desk.messages import keys, marks

if TYPE_CHECKING:
    from xinfang_desk.flow.key_card import Group
    from xinfang_desk.gui.help_window import HelpWindow
    from xinfang_desk.gui.main_window import MainWindow

_START_PAGE = "start"
_KEYS_PAGE = "keys"
_INSTALL_PAGE = "install"


class HelpCommands:
    """Makes the help window when first asked for; one for each main window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.shown: HelpWindow | None = None

    def show_line(self) -> None:
        """The help of the line the cursor is on."""
        window = self._window
        if window.bench is None or window.hub is None:
            self._opened().show_words("", _START_PAGE)
        else:
            from xinfang_desk.gui.help_spot import spot_of

            spot = spot_of(window.bench)
            if self._opened().shows(spot):
                self._opened().take_cursor()
                return
            self._opened().show_spot(window.hub, spot)
        self._bring_up()

    def show_manual(self) -> None:
        """The manual, at its contents."""
        self._at("index")

    def show_keys(self) -> None:
        """The list of keys, a page of the manual."""
        self._at(_KEYS_PAGE)

    def show_installing(self) -> None:
        """The manual's page for whoever installs the program."""
        self._at(_INSTALL_PAGE)

    def forget_book(self) -> None:
        """The book is being closed: nothing of it may be spoken of any more."""
        if self.shown is not None:
            self.shown.show_words(words.LINE_EMPTY, self.shown.page or _START_PAGE)

    def close(self) -> None:
        """The main window is being closed."""
        if self.shown is not None:
            self.shown.close()

    def make_key_card(self) -> None:
        """Ask where the key card goes, make it, and open it."""
        from PySide6.QtCore import QStandardPaths, QUrl
        from PySide6.QtGui import QDesktopServices
        from PySide6.QtWidgets import QFileDialog

        from xinfang_desk.flow.errors import DeskError
        from xinfang_desk.flow.key_card import write_key_card

        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chosen, _ = QFileDialog.getSaveFileName(self._window, keys.SAVE_TITLE, str(Path(folder) / keys.FILE_NAME),
                                                keys.FILE_FILTER)
        if not chosen:
            return
        try:
            write_key_card(Path(chosen), self.key_groups())
        except DeskError as error:
            self._window.message.tell(str(error))
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(chosen))
        self._window.say(keys.MADE.format(path=chosen))

    def key_groups(self) -> tuple[Group, ...]:
        """Every key: those of the menus as the menus have them, then the others."""
        from xinfang_desk.gui.menus import menus

        groups: list[Group] = []
        for title, commands in menus(self._window):
            rows = tuple((tuple(map(shown_key, command.keys)), command.text.rstrip(marks.CUT).split("(&")[0])
                         for command in commands if command.text and command.keys)
            if rows:
                groups.append((title.split("(")[0], rows))
        return (*groups, *keys.GROUPS)

    # ---- inside ----

    def _at(self, page: str) -> None:
        shown = self._opened()
        if not shown.isVisible():
            shown.show_words("", page)
        shown.show_page(page)
        self._bring_up()
        shown.activateWindow()
        shown.manual.setFocus()

    def _opened(self) -> HelpWindow:
        if self.shown is None:
            from xinfang_desk.gui.help_window import HelpWindow

            self.shown = HelpWindow(self._window)
            self.shown.keys_html = keys_html(self.key_groups())
            self.shown.line_wanted.connect(self.show_line)
        return self.shown

    def _bring_up(self) -> None:
        assert self.shown is not None
        working = self._window.isActiveWindow()
        self.shown.show()
        self.shown.raise_()
        if working:  # some desktops hand the keys to whatever opens
            self._window.activateWindow()


def shown_key(key: str) -> str:
    """A key as it stands on a keyboard: ``Alt+Left`` → ``Alt+←``."""
    *held, last = key.split("+") if not key.endswith("++") else (key[:-2], "+")
    return "+".join((*held, keys.SHOWN_AS.get(last, last)))


def keys_html(groups: tuple[Group, ...]) -> str:
    """The keys as tables for the help window."""
    from html import escape  # later: its table of 2,000 entities is of no use for the first paint

    parts = []
    for title, rows in groups:
        cells = "".join("<tr><td width='42%'>" + marks.AND.join(f"<span class='key'>&nbsp;{escape(key)}&nbsp;</span>"
                                                               for key in pressed)
                        + f"</td><td>{escape(what)}</td></tr>" for pressed, what in rows)
        parts.append(f"<h3>{escape(title)}</h3><table class='grid' width='100%' cellspacing='0' cellpadding='4'>"
                     f"{cells}</table>")
    return "".join(parts)
