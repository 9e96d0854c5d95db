"""What stands behind an entry table: records of a list, rows of a table-valued fact, last year's figures.

Without Qt: each source answers with texts and turns typed text into a :class:`Change`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from xinfang_desk.flow import grid, grid_order, paste
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.grid import GridColumn
from xinfang_desk.flow.outcome import Outcome
from xinfang_desk.messages import tables as words
from xinfang_desk.messages import window as t
from xinfang_desk.model.change import Change, Delete, Insert, RecordSpace, SetField, Step
from xinfang_desk.model.ledger import Record
from xinfang_desk.model.money import MoneyUnit, format_amount

_INHERITED: dict[str, tuple[str, ...]] = {"lines": ("function", "fund", "project"), "indicators": ("project", "level1"),
                                          "purchases": ("fund",)}
"""Fields a new row takes over from the row above it: a clerk types blocks of like rows."""
_NOT_SUMMED = frozenset({"price"})


@dataclass(frozen=True, slots=True)
class Effect:
    """What an edit means for a shown list: everything anew, or only these rows (of them only ``columns``, where any
    are named)."""

    reset: bool = False
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()


NO_EFFECT = Effect()
RESET = Effect(reset=True)


class GridSource(Protocol):
    """A list with columns. A row number equal to ``count()`` is the blank row where a new one is typed."""

    columns: tuple[GridColumn, ...]
    growable: bool
    orderly: bool
    """whether its rows have an order of the clerk's own: can be inserted, duplicated and moved"""
    keyed: bool
    """whether the key of a row stays its own while others come and go"""
    name: str

    def count(self) -> int:
        """How many rows there are."""

    def key(self, row: int) -> Hashable:
        """What stays the same about a row while others come and go."""

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""

    def start_text(self, row: int, column: int) -> str:
        """What the cell's editor starts with."""

    def editable(self, row: int, column: int) -> bool:
        """Whether the cell can be typed into."""

    def locked(self, row: int, column: int) -> str:
        """Why the cell takes nothing, in one sentence; '' where it can be typed into."""

    def copied(self, row: int, column: int) -> str:
        """What the cell gives to the clipboard: as shown, but with every 分 that is there."""

    def sortable(self, row: int, column: int) -> int | str | None:
        """What the cell is sorted by; ``None`` for a blank one."""

    def change(self, row: int, column: int, text: str) -> Change | None:
        """The change that typing means; ``None`` for none. Raises :class:`EntryRefused`."""

    def insert(self, row: int) -> Change | None:
        """The change that puts a new row before ``row``."""

    def delete(self, rows: Sequence[int]) -> Change | None:
        """The change that takes rows out."""

    def clear(self, cells: Sequence[tuple[int, int]]) -> Change | None:
        """The change that blanks cells."""

    def fill_down(self, cells: Sequence[tuple[int, int]], tops: Mapping[int, int]) -> Change | None:
        """The change that repeats in the given cells what stands in the row ``tops`` names for their column."""

    def paste(self, rows: Sequence[int], columns: Sequence[int], clip: paste.Clipping) -> paste.PastePlan:
        """What laying a block over the list would do; ``rows``: where each of its rows goes, ``count()`` and above for
        new ones; ``columns``: likewise for the cells of a row, as many as there are."""

    def duplicate(self, rows: Sequence[int]) -> Change | None:
        """The change that puts a copy of each row below the last of them."""

    def arrange(self, order: Sequence[int], label: str) -> Change | None:
        """The change that brings the rows into ``order`` (all row numbers, each once); ``None`` where they are so."""

    def totals(self, rows: Sequence[int] | None = None) -> dict[int, str]:
        """The sums printed under the list, by column; over some rows only where ``rows`` says which."""

    def moved_by(self, change: Change) -> bool:
        """Whether a figure being typed moves the sums under the list."""

    def effect(self, outcome: Outcome) -> Effect:
        """What an edit (already carried out) means here."""

    def refresh(self) -> None:
        """Read everything anew."""

    def prepare(self, row: int) -> None:
        """A cell of the row is about to be typed in: make ready what its edit will move."""

    def recent(self, column: int) -> tuple[str, ...]:
        """Codes used in this column, the latest first."""


class RecordSource:
    """A list of records of the year, possibly only those that fit ``shows``."""

    growable = True
    orderly = True
    keyed = True

    def __init__(self, desk: Desk, space: RecordSpace, columns: tuple[GridColumn, ...], name: str,
                 shows: Callable[[Record], bool] | None = None,
                 defaults: Callable[[], dict[str, Any]] | None = None) -> None:
        self.columns = columns
        self.name = name
        self.space: RecordSpace = space
        self._desk = desk
        self._shows = shows or (lambda record: True)
        self._defaults = defaults or (lambda: {})
        self.ids: list[int] = []
        self._rows: dict[int, int] = {}
        self._sums: dict[int, int | None] = {}
        self._part: tuple[Sequence[int], frozenset[int], dict[int, int | None]] | None = None
        self._started: tuple[Any, int, MoneyUnit, str] | None = None
        self.refresh()

    def records(self) -> dict[int, Any]:
        """All records of the list by id, shown or not."""
        return getattr(self._desk.year, self.space)  # type: ignore[no-any-return]

    def record(self, row: int) -> Any:
        """The record of a shown row."""
        return self.records()[self.ids[row]]

    def row_of(self, record_id: int) -> int | None:
        """The shown row of a record."""
        return self._rows.get(record_id)

    def column_of(self, field: str) -> int | None:
        """The column of a field."""
        return next((j for j, column in enumerate(self.columns) if column.field == field), None)

    def count(self) -> int:
        return len(self.ids)

    def key(self, row: int) -> Hashable:
        return self.ids[row] if row < len(self.ids) else None

    def text(self, row: int, column: int) -> str:
        if row >= len(self.ids):
            return ""
        desk = self._desk
        return grid.cell_text(self.record(row), self.columns[column], desk.codes, desk.money_unit, desk.year)

    def phrase_address(self, row: int, column: int) -> str:
        """A column of reasons: why a target was missed."""
        return "deviation" if self.columns[column].field == "deviation" and row < len(self.ids) else ""

    def start_text(self, row: int, column: int) -> str:
        if row >= len(self.ids):
            return ""
        spec = self.columns[column]
        if spec.type in ("project", "choice"):
            return self.text(row, column)
        record, unit = self.record(row), self._desk.money_unit
        known = self._started  # asked for again at every key of an open editor
        if known is None or known[0] is not record or known[1:3] != (column, unit):
            known = self._started = record, column, unit, grid.edit_text(record, spec, unit)
        return known[3]

    def editable(self, row: int, column: int) -> bool:
        return not self._desk.read_only and self.columns[column].type != "computed"

    def locked(self, row: int, column: int) -> str:
        if self._desk.read_only:
            return words.LOCKED_BOOK
        spec = self.columns[column]
        return words.LOCKED_COMPUTED.format(column=spec.title) if spec.type == "computed" else ""

    def copied(self, row: int, column: int) -> str:
        if row < len(self.ids) and self.columns[column].type == "money":
            return exact_amount(getattr(self.record(row), self.columns[column].field), self._desk.money_unit)
        return self.text(row, column)

    def sortable(self, row: int, column: int) -> int | str | None:
        value: Any = getattr(self.record(row), self.columns[column].field)
        match self.columns[column].type:
            case "choice":
                return next((i for i, (item, _) in enumerate(self.columns[column].choices) if item == value), None)
            case "flag":
                return 0 if value else 1
            case "project":
                return self.text(row, column)
            case _:
                return value if isinstance(value, int | str) else None

    def change(self, row: int, column: int, text: str) -> Change | None:
        desk = self._desk
        spec = self.columns[column]
        if row < len(self.ids):
            return grid.set_cell(desk.year, self.space, self.ids[row], spec, text, desk.codes, desk.money_unit)
        value = grid.parse_cell(text, spec, desk.codes, desk.money_unit, desk.year)
        if value in (None, "", False):
            return None
        record = self._filled(self._blank(row), spec.field, value)
        return Change(t.ROW_ADDED.format(name=self.name), (Insert(self.space, record, len(self.records())),))

    def insert(self, row: int) -> Change | None:
        position = self._position(row)
        record = self._blank(row)
        return Change(t.ROW_ADDED.format(name=self.name), (Insert(self.space, record, position),))

    def delete(self, rows: Sequence[int]) -> Change | None:
        doomed = {self.ids[row] for row in rows if row < len(self.ids)}
        if not doomed:
            return None
        steps: list[Step] = []
        if self.space == "projects":
            steps += self._delete_children(doomed)
        order = list(self.records())
        steps += [Delete(self.space, self.records()[id_], position)
                  for position, id_ in reversed(list(enumerate(order))) if id_ in doomed]
        return Change(t.ROWS_DELETED.format(count=len(doomed), name=self.name), tuple(steps))

    def clear(self, cells: Sequence[tuple[int, int]]) -> Change | None:
        steps: list[Step] = []
        for row, column in cells:
            if row < len(self.ids) and self.columns[column].type not in ("choice", "computed"):
                steps += self._steps(self.record(row), self.columns[column], "")
        return Change(t.CLEARED, tuple(steps)) if steps else None

    def fill_down(self, cells: Sequence[tuple[int, int]], tops: Mapping[int, int]) -> Change | None:
        steps: list[Step] = []
        for row, column in sorted(cells):
            top = tops[column]
            if row != top and max(row, top) < len(self.ids) and self.columns[column].type != "computed":
                field = self.columns[column].field
                value = getattr(self.record(top), field)
                steps += grid.field_steps(self._desk.year, self.space, self.record(row), field, value,
                                          self._desk.codes)
        return Change(words.FILLED_DOWN, tuple(steps)) if steps else None

    def paste(self, rows: Sequence[int], columns: Sequence[int], clip: paste.Clipping) -> paste.PastePlan:
        desk = self._desk
        ids = [self.ids[row] if row < len(self.ids) else None for row in rows]
        return paste.plan(desk.year, self.space, self.columns, ids, columns, clip, desk.codes, desk.money_unit,
                          **self._defaults())

    def duplicate(self, rows: Sequence[int]) -> Change | None:
        chosen = [row for row in rows if row < len(self.ids)]
        if not chosen:
            return None
        position = list(self.records()).index(self.ids[chosen[-1]]) + 1
        fresh = grid.next_id(self._desk.year, self.space)
        steps = tuple(Insert(self.space, replace(self.record(row), id=fresh + i), position + i)
                      for i, row in enumerate(chosen))
        return Change(words.ROWS_COPIED.format(count=len(steps), name=self.name), steps)

    def arrange(self, order: Sequence[int], label: str) -> Change | None:
        shown = iter([self.ids[row] for row in order])
        records = self.records()
        # Records that are not of this list keep their places.
        wanted = [next(shown) if id_ in self._rows else id_ for id_ in records]
        steps = grid_order.reorder(records, self.space, wanted)
        return Change(label, steps) if steps else None

    def totals(self, rows: Sequence[int] | None = None) -> dict[int, str]:
        shown, sums = (self._rows, self._sums) if rows is None else self._filtered(rows)
        if self._desk.trial is not None:
            sums = self._tried_sums(self._desk.trial, sums, shown)
        return {column: format_amount(fen, self._desk.money_unit, thousands=True) for column, fen in sums.items()}

    def moved_by(self, change: Change) -> bool:
        return any(isinstance(step, SetField) and step.space == self.space and self.column_of(step.field) in self._sums
                   for step in change.steps)

    def _filtered(self, rows: Sequence[int]) -> tuple[Collection[int], dict[int, int | None]]:
        """The records of these rows and their sums: asked for at every key, added up once an edit."""
        if self._part is None or self._part[0] is not rows:
            ids = [self.ids[row] for row in rows]
            self._part = rows, frozenset(ids), {column: self._summed(column, ids) for column in self._sums}
        return self._part[1:]

    def _tried_sums(self, change: Change, stored: dict[int, int | None], ids: Collection[int]) -> dict[int, int | None]:
        """The sums over some records with what is being typed in the place of what is stored."""
        sums = dict(stored)
        for step in change.steps:
            column = self.column_of(step.field) if isinstance(step, SetField) else None
            if isinstance(step, SetField) and step.space == self.space and column in sums and step.id in ids:
                if step.new is not None:
                    sums[column] = (sums[column] or 0) - (step.old or 0) + step.new
                else:
                    sums[column] = self._summed(column, [id_ for id_ in ids if id_ != step.id])
        return sums

    def total_of(self, field: str) -> int | None:
        """The sum in 分 of a money column over the shown records; ``None`` where all are blank."""
        column = self.column_of(field)
        return None if column is None else self._sums.get(column)

    def effect(self, outcome: Outcome) -> Effect:
        rows: set[int] = set()
        for step in outcome.change.steps:
            if isinstance(step, Insert | Delete):
                if step.space == self.space:
                    self.refresh()
                    return RESET
                if step.space == "projects":
                    rows.update(range(len(self.ids)))
            elif isinstance(step, SetField) and step.space == self.space:
                row = self._rows.get(step.id)
                if (row is not None) != self._shows(self.records()[step.id]):
                    self.refresh()
                    return RESET
                if row is not None:
                    self._moved(step)
                    rows.add(row)
            elif isinstance(step, SetField) and step.space == "projects" and step.field == "name":
                rows.update(range(len(self.ids)))
        return Effect(rows=tuple(sorted(rows)), columns=self._columns_of(outcome.change)) if rows else NO_EFFECT

    def refresh(self) -> None:
        records = self.records()
        self.ids = [id_ for id_, record in records.items() if self._shows(record)]
        self._rows = {id_: row for row, id_ in enumerate(self.ids)}
        self._sums, self._part = {}, None
        for column, spec in enumerate(self.columns):
            if spec.type == "money" and self.space != "projects" and spec.field not in _NOT_SUMMED:
                self._sums[column] = self._summed(column, self.ids)

    def prepare(self, row: int) -> None:
        if row < len(self.ids):
            self._desk.prepare(self.space, self.ids[row])

    def recent(self, column: int) -> tuple[str, ...]:
        field = self.columns[column].field
        used = [getattr(record, field) for record in reversed(list(self.records().values()))]
        return tuple(dict.fromkeys(code for code in used if isinstance(code, str) and code))[:8]

    # ---- inside ----

    def _summed(self, column: int, ids: Iterable[int]) -> int | None:
        records, field = self.records(), self.columns[column].field
        known = [fen for id_ in ids if (fen := getattr(records[id_], field)) is not None]
        return sum(known) if known else None

    def _blank(self, row: int) -> Any:
        values = self._defaults()
        if self.ids:
            above = self.record(min(max(row - 1, 0), len(self.ids) - 1))
            for field in _INHERITED.get(self.space, ()):
                values.setdefault(field, getattr(above, field))
        return grid.blank_record(self._desk.year, self.space, **values)

    def _filled(self, record: Any, field: str, value: Any) -> Any:
        for step in grid.field_steps(self._desk.year, self.space, record, field, value, self._desk.codes):
            if isinstance(step, SetField):
                record = replace(record, **{step.field: step.new})
        return record

    def _steps(self, record: Any, spec: GridColumn, text: str) -> tuple[Step, ...]:
        desk = self._desk
        value = grid.parse_cell(text, spec, desk.codes, desk.money_unit, desk.year)
        return grid.field_steps(desk.year, self.space, record, spec.field, value, desk.codes)

    def _position(self, row: int) -> int:
        if row >= len(self.ids):
            return len(self.records())
        return list(self.records()).index(self.ids[row])

    def _delete_children(self, projects: set[int]) -> list[Step]:
        steps: list[Step] = []
        spaces: tuple[RecordSpace, ...] = ("lines", "indicators")
        for space in spaces:
            records = getattr(self._desk.year, space)
            steps += [Delete(space, record, position)
                      for position, record in reversed(list(enumerate(records.values())))
                      if record.project in projects]
        steps += [SetField("purchases", record.id, "project", record.project, None)
                  for record in self._desk.year.purchases.values() if record.project in projects]
        return steps

    def _columns_of(self, change: Change) -> tuple[int, ...]:
        """The columns an edit of single fields can have changed; () for any."""
        fields = {step.field for step in change.steps if isinstance(step, SetField) and step.space == self.space}
        if not all(isinstance(step, SetField) and step.space == self.space for step in change.steps):
            return ()
        return tuple(j for j, spec in enumerate(self.columns) if spec.field in fields or spec.type == "computed")

    def _moved(self, step: SetField) -> None:
        column = self.column_of(step.field)
        if column not in self._sums:
            return
        self._part = None
        if step.old is None or step.new is None:
            self.refresh()
        else:
            before = self._sums[column]
            self._sums[column] = (before or 0) + step.new - step.old


def exact_amount(fen: int | None, unit: MoneyUnit) -> str:
    """An amount with thousands, two decimals, and in 万元 as many more as it has."""
    if fen is None or not fen % 10_000 or unit is MoneyUnit.YUAN:
        return format_amount(fen, unit, thousands=True)
    return format_amount(fen, unit, decimals=6, trim=True, thousands=True)
