"""Pages made before they are asked for, piece by piece, while nobody is at the keyboard: turning to one is quick then.

A piece takes a few milliseconds, so that nothing the clerk does meanwhile has to wait.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtWidgets import QWidget

from xinfang_desk.gui.approved_strip import ApprovedStrip
from xinfang_desk.gui.field_row import FieldRow
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.page_base import PageWidget
from xinfang_desk.gui.piecemeal import Steps

_FIRST_MS = 200
_IDLE_MS = 1500
_BETWEEN_MS = 6


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
        self._timer.start(_FIRST_MS)

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


def rehearse(page: PageWidget, size: QSize) -> Steps:
    """Lay a page out and paint it where nobody sees it, part by part: what Qt works out the first time (fonts, sizes,
    the layout of each text) is there when the page is shown."""
    page.resize(size)
    yield
    for part in _parts(page):
        if page.isVisible():
            return
        part.grab()
        yield
    if not page.isVisible():
        page.grab()


def _parts(page: PageWidget) -> list[QWidget]:
    """What is painted at a time: small enough to be done within one frame or two."""
    found: list[QWidget] = []
    for kind in (FieldRow, GridPane, ApprovedStrip):
        found += page.findChildren(kind)
    inside = {id(one) for part in found if not isinstance(part, FieldRow) for one in part.findChildren(FieldRow)}
    return [part for part in found if id(part) not in inside]
