"""Pages made before they are asked for, one at a time, while nobody is at the keyboard: turning to one is quick then."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from xinfang_desk.gui.hub import Hub

_IDLE_MS = 1500
_BETWEEN_MS = 120
"""Between two pages, so that a key pressed meanwhile waits for one of them at the most."""


class Ahead(QObject):
    """Calls ``make`` in pauses until it says that nothing is left to make. Any edit begins the pause anew."""

    def __init__(self, hub: Hub, make: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._hub = hub
        self._make = make
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)
        self.done = False
        hub.changed.connect(self.wait)
        self.wait()

    def wait(self) -> None:
        """Somebody is at work: only after a pause."""
        if not self.done:
            self._timer.start(_IDLE_MS)

    def stop(self) -> None:
        """Make no more."""
        if not self.done:
            self.done = True
            self._timer.stop()
            self._hub.changed.disconnect(self.wait)

    def _next(self) -> None:
        if self._hub.desk.trial is not None:
            self.wait()
        elif self._make():
            self._timer.start(_BETWEEN_MS)
        else:
            self.stop()
