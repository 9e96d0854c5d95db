"""A dialog whose work (looking at files, moving them) is done away from the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QDialog, QLabel, QWidget

from xinfang_desk.flow.errors import DeskError
from xinfang_desk.gui.job import Job


class WorkingDialog(QDialog):
    """One piece of work at a time; what is in ``resting`` cannot be used meanwhile. Not a list: it would lose the
    cursor. ``standing`` is where a refusal is told."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.standing = QLabel(self)
        self.standing.setWordWrap(True)
        self.resting: tuple[QWidget, ...] = ()
        self._job: Job | None = None

    def work(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        """Do it; ``done`` gets what came of it."""
        self._settle()
        job = self._job = Job(lambda _: work(), self)
        for widget in self.resting:
            widget.setEnabled(False)
        job.done.connect(lambda found: self._ended(job, partial(done, found)))
        job.failed.connect(lambda error: self._ended(job, partial(self._failed, error)))
        job.start()

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self._job is not None

    def rested(self) -> None:
        """The work has ended: what can be used now?"""
        for widget in self.resting:
            widget.setEnabled(True)

    def done(self, result: int) -> None:
        """Qt calls this when the dialog ends. What is still being done is waited for."""
        self._settle()
        super().done(result)

    # ---- inside ----

    def _settle(self) -> None:
        if self._job is not None:
            self._job.settle()

    def _ended(self, job: Job, then: Callable[[], None]) -> None:
        job.deleteLater()
        self._job = None
        self.rested()
        then()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.standing.setText(str(error))
