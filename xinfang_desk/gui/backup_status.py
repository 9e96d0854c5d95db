"""The words about backups in the status line. Asked for away from the window's thread; a click leads to the backups."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from xinfang_desk.gui.job import Job
from xinfang_desk.gui.theme import icon
from xinfang_desk.messages import marks
from xinfang_desk.messages import safety as words

if TYPE_CHECKING:
    from xinfang_desk.flow.backups import Standing
    from xinfang_desk.flow.desk import Desk

_EVERY_MS = 60_000
_SOON_MS = 700


class BackupStatus(QPushButton):
    """最近备份 今天 09:12, or why there is none. Also lets a backup be made when the program runs past midnight."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("small")
        self.setFlat(True)
        self.setAccessibleName(words.BACKUP_STATE)
        self.setAccessibleDescription(words.BACKUP_STATE_HINT)
        self.standing: Standing | None = None
        self._desk: Desk | None = None
        self._job: Job | None = None
        self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.ask)
        self.hide()

    def show_desk(self, desk: Desk | None) -> None:
        """Tell of this book from now on; ``None``: of none. An answer about the former one is not waited for."""
        self._timer.stop()
        self._desk, self.standing = desk, None
        if desk is None:
            self.hide()
        else:
            self.ask()

    def ask(self) -> None:
        """Ask how the book stands now."""
        desk = self._desk
        if desk is None:
            return
        if self._job is not None:
            self._again = True
            return
        self._again = False
        self._job = Job(lambda _: _ask(desk), self)
        self._job.done.connect(lambda standing: self._tell(desk, standing))
        self._job.failed.connect(self._failed)
        self._job.start()

    def settle(self) -> None:
        """Wait until nothing is being asked any more: the window is going."""
        self._desk = None
        if self._job is not None:
            self._job.join()

    def _tell(self, desk: Desk, standing: Standing) -> None:
        self._end()
        if desk is not self._desk:
            self.ask()
            return
        self.standing = standing
        self.setText(standing.words)
        self.setIcon(icon("backup" if standing.good else "warning"))
        self.setToolTip(standing.detail)
        self.setAccessibleName(marks.SAID_OF.format(name=words.BACKUP_STATE, text=standing.words))
        self.setAccessibleDescription(standing.detail)
        self.show()
        self._timer.start(_SOON_MS if self._again or standing.working else _EVERY_MS)

    def _failed(self, error: Exception) -> None:
        self._end()
        raise error

    def _end(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None


def _ask(desk: Desk) -> Standing:
    from xinfang_desk.flow import backups

    now = dt.datetime.now().astimezone()
    desk.tend(now)
    return backups.standing(desk, now)
