"""What the window does when a book's file makes trouble, and about backups: each way on, really done."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop

from xinfang_desk.gui import opening, settings
from xinfang_desk.gui.backup_status import BackupStatus
from xinfang_desk.gui.job import Job
from xinfang_desk.gui.saving_bar import SavingBar
from xinfang_desk.messages import opening as opening_words
from xinfang_desk.messages import safety as words
from xinfang_desk.messages import window as t

if TYPE_CHECKING:
    from xinfang_desk.flow.desk import Desk
    from xinfang_desk.flow.errors import DeskError, SavingTrouble
    from xinfang_desk.flow.ways import Way
    from xinfang_desk.gui.main_window import MainWindow
    from xinfang_desk.gui.trouble_dialog import TroubleDialog
    from xinfang_desk.model.backup import Backup

logger = logging.getLogger(__name__)

_RETRY_SECONDS = 3.0


class Rescue:
    """The window's commands about trouble and backups. ``ask_dialog``, ``ask_target`` and ``ask_backup`` stand for the
    dialogs in tests."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.bar = SavingBar(window)
        self.bar.again_wanted.connect(self.save_again)
        self.bar.elsewhere_wanted.connect(self.save_elsewhere)
        self.status = BackupStatus(window)
        self.status.clicked.connect(self.show_backups)
        self.ask_dialog: Callable[[TroubleDialog], str] = _ask
        self.ask_target: Callable[[str, Path], Path | None] = self._ask_target
        self.ask_backup: Callable[[Path, Desk | None], Backup | None] = self._ask_backup

    # ---- a book that does not open ----

    def help_open(self, path: Path, error: DeskError) -> None:
        """Offer the ways on with the sentence, and go the one that is chosen."""
        from xinfang_desk.flow.ways import Way, offered
        from xinfang_desk.gui.trouble_dialog import Choice, TroubleDialog

        ways = offered(path, error.ways)
        if not ways:
            return
        choices = [Choice(way.name, words.WAY_NAMES[way.name], words.WAY_HINTS[way.name]) for way in ways]
        answer = self.ask_dialog(TroubleDialog(words.TROUBLE_TITLE, str(error), choices, words.NOT_NOW, self._window,
                                               ask=words.TROUBLE_ASK))
        if answer:
            self.go(Way[answer], path, str(error))

    def go(self, way: Way, path: Path, sentence: str) -> None:
        """Go one of the ways on for the book at ``path``."""
        from xinfang_desk.flow.ways import Way

        match way:
            case Way.RETRY:
                self._window.open_book_later(path)
            case Way.READ_ONLY:
                self._open(path, opening.opened(path, read_only=True))
            case Way.TAKE_OVER:
                self._take_over(path, sentence)
            case Way.RESTORE:
                self.show_backups_of(path)
            case Way.SALVAGE:
                self._salvage(path)
            case Way.COPY:
                self._copy(path)
            case Way.CHOOSE:
                self._window.ask_book()

    # ---- saving does not succeed ----

    def show_trouble(self, trouble: SavingTrouble | None) -> None:
        """Show the bar, or put it away once everything is saved."""
        if trouble is not None:
            self.bar.tell(trouble.sentence)
        elif self.bar.isVisible():
            self.bar.hide()
            self._window.say(words.SAVED_AT_LAST)

    def save_again(self) -> None:
        """Try once more, away from the window's thread."""
        hub = self._window.hub
        if hub is None:
            return
        desk = hub.desk
        self.bar.again.setEnabled(False)

        def tried(saved: object) -> None:
            self.bar.again.setEnabled(True)
            if saved:
                self.show_trouble(None)
            else:
                self._window.say(words.STILL_NOT)

        job = Job(lambda _: desk.retry(30.0), self._window)
        job.done.connect(tried)
        job.finished.connect(job.deleteLater)
        job.start()

    def save_elsewhere(self) -> bool:
        """Write everything into a new book elsewhere and go on there; ``False`` where that was not done."""
        from xinfang_desk.flow.errors import DeskError

        hub = self._window.hub
        if hub is None:
            return False
        self._window.commit()
        desk = hub.desk
        target = self.ask_target(words.ELSEWHERE_TITLE, Path(words.ELSEWHERE_NAME.format(stem=desk.path.stem)))
        if target is None:
            return False
        try:
            whole = self._away(lambda: desk.save_elsewhere(target))
        except DeskError as error:
            self._window.message.tell(str(error))
            return False
        self.show_trouble(None)
        settings.note_book(target)
        told = words.ELSEWHERE_DONE if whole else words.ELSEWHERE_ALONE
        self._window.message.tell(told.format(path=target, year=desk.year.year), "info" if whole else "warning")
        self.status.show_desk(desk)
        return True

    def may_leave(self) -> bool:
        """Whether the open book may be put away: with edits that are not on disk, the clerk decides."""
        from xinfang_desk.gui.trouble_dialog import Choice, TroubleDialog

        hub = self._window.hub
        if hub is None:
            return True
        self._window.commit()
        desk = hub.desk
        while (trouble := desk.trouble) is not None:
            count = desk.unsaved
            give_up = words.UNSAVED_GIVE_UP.format(count=count)
            choices = [Choice("again", words.UNSAVED_RETRY, words.UNSAVED_RETRY_HINT),
                       Choice("elsewhere", words.UNSAVED_ELSEWHERE, words.UNSAVED_ELSEWHERE_HINT),
                       Choice("give_up", give_up, words.UNSAVED_GIVE_UP_HINT)]
            answer = self.ask_dialog(TroubleDialog(
                words.UNSAVED_TITLE, words.UNSAVED_ASK.format(count=count, reason=trouble.sentence), choices,
                words.UNSAVED_STAY, self._window, safe_leave=True))
            if answer == "give_up":
                desk.give_up()
                break
            if not answer:
                return False
            if answer == "elsewhere":
                self.save_elsewhere()
            else:
                self._away(lambda: desk.retry(_RETRY_SECONDS))
        self.bar.hide()
        return True

    def come_back(self, desk: Desk, error: Exception) -> None:
        """A book could not be put away because something could not be saved: it is shown again, nothing is lost."""
        from xinfang_desk.flow.errors import DeskError

        if not isinstance(error, DeskError):
            raise error
        self._window.show_desk(desk)
        self.show_trouble(desk.trouble)

    # ---- what the clerk should know ----

    def tell_notices(self, desk: Desk) -> None:
        """What was found when the book was opened; what is always so for a folder is told once for it."""
        told = []
        for notice in desk.notices:
            key = f"told/{desk.path.parent}".replace("\\", "/")
            if notice.once and settings.kept_text(key) == notice.sentence:
                continue
            if notice.once:
                settings.note_text(key, notice.sentence)
            told.append(notice.sentence)
        if told:
            self._window.message.tell("\n".join(told), "warning")

    # ---- backups ----

    def show_backups(self) -> None:
        """The backups of the open book."""
        if self._window.hub is not None:
            self.show_backups_of(self._window.hub.desk.path)

    def show_backups_of(self, path: Path) -> None:
        """The backups of a book, open or not; goes back to the one that is chosen."""
        hub = self._window.hub
        desk = hub.desk if hub is not None and hub.desk.path == path else None
        self._window.commit()
        chosen = self.ask_backup(path, desk)
        self.status.ask()
        if chosen is not None:
            self.restore(path, chosen)

    def restore(self, path: Path, chosen: Backup) -> None:
        """Go back to a backup and show the book as it was then."""
        if not self.may_leave():
            return
        former = self._window.put_book_away(close=False)
        told: list[str] = []
        trouble: list[str] = []

        def work(job: Job) -> Desk:
            from xinfang_desk.flow import backups
            from xinfang_desk.flow.errors import DeskError

            if former is not None:
                former.close()
            try:
                told.append(backups.restore(path, chosen))
            except DeskError as error:
                if former is None:
                    raise
                trouble.append(str(error))
            return opening.opened(path)(job)

        def shown(desk: Desk) -> None:
            settings.note_book(path)
            self._window.show_desk(desk)
            for sentence in told:
                self._window.message.tell(sentence, "info")
            for sentence in trouble:
                self._window.message.tell(sentence)

        self._window.opening.begin(words.RESTORING.format(name=path.stem), work, shown, self._window.tell_failure)

    def copy_to_stick(self) -> None:
        """Put a checked copy of the open book somewhere else."""
        from xinfang_desk.flow import backups

        hub = self._window.hub
        if hub is None:
            return
        self._window.commit()
        desk = hub.desk
        day = f"{dt.datetime.now().astimezone():%Y%m%d}"
        target = self.ask_target(words.STICK_TITLE, Path(words.STICK_NAME.format(stem=desk.path.stem, day=day)))
        if target is None:
            return
        settings.note_text("stick_folder", str(target.parent))
        self._window.say(words.STICK_WORKING)
        job = Job(lambda _: backups.copy_to(desk, target), self._window)
        job.done.connect(lambda _: self._window.say(words.STICK_DONE.format(path=target)))
        job.failed.connect(self._window.tell_failure)
        job.finished.connect(job.deleteLater)
        job.start()

    # ---- inside ----

    def _away(self, work: Callable[[], bool]) -> bool:
        """Do something the clerk waits for in another thread: the window is painted meanwhile, and takes no keys."""
        answer: list[bool] = []
        trouble: list[Exception] = []
        loop = QEventLoop()
        job = Job(lambda _: work(), self._window)
        job.done.connect(answer.append)
        job.failed.connect(trouble.append)
        job.finished.connect(loop.quit)
        job.start()
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        job.join()
        job.deleteLater()
        if trouble:
            raise trouble[0]
        return answer[0]

    def _open(self, path: Path, work: Callable[[Job], Desk], sentence: str = opening_words.OPENING) -> None:
        def shown(desk: Desk) -> None:
            settings.note_book(desk.path)
            self._window.show_desk(desk)

        self._window.opening.begin(sentence.format(name=path.stem), work, shown,
                                   lambda error: self._window.not_opened(path, error))

    def _take_over(self, path: Path, sentence: str) -> None:
        from xinfang_desk.gui.trouble_dialog import Choice, TroubleDialog

        answer = self.ask_dialog(TroubleDialog(
            words.TAKE_OVER_TITLE, words.TAKE_OVER_ASK.format(reason=sentence), [Choice("yes", words.TAKE_OVER_YES)],
            words.TAKE_OVER_NO, self._window, safe_leave=True))
        if answer:
            self._open(path, opening.opened(path, take_over=True))

    def _salvage(self, path: Path) -> None:
        target = self.ask_target(words.SALVAGE_TITLE, path.with_name(words.SALVAGE_NAME.format(stem=path.stem)))
        if target is None:
            return
        told: list[str] = []

        def work(job: Job) -> Desk:
            from xinfang_desk.flow import library

            told.append(library.salvage(path, target))
            return opening.opened(target)(job)

        def shown(desk: Desk) -> None:
            settings.note_book(target)
            self._window.show_desk(desk)
            self._window.message.tell(told[0], "warning")

        self._window.opening.begin(words.SALVAGING.format(name=path.stem), work, shown, self._window.tell_failure)

    def _copy(self, path: Path) -> None:
        target = self.ask_target(words.COPY_TITLE, Path(words.COPY_NAME.format(stem=path.stem)))
        if target is None:
            return

        def work(job: Job) -> Desk:
            from xinfang_desk.flow import backups

            backups.copy_book(path, target)
            return opening.opened(target)(job)

        self._window.opening.begin(
            words.COPYING.format(name=path.stem), work, lambda desk: self._shown(target, desk),
            lambda error: self._window.not_opened(target if target.exists() else path, error))

    def _shown(self, path: Path, desk: Desk) -> None:
        settings.note_book(path)
        self._window.show_desk(desk)

    def _ask_target(self, title: str, suggested: Path) -> Path | None:
        from xinfang_desk.gui.new_book_dialog import books_folder

        stick = settings.kept_text("stick_folder") if title == words.STICK_TITLE else ""
        folder = Path(stick) if stick and Path(stick).is_dir() else books_folder()
        start = suggested if suggested.is_absolute() else folder / suggested
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getSaveFileName(self._window, title, str(start), t.BOOK_FILTER)
        if not chosen:
            return None
        return Path(chosen) if Path(chosen).suffix else Path(chosen + ".xfb")

    def _ask_backup(self, path: Path, desk: Desk | None) -> Backup | None:
        from xinfang_desk.gui.backups_dialog import BackupsDialog

        dialog = BackupsDialog(path, desk, self._window, self.copy_to_stick if desk is not None else None)
        dialog.exec()
        dialog.deleteLater()
        return dialog.chosen


def _ask(dialog: TroubleDialog) -> str:
    from xinfang_desk.gui.trouble_dialog import ask

    return ask(dialog)
