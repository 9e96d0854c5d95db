"""An entry table over a table-valued fact."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from xinfang_desk.flow import grid, paste
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.grid import ColumnType, GridColumn
from xinfang_desk.flow.outcome import Outcome
from xinfang_desk.gui.grid_source import NO_EFFECT, RESET, Effect
from xinfang_desk.messages import desk as desk_words
from xinfang_desk.messages import tables as words
from xinfang_desk.messages import terms
from xinfang_desk.messages import window as t
from xinfang_desk.model.change import Change, SetValue
from xinfang_desk.model.money import AmountRefused, MoneyUnit, parse_amount
from xinfang_desk.model.pack import FieldKind, FormField

_TYPES: Mapping[FieldKind, ColumnType] = {"text": "text", "longtext": "text", "date": "text", "money": "money",
                                          "count": "count", "choice": "text", "flag": "flag", "table": "text"}
_WIDTHS: Mapping[FieldKind, int] = {"longtext": 320, "money": 120, "count": 80, "date": 110, "flag": 60}


class FactSource:
    """The rows of a table-valued fact: each row a tuple of texts, one for each column of the field.

    A row's amounts are kept as typed (the field's titles say in which unit).
    """

    growable = True
    orderly = True
    keyed = False

    def __init__(self, desk: Desk, field: FormField) -> None:
        self.name = field.label
        self.columns = tuple(GridColumn(id_, title, _TYPES[kind], width=_WIDTHS.get(kind, 180))
                             for id_, title, kind in field.columns)
        self._desk = desk
        self.field = field
        self.rows: tuple[tuple[str, ...], ...] = ()
        self.refresh()

    def phrase_address(self, row: int, column: int) -> str:
        """The longer text a cell holds."""
        return self.field.address if self.field.columns[column][2] == "longtext" else ""

    def count(self) -> int:
        return len(self.rows)

    def key(self, row: int) -> Hashable:
        return row

    def text(self, row: int, column: int) -> str:
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return self._shown(column, self.rows[row][column])

    def start_text(self, row: int, column: int) -> str:
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""

    def editable(self, row: int, column: int) -> bool:
        return not self._desk.read_only

    def locked(self, row: int, column: int) -> str:
        return words.LOCKED_BOOK if self._desk.read_only else ""

    def copied(self, row: int, column: int) -> str:
        return self.text(row, column)

    def sortable(self, row: int, column: int) -> int | str | None:
        text = self.start_text(row, column)
        if self.columns[column].type not in ("money", "count") or not text:
            return text or None
        try:
            return parse_amount(text, MoneyUnit.WAN)
        except AmountRefused:
            return text

    def change(self, row: int, column: int, text: str) -> Change | None:
        plain = self._checked(column, text)
        if plain == self.start_text(row, column):
            return None
        return self._replaced(self._with([(row, column, plain)]), desk_words.CHANGED.format(label=self.name))

    def insert(self, row: int) -> Change | None:
        rows = [*self.rows]
        rows.insert(min(row, len(rows)), ("",) * len(self.columns))
        return self._replaced(tuple(rows), t.ROW_ADDED.format(name=self.name))

    def delete(self, rows: Sequence[int]) -> Change | None:
        kept = tuple(row for i, row in enumerate(self.rows) if i not in set(rows))
        if kept == self.rows:
            return None
        return self._replaced(kept, t.ROWS_DELETED.format(count=len(self.rows) - len(kept), name=self.name))

    def clear(self, cells: Sequence[tuple[int, int]]) -> Change | None:
        inside = [(row, column, "") for row, column in cells if row < len(self.rows)]
        return self._replaced(self._with(inside), t.CLEARED)

    def fill_down(self, cells: Sequence[tuple[int, int]], tops: Mapping[int, int]) -> Change | None:
        filled = [(row, column, self.start_text(tops[column], column)) for row, column in cells
                  if row < len(self.rows)]
        return self._replaced(self._with(filled), words.FILLED_DOWN)

    def paste(self, rows: Sequence[int], columns: Sequence[int], clip: paste.Clipping) -> paste.PastePlan:
        taken: list[tuple[int, int, str]] = []

        def take(i: int, j: int, typed: str, _: MoneyUnit | None) -> tuple[str, str]:
            text = self._checked(j, typed)
            taken.append((rows[i], j, text))
            return self.text(rows[i], j), self._shown(j, text)

        cells = paste.lay(clip, columns, take)
        after = self._with(taken)
        change = self._replaced(after, words.PASTED.format(count=len(clip.rows)))
        return paste.PastePlan(cells, change, max(0, len(after) - len(self.rows)), clip.note)

    def duplicate(self, rows: Sequence[int]) -> Change | None:
        chosen = [row for row in rows if row < len(self.rows)]
        if not chosen:
            return None
        after = chosen[-1] + 1
        copies = tuple(self.rows[row] for row in chosen)
        return self._replaced((*self.rows[:after], *copies, *self.rows[after:]),
                              words.ROWS_COPIED.format(count=len(copies), name=self.name))

    def arrange(self, order: Sequence[int], label: str) -> Change | None:
        return self._replaced(tuple(self.rows[row] for row in order), label)

    def totals(self, rows: Sequence[int] | None = None) -> dict[int, str]:
        return {}

    def moved_by(self, change: Change) -> bool:
        return False

    def effect(self, outcome: Outcome) -> Effect:
        if any(isinstance(step, SetValue) and step.space == "facts" and step.address == self.field.address
               for step in outcome.change.steps):
            before = len(self.rows)
            self.refresh()
            return RESET if len(self.rows) != before else Effect(rows=tuple(range(before)))
        return NO_EFFECT

    def refresh(self) -> None:
        stored = self._desk.year.facts.get(self.field.address)
        self.rows = stored if isinstance(stored, tuple) else ()

    def prepare(self, row: int) -> None:
        """Only the amounts of records have a way to lay out beforehand."""

    def recent(self, column: int) -> tuple[str, ...]:
        return ()

    def _shown(self, column: int, text: str) -> str:
        return ("✓" if text == terms.YES else "") if self.columns[column].type == "flag" else text

    def _checked(self, column: int, text: str) -> str:
        spec = self.columns[column]
        if spec.type == "text":
            return text.strip()
        value = grid.parse_cell(text, spec, self._desk.codes, MoneyUnit.WAN, self._desk.year)
        if spec.type == "flag":
            return terms.YES if value else ""
        return text.strip() if value is not None else ""

    def _with(self, cells: Sequence[tuple[int, int, str]]) -> tuple[tuple[str, ...], ...]:
        width = len(self.columns)
        rows = [[*row, *[""] * (width - len(row))] for row in self.rows]
        for row, column, text in cells:
            if row >= len(rows) and not text:
                continue
            while row >= len(rows):
                rows.append([""] * width)
            rows[row][column] = text
        return tuple(tuple(row) for row in rows)

    def _replaced(self, rows: tuple[tuple[str, ...], ...], label: str) -> Change | None:
        stored = self._desk.year.facts.get(self.field.address)
        new = rows or None
        if new == stored:
            return None
        return Change(label, (SetValue("facts", self.field.address, stored, new),))
