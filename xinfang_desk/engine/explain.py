"""Where a figure comes from: the lines behind it, or its formula in words with figures."""

from __future__ import annotations

from xinfang_desk.engine.build import Build
from xinfang_desk.engine.fields import record_name, row_name
from xinfang_desk.engine.layout import View, formula_of
from xinfang_desk.engine.origins import Pivot, origin_of, pivot_of
from xinfang_desk.engine.reading import Reader, address_of
from xinfang_desk.engine.scope import Scope
from xinfang_desk.engine.words import address_name, cell_name, leaf_name, money_text, number_text
from xinfang_desk.expr.evaluate import Leaf, leaves
from xinfang_desk.expr.sentence import condition_text, field_label, value_text
from xinfang_desk.messages import engine as words
from xinfang_desk.messages import terms
from xinfang_desk.model.explain import Explanation, Part
from xinfang_desk.model.formula import CellRef, Fetch, Value
from xinfang_desk.model.sheet import CellAddress

MOST_PARTS = 200
"""Further parts are only counted."""


def explain(build: Build, reader: Reader, cell: CellAddress) -> Explanation:
    """Tell where a cell's figure comes from. Raises ``KeyError`` for an unknown cell."""
    view = build.grids.by_id[cell.table]
    row, column = view.index[cell.row], view.by_id[cell.column]
    name = cell_name(build, view, row, cell.column)
    value = formula_of(view, row, column)
    if value is not None:
        return _formula(build, reader, cell, value, build.scope_at(view, row, cell.column))
    pivot = pivot_of(build, view, row, column)
    if pivot is not None:
        return _pivot(build, cell, name, pivot)
    origin = origin_of(build, view, row, column)
    if origin.kind == "record":
        space, number, field = origin.address.split("/")
        record = build.draft.records(space)[int(number)]
        amount = number_text(build.nodes.read(view.node(row, cell.column)), column.kind == "money")
        sentence = words.RECORD_FIELD.format(
            name=name, space_labels=terms.SPACES[space], record_name=record_name(build, record), field_label=field_label(field), amount=amount)
        return Explanation(cell, sentence, (Part(record_name(build, record), amount, space=space,
                                                 record=int(number)),))
    if origin.kind == "fact":
        return Explanation(cell, words.FACT_TABLE.format(
            name=name), (Part(terms.SPACES["facts"], "", address=f"facts:{origin.address}"),))
    if row == view.total and cell.column in view.offset:
        return _total(build, view, cell, name)
    return Explanation(cell, words.CELL_BLANK.format(row_name=row_name(build, view, row)))


def _pivot(build: Build, cell: CellAddress, name: str, pivot: Pivot) -> Explanation:
    cube, groups = build.cubes[pivot.source], pivot.groups(build)
    chosen = condition_text(pivot.where)
    records = build.draft.records(pivot.source)
    parts: list[Part] = []
    for number in sorted(cube.records(groups)):
        amount = getattr(records[number], "amount", None)
        parts.append(Part(record_name(build, records[number]), "" if amount is None else money_text(amount),
                          space=pivot.source, record=number))
    total = cube.total(groups)
    kind = terms.SPACES[pivot.source]
    if not parts:
        nothing = words.NOTHING_CHOSEN if chosen else words.NOTHING_AT_ALL
        return Explanation(cell, nothing.format(name=name, kind=kind, chosen=chosen))
    sentence = (words.SUM_OF_CHOSEN if chosen else words.SUM_OF_ALL).format(
        name=name, amount=number_text(total, True), kind=kind, chosen=chosen, count=len(parts))
    return Explanation(cell, sentence, tuple(parts[:MOST_PARTS]), max(len(parts) - MOST_PARTS, 0))


def _formula(build: Build, reader: Reader, cell: CellAddress, value: Value, scope: Scope) -> Explanation:
    view = scope.view
    assert view is not None

    def named(leaf: Leaf) -> str:
        result = reader.decided(leaf, scope)
        return f"{leaf_name(build, scope, leaf)}{number_text(result, reader.is_money(leaf, scope))}"

    column = view.by_id[cell.column]
    result = build.nodes.read(view.node(scope.row, cell.column))
    shown = terms.BLANK if result is None else number_text(result, column.kind == "money")
    sentence = words.FORMULA.format(
        name=cell_name(build, view, scope.row, cell.column), amount=shown, formula=value_text(value, named))
    parts: list[Part] = []
    for leaf in leaves(value):
        parts += _leaf_parts(build, reader, scope, leaf)
    return Explanation(cell, sentence, tuple(parts[:MOST_PARTS]), max(len(parts) - MOST_PARTS, 0))


def _leaf_parts(build: Build, reader: Reader, scope: Scope, leaf: Leaf) -> list[Part]:
    if isinstance(leaf, CellRef):
        return [Part(cell_name(build, v, r, c),
                     number_text(build.nodes.read(v.node(r, c)), v.by_id[c].kind == "money"),
                     cell=address_of(v, r, c)) for v, r, c in build.grids.cells(leaf, scope) if c in v.offset]
    text = number_text(reader.decided(leaf, scope), reader.is_money(leaf, scope))
    if isinstance(leaf, Fetch):
        address = scope.fill(leaf.address)
        return [Part(address_name(build, leaf.space, address), text, address=f"{leaf.space}:{address}")]
    return [Part(leaf_name(build, scope, leaf), text)]


def _total(build: Build, view: View, cell: CellAddress, name: str) -> Explanation:
    money = view.by_id[cell.column].kind == "money"
    parts = tuple(Part(row_name(build, view, r), number_text(build.nodes.read(view.node(r, cell.column)), money),
                       cell=address_of(view, r, cell.column)) for r in view.children.get(-1, ()))
    shown = number_text(build.nodes.read(view.node(view.total, cell.column)), money)
    return Explanation(cell, words.SUM_OF_ROWS.format(
        name=name, shown=shown, count=len(parts)), parts[:MOST_PARTS],
                       max(len(parts) - MOST_PARTS, 0))
