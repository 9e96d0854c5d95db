"""What the start page can do besides opening a book: the practice department, and books that are gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from xinfang_desk.gui import settings
from xinfang_desk.messages import practice as practice_words
from xinfang_desk.messages import start as words
from xinfang_desk.messages import window as t
from xinfang_desk.messages.safety import BIN_FOLDER

if TYPE_CHECKING:
    from xinfang_desk.flow.desk import Desk
    from xinfang_desk.gui.job import Job
    from xinfang_desk.gui.main_window import MainWindow


class StartCommands:
    """``ask`` and ``ask_file`` stand for the boxes in tests."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.ask: Callable[[str, str, tuple[str, ...]], str] = self._ask
        self.ask_file: Callable[[Path], str] = self._ask_file
        start = window.start
        start.practice_wanted.connect(self.open_practice)
        start.again_wanted.connect(self.practise_again)
        start.gone_wanted.connect(self.find_again)
        start.discard_wanted.connect(self.discard)
        start.bin_wanted.connect(self.open_bin)
        start.said.connect(window.say)

    # ---- the practice department ----

    def open_practice(self) -> None:
        """Open the practice book, made at its own place where there is none yet."""
        from xinfang_desk.flow import practice
        from xinfang_desk.flow.sample_list import practice_file

        path = practice_file()
        self._window.make_book(path, lambda: practice.ready_book(path))

    def practise_again(self) -> None:
        """Begin the practice anew, after a question."""
        from xinfang_desk.flow import practice
        from xinfang_desk.flow.sample_list import practice_file

        if self.ask(practice_words.AGAIN_TITLE, practice_words.AGAIN_ASK, (practice_words.AGAIN_YES, t.CANCEL)) \
                != practice_words.AGAIN_YES:
            return
        path = practice_file()
        self._window.close_book()
        now = dt.datetime.now().astimezone()
        self._window.make_book(path, lambda: practice.begin_anew(path, now))

    def opened(self, desk: Desk) -> None:
        """A book is shown: note it among the recent ones, or give the practice its guide."""
        from xinfang_desk.flow import practice
        from xinfang_desk.flow.errors import DeskError

        if not practice.is_practice(desk.year):
            settings.note_book(desk.path)
            return
        hub, bench = self._window.hub, self._window.bench
        if hub is None or bench is None:
            return
        from xinfang_desk.gui.practice_guide import PracticeGuide

        try:
            bench.put_beside(PracticeGuide(hub))
        except DeskError as error:
            self._window.message.tell(str(error))

    # ---- books that are gone ----

    def find_again(self, path: Path) -> None:
        """A recent book is not where it was: let the clerk find it, or take it off the list."""
        answer = self.ask(words.GONE_TITLE, words.GONE_ASK.format(path=path), (words.GONE_FIND, words.GONE_FORGET, t.CANCEL))
        if answer == words.GONE_FORGET:
            settings.forget_book(path)
            self._window.start.refresh()
            self._window.say(words.FORGOTTEN.format(name=path.stem))
        elif answer == words.GONE_FIND:
            chosen = self.ask_file(path)
            if chosen:
                settings.found_again(path, Path(chosen))
                self._window.open_book_later(Path(chosen))

    # ---- deleting books ----

    def discard(self, path: Path, title: str) -> None:
        """Delete a book, after a question; it can be put back."""
        from xinfang_desk.flow.book_bin import throw_away
        from xinfang_desk.gui.job import Job

        sentence = words.DISCARD_ASK.format(name=path.stem, title=title, bin=BIN_FOLDER)
        if self.ask(words.DISCARD_TITLE, sentence, (words.DISCARD_YES, t.CANCEL)) != words.DISCARD_YES:
            return
        self._window.message.hide()
        self._window.start.wait(words.DISCARD_DOING.format(name=path.stem, bin=BIN_FOLDER))
        job = Job(lambda _: throw_away(path), self._window)
        job.done.connect(lambda _: self._discarded(job, path))
        job.failed.connect(lambda error: self._not_discarded(job, error))
        job.start()

    def _discarded(self, job: Job, path: Path) -> None:
        job.deleteLater()
        settings.forget_book(path)
        settings.note_bin(path.absolute().parent)
        self._window.start.wait("")
        self._window.start.refresh()
        self._window.start.take_focus()
        self._window.say(words.DISCARDED.format(name=path.stem))

    def _not_discarded(self, job: Job, error: Exception) -> None:
        from xinfang_desk.flow.errors import DeskError

        job.deleteLater()
        self._window.start.wait("")
        self._window.start.take_focus()
        if not isinstance(error, DeskError):
            raise error
        self._window.message.tell(str(error))

    def open_bin(self) -> None:
        """Show the deleted books."""
        from xinfang_desk.gui.discarded_dialog import DiscardedDialog

        dialog = DiscardedDialog(settings.bin_homes(), [path.parent for path in settings.recent_books()], self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.back.connect(self._came_back)
        dialog.open()

    def _came_back(self, path: Path) -> None:
        settings.note_book(path)
        self._window.start.refresh()
        self._window.say(words.BIN_BACK.format(name=path.stem, folder=path.parent))

    # ---- inside ----

    def _ask(self, title: str, sentence: str, answers: tuple[str, ...]) -> str:
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(QMessageBox.Icon.NoIcon, title, sentence, parent=self._window)
        buttons = []
        for number, answer in enumerate(answers):
            role = QMessageBox.ButtonRole.RejectRole if answer == t.CANCEL else QMessageBox.ButtonRole.AcceptRole
            button = box.addButton(answer, role)
            button.setAccessibleName(answer)
            buttons.append((button, answer))
            if number == 0:
                box.setDefaultButton(button)
        box.exec()
        clicked = box.clickedButton()
        return next((answer for button, answer in buttons if button is clicked), t.CANCEL)

    def _ask_file(self, former: Path) -> str:
        from PySide6.QtWidgets import QFileDialog

        from xinfang_desk.gui.new_book_dialog import books_folder

        chosen, _ = QFileDialog.getOpenFileName(self._window, words.GONE_TITLE, str(books_folder()), t.BOOK_FILTER)
        return chosen
