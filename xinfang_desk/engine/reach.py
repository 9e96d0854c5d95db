"""Where a figure goes: the cells it moves and the checks that look at it, read off the engine's own wiring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from xinfang_desk.engine.build import Build
from xinfang_desk.engine.checks import Checks
from xinfang_desk.engine.fields import row_name
from xinfang_desk.engine.nodes import NodeId
from xinfang_desk.engine.reading import Reader
from xinfang_desk.engine.rules import RULES
from xinfang_desk.engine.scope import Scope
from xinfang_desk.engine.words import column_title
from xinfang_desk.expr.evaluate import comparisons, fields_of, leaves
from xinfang_desk.model.formula import Fetch, LedgerSum, RecordField, RecordSum
from xinfang_desk.model.pack import Check
from xinfang_desk.model.sheet import CellAddress


@dataclass(frozen=True, slots=True)
class ReachedCell:
    """A cell and what it is called: its table's title, its row, its column."""

    cell: CellAddress
    table: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Reach:
    """``cells`` in the order of the sheets; ``sheets``: ids of sheets that print the text itself; ``checks``: ids of
    the checks that look at it, in the order of the pack."""

    cells: tuple[ReachedCell, ...] = ()
    sheets: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()


class Reaches:
    """Questions about one build; nothing of it is changed but for plans, which are kept for later edits."""

    def __init__(self, build: Build, checks: Checks, reader: Reader) -> None:
        self._build = build
        self._checks = checks
        self._reader = reader

    def of_value(self, space: str, address: str, nodes: Iterable[NodeId], readers: Iterable[int]) -> Reach:
        """Where a typed value goes, given the nodes and watchers its plans reach."""
        build = self._build
        found = {self._checks.instances[number].check.id for number in readers}
        found |= {check.id for check in build.pack.checks if check.rule and (
            _names(check, space, address) if space != "unit" else
            check.target == f"unit:{address}" or (address == "kind" and "unit" in RULES[check.rule].reads))}
        found |= {check.id for check in build.pack.checks if not check.rule and _fetches(check, space, address)}
        worded = tuple(build.wordy(address)) if space == "facts" else \
            tuple(v.id for v in build.grids.views if "{unit}" in v.table.corner + v.table.title) \
            if (space, address) == ("unit", "name") else ()
        told = tuple(v.id for v in build.grids.views if v.table.rows is not None and v.table.rows.by == "fact"
                     and v.table.rows.address == address and space == "facts")
        return Reach(self._cells(nodes), (*told, *(s for s in worded if s not in told)), self._ordered(found))

    def of_field(self, space: str, field: str, nodes: Iterable[NodeId], readers: Iterable[int]) -> Reach:
        """Where a field of a record goes."""
        found = {self._checks.instances[number].check.id for number in readers}
        for check in self._build.pack.checks:
            if (check.rule and field != "amount" and space in RULES[check.rule].reads
                    and (check.target == f"this.{field}" or _mentions(check.params, field))) or (
                        not check.rule and _looks_at(check, space, field)):
                found.add(check.id)
        return Reach(self._cells(nodes), (), self._ordered(found))

    def of_cell(self, cell: CellAddress) -> Reach:
        """Where a printed figure goes on to. Raises ``KeyError`` for an unknown cell."""
        view = self._build.grids.by_id[cell.table]
        row = view.index[cell.row]
        if cell.column not in view.offset:
            return Reach()
        node = view.node(row, cell.column)
        plan = self._build.nodes.plan(("reach", node), lambda: [node])
        found = {self._checks.instances[number].check.id for number in plan.readers}
        return Reach(tuple(c for c in self._cells(plan.nodes) if c.cell != cell), (), self._ordered(found))

    def of_check(self, check_id: str) -> tuple[tuple[ReachedCell, ...], tuple[str, ...]]:
        """The cells a check compares, and the typed values (``space:address``) it reads, where it runs first."""
        for instance in self._checks.instances:
            if instance.check.id == check_id:
                return self._read_by(instance.check, instance.scope)
        return (), ()

    def _read_by(self, check: Check, scope: Scope) -> tuple[tuple[ReachedCell, ...], tuple[str, ...]]:
        assert check.test is not None
        sides = [side for c in comparisons(check.test) for side in (c.left, c.right)]
        cells = dict.fromkeys(cell for side in sides for cell in self._reader.cells(side, scope))
        addresses = dict.fromkeys(a for side in sides for a in self._reader.addresses(side, scope))
        return tuple(map(self.named, cells)), tuple(addresses)

    def reasons_wanted(self) -> dict[str, str]:
        """Key of a finding that holds only while a reason is blank → the reason's address."""
        found: dict[str, str] = {}
        for number in self._checks.failing:
            instance = self._checks.instances[number]
            when = instance.check.when
            sides = [side for c in comparisons(when) for side in (c.left, c.right)] if when is not None else []
            for leaf in (leaf for side in sides for leaf in leaves(side)):
                if isinstance(leaf, Fetch) and leaf.space == "facts" and leaf.address.startswith("reason."):
                    found.setdefault(instance.key, instance.scope.fill(leaf.address))
        return found

    def named(self, cell: CellAddress) -> ReachedCell:
        """A cell with its names. Raises ``KeyError``."""
        view = self._build.grids.by_id[cell.table]
        return ReachedCell(cell, view.table.title, row_name(self._build, view, view.index[cell.row]).strip(),
                           column_title(view, cell.column))

    def _cells(self, nodes: Iterable[NodeId]) -> tuple[ReachedCell, ...]:
        wanted = self._build.places(nodes)[1]
        found = []
        for view in self._build.grids.views:
            here = [cell for cell in wanted if cell.table == view.id]
            order = {column.id: j for j, column in enumerate(view.columns)}
            # The row nearest to the entry first, its sums after it.
            here.sort(key=lambda cell, v=view, o=order: (-v.rows[v.index[cell.row]].level,  # type: ignore[misc]
                                                          v.index[cell.row], o.get(cell.column, 0)))
            found += [self.named(cell) for cell in here]
        return tuple(found)

    def _ordered(self, found: set[str]) -> tuple[str, ...]:
        return tuple(check.id for check in self._build.pack.checks if check.id in found)


def _fetches(check: Check, space: str, address: str) -> bool:
    """Whether a check's formulas read a typed value (checks over rows that do not exist today have no instance)."""
    for test in (check.test, check.when):
        if test is None:
            continue
        for leaf in (leaf for c in comparisons(test) for side in (c.left, c.right) for leaf in leaves(side)):
            if isinstance(leaf, Fetch) and leaf.space == space and covers(leaf.address, address):
                return True
    return False


def covers(pattern: str, address: str) -> bool:
    """Whether an address as a pack writes it (``function.{code}``, ``sangong.*``) can mean ``address``."""
    if pattern.endswith(".*"):
        return address.startswith(pattern[:-1])
    head, brace, tail = pattern.partition("{")
    return address == pattern if not brace else address.startswith(head) and address.endswith(tail.partition("}")[2])


def _looks_at(check: Check, space: str, field: str) -> bool:
    if check.over == space and field in fields_of(check.where):
        return True
    for test in (check.test, check.when):
        if test is None:
            continue
        for leaf in (leaf for c in comparisons(test) for side in (c.left, c.right) for leaf in leaves(side)):
            if isinstance(leaf, RecordField) and check.over == space and leaf.field == field:
                return True
            if isinstance(leaf, RecordSum) and leaf.space == space and field in (leaf.field, *fields_of(leaf.where)):
                return True
            if isinstance(leaf, LedgerSum) and leaf.source == space and field in fields_of(leaf.where):
                return True
    return False


def _names(check: Check, space: str, address: str) -> bool:
    """Whether a check's rule is told of an address: by its target or among its parameters."""
    if check.target in (address, f"{space}:{address}"):
        return True
    reason = address.removeprefix("reason.")
    return any(text == address or f'("{address}")' in text or (reason not in (address, "") and text == reason)
               for text in _strings(check.params))


def _mentions(params: Mapping[str, object], word: str) -> bool:
    return any(text == word or text.rpartition(".")[2] == word for text in _strings(params))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)


__all__ = ["Reach", "ReachedCell", "Reaches", "covers"]
