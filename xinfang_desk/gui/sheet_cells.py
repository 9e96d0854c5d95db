"""Painting the cells of a filled table: all that are seen, or only those that read otherwise at a key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from xinfang_desk.gui.cell_text import LEFT, RIGHT, CellText
from xinfang_desk.gui.sheet_model import FLASH_STEPS

if TYPE_CHECKING:
    from xinfang_desk.gui.sheet_view import SheetView

Place = tuple[int, int]
FIGURES = frozenset({"money", "count", "percent"})
_SELECTED: int = QStyle.StateFlag.State_Selected.value
_FOCUSED: int = QStyle.StateFlag.State_HasFocus.value
_WRAPPED_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)


class SheetCells(QStyledItemDelegate):
    """One Python call paints a cell; ``view.wrap`` lets words take more lines."""

    def __init__(self, view: SheetView) -> None:
        super().__init__(view)
        self._view = view
        self._ink = view.ink
        self._texts: tuple[CellText, CellText] | None = None
        self._flash: tuple[QColor, list[QColor]] | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        sheet = self._view.sheet_model.sheet
        if sheet is None:
            return
        place = index.row(), index.column()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: int = option.state.value  # type: ignore[attr-defined]
        line = sheet.rows[place[0]]
        self._ground(painter, rect, place, bool(state & _SELECTED), line.level == 0)
        painter.setPen(self._ink("text"))
        texts = self._lettering()[line.bold]
        if line.bold:
            painter.setFont(texts.font)
        self._write(painter, rect, place, texts)
        if line.bold:
            painter.setFont(self._view.font())
        if state & _FOCUSED:
            painter.setPen(QPen(self._ink("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def paint_told(self, painter: QPainter, told: Iterable[tuple[Place, QRect]]) -> None:
        """Paint a few cells, as :meth:`paint` would, without the table being gone through for them: this is done at
        every key. Their ground is painted, the painter is held to them, and none has the focus."""
        view = self._view
        sheet = view.sheet_model.sheet
        if sheet is None:
            return
        chosen = view.selectionModel()
        some = chosen.hasSelection()
        plain, bold = self._lettering()
        heavy: list[tuple[Place, QRect]] = []
        painter.setPen(self._ink("text"))
        model = view.sheet_model
        marked = some or model.lit or model.flashing
        for place, rect in told:
            line = sheet.rows[place[0]]
            if marked or not line.level:
                self._ground(painter, rect, place, some and chosen.isSelected(model.index(*place)), not line.level)
            if line.bold:
                heavy.append((place, rect))
            else:
                self._write(painter, rect, place, plain)
        if heavy:
            painter.setFont(bold.font)
            for place, rect in heavy:
                self._write(painter, rect, place, bold)

    def _write(self, painter: QPainter, rect: QRect, place: Place, texts: CellText) -> None:
        model = self._view.sheet_model
        text, cell = model.text(*place), model.cell(*place)
        if not text or cell is None:
            return
        figure = cell.kind in FIGURES
        if self._view.wrap and not figure:
            painter.drawText(rect.adjusted(4, 0, -5, 0), _WRAPPED_LEFT, text)
        else:
            texts.draw(painter, rect, text, RIGHT if figure else LEFT, 4, 5)

    def _lettering(self) -> tuple[CellText, CellText]:
        """Of plain and of bold rows."""
        font = self._view.font()
        if self._texts is None or self._texts[0].font != font:
            heavy = QFont(font)
            heavy.setBold(True)
            self._texts = CellText(font), CellText(heavy)
        return self._texts

    def _ground(self, painter: QPainter, rect: QRect, place: Place, selected: bool, total: bool) -> None:
        model = self._view.sheet_model
        if place in model.lit:
            painter.fillRect(rect, self._ink("lit"))
        elif selected:
            painter.fillRect(rect, self._ink("accent_soft"))
        elif total:
            painter.fillRect(rect, self._ink("total"))
        left = model.flashing.get(place)
        if left is not None:
            painter.fillRect(rect, self._faded(left))

    def _faded(self, left: int) -> QColor:
        """The flash with so many steps left to go."""
        whole = self._ink("flash")
        if self._flash is None or self._flash[0] is not whole:
            made = [QColor(whole) for _ in range(FLASH_STEPS + 1)]
            for step, one in enumerate(made):
                one.setAlphaF(step / FLASH_STEPS)
            self._flash = whole, made
        return self._flash[1][left]


class ToldCells:
    """The cells of a view that read otherwise at a key: where they are is looked up once for all keys of a figure, and
    only they are painted."""

    def __init__(self, view: SheetView) -> None:
        self._view = view
        self._rects: dict[Place, QRect] = {}
        self._regions: dict[tuple[Place, ...], QRegion] = {}
        self._stale: set[Place] = set()
        self._asked: list[QRegion] = []
        for head in (view.horizontalHeader(), view.verticalHeader()):
            head.sectionResized.connect(self.forget)
        for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
            bar.valueChanged.connect(self.forget)
        view.sheet_model.modelReset.connect(self.forget)

    def forget(self) -> None:
        """Cells may stand elsewhere now."""
        self._rects.clear()
        self._regions.clear()
        self._stale.clear()
        self._asked.clear()

    def tell(self, places: Iterable[Place]) -> None:
        """Ask for cells to be painted."""
        told = tuple(places)
        region = self._regions.get(told)
        if region is None:
            region = self._regions[told] = self._region(told)
        self._stale.update(told)
        self._asked.append(region)
        self._view.viewport().update(region)

    def paint(self, event: QPaintEvent, cells: SheetCells) -> bool:
        """Paint what was asked for; ``False`` where anything else is to be painted too: then all of it is."""
        stale, asked, region = self._stale, self._asked, event.region()
        if not stale:
            return False
        self._stale, self._asked = set(), []
        wanted = asked[0]
        for more in asked[1:]:
            wanted = wanted.united(more)
        view = self._view
        if region != wanted or view.hasFocus():
            return False
        painter = QPainter(view.viewport())
        painter.fillRect(event.rect(), view.ink("base"))  # held to the region: the lines between stay
        cells.paint_told(painter, [(place, self._rects[place]) for place in stale if place in self._rects])
        painter.end()
        return True

    def _region(self, places: Iterable[Place]) -> QRegion:
        view, region = self._view, QRegion()
        seen = view.viewport().rect()
        for place in places:
            rect = self._rects[place] = view.visualRect(view.sheet_model.index(*place))
            region += rect & seen
        return region
