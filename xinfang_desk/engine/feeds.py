"""What feeds a comparison: the typed amounts behind both sides, each with its weight in left minus right."""

from __future__ import annotations

from dataclasses import dataclass, field

from xinfang_desk.engine.build import Build
from xinfang_desk.engine.cube import Source, bits
from xinfang_desk.engine.layout import formula_of
from xinfang_desk.engine.origins import Pivot, absent_pivot, origin_of, pivot_of
from xinfang_desk.engine.scope import Scope
from xinfang_desk.expr.evaluate import Leaf, matcher
from xinfang_desk.model.formula import CellRef, Compare, Fetch, LedgerSum, RecordField, RecordSum, Value
from xinfang_desk.model.ledger import Record


def _together(masks: list[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _apart(masks: list[int]) -> bool:
    """Whether no group is in two of the sets."""
    return _together(masks).bit_count() == sum(mask.bit_count() for mask in masks)


class NotPlain(Exception):
    """A side is not a plain sum of typed amounts."""


@dataclass(slots=True)
class Feeds:
    """``pivots``: sums of lines with their weight and name; ``values``: (space, address) → weight;
    ``fields``: (space, record, field) → weight."""

    pivots: list[tuple[int, Pivot, str]] = field(default_factory=list)
    values: dict[tuple[str, str], int] = field(default_factory=dict)
    fields: dict[tuple[str, int, str], int] = field(default_factory=dict)

    def net(self, build: Build, source: Source) -> dict[int, int]:
        """Weight → the groups that count with it, where one side counts them more than the other."""
        masks = [(weight, pivot.groups(build)) for weight, pivot, _ in self.pivots if pivot.source == source]
        plus, minus = [m for w, m in masks if w == 1], [m for w, m in masks if w == -1]
        if len(plus) + len(minus) == len(masks) and _apart(plus) and _apart(minus):
            left, right = _together(plus), _together(minus)
            found = {1: left & ~right, -1: right & ~left}
        else:
            weights: dict[int, int] = {}
            for weight, mask in masks:
                for group in bits(mask):
                    weights[group] = weights.get(group, 0) + weight
            found = {}
            for group, weight in weights.items():
                found[weight] = found.get(weight, 0) | 1 << group
        return {weight: mask for weight, mask in found.items() if weight and mask}

    def weight_of(self, source: str, record: Record) -> int:
        """The weight a record would have, were it in the list as given."""
        return sum(weight for weight, pivot, _ in self.pivots
                   if pivot.source == source and matcher(pivot.where)(record, pivot.this))


def feeds_of(build: Build, compare: Compare, scope: Scope) -> Feeds:
    """Everything typed behind left minus right. Raises :class:`NotPlain`."""
    feeds = Feeds()
    _gather(build, compare.left, scope, 1, feeds)
    _gather(build, compare.right, scope, -1, feeds)
    return feeds


def _gather(build: Build, value: Value, scope: Scope, weight: int, feeds: Feeds) -> None:
    form = build.forms(value)
    if form is None:
        raise NotPlain
    for leaf, factor in form.terms:
        _gather_leaf(build, leaf, scope, weight * factor, feeds)


def _gather_leaf(build: Build, leaf: Leaf, scope: Scope, weight: int, feeds: Feeds) -> None:
    match leaf:
        case CellRef():
            cells = build.grids.cells(leaf, scope)
            for view, row, column in cells:
                _gather_cell(build, build.scope_at(view, row, column), weight, feeds)
            if not cells:
                _gather_absent(build, leaf, scope, weight, feeds)
        case LedgerSum(source, where):
            feeds.pivots.append((weight, Pivot(source, where, scope.project), ""))
        case Fetch(space, address):
            place = scope.fill(address)
            chosen = [a for a in build.draft.values(space) if a.startswith(place[:-1])] if place.endswith(".*") else \
                [place]
            for one in chosen:
                feeds.values[space, one] = feeds.values.get((space, one), 0) + weight
        case RecordField(name):
            if scope.record is not None:
                _add_field(feeds, scope.space, scope.record.id, name, weight)
        case RecordSum():
            _gather_records(build, leaf, scope, weight, feeds)


def _gather_absent(build: Build, leaf: CellRef, scope: Scope, weight: int, feeds: Feeds) -> None:
    """A code row that no line has today: a mend may give it its first line."""
    view = build.grids.view(leaf.table, scope)
    if view is None or leaf.is_span:
        return
    column = view.by_id.get(leaf.column or view.only_amount(0))
    pivot = absent_pivot(build, view, scope.fill(leaf.row), column) if column is not None else None
    if pivot is not None:
        feeds.pivots.append((weight, pivot, ""))


def _gather_records(build: Build, leaf: RecordSum, scope: Scope, weight: int, feeds: Feeds) -> None:
    if not leaf.field:
        return
    passes = matcher(leaf.where)
    for number, record in build.draft.records(leaf.space).items():
        if passes(record, scope.project):
            _add_field(feeds, leaf.space, number, leaf.field, weight)


def _gather_cell(build: Build, scope: Scope, weight: int, feeds: Feeds) -> None:
    view = scope.view
    assert view is not None
    column = view.by_id[scope.column]
    value = formula_of(view, scope.row, column)
    if value is not None:
        _gather(build, value, scope, weight, feeds)
        return
    pivot = pivot_of(build, view, scope.row, column)
    if pivot is not None:
        feeds.pivots.append((weight, pivot, f"{view.id}\n{scope.row}\n{scope.column}"))
        return
    if scope.row == view.total:
        for row in view.children.get(-1, ()):
            _gather_cell(build, build.scope_at(view, row, scope.column), weight, feeds)
        return
    origin = origin_of(build, view, scope.row, column)
    if origin.kind == "record":
        space, number, name = origin.address.split("/")
        _add_field(feeds, space, int(number), name, weight)
    elif origin.kind != "none":
        raise NotPlain


def _add_field(feeds: Feeds, space: str, record: int, name: str, weight: int) -> None:
    key = (space, record, name)
    feeds.fields[key] = feeds.fields.get(key, 0) + weight
