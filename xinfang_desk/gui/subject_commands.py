"""The bureau's own list of accounts: taken over from a workbook, or given up again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from xinfang_desk.gui.job import Job
from xinfang_desk.messages import window as t

if TYPE_CHECKING:
    from xinfang_desk.gui.hub import Hub
    from xinfang_desk.gui.main_window import MainWindow
    from xinfang_desk.model.proposal import SubjectList


class SubjectCommands:
    """The menu's commands about the list of accounts. ``ask_take`` stands for the dialog in tests."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.ask_take: Callable[[SubjectList, QWidget], bool] | None = None

    def ask(self) -> None:
        """Let the clerk choose the bureau's own list of accounts."""
        chosen, _ = QFileDialog.getOpenFileName(self._window, t.DO_SUBJECTS, "", t.SUBJECTS_FILTER)
        if chosen:
            self.import_list(Path(chosen))

    def import_list(self, path: Path) -> None:
        """Read a list of accounts away from the window's thread, then show what it would change."""
        from xinfang_desk.flow import subjects

        if self._window.hub is None:
            return
        hub = self._window.hub
        self._window.commit()
        self._window.say(t.SUBJECTS_READING.format(name=path.name))
        job = Job(lambda _: subjects.read_list(path, hub.desk), self._window)
        job.done.connect(lambda found: self._take(hub, found))
        job.failed.connect(self._reading_failed)
        job.finished.connect(job.deleteLater)
        job.start()

    def forget(self) -> None:
        """Go back to the list that comes with the program."""
        from xinfang_desk.flow import subjects

        if self._window.hub is not None:
            desk = self._window.hub.desk
            self._window.commit()
            outcome = self._window.hub.carry_out(lambda: subjects.forget(desk))
            self._window.say(t.SUBJECTS_OWN if outcome is None else t.SUBJECTS_FORGOTTEN)

    # ---- inside ----

    def _take(self, hub: Hub, found: SubjectList) -> None:
        from xinfang_desk.flow import subjects
        from xinfang_desk.gui.subjects_dialog import confirm_subjects

        self._window.say("")
        if hub is not self._window.hub or not (self.ask_take or confirm_subjects)(found, self._window) or hub is not self._window.hub:
            return
        outcome = hub.carry_out(lambda: subjects.accept(hub.desk, found))
        self._window.say(t.SUBJECTS_SAME if outcome is None else t.SUBJECTS_TAKEN)

    def _reading_failed(self, error: Exception) -> None:
        from xinfang_desk.flow.errors import DeskError

        self._window.say("")
        if not isinstance(error, DeskError):
            raise error
        self._window.message.tell(str(error))
