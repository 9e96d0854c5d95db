"""Where typed numbers enter the nodes: sums of lines, values at addresses, fields of records."""

from __future__ import annotations

from collections.abc import Iterator

from xinfang_desk.engine.cube import Cube, Source, bits
from xinfang_desk.engine.draft import Draft
from xinfang_desk.engine.layout import View
from xinfang_desk.engine.nodes import NodeId, Nodes
from xinfang_desk.engine.scope import Scope
from xinfang_desk.expr.evaluate import matcher
from xinfang_desk.model.formula import Condition, RecordSum
from xinfang_desk.model.ledger import Record


def number_in(value: object) -> int | None:
    """A typed value as a number: yes is 1, no is 0, text and tables are blank."""
    return int(value) if isinstance(value, int) else None


def present(value: object) -> int | None:
    """1 where something stands at an address (text too), else blank."""
    return 1 if value not in (None, "", ()) else None


class Inputs:
    """The nodes that stand for what was typed, and the way back: which nodes a typed number stands in.

    ``record_cells``: cells of a single line, by list and id.
    """

    def __init__(self, draft: Draft, nodes: Nodes, cubes: dict[Source, Cube], views: list[View]) -> None:
        self._draft = draft
        self._nodes = nodes
        self._cubes = cubes
        self._views = views
        self._inputs: dict[tuple[str, str | int, str], NodeId] = {}
        self._wildcards: list[tuple[str, str, NodeId]] = []
        self._sums: dict[tuple[Source, int], NodeId] = {}
        self._record_sums: dict[tuple[str, str, frozenset[int]], NodeId] = {}
        self.record_cells: dict[tuple[str, int], list[NodeId]] = {}

    def put(self, node: NodeId, cube: Cube, groups: int) -> None:
        """Give a node the sum of some groups."""
        chosen = bits(groups)
        self._nodes.sums[node] = sum(map(cube.sums.__getitem__, chosen))
        self._nodes.counts[node] = sum(map(cube.counts.__getitem__, chosen))

    def ledger(self, source: Source, where: Condition, scope: Scope) -> NodeId:
        """The sum of the lines that fulfil a condition."""
        cube = self._cubes[source]
        groups = cube.mask(where, scope.project)
        node = self._sums.get((source, groups))
        if node is None:
            node = self._sums[source, groups] = self._nodes.reserve(1)
            self.put(node, cube, groups)
        return node

    def typed_value(self, space: str, address: str, presence: bool) -> NodeId:
        """The value at an address, or the sum below ``x.*``; ``presence``: 1 where anything stands there."""
        key = ("?" + space if presence else space, address, "")
        node = self._inputs.get(key)
        if node is None:
            values = self._draft.values(space)
            chosen = [v for a, v in values.items() if a.startswith(address[:-1])] if address.endswith(".*") else \
                [values[address]] if address in values else []
            numbers = [n for n in map(present if presence else number_in, chosen) if n is not None]
            node = self._inputs[key] = self._nodes.reserve(1)
            self._nodes.sums[node], self._nodes.counts[node] = sum(numbers), len(numbers)
            if address.endswith(".*"):
                self._wildcards.append((key[0], address[:-1], node))
        return node

    def field(self, space: str, record: Record, field: str) -> NodeId:
        """A number of a record."""
        key = (space, record.id, field)
        node = self._inputs.get(key)
        if node is None:
            node = self._inputs[key] = self._nodes.single(number_in(getattr(record, field, None)))
        return node

    def record_sum(self, leaf: RecordSum, scope: Scope) -> NodeId:
        """A field summed over records, or how many records there are."""
        if leaf.space in self._cubes and leaf.field == "amount":
            return self.ledger("lines" if leaf.space == "lines" else "incomes", leaf.where, scope)
        passes = matcher(leaf.where)
        records = self._draft.records(leaf.space)
        chosen = frozenset(i for i, record in records.items() if passes(record, scope.project))
        key = (leaf.space, leaf.field, chosen)
        node = self._record_sums.get(key)
        if node is None:
            typed = [getattr(records[i], leaf.field, None) if leaf.field else 1 for i in chosen]
            numbers = [n for n in map(number_in, typed) if n is not None]
            node = self._record_sums[key] = self._nodes.reserve(1)
            self._nodes.sums[node] = sum(numbers)
            self._nodes.counts[node] = len(numbers) if leaf.field else 1
        return node

    # ---- where a typed value enters ----

    def entry_of(self, space: str, record: int, field: str) -> tuple[str, ...] | tuple[str, int] | tuple[str, int, str]:
        """The source key of a record's number: its group for a line, itself where something reads it singly."""
        if field == "amount" and space in self._cubes:
            group = self._cubes["lines" if space == "lines" else "incomes"].group_of[record]
            if (space, record, field) not in self._inputs and (space, record) not in self.record_cells:
                return (space, group)
        return (space, record, field)

    def record_roots(self, space: str, record: int, field: str) -> Iterator[NodeId]:
        """The nodes a number of a record stands in directly."""
        if field == "amount" and space in self._cubes:
            source: Source = "lines" if space == "lines" else "incomes"
            yield from self._group_roots(source, self._cubes[source].group_of[record])
            yield from self.record_cells.get((space, record), ())
        if (space, record, field) in self._inputs:
            yield self._inputs[space, record, field]
        for (of, name, members), node in self._record_sums.items():
            if of == space and name == field and record in members:
                yield node

    def _group_roots(self, source: Source, group: int) -> Iterator[NodeId]:
        for view in self._views:
            for offset, of, groups in view.pivots:
                if of == source and groups >> group & 1:
                    if view.total >= 0:
                        yield view.rows[view.total].base + offset
                    row = view.leaves[source][group]
                    while row >= 0:
                        yield view.rows[row].base + offset
                        row = view.rows[row].parent
            for of, groups, node in view.singles:
                if of == source and groups >> group & 1:
                    yield node
        for (of, groups), node in self._sums.items():
            if of == source and groups >> group & 1:
                yield node

    def value_roots(self, space: str, address: str, presence: bool) -> Iterator[NodeId]:
        """The nodes a typed value at an address stands in directly."""
        kind = "?" + space if presence else space
        if (kind, address, "") in self._inputs:
            yield self._inputs[kind, address, ""]
        for of, prefix, node in self._wildcards:
            if of == kind and address.startswith(prefix):
                yield node
