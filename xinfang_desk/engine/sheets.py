"""Views → frozen sheets, made when asked for and renewed row by row where something moved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from xinfang_desk.engine.build import Build
from xinfang_desk.engine.fields import fill_plain, is_empty, print_value, row_name, text_of
from xinfang_desk.engine.header import header, sheet_columns
from xinfang_desk.engine.layout import NUMERIC, View, formula_of
from xinfang_desk.engine.origins import origin_of
from xinfang_desk.engine.reading import MONEY_FIELDS, Reader, Reading, address_of
from xinfang_desk.engine.scope import Scope
from xinfang_desk.expr.evaluate import Amount, grade_word
from xinfang_desk.expr.excel import sum_of
from xinfang_desk.expr.template import GradeSlot, TypedSlot, ValueSlot, Words, WordSlot, parse_template
from xinfang_desk.messages import engine as words
from xinfang_desk.messages import marks
from xinfang_desk.model.formula import CellRef
from xinfang_desk.model.money import MoneyUnit, format_amount, print_plain, round_div
from xinfang_desk.model.pack import Column, ColumnKind
from xinfang_desk.model.sheet import Cell, CellAddress, CellKind, HeaderCell, Origin, Row, Sheet, SumOf

_KINDS: Mapping[ColumnKind, CellKind] = {"money": "money", "count": "count", "percent": "percent", "points": "percent"}
_BLANK = Cell(None, "", "blank")
_TEXT_SLOT = re.compile(r'\{text\("([^"]+)"\)\}')
_PROJECT_SLOT = re.compile(r"\{project\.(\w+)\}")
_TYPED = re.compile(r'(\{text\("[^"]+"\)\}|\{project\.\w+\})')


class Sheets:
    """The sheets of one build."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._made: dict[str, Sheet] = {}
        self._rows: dict[str, list[Row]] = {}
        self._dirty: dict[str, set[int]] = {}
        self._touched: Iterable[tuple[View, tuple[int, ...]]] = ()
        """what was touched last, and nothing was made of it since"""
        self._asked: tuple[tuple[CellAddress, ...], list[tuple[int, int] | None]] = (), []
        self._headers: dict[str, tuple[tuple[HeaderCell, ...], int]] = {}

    def touch(self, moved: Iterable[tuple[View, tuple[int, ...]]]) -> None:
        """Rows of views have moved."""
        if moved is self._touched:  # at each key of one figure
            return
        self._touched = moved
        for view, rows in moved:
            if view.id in self._rows:
                dirty = self._dirty.get(view.id)
                if dirty is None:
                    dirty = self._dirty[view.id] = set()
                dirty.update(rows)

    def forget(self, sheet_ids: Iterable[str] | None = None) -> None:
        """Texts of these sheets (all, when ``None``) have changed."""
        for sheet_id in list(self._rows) if sheet_ids is None else sheet_ids:
            self._rows.pop(sheet_id, None)
            self._made.pop(sheet_id, None)
            self._dirty.pop(sheet_id, None)
        self._touched = ()

    def sheet(self, sheet_id: str) -> Sheet:
        """The sheet as it is now. Raises ``KeyError``."""
        view = self._build.grids.by_id[sheet_id]
        catalogue = view.table.rows is not None and view.table.rows.by == "tables"
        dirty = self._dirty.pop(sheet_id, None)
        self._touched = ()
        if sheet_id in self._made and not dirty and not catalogue and sheet_id not in self._build.telling:
            return self._made[sheet_id]
        rows = self._rows.get(sheet_id)
        if rows is None or catalogue:
            rows = self._rows[sheet_id] = [self._row(view, i) for i in range(len(view.rows))]
        else:
            for i in dirty or ():
                rows[i] = self._row(view, i)
        sheet = self._made[sheet_id] = self._sheet(view, rows)
        return sheet

    def sheets(self) -> tuple[Sheet, ...]:
        """Every sheet, in the order of the pack."""
        return tuple(self.sheet(view.id) for view in self._build.grids.views)

    def names(self) -> tuple[tuple[str, str], ...]:
        """The id of each sheet with its number and title, without any being filled."""
        return tuple((view.id, f"{view.table.number} {self._filled(view, view.table.title)}".strip())
                     for view in self._build.grids.views)

    # ---- the frame ----

    def _sheet(self, view: View, rows: list[Row]) -> Sheet:
        table, empty = view.table, is_empty(self._build, view)
        heading = self._headers.get(table.id)
        if heading is None:
            heading = self._headers[table.id] = header(view.columns, table.column_numbers)
        cells, height = heading
        notes = [self._filled(view, note) for note in table.notes]
        if empty and table.empty:
            notes.append(self._filled(view, table.empty))
        return Sheet(
            id=view.id, table=table.id, number=table.number, title=self._filled(view, table.title), unit=table.unit,
            corner=self._filled(view, table.corner), unit_label=self._filled(view, table.unit_label) or words.UNIT_LABEL.format(unit=table.unit.value),
            columns=sheet_columns(view.columns), header=cells, header_rows=height,
            rows=tuple(rows) if table.rows is not None else self._side_by_side(view, rows),
            notes=tuple(notes), heads=tuple((self._filled(view, a), self._head(view, b)) for a, b in table.heads),
            is_empty=empty, paper=table.paper, orientation=table.orientation, inline=table.inline)

    def _filled(self, view: View, text: str) -> str:
        if "{" not in text:
            return text
        draft = self._build.draft
        text = _TEXT_SLOT.sub(lambda m: print_value(draft.facts.get(m[1]), view.table.unit), text)
        project = draft.projects.get(view.project) if view.project is not None else None

        def of_project(match: re.Match[str]) -> str:
            value = getattr(project, match[1], None)
            return format_amount(value, view.table.unit) if match[1] in MONEY_FIELDS else \
                print_value(value, view.table.unit)

        return fill_plain(self._build, _PROJECT_SLOT.sub(of_project, text))

    def _head(self, view: View, text: str) -> str:
        """A head with its figures. Typed texts are put in as they are, so braces in them mean nothing."""
        project = None if view.project is None else self._build.draft.projects.get(view.project)
        scope = Scope(view, space="projects" if project else "", record=project, project=view.project)
        reader, told = Reader(self._build), ""
        for part in _TYPED.split(text):
            for piece in () if _TYPED.fullmatch(part) else parse_template(part):
                match piece:
                    case Words(words):
                        told += words
                    case WordSlot(name):
                        told += self._filled(view, f"{{{name}}}")
                    case TypedSlot(address):
                        told += print_value(self._build.draft.facts.get(address), view.table.unit)
                    case ValueSlot(value, look):
                        told += _head_figure(reader.read(value, scope), look, view.table.unit)
                    case GradeSlot(grade):
                        told += grade_word(grade, reader.decided(grade.value, scope))
            if _TYPED.fullmatch(part):
                told += self._filled(view, part)
        return told

    @staticmethod
    def _side_by_side(view: View, rows: list[Row]) -> tuple[Row, ...]:
        """The blocks of a table next to each other, the shorter ones padded with blank cells."""
        blocks: list[list[Row]] = [[] for _ in view.table.blocks]
        for plan, row in zip(view.rows, rows, strict=True):
            blocks[plan.block].append(row)
        if len(blocks) == 1:
            return tuple(blocks[0])
        printed: list[Row] = []
        for i in range(max(map(len, blocks), default=0)):
            parts = [block[i] if i < len(block) else None for block in blocks]
            cells: list[Cell] = []
            keys: list[str] = []
            for part, block in zip(parts, view.table.blocks, strict=True):
                width = len(block.columns)
                cells += part.cells if part else [_BLANK] * width
                keys += [part.key if part else ""] * width
            some = next(part for part in parts if part)
            printed.append(Row(some.key, some.level, any(p.bold for p in parts if p), tuple(cells), tuple(keys)))
        return tuple(printed)

    # ---- rows and cells ----

    def _row(self, view: View, row: int) -> Row:
        plan = view.rows[row]
        columns = view.table.blocks[plan.block].columns if view.table.rows is None else view.table.columns
        bold = plan.fixed.bold if plan.fixed is not None else row == view.total or row in view.children
        return Row(plan.key, plan.level, bold, tuple(self._cell(view, row, column) for column in columns))

    def _cell(self, view: View, row: int, column: Column, *, alone: bool = False) -> Cell:
        """``alone``: its text is wanted, not where it comes from."""
        plan = view.rows[row]
        if column.kind not in NUMERIC or (plan.fixed is not None and column.id in plan.fixed.texts
                                          and column.id not in plan.fixed.cells):
            text = text_of(self._build, view, row, column)
            if plan.fixed is not None and column.kind == "label":
                return Cell(text, marks.SPACE * plan.fixed.indent + text, "label", Origin("none"))
            return Cell(text or None, text, "label" if column.kind in ("name", "label") else "text",
                        Origin("none")) if text else _BLANK
        value = self._build.nodes.read(view.node(row, column.id))
        origin = Origin("none") if alone else origin_of(self._build, view, row, column)
        if value is None:
            return _BLANK if origin.kind == "none" else Cell(None, "", _KINDS[column.kind], origin)
        if column.kind == "percent":
            text = print_percent(value)
            return Cell(text, text, "percent", origin)
        if column.kind == "points":
            text = print_points(value)
            return Cell(text, text, "percent", origin)
        whole = to_whole(value)
        text = format_amount(whole, view.table.unit) if column.kind == "money" else str(whole)
        formula = self.formula(view, row, column, whole) if column.kind == "money" and not alone else None
        return Cell(whole, text, _KINDS[column.kind], origin, formula)

    def text(self, cell: CellAddress) -> str:
        """What a cell reads, made alone: for a figure that moves while another is being typed. Raises ``KeyError``."""
        view = self._build.grids.by_id[cell.table]
        row, column = view.index[cell.row], cell.column
        plan = view.rows[row]
        columns = view.table.blocks[plan.block].columns if view.table.rows is None else view.table.columns
        found = next(one for one in columns if one.id == column)
        return self._cell(view, row, found, alone=True).text

    def texts(self, cells: tuple[CellAddress, ...]) -> list[str]:
        """The same of several cells: the very same tuple is asked for at every key of a figure, and where its amounts
        stand is looked up once. Raises ``KeyError``."""
        if self._asked[0] is not cells:
            self._asked = cells, [self._amount_at(cell) for cell in cells]
        sums, counts = self._build.nodes.sums, self._build.nodes.counts
        return [self.text(cell) if at is None else print_plain(sums[at[0]], at[1]) if counts[at[0]] else ""
                for cell, at in zip(cells, self._asked[1], strict=True)]

    def _amount_at(self, cell: CellAddress) -> tuple[int, int] | None:
        """The node of a plain sum of money and the 分 of the last printed digit; ``None`` for any other cell."""
        view = self._build.grids.by_id[cell.table]
        row = view.index[cell.row]
        plan = view.rows[row]
        if view.by_id[cell.column].kind != "money" or (plan.fixed is not None and cell.column in plan.fixed.texts):
            return None
        node = view.node(row, cell.column)
        return None if node in self._build.nodes.computed else (node, view.table.unit.fen // 100)

    # ---- formulas of the workbook ----

    def formula(self, view: View, row: int, column: Column, value: int) -> SumOf | None:
        """A sum of cells of this sheet that gives the cell's value to the 分; ``None`` where there is none."""
        for made in self._candidates(view, row, column):
            if made is not None and self._true(view, made, value):
                return made
        return None

    def _candidates(self, view: View, row: int, column: Column) -> Iterable[SumOf | None]:
        plan = view.rows[row]
        if column.parts:
            yield SumOf(tuple(address_of(view, row, part) for part in column.parts if part in view.offset))
        if plan.fixed is None:
            below = view.children.get(-1 if row == view.total else row, ())
            if below:
                yield SumOf(tuple(address_of(view, child, column.id) for child in below))
        value = formula_of(view, row, column)
        if value is not None:
            scope = self._build.scope_at(view, row, column.id)

            def find(ref: CellRef) -> tuple[CellAddress, ...] | None:
                cells = self._build.grids.cells(ref, scope)
                return tuple(address_of(*cell) for cell in cells) if all(v is view for v, _, _ in cells) else None

            yield sum_of(value, find)

    def _true(self, view: View, made: SumOf, value: int) -> bool:
        def total(cells: tuple[CellAddress, ...]) -> Amount:
            return sum(to_whole(self._build.nodes.read(view.node(view.index[c.row], c.column)) or 0) for c in cells)

        cell_count = len(made.plus) + len(made.minus)
        return cell_count > 0 and (total(made.plus) or 0) - (total(made.minus) or 0) == value


def to_whole(value: int | Fraction) -> int:
    """A printed figure: rounded half away from nought to a whole 分 or count."""
    return value if isinstance(value, int) else round_div(value.numerator, value.denominator)


def print_percent(value: int | Fraction) -> str:
    """A ratio as a percentage with two decimals."""
    return format_amount(to_whole(Fraction(value) * 10_000), MoneyUnit.YUAN) + "%"


def _head_figure(reading: Reading, look: str, unit: MoneyUnit) -> str:
    """A figure between title and grid: an amount, a ratio as a percentage, a count; blank where it is nought."""
    if reading.value is None:
        return ""
    if look == "rate":
        return print_percent(reading.value)
    if reading.money:
        return format_amount(to_whole(reading.value), unit)
    return print_points(reading.value) if reading.value else ""


def print_points(value: int | Fraction) -> str:
    """A score with at most two decimals: ``7.5``."""
    return format_amount(to_whole(Fraction(value) * 100), MoneyUnit.YUAN, trim=True)


__all__ = ["Sheets", "print_percent", "print_points", "row_name", "to_whole"]
