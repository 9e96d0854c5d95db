"""The pages as they will print, one under the other; figures on them can be pointed at and followed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from xinfang_desk.gui import pages_layout as layout
from xinfang_desk.gui.appearance import ZOOMS_ITSELF
from xinfang_desk.gui.page_painter import TileKey
from xinfang_desk.gui.pages_layout import Desktop, Fit, Placed
from xinfang_desk.gui.press import Press
from xinfang_desk.gui.spot_words import leads_back, wrapped
from xinfang_desk.gui.theme import colour, paper_colour
from xinfang_desk.messages import preview as words
from xinfang_desk.model.pages import FigureSpot, PagesMap
from xinfang_desk.model.sheet import CellAddress

_LINE = 40
_NOWHERE = Desktop((), 0, 0)


class PagesView(QAbstractScrollArea):
    """``chosen``: a figure was clicked (or Enter pressed on it); ``pointed``: the figure under the mouse or the
    keyboard's cursor, ``None`` when it is left; ``turned``: the page in view; ``zoomed``: the zoom is another."""

    chosen = Signal(object)
    pointed = Signal(object)
    turned = Signal(int)
    zoomed = Signal()

    def __init__(self, press: Press, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.press = press
        self.zoom: Fit | int = "width"
        self.columns = 1
        self.page = 0
        self.current: FigureSpot | None = None
        self.lit: frozenset[CellAddress] = frozenset()
        self.lit_address = ""
        self.tell: Callable[[FigureSpot], str] = lambda spot: spot.text  # what a figure is, for the hover
        self._desktop = _NOWHERE
        self._hover: FigureSpot | None = None
        self._pressed: FigureSpot | None = None
        self._awaited: tuple[int, float] | None = None
        self._trouble = ""
        self._lacking = 0
        self.setObjectName("desktop")
        self.setAccessibleName(words.VIEW)
        self.setAccessibleDescription(words.VIEW_HELP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setProperty(ZOOMS_ITSELF, True)
        self.verticalScrollBar().setSingleStep(_LINE)
        self.horizontalScrollBar().setSingleStep(_LINE)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._scrolled())
        press.renewed.connect(self._renewed)
        press.painted.connect(self._painted)
        press.failed.connect(self._failed)

    # ---- going about ----

    @property
    def map(self) -> PagesMap | None:
        """The pages shown."""
        return self.press.map

    @property
    def complete(self) -> bool:
        """Whether every piece in view was there, as the document stands, when it was painted last."""
        return self.map is not None and not self._lacking

    def set_zoom(self, zoom: Fit | int) -> None:
        """Fit the width, fit whole pages, or a percentage; what is in the middle stays in the middle."""
        if not isinstance(zoom, str):
            zoom = max(layout.LEAST, min(layout.MOST, zoom))
        if zoom != self.zoom:
            self.zoom = zoom
            self._arrange(held=0.5)
            self.zoomed.emit()

    def zoom_by(self, by: int) -> None:
        """The next larger (1) or smaller (-1) step."""
        now = self.percent()
        steps = [step for step in layout.STEPS if (step > now + 0.5 if by > 0 else step < now - 0.5)]
        if steps:
            self.set_zoom(steps[0] if by > 0 else steps[-1])

    def percent(self) -> float:
        """How large the page in view is shown."""
        if not self._desktop.pages:
            return 100.0
        scale = self._desktop.pages[self.page].scale / 1000
        return scale / self.devicePixelRatioF() / layout.PIXELS_A_POINT * 100

    def set_columns(self, columns: int) -> None:
        """One page under the other, or two side by side."""
        if columns != self.columns:
            self.columns = columns
            self._arrange()

    def go_to(self, page: int, top: float = 0.0) -> None:
        """Show a page from ``top`` (points from its upper edge) on. Before the first laying-out: then."""
        if not self._desktop.pages or not self.isVisible():
            self._awaited = (page, top)
            return
        place = self._desktop.pages[max(0, min(page, len(self._desktop.pages) - 1))]
        down = top * place.scale / 1000 / self.devicePixelRatioF()
        self.verticalScrollBar().setValue(round(place.y + down - layout.GAP))
        self._see(place.page)

    def light(self, cells: Iterable[CellAddress], address: str = "") -> bool:
        """Light up cells, and what stands at an address, wherever they are printed, and show the first. Returns
        whether anything is printed at all."""
        wanted = tuple(cells)
        self.lit, self.lit_address = frozenset(wanted), address
        self.viewport().update()
        pages = self.map
        if pages is None:
            return False
        first = next((spot for cell in wanted for spot in pages.of(cell)), None)
        if first is None:
            first = next((spot for spot in pages.spots if self._is_lit(spot)), None)
        if first is not None:
            self.show_spot(first)
        return first is not None

    def show_spot(self, spot: FigureSpot) -> None:
        """Scroll to where a spot can be seen, no further than needed."""
        box = self._box_of(spot)
        if box is None:
            return
        view = QRectF(QPointF(0, 0), QSizeF(self.viewport().size()))
        if not view.adjusted(0, _LINE, 0, -_LINE).contains(box):
            down, across = self.verticalScrollBar(), self.horizontalScrollBar()
            down.setValue(round(down.value() + box.center().y() - view.height() / 2))
            across.setValue(round(across.value() + box.center().x() - view.width() / 2))
        self._see(spot.page)

    def step(self, by: int) -> None:
        """The cursor to the next (1) or previous (-1) figure, from the page in view on."""
        pages, edition = self.map, self.press.edition
        if pages is None or edition is None:
            return
        current = self.current
        spots = pages.spots
        at = spots.index(current) if current in spots else None
        if at is None or (current is not None and current.page != self.page):
            order = [n for n, spot in enumerate(spots) if (spot.page >= self.page if by > 0 else spot.page <= self.page)]
        else:
            order = list(range(at + 1, len(spots)) if by > 0 else range(at))
        for number in order if by > 0 else reversed(order):
            if spots[number].text.strip() and leads_back(spots[number], edition):
                self._point(spots[number])
                self.show_spot(spots[number])
                return

    # ---- Qt ----

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._trouble = ""
        self.press.watch(self)
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.press.unwatch(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        zoom = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
        moves: dict[Qt.Key, Callable[[], object]] = {
                 Qt.Key.Key_Left: partial(self.step, -1), Qt.Key.Key_Right: partial(self.step, 1),
                 Qt.Key.Key_Up: lambda: bar.setValue(bar.value() - _LINE),
                 Qt.Key.Key_Down: lambda: bar.setValue(bar.value() + _LINE),
                 Qt.Key.Key_PageUp: partial(self._turn, -1), Qt.Key.Key_PageDown: partial(self._turn, 1),
                 Qt.Key.Key_Home: lambda: self.go_to(0), Qt.Key.Key_End: lambda: self.go_to(10 ** 6),
                 Qt.Key.Key_Return: self._choose_current, Qt.Key.Key_Enter: self._choose_current}
        key = Qt.Key(event.key())
        if key in zoom and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.zoom_by(zoom[key])
        elif key in moves and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            moves[key]()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = self._spot_at(event.position())
        if spot is not self._hover:
            self._hover = spot
            shape = Qt.CursorShape.PointingHandCursor if spot else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.viewport().update()
            self.pointed.emit(spot)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self._hover is not None:
            self._hover = None
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pressed = self._spot_at(event.position()) if event.button() is Qt.MouseButton.LeftButton else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        spot, self._pressed = self._pressed, None
        if spot is not None and self._spot_at(event.position()) is spot:
            self._point(spot)
            self.chosen.emit(spot)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            spot = self._spot_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), wrapped(self.tell(spot)) if spot else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour("line_strong"))
        if self.map is None:
            painter.setPen(colour("text"))
            painter.drawText(self.viewport().rect().adjusted(20, 20, -20, -20),
                             Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._trouble or words.SETTING)
            painter.end()
            return
        missing: list[TileKey] = []
        for place in self._visible():
            missing += self._paint_page(painter, place)
        painter.end()
        self._lacking = len(missing)
        self.press.want(self, missing)

    # ---- inside: painting ----

    def _paint_page(self, painter: QPainter, place: Placed) -> list[TileKey]:
        """Paint what is there of a page; the pieces still missing."""
        assert self.map is not None
        page, ratio = self.map.pages[place.page], self.devicePixelRatioF()
        corner = self._corner(place)
        sheet = QRectF(corner, QSizeF(place.width, place.height))
        painter.fillRect(sheet.translated(1.5, 1.5), QColor(0, 0, 0, 40))
        painter.fillRect(sheet, QColor(255, 255, 255))  # paper is white, whatever the theme
        thumb = self.press.tiles.get(layout.thumb_of(page, place.page, ratio))
        view = QRectF(self.viewport().rect()).intersected(sheet).translated(-corner.x(), -corner.y())
        part = tuple(side * ratio for side in (view.left(), view.top(), view.right(), view.bottom()))
        missing = []
        pieces = layout.tiles_of(page, place.page, place.scale, part)  # type: ignore[arg-type]
        found = [(key, self.press.tiles.get(key)) for key in pieces]
        if thumb is not None and any(tile is None for _, tile in found):
            painter.drawImage(sheet, thumb.image)
        for key, tile in found:
            if tile is not None:
                box = QRectF(corner.x() + key.left / ratio, corner.y() + key.top / ratio,
                             key.width / ratio, key.height / ratio)
                painter.drawImage(box, tile.image)
            if tile is None or tile.generation != self.press.generation:
                missing.append(key)
        self._paint_marks(painter, place)
        return missing

    def _paint_marks(self, painter: QPainter, place: Placed) -> None:
        """Lit cells, cells moved by the last edits, and the figure pointed at."""
        assert self.map is not None
        for spot in self.map.on(place.page):
            lit = self._is_lit(spot)
            if not lit and spot.cell not in self.press.fresh:
                continue
            # Paper is white, whatever the theme: what is marked on it has the light colours.
            tone = QColor(paper_colour("lit" if lit else "flash"))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(self._box(spot, place), tone)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            if lit:
                painter.setPen(QPen(paper_colour("accent"), 1))
                painter.drawRect(self._box(spot, place))
        for one, width in ((self._hover, 1), (self.current if self.hasFocus() else None, 2)):
            if one is not None and one.page == place.page:
                painter.setPen(QPen(paper_colour("accent"), width))
                painter.drawRect(self._box(one, place))

    def _is_lit(self, spot: FigureSpot) -> bool:
        if self.lit_address and spot.address:
            begins = spot.address.startswith(self.lit_address.removesuffix("*").rstrip("."))
            return begins or spot.cell in self.lit
        return spot.cell in self.lit or any(cell in self.lit for cell in spot.cells)

    def _corner(self, place: Placed) -> QPointF:
        """The upper left corner of a page in the view, on a whole device pixel so that its picture stays crisp."""
        ratio = self.devicePixelRatioF()
        x = place.x - self.horizontalScrollBar().value()
        y = place.y - self.verticalScrollBar().value()
        return QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio)

    def _box(self, spot: FigureSpot, place: Placed) -> QRectF:
        unit = place.scale / 1000 / self.devicePixelRatioF()
        return QRectF(spot.x * unit, spot.y * unit, spot.width * unit, spot.height * unit).translated(self._corner(place))

    def _box_of(self, spot: FigureSpot) -> QRectF | None:
        if spot.page >= len(self._desktop.pages):
            return None
        return self._box(spot, self._desktop.pages[spot.page])

    def _visible(self) -> list[Placed]:
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        return [place for place in self._desktop.pages if place.y < bottom and place.y + place.height > top]

    # ---- inside: places ----

    def _spot_at(self, point: QPointF) -> FigureSpot | None:
        pages, edition = self.map, self.press.edition
        if pages is None or edition is None:
            return None
        for place in self._visible():
            corner = self._corner(place)
            unit = place.scale / 1000 / self.devicePixelRatioF()
            spot = pages.at(place.page, (point.x() - corner.x()) / unit, (point.y() - corner.y()) / unit)
            if spot is not None:
                return spot if leads_back(spot, edition) else None
        return None

    def _point(self, spot: FigureSpot) -> None:
        self.current = spot
        self.setAccessibleDescription(self.tell(spot))
        self.pointed.emit(spot)
        self.viewport().update()

    def _choose_current(self) -> None:
        if self.current is not None:
            self.chosen.emit(self.current)

    def _turn(self, by: int) -> None:
        """A screen further; so that no line is missed, a little less."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + by * max(_LINE, self.viewport().height() - _LINE))

    def _see(self, page: int) -> None:
        if page != self.page:
            self.page = page
            self.turned.emit(page)

    def _scrolled(self) -> None:
        """The page in view is the one that shows most of itself."""
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        seen = [(min(place.y + place.height, top + height) - max(place.y, top), -place.page)
                for place in self._visible()]
        if seen:
            self._see(-max(seen)[1])
        self.viewport().update()

    # ---- inside: arranging ----

    def _arrange(self, held: float = 0.0) -> None:
        """Place the pages anew; what stands at ``held`` of the view's height (0 top, 1 bottom) stays there."""
        pages = self.map
        if pages is None or not self.isVisible():
            self.viewport().update()
            return
        anchor = self._anchor(held)
        size = self.viewport().size()
        self._desktop = layout.arrange(pages.pages, self.zoom, self.columns, (size.width(), size.height()),
                                       self.devicePixelRatioF())
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setPageStep(size.height())
        across.setPageStep(size.width())
        down.setRange(0, max(0, round(self._desktop.height - size.height())))
        spare = max(0, round(self._desktop.width - size.width()))
        former = across.maximum()
        across.setRange(0, spare)
        if spare != former:
            across.setValue(spare // 2)
        self._return_to(anchor, held)
        if self._awaited is not None:
            awaited, self._awaited = self._awaited, None
            self.go_to(*awaited)
        self.viewport().update()

    def _anchor(self, held: float) -> tuple[int, float] | None:
        """The page that is held and how far down it that is, from 0 to 1."""
        line = self.verticalScrollBar().value() + self.viewport().height() * held
        for place in self._desktop.pages:
            if place.y + place.height + layout.GAP > line + 0.5:
                return place.page, (line - place.y) / place.height
        return None

    def _return_to(self, anchor: tuple[int, float] | None, held: float) -> None:
        if anchor is None or anchor[0] >= len(self._desktop.pages):
            return
        place = self._desktop.pages[anchor[0]]
        line = place.y + anchor[1] * place.height
        self.verticalScrollBar().setValue(round(line - self.viewport().height() * held))

    def _renewed(self) -> None:
        pages = self.map
        assert pages is not None
        self._trouble = ""
        self._hover = None
        if self.current is not None:
            cell, page = self.current.cell, self.current.page
            self.current = next((spot for spot in (pages.of(cell) if cell else ()) if spot.page == page), None)
        self._arrange()
        self._see(min(self.page, len(pages.pages) - 1))

    def _painted(self, key: TileKey) -> None:
        if self.isVisible() and any(place.page == key.page for place in self._visible()):
            self.viewport().update()

    def _failed(self, sentence: str) -> None:
        self._trouble = sentence
        self.viewport().update()
