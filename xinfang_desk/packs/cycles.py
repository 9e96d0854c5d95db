"""Formulas that need each other: a cell may not, by any path, be computed from itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from xinfang_desk.messages import packs as words
from xinfang_desk.messages import terms
from xinfang_desk.model.formula import CellRef, Value
from xinfang_desk.model.pack import Block, Column, FixedRow, Table
from xinfang_desk.packs.draft import Draft, Scope
from xinfang_desk.packs.names import Cells, NameFault, Names
from xinfang_desk.packs.section import Spot
from xinfang_desk.packs.verify import leaves

Graph = Mapping[Cells, "_Node"]


@dataclass(slots=True)
class _Node:
    """A computed cell: where its formula is written and the cells it reads."""

    spot: Spot
    reads: list[Cells] = field(default_factory=list)


def check_cycles(tables: Mapping[str, Draft[Table]], names: Names) -> None:
    """Note every circle of formulas once, at the formula where it begins."""
    graph: dict[Cells, _Node] = {}
    for draft in tables.values():
        for cells, value, spot, scope in _formulas(draft):
            node = graph.setdefault(cells, _Node(spot))
            node.reads += _reads(value, scope, names)
    for circle in _circles(graph):
        path = " → ".join(_shown(cells) for cells in (*circle, circle[0]))
        graph[circle[0]].spot.say(words.FORMULA_CYCLE.format(path=path))


def _shown(cells: Cells) -> str:
    row = {"rows": words.EACH_ROW, "total": terms.TOTAL}.get(cells.row, cells.row)
    return f"{cells.table}[{row}].{cells.column}"


def _formulas(draft: Draft[Table]) -> Iterator[tuple[Cells, Value, Spot, Scope]]:
    table, top = draft.thing, draft.spot
    file = Spot(top.source, (), top.problems)
    if table.rows is not None:
        for i, column in enumerate(table.columns):
            if column.value is not None:
                spot = file.at("column", i, "value")
                for row in ("rows", "total"):
                    scope = Scope(table.id, "", row, column.id, in_row=True, has_code=True)
                    yield Cells(table.id, row, column.id), column.value, spot, scope
        return
    for block in table.blocks:
        for row_ in block.rows:
            for column in block.columns:
                found = _cell_formula(row_, column)
                if found is not None:
                    scope = Scope(table.id, block.id, row_.id, column.id, in_row=True)
                    yield Cells(table.id, row_.id, column.id), found, _spot_of(draft, block, row_), scope


def _cell_formula(row: FixedRow, column: Column) -> Value | None:
    """A cell's own formula, else the row's, else the column's (on rows that are no heading)."""
    if column.id in row.cells:
        return row.cells[column.id]
    if column.kind not in ("money", "count", "percent", "points"):
        return None
    if row.value is not None:
        return row.value
    return column.value if row.where is not None else None


def _spot_of(draft: Draft[Table], block: Block, row: FixedRow) -> Spot:
    """The ``[[block.row]]`` of a row (several rows may come from one)."""
    file = Spot(draft.spot.source, (), draft.spot.problems)
    raw_blocks = draft.spot.source.data.get("block")
    number = [b.id for b in draft.thing.blocks].index(block.id)
    spot = file.at("block", number)
    raw = raw_blocks[number] if isinstance(raw_blocks, list) else None
    raw_rows = raw.get("row") if isinstance(raw, dict) else None
    for i, item in enumerate(raw_rows if isinstance(raw_rows, list) else []):
        if isinstance(item, dict) and item.get("id") == row.id:
            return spot.at("row", i)
    return spot


def _reads(value: Value, scope: Scope, names: Names) -> Iterator[Cells]:
    for leaf in leaves(value):
        if not isinstance(leaf, CellRef):
            continue
        try:
            cells = names.resolve(leaf, scope)
        except NameFault:
            continue  # noted where the reference itself is checked
        if cells.row == "children":
            continue
        row, column = cells.row, scope.column if cells.column == "*" else cells.column
        if not leaf.row and not leaf.table:
            row = scope.row
        yield Cells(cells.table, row, column)


def _circles(graph: Graph) -> Iterator[list[Cells]]:
    """One circle for each strongly connected group, found depth first without recursion."""
    state: dict[Cells, int] = {}
    for start in graph:
        if start in state:
            continue
        path: list[Cells] = [start]
        todo = [iter(graph[start].reads)]
        state[start] = 1
        while todo:
            following = next(todo[-1], None)
            if following is None:
                state[path.pop()] = 2
                todo.pop()
            elif state.get(following) == 1:
                yield path[path.index(following):]
            elif following in graph and following not in state:
                state[following] = 1
                path.append(following)
                todo.append(iter(graph[following].reads))
