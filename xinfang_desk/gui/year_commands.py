"""The years of a book in the window: another one opened, one made from a former, one put into the bin."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from xinfang_desk.gui.year_menu import YearMenu
from xinfang_desk.messages import window as t
from xinfang_desk.messages import years as words

if TYPE_CHECKING:
    from xinfang_desk.flow.desk import Desk
    from xinfang_desk.flow.new_year import Choices, Plan
    from xinfang_desk.gui.job import Job
    from xinfang_desk.gui.main_window import MainWindow


class YearCommands:
    """What the menu of years does. ``ask_plan`` and ``ask_bin`` stand for the dialogs in tests."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.ask_plan: Callable[[Desk], tuple[Plan, Choices] | None] = self._ask_plan
        self.ask_bin: Callable[[int, str], bool] = self._ask_bin
        self.menu = YearMenu(self.open_later, self.new, self.remove, self.show_bin, window)
        self.menu.aboutToShow.connect(self.list)

    def list(self) -> None:
        """Put the years of the open book into the menu."""
        from xinfang_desk.flow.years import year_states

        hub = self._window.hub
        if hub is not None:
            self.menu.show_years(year_states(hub.desk), read_only=hub.desk.read_only)

    def open_later(self, year: int) -> None:
        """Show another year of the open book while the window goes on living; its place is kept for each year."""
        from xinfang_desk.gui.opening import opened

        hub = self._window.hub
        if hub is None or year == hub.desk.year.year or not self._may_leave():
            return

        def work(former: Desk, job: Job) -> Desk:
            path, read_only = former.path, former.book.read_only
            former.close()
            return opened(path, year=year, read_only=read_only)(job)

        self._move(words.OPENING_YEAR.format(year=year), work, "")

    def new(self) -> None:
        """Plan a year from a former one, show what would happen, and make it where the clerk agrees."""
        hub = self._window.hub
        if hub is None or hub.desk.read_only or not self._may_leave():
            return
        self._window.commit()
        agreed = self.ask_plan(hub.desk)
        if agreed is None or hub is not self._window.hub:
            return
        plan, choices = agreed

        def work(former: Desk, job: Job) -> Desk:
            from xinfang_desk.flow import years
            from xinfang_desk.gui.opening import opened

            job.told.emit(words.STAGE_BACKUP)
            years.add_year(former, plan, choices)
            path = former.path
            former.close()
            return opened(path, year=plan.year)(job)

        self._move(words.MAKING_YEAR.format(year=plan.year), work,
                   words.YEAR_MADE.format(source=plan.source.year, year=plan.year))

    def remove(self) -> None:
        """Put the open year into the bin, where the clerk agrees, and show the newest of the others."""
        from xinfang_desk.flow.years import year_states

        hub = self._window.hub
        if hub is None or hub.desk.read_only or not self._may_leave():
            return
        self._window.commit()
        state = next(one for one in year_states(hub.desk) if one.current)
        if not self.ask_bin(state.year, state.state) or hub is not self._window.hub:
            return

        def work(former: Desk, job: Job) -> Desk:
            from xinfang_desk.flow import years
            from xinfang_desk.gui.opening import opened

            years.bin_year(former.book, state.year)
            path = former.path
            former.close()
            return opened(path)(job)

        self._move(words.BINNING_YEAR.format(year=state.year), work, words.YEAR_BINNED.format(year=state.year))

    def show_bin(self) -> None:
        """Show what was deleted."""
        from xinfang_desk.gui.bin_dialog import BinDialog

        if self._window.hub is not None:
            self._window.commit()
            BinDialog(self._window.hub, self._window).open()

    # ---- inside ----

    def _may_leave(self) -> bool:
        return not self._window.opening.busy and self._window.rescue.may_leave()

    def _move(self, sentence: str, work: Callable[[Desk, Job], Desk], said: str) -> None:
        """Put the open book away, do ``work`` with it, show what comes of it. Where that fails the book is shown as it
        was, with the reason."""
        from xinfang_desk.flow.errors import DeskError
        from xinfang_desk.gui.opening import opened

        window = self._window
        former = window.put_book_away(close=False)
        assert former is not None
        trouble: list[Exception] = []

        def carefully(job: Job) -> Desk:
            path, year, pack, read_only = former.path, former.year.year, former.pack.id, former.book.read_only
            try:
                return work(former, job)
            except DeskError as error:
                trouble.append(error)
                former.close()
                return opened(path, year=year, pack=pack, read_only=read_only)(job)

        def shown(desk: Desk) -> None:
            window.show_desk(desk)
            for error in trouble:
                window.message.tell(str(error))
            if said and not trouble:
                window.message.tell(said, "info")

        window.opening.begin(sentence, carefully, shown, window.tell_failure)

    def _ask_plan(self, desk: Desk) -> tuple[Plan, Choices] | None:
        from xinfang_desk.gui.new_year_dialog import NewYearDialog

        dialog = NewYearDialog(desk, self._window)
        agreed = dialog.exec() == QDialog.DialogCode.Accepted and dialog.plan is not None
        answer = (dialog.plan, dialog.choices()) if agreed and dialog.plan is not None else None
        dialog.deleteLater()
        return answer

    def _ask_bin(self, year: int, state: str) -> bool:
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(QMessageBox.Icon.Question, words.BIN_YEAR_TITLE,
                          words.BIN_YEAR_ASK.format(year=year, state=state), parent=self._window)
        yes = box.addButton(words.BIN_YEAR_YES, QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(t.CANCEL, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.exec()
        return box.clickedButton() is yes
