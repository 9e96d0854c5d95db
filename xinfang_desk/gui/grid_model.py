"""The Qt model of an entry table, over any :class:`GridSource`."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from xinfang_desk.flow.grid import EntryRefused
from xinfang_desk.flow.outcome import Outcome
from xinfang_desk.flow.paste import Clipping, PastePlan
from xinfang_desk.gui.grid_shown import Filtering, ShownRows, Sorting
from xinfang_desk.gui.grid_source import GridSource
from xinfang_desk.gui.hearers import Hearers
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.spoken import entry_cell
from xinfang_desk.messages import marks
from xinfang_desk.model.change import Change
from xinfang_desk.model.pack import Severity

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
_NO_INDEX = QModelIndex()
_RIGHT = frozenset({"money", "count"})
_NARROW = [ROLE.DisplayRole]
# Joined once: a view asks for the flags of each cell it paints.
_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITABLE = _SHOWN | Qt.ItemFlag.ItemIsEditable


class GridModel(QAbstractTableModel):
    """Rows of the source and, where it can grow, one blank row below them.

    Row numbers here are those shown: the source's own, unless the clerk looks at the list sorted or filtered.
    What was typed and refused stays in its cell as a draft with its reason until it is mended or given up.
    """

    totals_changed = Signal()

    def __init__(self, hub: Hub, source: GridSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hub = hub
        self.source = source
        self.columns = source.columns
        self.totals_tried: Hearers[[]] = Hearers()
        """the sums move with a figure that is being typed"""
        self.in_lines: dict[str, str] = {}
        """headings broken into lines, for the room their columns have"""
        self.shown = ShownRows(source)
        self.drafts: dict[tuple[Hashable, int], tuple[str, str]] = {}
        self.marks: dict[tuple[Hashable, str], tuple[Severity, str]] = {}
        self.lit: set[tuple[Hashable, str]] = set()
        hub.changed.connect(self._heard)
        hub.unit_changed.connect(self._repaint_all)
        self._hears_keys = False
        self.hear_keys(True)

    # ---- Qt's questions ----

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        if parent.isValid():
            return 0
        return len(self.shown) + (1 if self.has_blank_row else 0)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == ROLE.DisplayRole:
            return self.look(row, column)[0]
        if role == ROLE.EditRole:
            return self.start_text(row, column)
        if role == ROLE.ToolTipRole:
            return self.reason(row, column) or self.source.text(self.shown.source_row(row), column) or None
        if role == ROLE.AccessibleTextRole:
            spec = self.columns[column]
            unit = self.hub.desk.money_unit.value if spec.type == "money" else ""
            return entry_cell(row + 1, spec.title, self.look(row, column)[0], unit=unit,
                              reason=self.reason(row, column))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            spec = self.columns[section]
            if role == ROLE.DisplayRole:
                heading = self.heading(section)
                return self.in_lines.get(heading, heading)
            if role == ROLE.AccessibleTextRole:
                return self.heading(section)
            if role == ROLE.ToolTipRole:
                return marks.SAID_OF.format(name=spec.title, text=spec.help) if spec.help else spec.title
            return None
        if role == ROLE.DisplayRole:
            return marks.NEW_ROW if section >= len(self.shown) else str(self.shown.source_row(section) + 1)
        return None

    def heading(self, column: int) -> str:
        """A column's title, with a sign where the list is looked at by it."""
        sorting = self.shown.sorting
        sign = "" if sorting is None or sorting.column != column else " ▼" if sorting.descending else " ▲"
        return self.title(column) + sign

    def flags(self, index: Index) -> Qt.ItemFlag:
        editable = index.isValid() and self.editable(index.row(), index.column())
        return _EDITABLE if editable else _SHOWN

    # ---- what the delegate paints and edits ----

    @property
    def has_blank_row(self) -> bool:
        """Whether a new row can be typed below the last."""
        return self.source.growable and not self.hub.desk.read_only

    def look(self, row: int, column: int) -> tuple[str, bool, str]:
        """Text, whether it stands at the right, and its tone ('', draft, computed, error, warning, hint, lit)."""
        spec = self.columns[column]
        right = spec.type in _RIGHT
        if self.shown.order is not None:
            row = self.shown.source_row(row)
        key = self.source.key(row)
        if self.drafts:
            draft = self.drafts.get((key, column))
            if draft is not None:
                return draft[0], right, "draft"
        text = self.source.text(row, column)
        if (self.marks or self.lit) and key is not None:
            mark = self.marks.get((key, spec.field))
            if mark is not None:
                return text, right, mark[0].value
            if (key, spec.field) in self.lit:
                return text, right, "lit"
        return text, right, "computed" if spec.type == "computed" else ""

    def start_text(self, row: int, column: int) -> str:
        """What an editor starts with: the refused text where there is one."""
        row = self.shown.source_row(row)
        draft = self.drafts.get((self.source.key(row), column))
        return draft[0] if draft else self.source.start_text(row, column)

    def ghost(self, row: int, column: int) -> str:
        """What a blank cell asks for, shown pale; '' for nothing."""
        ask = getattr(self.source, "ghost", None)
        return ask(row, column) if ask is not None else ""

    def phrase_address(self, row: int, column: int) -> str:
        """The address of the reason or longer text a cell holds, for which phrases are offered; '' for none."""
        ask = getattr(self.source, "phrase_address", None)
        return ask(row, column) if ask is not None else ""

    def reason(self, row: int, column: int) -> str:
        """Why the cell is marked, or ''."""
        key = self.key(row)
        draft = self.drafts.get((key, column))
        if draft:
            return draft[1]
        mark = self.marks.get((key, self.columns[column].field))
        return mark[1] if mark else ""

    def title(self, column: int) -> str:
        """The heading of a column, with the unit of its amounts."""
        spec = self.columns[column]
        return marks.WITH.format(name=spec.title, detail=self.hub.desk.money_unit.value) if spec.type == "money" else spec.title

    def key(self, row: int) -> Hashable:
        """What tells the row from others, ``None`` for the blank one."""
        return self.source.key(self.shown.source_row(row))

    def editable(self, row: int, column: int) -> bool:
        """Whether the cell can be typed into."""
        return self.source.editable(self.shown.source_row(row), column)

    def locked(self, row: int, column: int) -> str:
        """Why the cell takes nothing, or ''."""
        return self.source.locked(self.shown.source_row(row), column)

    def copied(self, row: int, column: int) -> str:
        """What the cell gives to the clipboard."""
        draft = self.drafts.get((self.key(row), column))
        return draft[0] if draft else self.source.copied(self.shown.source_row(row), column)

    # ---- order and filter ----

    def order_by(self, sorting: Sorting | None) -> None:
        """Look at the rows by a column, or as they are."""
        self.shown.sorting = sorting
        self._look()

    def filter(self, filtering: Filtering) -> None:
        """Show only rows that fit."""
        self.shown.filtering = filtering
        self._look()

    def totals(self) -> dict[int, str]:
        """The sums of the rows shown."""
        return self.source.totals(self.shown.order if self.shown.hidden else None)

    def _look(self) -> None:
        self.beginResetModel()
        self.shown.look()
        self.endResetModel()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self.totals_changed.emit()

    # ---- editing ----

    def prepare(self, row: int) -> None:
        """A cell of the row is about to be typed in."""
        self.source.prepare(self.shown.source_row(row))

    def plan(self, row: int, columns: Sequence[int], clip: Clipping) -> PastePlan:
        """What laying a block over the shown rows and the given columns would do; past the last row, rows are added."""
        count, shown = self.source.count(), len(self.shown)
        rows = [self.shown.source_row(at) if at < shown else count + at - shown
                for at in range(row, row + len(clip.rows))]
        plan = self.source.paste(rows, columns, clip)
        titles = tuple(self.columns[column].title for column in columns)
        return replace(plan, titles=titles, lines=tuple(at + 1 for at in rows))

    def clear(self, cells: Sequence[tuple[int, int]]) -> bool:
        """Blank cells and give up what was refused in them."""
        for row, column in cells:
            self.drop_draft(row, column)
        return self.apply(self.source.clear(self._behind(cells)))

    def fill_down(self, cells: Sequence[tuple[int, int]]) -> bool:
        """Repeat the topmost of the given cells of each column in those below it."""
        tops: dict[int, int] = {}
        for row, column in sorted(cells):
            tops.setdefault(column, self.shown.source_row(row))
        return self.apply(self.source.fill_down(self._behind(cells), tops))

    def insert(self, row: int) -> bool:
        """Put a blank row before a shown one."""
        return self.apply(self.source.insert(self.shown.source_row(row)))

    def delete(self, rows: Sequence[int]) -> bool:
        """Take shown rows out."""
        return self.apply(self.source.delete(self.behind_rows(rows)))

    def behind_rows(self, rows: Sequence[int]) -> list[int]:
        """The rows of the source behind shown ones, without the blank one."""
        return sorted(self.shown.source_row(row) for row in rows if row < len(self.shown))

    def _behind(self, cells: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(self.shown.source_row(row), column) for row, column in cells if row < len(self.shown)]

    def check(self, row: int, column: int, text: str) -> str:
        """Why the text cannot stand in the cell, or ''."""
        row = self.shown.source_row(row)
        if text == self.source.start_text(row, column):
            return ""
        try:
            self.source.change(row, column, text)
        except EntryRefused as refused:
            return refused.reason
        return ""

    def try_text(self, row: int, column: int, text: str) -> str:
        """Show what the text typed so far would move. Returns why it could not stand in the cell, or ''."""
        row = self.shown.source_row(row)
        try:
            self.hub.try_out(None if text == self.source.start_text(row, column) else
                             self.source.change(row, column, text))
        except EntryRefused as refused:
            self.hub.take_back()
            return refused.reason
        return ""

    def commit(self, row: int, column: int, text: str) -> str:
        """Put typed text into the cell. Returns the reason where it is refused; the text stays as a draft then."""
        shown, row = row, self.shown.source_row(row)
        key = (self.source.key(row), column)
        had_draft = self.drafts.pop(key, None) is not None
        before = self.source.count()
        if text != self.source.start_text(row, column):
            try:
                change = self.source.change(row, column, text)
            except EntryRefused as refused:
                self.drafts[key] = (text, refused.reason)
                self._repaint([shown])
                return refused.reason
            self.hub.do(change)
            if change is None and self.source.count() != before:
                self.reset()
        if had_draft:
            self._repaint([shown])
        return ""

    def drop_draft(self, row: int, column: int) -> None:
        """Give up a refused text."""
        if self.drafts.pop((self.key(row), column), None):
            self._repaint([row])

    def apply(self, change: Change | None) -> bool:
        """Carry out a change made by the source."""
        return change is not None and self.hub.do(change)

    # ---- staying live ----

    def set_marks(self, marks: dict[tuple[Hashable, str], tuple[Severity, str]]) -> None:
        """Mark the cells findings point at."""
        if marks != self.marks:
            self.marks = marks
            self._repaint_all()

    def set_lit(self, cells: Iterable[tuple[Hashable, str]]) -> None:
        """Light up cells, and only these."""
        wanted = set(cells)
        if wanted != self.lit:
            self.lit = wanted
            self._repaint_all()

    def reset(self) -> None:
        """Show everything anew."""
        self.beginResetModel()
        self.source.refresh()
        self.shown.look()
        self.endResetModel()
        self.totals_changed.emit()

    def hear_keys(self, hears: bool) -> None:
        """Whether the sums follow each key of a figure that is being typed; no longer, for what nobody sees."""
        if hears is not self._hears_keys:
            self._hears_keys = hears
            (self.hub.tried.connect if hears else self.hub.tried.disconnect)(self._tried)
            if hears:
                self.totals_tried.emit()

    def _tried(self, outcome: Outcome) -> None:
        if self.source.moved_by(outcome.change):
            self.totals_tried.emit()

    def _heard(self, outcome: Outcome) -> None:
        before = len(self.shown)
        effect = self.source.effect(outcome)
        if effect.reset:
            self._rows_moved(before)
        elif effect.rows and self.shown.order is not None:
            self._repaint([at for at in map(self.shown.shown_row, effect.rows) if at is not None], effect.columns)
        elif effect.rows:
            self._repaint(effect.rows, effect.columns)
        if effect.reset or effect.rows:
            self.totals_changed.emit()

    def _rows_moved(self, before: int) -> None:
        self.shown.follow()
        now = len(self.shown)
        if now == before + 1:  # keeps selection, scroll place and open editors elsewhere
            # It is a blank row that has come, below: the row that was typed in stays where the cursor is.
            at = before + self.has_blank_row
            self.beginInsertRows(_NO_INDEX, at, at)
            self.endInsertRows()
            self._repaint_all()
        else:
            self.beginResetModel()
            self.endResetModel()

    def _repaint(self, rows: Iterable[int], columns: Sequence[int] = ()) -> None:
        wanted = list(rows)
        if len(wanted) > 4:
            self._repaint_all()
            return
        # Cell by cell: a view repaints all it shows for any range of more than one.
        for row in wanted:
            for column in columns or range(len(self.columns)):
                cell = self.index(row, column)
                self.dataChanged.emit(cell, cell, _NARROW)

    def _repaint_all(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1), _NARROW)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
            self.totals_changed.emit()
