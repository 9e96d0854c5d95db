"""The document as it would print now, laid out in the background after each edit, shared by all who show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from xinfang_desk.flow.outcome import Outcome
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.job import Job
from xinfang_desk.gui.page_painter import PagePainter, Tile, TileCache, TileKey
from xinfang_desk.gui.piecemeal import Piecemeal
from xinfang_desk.model.sheet import CellAddress

if TYPE_CHECKING:
    from xinfang_desk.flow.preview import PrintPreview
    from xinfang_desk.model.edition import Edition
    from xinfang_desk.model.pages import PagesMap

_PAUSE_MS = 600
"""So long after the last edit the pages are laid out anew: nobody is kept from typing by it."""


class Press(QObject):
    """``renewed``: a new state is laid out (``map`` is new); ``setting``: whether work is under way; ``failed``: a
    sentence where a state cannot be printed (the former one stays); ``painted``: a piece of a page is there."""

    renewed = Signal()
    setting = Signal(bool)
    failed = Signal(str)
    painted = Signal(object)

    def __init__(self, hub: Hub) -> None:
        super().__init__(hub)
        self._hub = hub
        self._preview: PrintPreview | None = None
        self._job: Job | None = None
        self._watchers: dict[QWidget, Sequence[TileKey]] = {}
        self._stale = True
        self._over = False
        self._touched: set[CellAddress] = set()
        self.fresh: frozenset[CellAddress] = frozenset()
        """the cells the edits since the former state have moved"""
        self.generation = 0
        self.tiles = TileCache()
        self._laying = Piecemeal(self)
        self._painter = PagePainter(self)
        self._painter.painted.connect(self._keep)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.renew)
        hub.changed.connect(self._heard)

    @property
    def map(self) -> PagesMap | None:
        """The pages of the state laid out last; ``None`` before the first."""
        return None if self._preview is None else self._preview.map

    @property
    def preview(self) -> PrintPreview | None:
        """The document laid out last; its pages may be asked for from any thread until a newer one is there."""
        return self._preview

    @property
    def edition(self) -> Edition | None:
        """The edition laid out last."""
        return None if self._preview is None else self._preview.edition

    @property
    def busy(self) -> bool:
        """Whether pages are being laid out, or soon will be."""
        return self._job is not None or self._laying.active or self._timer.isActive()

    @property
    def stale(self) -> bool:
        """Whether the book has changed since the state laid out last."""
        return self._stale

    def watch(self, widget: QWidget) -> None:
        """A widget begins to show pages: from now on they are kept up to date."""
        self._watchers.setdefault(widget, ())
        if self._stale and self._job is None:
            self.renew()

    def unwatch(self, widget: QWidget) -> None:
        """A widget shows pages no longer."""
        if self._watchers.pop(widget, None) is not None:
            self._order()

    def want(self, widget: QWidget, keys: Sequence[TileKey]) -> None:
        """The pieces a widget shows and has not got, the most urgent first."""
        if widget in self._watchers and self._watchers[widget] != keys:
            self._watchers[widget] = keys
            self._order()

    def renew(self) -> None:
        """Lay the pages out as the book stands now, in the background."""
        if self._over:
            return
        self._timer.stop()
        if self._job is not None or self._laying.active:
            return  # begun anew when it is done
        self._stale = False
        self._laying.begin(self._hub.desk.lay_out(), self._print, lambda: self.setting.emit(False))
        self.setting.emit(True)

    def _print(self) -> None:
        from xinfang_desk.flow import preview

        if self._stale or self._hub.desk.trial is not None:
            self._stale = True
            self._go_on()  # there was an edit meanwhile
            return
        edition = preview.frozen(self._hub.desk)
        touched, self._touched = frozenset(self._touched), set()
        self._job = job = Job(lambda _: preview.PrintPreview(edition), self)
        job.done.connect(lambda made: self._done(made, touched))
        job.failed.connect(self._failed)
        job.start()

    def stop(self) -> None:
        """The book is being closed: end the work and give the memory back. Pages being laid out just now take a third
        of a second: they are let go, and thrown away when they come."""
        self._over = True
        self._timer.stop()
        self._laying.stop()
        self._painter.stop()
        if self._job is not None:
            job, self._job = self._job, None
            job.leave()
        self._watchers.clear()
        if self._preview is not None:
            self._preview.close()
            self._preview = None
        self.tiles.clear()

    # ---- inside ----

    def _heard(self, outcome: Outcome) -> None:
        self._stale = True
        self._touched |= outcome.cells
        if self._watchers and not self._over:
            self._timer.start()
            self.setting.emit(True)

    def _done(self, made: PrintPreview, touched: frozenset[CellAddress]) -> None:
        self._end_job()
        if self._over:
            made.close()
            return
        former, self._preview = self._preview, made
        self.fresh = touched if former is not None else frozenset()
        self.generation += 1
        self._painter.use(made, self.generation)
        # The painter has dropped what was asked of the former state. Who still lacks the very same pieces asks again
        # only where nothing is noted for him: his pages stayed blank for ever.
        self._watchers = dict.fromkeys(self._watchers, ())
        if former is not None:
            former.close()
        self.renewed.emit()
        self._go_on()

    def _failed(self, error: BaseException) -> None:
        from xinfang_desk.flow.errors import DeskError

        self._end_job()
        if not isinstance(error, DeskError):
            raise error
        if not self._over:
            self.failed.emit(str(error))
            self._go_on()

    def _end_job(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None

    def _go_on(self) -> None:
        """Edits that came meanwhile are laid out next, after a pause."""
        if self._stale and self._watchers and not self._timer.isActive():
            self._timer.start()
        self.setting.emit(self.busy)

    def _order(self) -> None:
        self._painter.want([key for keys in self._watchers.values() for key in keys])

    def _keep(self, key: TileKey, tile: Tile) -> None:
        self._painter.taken(key)
        if self._over or tile.generation != self.generation:
            return
        self.tiles.put(key, tile)
        self.painted.emit(key)


def press_of(hub: Hub) -> Press:
    """The one press of an open book, made when first asked for."""
    found = hub.findChild(Press)
    return found if isinstance(found, Press) else Press(hub)
