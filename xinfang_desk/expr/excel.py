"""Second reading of the expression tree: a formula of the workbook, where the value is a plain sum of its sheet."""

from __future__ import annotations

from collections.abc import Callable

from xinfang_desk.expr.linear import Linear, linear
from xinfang_desk.model.formula import CellRef, Value
from xinfang_desk.model.sheet import CellAddress, SumOf

CellFinder = Callable[[CellRef], tuple[CellAddress, ...] | None]
"""The addresses of a reference on the sheet being written; ``None`` where it points outside the sheet."""


def sum_of(value: Value, find: CellFinder) -> SumOf | None:
    """``value`` as plus and minus of cells of one sheet; ``None`` where it is not that (constants, products,
    other sheets, facts). A reference to a row that has no data today adds nothing."""
    form = linear(value)
    return _written(form, find) if form is not None and not form.filled else None


def _written(form: Linear, find: CellFinder) -> SumOf | None:
    plus: list[CellAddress] = []
    minus: list[CellAddress] = []
    for leaf, weight in form.terms:
        if not isinstance(leaf, CellRef) or abs(weight) != 1:
            return None
        cells = find(leaf)
        if cells is None:
            return None
        (plus if weight > 0 else minus).extend(cells)
    return SumOf(tuple(plus), tuple(minus)) if plus or minus else None
