"""The program's own icons: SVG drawings of 16 x 16, filled with the theme's colours when they are painted.

In the files ``currentColor`` is the plain ink and ``var(--name, #rrggbb)`` a colour of the theme; both are also what a
browser understands, so that a drawing can be looked at as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from xinfang_desk.places import resources_dir

Ink = Callable[[str], str]
_TOKEN = re.compile(r"currentColor|var\(--(\w+)[^)]*\)")
_KEPT = 400
_pixmaps: dict[tuple[str, int, int, float, bool], QPixmap] = {}


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    return (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def coloured(name: str, ink: Ink, *, grey: bool = False) -> bytes:
    """The drawing with its colours put in; ``grey``: all in the colour of what cannot be used now."""

    def put(found: re.Match[str]) -> str:
        name = found.group(1) or "icon"
        ground = name == "base" or name.endswith("_soft")  # what a sign stands on stays, or its shape would be lost
        return ink("ghost" if grey and not ground else name)

    return _TOKEN.sub(put, _drawing(name)).encode()


def forget() -> None:
    """The colours are others now: paint everything anew."""
    _pixmaps.clear()


class LiveIcon(QIconEngine):
    """Asks for its colours whenever it has to be painted, so that icons already on buttons follow the theme."""

    def __init__(self, name: str, ink: Ink) -> None:
        super().__init__()
        self._name = name
        self._ink = ink

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        # Not painter.device(): what a painter hands out counts to PySide as its child, and is declared deleted with it
        # when this call returns. It is the widget being painted, with all that is in it.
        app = QGuiApplication.instance()
        ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
        painter.drawPixmap(rect.topLeft(), self.scaledPixmap(rect.size(), mode, state, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        grey = mode == QIcon.Mode.Disabled
        key = (self._name, size.width(), size.height(), scale, grey)
        found = _pixmaps.get(key)
        if found is None:
            if len(_pixmaps) > _KEPT:
                _pixmaps.clear()
            found = _pixmaps[key] = self._drawn(size, scale, grey)
        return found

    def key(self) -> str:
        return "xinfang"

    def clone(self) -> QIconEngine:
        return LiveIcon(self._name, self._ink)

    def _drawn(self, size: QSize, scale: float, grey: bool) -> QPixmap:
        picture = QPixmap(QSize(round(size.width() * scale), round(size.height() * scale)))
        picture.fill(Qt.GlobalColor.transparent)
        side = min(picture.width(), picture.height())
        at = QPoint((picture.width() - side) // 2, (picture.height() - side) // 2)
        painter = QPainter(picture)
        QSvgRenderer(QByteArray(coloured(self._name, self._ink, grey=grey))).render(
            painter, QRectF(at.x(), at.y(), side, side))
        painter.end()
        picture.setDevicePixelRatio(scale)
        return picture
