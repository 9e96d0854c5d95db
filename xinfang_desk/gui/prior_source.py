"""The entry table of last year's figures: one row for each figure, with the reason for the change beside it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from xinfang_desk.flow import grid, paste
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.grid import EntryRefused, GridColumn
from xinfang_desk.flow.outcome import Outcome
from xinfang_desk.gui.grid_source import NO_EFFECT, RESET, Effect, exact_amount
from xinfang_desk.messages import desk as desk_words
from xinfang_desk.messages import tables as words
from xinfang_desk.messages import terms
from xinfang_desk.messages import window as t
from xinfang_desk.model.change import Change, SetValue, Step
from xinfang_desk.model.codes import CodeKind
from xinfang_desk.model.ledger import FactValue
from xinfang_desk.model.money import MoneyUnit, format_amount
from xinfang_desk.model.pack import FormField, Page

_CODE, _LABEL, _AMOUNT, _REASON = range(4)
_KINDS: Mapping[str, CodeKind] = {"function": CodeKind.FUNCTION, "econ_dept": CodeKind.ECON_DEPT,
                                  "econ_gov": CodeKind.ECON_GOV}
_SPACE_OF_DIGIT: Mapping[str, str] = {"2": "function", "3": "econ_dept", "5": "econ_gov"}


@dataclass(frozen=True, slots=True)
class PriorRow:
    """``prior``: address of the figure ('' for a reason without one); ``reason``: address of its reason or ''."""

    prior: str
    code: str
    label: str
    reason: str
    required: bool = False


class PriorSource:
    """The page's own figures first, then a row for each account used this year or filled before.

    Accounts stand at ``function.<项>``, ``econ_dept.<类>`` and ``econ_gov.<类>``, their reasons at ``reason.`` and
    the same. Typing a code into the blank row adds an account that this year no longer uses.
    """

    growable = True
    orderly = False
    keyed = True

    def __init__(self, desk: Desk, page: Page) -> None:
        self.name = terms.SPACES["priors"]
        self.columns: tuple[GridColumn, ...] = (
            GridColumn("code", t.PRIOR_CODE, "code", CodeKind.FUNCTION, width=84, help=t.PRIOR_CODE_HELP),
            GridColumn("label", t.PRIOR_LABEL, "computed", width=250),
            GridColumn("amount", terms.SPACES["priors"], "money", width=140, help=t.PRIOR_AMOUNT_HELP),
            GridColumn("reason", t.PRIOR_REASON, "text", width=300, help=t.PRIOR_REASON_HELP))
        self._desk = desk
        self._page = page
        self._added: list[str] = []
        self.rows: list[PriorRow] = []
        self.wanted: dict[str, str] = {}
        """reasons still to be written: address → how the figure has changed"""
        self.refresh()

    @staticmethod
    def takes(field: FormField) -> bool:
        """Whether a question of the page is asked in the table."""
        return field.space == "priors" or field.address.startswith("reason.")

    def place_of(self, address: str) -> tuple[int, int] | None:
        """Row and column of an address."""
        for i, row in enumerate(self.rows):
            if address and address in (row.prior, row.reason):
                return i, _AMOUNT if address == row.prior else _REASON
        return None

    def ghost(self, row: int, column: int) -> str:
        """What a blank reason asks for."""
        return self.wanted.get(self.rows[row].reason, "") if column == _REASON and row < len(self.rows) else ""

    def phrase_address(self, row: int, column: int) -> str:
        """The reason a cell holds."""
        return self.rows[row].reason if column == _REASON and row < len(self.rows) else ""

    # ---- as a source ----

    def count(self) -> int:
        return len(self.rows)

    def key(self, row: int) -> Hashable:
        return (self.rows[row].prior or self.rows[row].reason) if row < len(self.rows) else None

    def text(self, row: int, column: int) -> str:
        if row >= len(self.rows):
            return ""
        shown = self.rows[row]
        if column == _AMOUNT:
            return format_amount(self._desk.year.priors.get(shown.prior), self._desk.money_unit, thousands=True)
        return (shown.code, shown.label, "", self._reason(shown))[column]

    def start_text(self, row: int, column: int) -> str:
        if column != _AMOUNT or row >= len(self.rows):
            return self.text(row, column)
        unit = self._desk.money_unit
        return format_amount(self._desk.year.priors.get(self.rows[row].prior), unit,
                             decimals=2 if unit is MoneyUnit.YUAN else 6, trim=True)

    def editable(self, row: int, column: int) -> bool:
        if self._desk.read_only:
            return False
        if row >= len(self.rows):
            return column == _CODE
        return bool((column == _AMOUNT and self.rows[row].prior) or (column == _REASON and self.rows[row].reason))

    def locked(self, row: int, column: int) -> str:
        if self._desk.read_only:
            return words.LOCKED_BOOK
        if self.editable(row, column):
            return ""
        if row >= len(self.rows):
            return words.LOCKED_PRIOR_NEW
        return {_LABEL: words.LOCKED_PRIOR_LABEL, _CODE: words.LOCKED_PRIOR_CODE, _AMOUNT: words.LOCKED_PRIOR_AMOUNT,
                _REASON: words.LOCKED_PRIOR_REASON}[column]

    def copied(self, row: int, column: int) -> str:
        if column == _AMOUNT and row < len(self.rows):
            return exact_amount(self._desk.year.priors.get(self.rows[row].prior), self._desk.money_unit)
        return self.text(row, column)

    def sortable(self, row: int, column: int) -> int | str | None:
        return self._desk.year.priors.get(self.rows[row].prior) if column == _AMOUNT else self.text(row, column)

    def change(self, row: int, column: int, text: str) -> Change | None:
        if row >= len(self.rows):
            self._add(text)
            return None
        shown = self.rows[row]
        return self._set([(row, column, self._parsed(column, text))], desk_words.CHANGED.format(label=shown.label))

    def insert(self, row: int) -> Change | None:
        return None

    def delete(self, rows: Sequence[int]) -> Change | None:
        doomed = [row for row in rows if row < len(self.rows)]
        self._added = [a for a in self._added if a not in {self.rows[row].prior for row in doomed}]
        return self._set([(row, column, None) for row in doomed for column in (_AMOUNT, _REASON)], t.CLEARED)

    def clear(self, cells: Sequence[tuple[int, int]]) -> Change | None:
        return self._set([(row, column, None) for row, column in cells if row < len(self.rows)], t.CLEARED)

    def fill_down(self, cells: Sequence[tuple[int, int]], tops: Mapping[int, int]) -> Change | None:
        return self._set([(row, column, self._parsed(column, self.start_text(tops[column], column)))
                          for row, column in cells if row < len(self.rows) and column in (_AMOUNT, _REASON)],
                         words.FILLED_DOWN)

    def paste(self, rows: Sequence[int], columns: Sequence[int], clip: paste.Clipping) -> paste.PastePlan:
        taken: list[tuple[int, int, FactValue | None]] = []

        def take(i: int, j: int, typed: str, named: MoneyUnit | None) -> tuple[str, str]:
            row = rows[i]
            old = self.text(row, j)
            if not self.editable(row, j) or row >= len(self.rows):
                if typed in ("", old):
                    return old, old
                raise EntryRefused(typed, words.NO_MORE_ROWS if row >= len(self.rows) else self.locked(row, j))
            value = self._parsed(j, typed, named)
            taken.append((row, j, value))
            shown = format_amount(value, self._desk.money_unit, thousands=True) if isinstance(value, int) else value
            return old, str(shown or "")

        cells = paste.lay(clip, columns, take)
        return paste.PastePlan(cells, self._set(taken, words.PASTED.format(count=len(clip.rows))), 0, clip.note)

    def duplicate(self, rows: Sequence[int]) -> Change | None:
        return None

    def arrange(self, order: Sequence[int], label: str) -> Change | None:
        return None

    def totals(self, rows: Sequence[int] | None = None) -> dict[int, str]:
        return {}

    def moved_by(self, change: Change) -> bool:
        return False

    def effect(self, outcome: Outcome) -> Effect:
        before = self.rows
        if outcome.structural or any(getattr(s, "space", "") in ("lines", "priors", "facts")
                                     for s in outcome.change.steps):
            self.refresh()
            if [row.prior for row in before] != [row.prior for row in self.rows]:
                return RESET
        rows = {place[0] for step in outcome.change.steps if isinstance(step, SetValue)
                and (place := self.place_of(step.address)) is not None}
        return Effect(rows=tuple(sorted(rows))) if rows else NO_EFFECT

    def refresh(self) -> None:
        fields = [field for field in self._page.fields if self.takes(field)]
        reasons = [f.address for f in fields if f.space == "facts"]
        paired: set[str] = set()
        rows: list[PriorRow] = []
        for field in fields:
            if field.space == "priors" and not field.address.endswith(".*"):
                reason = _reason_for(field.address, reasons, paired)
                rows.append(PriorRow(field.address, "", field.label, reason, field.required))
        alone = [f for f in fields if f.space == "facts" and not f.address.endswith(".*") and f.address not in paired]
        rows += [PriorRow("", "", field.label, field.address) for field in alone]
        for field in fields:
            if field.space == "priors" and field.address.endswith(".*"):
                rows += self._accounts(field.address.removesuffix(".*"), reasons)
        self.rows = rows

    def prepare(self, row: int) -> None:
        """Only the amounts of records have a way to lay out beforehand."""

    def recent(self, column: int) -> tuple[str, ...]:
        return ()

    # ---- inside ----

    def _accounts(self, space: str, reasons: Sequence[str]) -> list[PriorRow]:
        year = self._desk.year
        kind = _KINDS.get(space)
        prefix = f"{space}."
        wanted = {address for address in (*year.priors, *self._added) if address.startswith(prefix)}
        if kind is CodeKind.FUNCTION:
            wanted |= {prefix + line.function for line in year.lines.values() if line.function}
        elif kind is not None:
            wanted |= {prefix + getattr(line, space)[:3] for line in year.lines.values() if getattr(line, space)}
        has_reasons = f"reason.{space}.*" in reasons
        rows = []
        for address in sorted(wanted):
            code = address.removeprefix(prefix)
            name = self._desk.codes.table(kind).name(code) if kind is not None else code
            label = t.PRIOR_ACCOUNT[space].format(name=name) if space in t.PRIOR_ACCOUNT else name
            rows.append(PriorRow(address, code, label, f"reason.{address}" if has_reasons else ""))
        return rows

    def _add(self, text: str) -> None:
        space = _SPACE_OF_DIGIT.get(text.strip()[:1], "function")
        code = grid.parse_code(text.strip(), _KINDS[space], self._desk.codes)
        if code and self.place_of(f"{space}.{code}") is None:
            self._added.append(f"{space}.{code}")
            self.refresh()

    def _reason(self, row: PriorRow) -> str:
        value = self._desk.year.facts.get(row.reason, "")
        return value if isinstance(value, str) else ""

    def _parsed(self, column: int, text: str, unit: MoneyUnit | None = None) -> FactValue | None:
        if column != _AMOUNT:
            return text.strip() or None
        parsed: int | None = grid.parse_cell(text, self.columns[column], self._desk.codes,
                                             unit or self._desk.money_unit, self._desk.year)
        return parsed

    def _set(self, values: Sequence[tuple[int, int, FactValue | None]], label: str) -> Change | None:
        steps: list[Step] = []
        year = self._desk.year
        for row, column, value in values:
            if not self.editable(row, column):
                continue
            shown = self.rows[row]
            if column == _AMOUNT:
                old: FactValue | None = year.priors.get(shown.prior)
                step = SetValue("priors", shown.prior, old, value)
            else:
                old = year.facts.get(shown.reason)
                step = SetValue("facts", shown.reason, old, value)
            if old != value:
                steps.append(step)
        return Change(label, tuple(steps)) if steps else None


def _reason_for(prior: str, reasons: Sequence[str], paired: set[str]) -> str:
    """The reason that belongs to a figure: ``reason.`` and its address, or only the last part of it."""
    for address in (f"reason.{prior}", f"reason.{prior.split('.')[-1]}"):
        if address in reasons and address not in paired:
            paired.add(address)
            return address
    return ""
