"""Values and tests read on demand: by the narrative, by findings, by explanations. Nothing is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from xinfang_desk.engine.build import Build
from xinfang_desk.engine.inputs import number_in, present
from xinfang_desk.engine.layout import View
from xinfang_desk.engine.scope import NOWHERE, Scope
from xinfang_desk.expr.evaluate import (
    Getter,
    Leaf,
    Result,
    Undecided,
    Verdict,
    decide,
    evaluate,
    leaves,
    matcher,
)
from xinfang_desk.model.formula import (
    Arithmetic,
    CellRef,
    Fetch,
    Function,
    LedgerSum,
    Negative,
    Number,
    RecordField,
    RecordSum,
    Test,
    Value,
)
from xinfang_desk.model.sheet import CellAddress

MONEY_FIELDS = frozenset({"amount", "price", "for_sme", "for_micro", "target_amount"} | {
    f"{what}_{source}" for what in ("budget", "spent") for source in ("upper", "county", "carry", "other")})


@dataclass(frozen=True, slots=True)
class RowContext:
    """From where an expression is read: a row of a sheet (``table`` is a sheet id), a record, a project, or an
    account without a row of its own."""

    table: str = ""
    row: str = ""
    column: str = ""
    space: str = ""
    record: int | None = None
    project: int | None = None
    account: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A value as read: ``None`` for blank or undecided; ``money``: in 分. ``cells`` and ``addresses``
    (``priors:total``, ``facts:duties``) say where it comes from."""

    value: int | Fraction | None
    money: bool
    cells: tuple[CellAddress, ...] = ()
    addresses: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The first address, '' where the value stands on cells alone."""
        return self.addresses[0] if self.addresses else ""


class Reader:
    """Reads expressions over one build, straight from nodes and records."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._kinds: dict[str, str] | None = None

    def scope(self, context: RowContext | None) -> Scope:
        """The scope a context names. Raises ``KeyError`` for a sheet, row or record that is not there."""
        if context is None:
            return NOWHERE
        build = self._build
        if context.table:
            view = build.grids.view(context.table, Scope(project=context.project))
            if view is None:
                raise KeyError(context.table)
            if not context.row:
                return Scope(view, project=view.project)
            return build.scope_at(view, view.index[context.row], context.column)
        if context.space and context.record is not None:
            record = build.draft.records(context.space)[context.record]
            project = record.id if context.space == "projects" else getattr(record, "project", None)
            return Scope(space=context.space, record=record, project=project)
        return Scope(project=context.project, account=context.account)

    def value(self, value: Value, scope: Scope) -> Result:
        """What ``value`` is, read from ``scope``."""
        return evaluate(value, self._binder(scope))

    def decided(self, value: Value, scope: Scope) -> int | Fraction | None:
        """What ``value`` is, undecided as blank."""
        result = self.value(value, scope)
        return None if isinstance(result, Undecided) else result

    def verdict(self, test: Test, scope: Scope, tolerance: int = 0) -> Verdict:
        """Whether ``test`` holds; ``None`` where that cannot be decided."""
        return decide(test, self._binder(scope), tolerance)

    def read(self, value: Value, scope: Scope) -> Reading:
        """A value with its kind and where it comes from."""
        return Reading(self.decided(value, scope), self.is_money(value, scope), self.cells(value, scope),
                       self.addresses(value, scope))

    def cells(self, value: Value, scope: Scope) -> tuple[CellAddress, ...]:
        """Every cell a value refers to, once, in order."""
        found = {address_of(view, row, column): None for leaf in leaves(value) if isinstance(leaf, CellRef)
                 for view, row, column in self._build.grids.cells(leaf, scope)}
        return tuple(found)

    def addresses(self, value: Value, scope: Scope) -> tuple[str, ...]:
        """Every typed address a value refers to, as ``space:address``."""
        found = {f"{leaf.space}:{scope.fill(leaf.address)}": None for leaf in leaves(value)
                 if isinstance(leaf, Fetch)}
        return tuple(found)

    def is_money(self, value: Value, scope: Scope) -> bool:
        """Whether a value is an amount in 分 (a ratio of two amounts is not)."""
        match value:
            case Number(_, money):
                return money
            case CellRef():
                return any(view.by_id[column].kind == "money"
                           for view, _, column in self._build.grids.cells(value, scope)) \
                    or self._column_is_money(value, scope)
            case LedgerSum():
                return True
            case Fetch(space, address):
                return space != "facts" or self._fact_kind(scope.fill(address)) == "money"
            case RecordField(field) | RecordSum(_, field):
                return field in MONEY_FIELDS
            case Negative(part):
                return self.is_money(part, scope)
            case Arithmetic("/", left, right):
                return self.is_money(left, scope) and not self.is_money(right, scope)
            case Arithmetic(_, left, right):
                return self.is_money(left, scope) or self.is_money(right, scope)
            case Function("band" | "reach", args):
                return any(self.is_money(points, scope) for points in (*args[2:-1:2], args[-1]))
            case Function(name, args):
                return name != "filled" and any(self.is_money(arg, scope) for arg in args)

    def _column_is_money(self, ref: CellRef, scope: Scope) -> bool:
        """For a row without data today: what its column would hold."""
        view = self._build.grids.view(ref.table, scope)
        if view is None:
            return False
        column = view.by_id.get(ref.column or view.only_amount(0))
        return column is not None and column.kind == "money"

    def _fact_kind(self, address: str) -> str:
        if self._kinds is None:
            self._kinds = {item.address: item.kind for page in self._build.pack.pages for item in page.fields
                           if item.space == "facts"}
        return self._kinds.get(address, "")

    def _binder(self, scope: Scope) -> _Binder:
        return _Binder(self._build, scope)


class _Binder:
    """Getters of what stands there now, without leaving nodes behind."""

    def __init__(self, build: Build, scope: Scope) -> None:
        self._build = build
        self._scope = scope

    def __call__(self, leaf: Leaf, presence: bool = False) -> tuple[Getter, ...]:
        match leaf:
            case CellRef():
                nodes = self._build.nodes
                return tuple(nodes.getter(view.node(row, column))
                             for view, row, column in self._build.grids.cells(leaf, self._scope)) or (_blank,)
            case LedgerSum(source, where):
                cube = self._build.cubes[source]
                groups = cube.answer(where, self._scope.project)
                return (lambda: cube.total(groups),)
            case Fetch(space, address):
                return (lambda: self._fetch(space, self._scope.fill(address), presence),)
            case RecordField(field):
                return (lambda: self._field(field),)
            case RecordSum():
                return (lambda: self._record_sum(leaf),)

    def _fetch(self, space: str, address: str, presence: bool) -> Result:
        values = self._build.draft.values(space)
        read = present if presence else number_in
        if address.endswith(".*"):
            numbers = [n for a, v in values.items() if a.startswith(address[:-1]) and (n := read(v)) is not None]
            return sum(numbers) if numbers else None
        return read(values.get(address))

    def _field(self, field: str) -> Result:
        record = self._scope.record
        if record is None:
            return None
        current = self._build.draft.records(self._scope.space).get(record.id, record)
        return number_in(getattr(current, field, None))

    def _record_sum(self, leaf: RecordSum) -> Result:
        passes, project = matcher(leaf.where), self._scope.project
        chosen = [r for r in self._build.draft.records(leaf.space).values() if passes(r, project)]
        if not leaf.field:
            return len(chosen)
        numbers = [n for r in chosen if (n := number_in(getattr(r, leaf.field, None))) is not None]
        return sum(numbers) if numbers else None


def _blank() -> Result:
    return None


def address_of(view: View, row: int, column: str) -> CellAddress:
    """The address of a cell of a view."""
    return CellAddress(view.id, view.rows[row].key, column)


__all__ = ["Reader", "Reading", "RowContext", "address_of"]
