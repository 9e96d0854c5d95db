"""Pictures of pages, painted piece by piece in a thread of their own and kept while there is room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Condition
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThread, Signal
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from xinfang_desk.flow.preview import PrintPreview

TILE = 768
"""Side of a piece in device pixels: painted in some 10 ms."""
_FINE = 1500
"""Below this scale pieces are painted at double size, in thousandths of a device pixel a point."""
_TINY = 300
"""Below this one, at four times the size."""
MOST_BYTES = 60 * 1024 * 1024
"""What all pictures together may take."""


@dataclass(frozen=True, slots=True)
class TileKey:
    """A piece of a page at a resolution: ``scale`` in thousandths of a device pixel a point; where it begins and
    how large it is, in device pixels."""

    page: int
    scale: int
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A painted piece, and which laying-out of the document it shows."""

    image: QImage
    generation: int


class TileCache:
    """Pieces in the order of their last use; the longest unused go first when they take more than the bound."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._tiles: OrderedDict[TileKey, Tile] = OrderedDict()
        self.bytes = 0

    def get(self, key: TileKey) -> Tile | None:
        """A piece, which thereby counts as used."""
        tile = self._tiles.get(key)
        if tile is not None:
            self._tiles.move_to_end(key)
        return tile

    def put(self, key: TileKey, tile: Tile) -> None:
        """Keep a piece in place of its former state."""
        old = self._tiles.pop(key, None)
        if old is not None:
            self.bytes -= old.image.sizeInBytes()
        self._tiles[key] = tile
        self.bytes += tile.image.sizeInBytes()
        while self.bytes > self._most and len(self._tiles) > 1:
            _, gone = self._tiles.popitem(last=False)
            self.bytes -= gone.image.sizeInBytes()

    def clear(self) -> None:
        """Let all go."""
        self._tiles.clear()
        self.bytes = 0


class PagePainter(QThread):
    """Paints what is wanted, in its order; what is no longer wanted is not painted at all."""

    painted = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._wanted: list[TileKey] = []
        self._preview: PrintPreview | None = None
        self._generation = 0
        self._over = False
        self._in_hand: set[TileKey] = set()
        self._bell = Condition()

    def use(self, preview: PrintPreview, generation: int) -> None:
        """Paint from this document from now on."""
        with self._bell:
            self._preview, self._generation = preview, generation
            self._wanted = []
            self._in_hand.clear()

    def want(self, keys: Sequence[TileKey]) -> None:
        """Paint these, in this order, and nothing else."""
        with self._bell:
            self._wanted = [key for key in keys if key not in self._in_hand]
            self._bell.notify()
        if keys and not self.isRunning() and not self._over:
            self.start(QThread.Priority.LowPriority)

    def taken(self, key: TileKey) -> None:
        """A painted piece has arrived where it was wanted; asked for again, it is painted again."""
        with self._bell:
            self._in_hand.discard(key)

    def stop(self) -> None:
        """Paint nothing more and end the thread."""
        with self._bell:
            self._over = True
            self._wanted = []
            self._bell.notify()
        self.wait()

    def run(self) -> None:
        """Qt calls this in the new thread."""
        while True:
            with self._bell:
                while not self._wanted and not self._over:
                    self._bell.wait()
                if self._over:
                    return
                key, preview, generation = self._wanted.pop(0), self._preview, self._generation
                self._in_hand.add(key)
            if preview is None:
                continue
            image = _painted(preview, key)
            if image is not None:
                self.painted.emit(key, Tile(image, generation))


def _painted(preview: PrintPreview, key: TileKey) -> QImage | None:
    """The picture of a piece; ``None`` where the document has been closed. Small type is painted larger and
    reduced: pdfium makes no stroke thinner than a pixel, which would smear bold figures and rules."""
    more = 4 if key.scale < _TINY else 2 if key.scale < _FINE else 1
    width, height = key.width * more, key.height * more
    pixels = preview.tile(key.page, key.scale * more / 1000, (key.left * more, key.top * more, width, height))
    if not pixels:
        return None
    image = QImage(pixels, width, height, width * 4, QImage.Format.Format_RGB32)
    if more == 1:
        return image.copy()  # the copy owns its pixels; the bytes may go
    return image.scaled(key.width, key.height, mode=Qt.TransformationMode.SmoothTransformation)
