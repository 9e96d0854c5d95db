"""What else a working day holds, for the pictures of the manual: a slip found and mended, a figure traced, a look at the
print, the list of changes, the backups, a search, help, next year's plan, a phrase, the practice department."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from tests.tour.typist import Script, Stuck, focus, nothing, press, until, write
from xinfang_desk.gui.new_year_dialog import NewYearDialog
from xinfang_desk.gui.page_list import ListPage
from xinfang_desk.gui.page_priors import PriorsPage
from xinfang_desk.messages import practice, safety, years

if TYPE_CHECKING:
    from tests.tour.day import Day

_MOST_KEYS = 60
_HELD: list[QMenu] = []
"""An action a menu was asked for belongs to the menu's wrapper: with that gone, it would be declared deleted."""


class Scenes:
    """Each scene ends where it began, with the book as it was."""

    def __init__(self, day: Day) -> None:
        self.day = day

    def script(self) -> Script:
        """All scenes in an open book, one after the other."""
        before = self.day.year
        for scene in (self.slip, self.source, self.side, self.search, self.help, self.changes, self.backup, self.next_year,
                      self.phrase):
            self.day.told(scene.__doc__ or "")
            yield from scene()
            yield from self.day.settled()
        assert self.day.year == before

    # ---- findings ----

    def slip(self) -> Script:
        """Two digits of an income swapped; F8 leads there, Ctrl+M mends it."""
        day = self.day
        yield from day.to_page("income")
        page = day.bench.current()
        assert isinstance(page, ListPage)
        pane = page.panes["incomes"]
        column = next(j for j, spec in enumerate(pane.model.columns) if spec.field == "amount")
        row = next(i for i in range(pane.model.source.count()) if pane.model.source.text(i, column) == "547,200.00")
        yield from day.cell(pane.view, row, column, "574200")
        yield from day.settled()
        assert not day.bench.hub.desk.verdict().ready
        for _ in range(_MOST_KEYS):
            yield press("F8")
            yield nothing
            found = day.bench.findings.list.current()
            if found is not None and found.mends:
                break
        yield from day.camera.shoot("15-findings")
        yield press("Ctrl+M")
        yield from day.settled()
        yield from day.camera.shoot("16-mend")
        assert pane.model.source.text(row, column) == "547,200.00", day.window.words.text()

    def source(self) -> Script:
        """From a figure of the table below to the lines it is made of."""
        day = self.day
        yield from day.to_page("basic")
        view = day.bench.sheet.view
        for _ in range(4):
            if focus() is not view:
                yield press("F6")
        assert focus() is view
        for key in ("Home", "Right", "Right", "Down", "Down", "Down", "Return"):
            yield press(key)
        yield from until(lambda: self.other_window() is not None, "where the figure comes from")
        yield from day.camera.shoot("17-source")
        yield press("Escape")
        yield from self.back_to_the_window()

    def side(self) -> Script:
        """F5: the print beside the entry."""
        day = self.day
        yield from day.to_page("basic")
        yield press("F5")
        side = day.bench.beside
        yield from until(lambda: side.side is not None and side.side.press.map is not None and not side.side.press.busy,
                         "the pages beside the entry")
        yield from day.camera.wait_for_pages()
        pages = side.side.pages if side.side is not None else None
        yield from until(lambda: pages is not None and pages.complete, "the picture of the page beside the entry")
        yield from day.camera.shoot("20-side")
        assert pages is not None
        assert pages.complete
        yield press("F5")

    # ---- finding one's way ----

    def search(self) -> Script:
        """Ctrl+F finds an amount in 万元."""
        yield press("Ctrl+F")
        yield write("54.72")
        for _ in range(40):
            yield nothing
        yield from self.day.camera.shoot("25-find")
        yield press("Escape")
        yield from self.back_to_the_window()

    def help(self) -> Script:
        """F1 on an amount."""
        day = self.day
        yield from day.to_page("basic")
        page = day.bench.current()
        assert isinstance(page, ListPage)
        view = page.panes["lines"].view
        column = next(j for j, spec in enumerate(view.grid_model.columns) if spec.field == "amount")
        yield from day.go(view, 0, column)
        yield press("F1")
        yield from until(lambda: self.other_window() is not None, "the help")
        yield from day.camera.shoot("26-help")
        window = self.other_window()
        assert window is not None
        window.activateWindow()
        yield from until(lambda: QApplication.activeWindow() is window, "the help in front")
        yield press("Escape")
        yield from self.back_to_the_window()

    # ---- nothing is lost ----

    def changes(self) -> Script:
        """Ctrl+H: the list of changes."""
        yield press("Ctrl+H")
        yield from self.dialog("the list of changes")
        yield from self.day.camera.wait_for_pages()
        yield from self.day.camera.shoot("23-history")
        yield press("Escape")
        yield from self.back_to_the_window()

    def backup(self) -> Script:
        """The backups, by the menu."""
        yield from self.menu("Alt+B", safety.DO_BACKUPS)
        yield from self.dialog("the backups")
        for _ in range(60):
            yield nothing
        yield from self.day.camera.shoot("24-backup")
        yield press("Escape")
        yield from self.back_to_the_window()

    def next_year(self) -> Script:
        """What a new year would take over, listed and then given up."""
        yield from self.menu("Alt+B", years.DO_YEARS, years.DO_NEW_YEAR)
        yield from self.dialog("the plan of a new year")
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NewYearDialog)
        yield from until(lambda: dialog.plan is not None, "the plan is listed", lambda: dialog.standing.text())
        for _ in range(10):
            yield nothing
        yield from self.day.camera.shoot("27-new-year")
        yield press("Escape")
        yield from self.back_to_the_window()

    def phrase(self) -> Script:
        """F4 offers phrases for a reason."""
        day = self.day
        yield from day.to_page("prior")
        page = day.bench.current()
        assert isinstance(page, PriorsPage)
        row = next(i for i, one in enumerate(page.source.rows) if one.reason)
        yield from day.go(page.pane.view, row, 3)
        yield press("F4")
        for _ in range(10):
            yield nothing
        yield from day.camera.shoot("28-phrases")
        for _ in range(3):
            if focus() is not page.pane.view:
                yield press("Escape")
        yield from day.to_page("notes")

    def practising(self) -> Script:
        """The book is closed, and the practice department opened."""
        day = self.day
        yield press("Ctrl+W")
        yield from until(lambda: day.window.bench is None, "the book is closed")
        way = day.window.start.practice
        yield from day.tab_to(lambda: focus() is way, practice.OPEN)
        yield press("Return")
        yield from until(lambda: day.window.bench is not None, "the practice department is open")
        for _ in range(60):
            yield nothing
        yield from day.camera.shoot("29-practice")

    # ---- keys ----

    def menu(self, keys: str, *texts: str) -> Script:
        """A command that has no key of its own, by the menu bar and the arrows."""
        yield press(keys)
        for text in texts:
            yield from until(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "the menu")
            yield from self.to_entry(text)
            yield press("Right" if text is not texts[-1] else "Return")

    def to_entry(self, text: str) -> Script:
        """Down the open menu to an entry."""
        met = []
        for _ in range(_MOST_KEYS):
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu)
            _HELD.append(menu)
            action = cast("QAction | None", menu.activeAction())
            met.append("" if action is None else action.text())
            if action is not None and action.text() == text:
                return
            yield press("Down")
        raise Stuck(f"the menu has no {text}: {met}")

    def dialog(self, what: str) -> Script:
        """Wait for a dialog."""
        yield from until(lambda: QApplication.activeModalWidget() is not None, what)

    def other_window(self) -> QWidget | None:
        """A window or dialog beside the main one."""
        return next((one for one in QApplication.topLevelWidgets() if one is not self.day.window and one.isVisible()
                     and one.windowType() in (Qt.WindowType.Window, Qt.WindowType.Dialog)), None)

    def back_to_the_window(self) -> Script:
        """The window has the focus again."""
        window = self.day.window
        yield from until(lambda: QApplication.activeModalWidget() is None, "the dialog is gone")
        if QApplication.activeWindow() is not window:
            window.activateWindow()
        yield from until(lambda: QApplication.activeWindow() is window, "the window is in front again")
        focused = QApplication.focusWidget()
        if focused is None:
            window.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        yield nothing

