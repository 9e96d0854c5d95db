"""The numbers behind every cell and check, and how a difference travels through them.

A *linear* node is a weighted sum of sources (groups of lines, typed values); an edit adds ``weight · difference`` to
it. A *computed* node (ratio, product, minimum) is a closure, run again when something it reads has moved.
Blankness travels the same way: ``counts`` holds how many amounts that are not blank stand behind a node.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Final

from xinfang_desk.engine.layout import View
from xinfang_desk.expr.evaluate import Amount, Getter, Result, Undecided
from xinfang_desk.model.sheet import CellAddress

NodeId = int
BLANK: Final[NodeId] = 0
"""A node that is always blank: rows that have no data today, references to nothing."""

Fallout = tuple[tuple[NodeId, int, int], ...]
Band = tuple[int, NodeId, int, int, bool, int]
"""a check, a node and two bounds; it holds while the node's sum lies between them (or does not). Where that is not so,
who has a say: nobody (0: it fails), a guard that looks at typed values only (1), any other guard (2)"""


@dataclass(frozen=True, slots=True)
class Zone:
    """Bands with the same bounds, side by side: looked through at every key, so nothing stands between them.

    ``least``, ``most``, ``within`` as in a :data:`Band`; ``nodes`` and ``checks`` (the check, and who has a say) run in
    step."""

    least: int
    most: int
    within: bool
    nodes: tuple[NodeId, ...]
    checks: tuple[tuple[int, int], ...]


def zones(bands: Iterable[Band]) -> tuple[Zone, ...]:
    """Bands put together by their bounds."""
    found: dict[tuple[int, int, bool], list[Band]] = {}
    for band in bands:
        found.setdefault(band[2:5], []).append(band)
    return tuple(Zone(*bounds, tuple(band[1] for band in alike), tuple((band[0], band[5]) for band in alike))
                 for bounds, alike in found.items())


@dataclass(slots=True)
class Plan:
    """What moves when one source moves: linear nodes with weight and multiplicity, then computed nodes in order,
    then watchers (checks) whose verdict may turn, and all watchers whose figures may change."""

    linear: Fallout
    level: tuple[NodeId, ...]
    sloping: tuple[tuple[NodeId, int], ...]
    """``linear`` parted: those that move by the difference itself, and those that move by a multiple of it"""
    computed: tuple[NodeId, ...]
    watchers: tuple[int, ...]
    readers: frozenset[int]
    nodes: tuple[NodeId, ...]
    zones: tuple[Zone, ...] = ()
    banded: frozenset[int] = frozenset()
    asked: tuple[int, ...] = ()
    """``watchers`` parted: those that hold while one sum stays in its band, and those that must be asked"""
    rows: tuple[tuple[View, tuple[int, ...]], ...] = ()
    cells: frozenset[CellAddress] = frozenset()
    sheets: frozenset[str] = frozenset()


class Nodes:
    """All nodes of one build. Node 0 is blank for ever."""

    def __init__(self) -> None:
        self.sums: list[int] = [0]
        self.counts: list[int] = [0]
        self.computed: dict[NodeId, Getter] = {}
        self.results: dict[NodeId, Result] = {}
        self.order: dict[NodeId, int] = {}
        """rank of derived nodes: everything a node reads has a lower rank"""
        self.linear_out: dict[NodeId, list[tuple[NodeId, int]]] = {}
        self.computed_out: dict[NodeId, list[NodeId]] = {}
        self.watched: dict[NodeId, list[int]] = {}
        """node -> checks to decide again when the node moves"""
        self.balances: dict[NodeId, int] = {}
        """difference node (left minus right) -> its check"""
        self.plans: dict[Hashable, Plan] = {}

    # ---- building ----

    def reserve(self, count: int) -> NodeId:
        """``count`` new blank nodes in a row; returns the first."""
        first = len(self.sums)
        self.sums.extend([0] * count)
        self.counts.extend([0] * count)
        return first

    def single(self, value: int | None) -> NodeId:
        """A new node that stands for one typed value."""
        self.sums.append(value or 0)
        self.counts.append(value is not None)
        return len(self.sums) - 1

    def make_linear(self, node: NodeId, terms: Iterable[tuple[NodeId, int]], constant: int = 0,
                    filled: int = 0) -> None:
        """Let ``node`` be the weighted sum of other linear nodes (their values must stand already)."""
        sums, counts, out = self.sums, self.counts, self.linear_out
        total, count = constant, filled
        for part, weight in terms:
            if part:
                total += weight * sums[part]
                count += counts[part]
                out.setdefault(part, []).append((node, weight))
        sums[node], counts[node] = total, count
        self.order[node] = len(self.order)

    def make_computed(self, node: NodeId, getter: Getter, reads: Iterable[NodeId]) -> None:
        """Let ``node`` be whatever ``getter`` gives; ``reads`` are the nodes it looks at."""
        for part in {part for part in reads if part}:
            self.computed_out.setdefault(part, []).append(node)
        self.computed[node] = getter
        self.order[node] = len(self.order)
        self.results[node] = getter()

    def watch(self, check: int, reads: Iterable[NodeId]) -> None:
        """Decide ``check`` again whenever one of the nodes moves."""
        for part in {part for part in reads if part}:
            self.watched.setdefault(part, []).append(check)

    # ---- reading ----

    def result(self, node: NodeId) -> Result:
        """The node's value now, :data:`UNDECIDED` kept apart from blank."""
        if node in self.results:
            return self.results[node]
        return self.sums[node] if self.counts[node] else None

    def read(self, node: NodeId) -> Amount:
        """The node's value now, undecided shown as blank."""
        value = self.result(node)
        return None if isinstance(value, Undecided) else value

    def getter(self, node: NodeId) -> Getter:
        """A closure that reads the node."""
        if node in self.computed:
            results = self.results
            return lambda: results[node]
        sums, counts = self.sums, self.counts
        return lambda: sums[node] if counts[node] else None

    # ---- moving ----

    def plan(self, source: Hashable, roots: Callable[[], Iterable[NodeId]]) -> Plan:
        """The laid-out plan of a source, made on first use from the nodes it stands in directly."""
        plan = self.plans.get(source)
        if plan is None:
            plan = self.plans[source] = self._lay_out(roots())
        return plan

    def _lay_out(self, roots: Iterable[NodeId]) -> Plan:
        weights: dict[NodeId, int] = {}
        times: dict[NodeId, int] = {}
        for root in roots:
            weights[root] = weights.get(root, 0) + 1
            times[root] = times.get(root, 0) + 1
        pending = self._reached(weights, self.linear_out)
        for node in (*list(weights), *pending):
            if node not in weights:
                continue
            weight, count = weights[node], times[node]
            for target, factor in self.linear_out.get(node, ()):
                weights[target] = weights.get(target, 0) + weight * factor
                times[target] = times.get(target, 0) + count
        computed = self._reached_computed(weights)
        moved = [n for n in weights if weights[n] or n not in self.balances]
        watchers = {self.balances[n] for n in moved if n in self.balances}
        readers = {self.balances[n] for n in weights if n in self.balances}
        for node in (*weights, *computed):
            watchers.update(self.watched.get(node, ()))
        linear = tuple((n, weights[n], times[n]) for n in moved)
        level = tuple(n for n, weight, _ in linear if weight == 1)
        sloping = tuple((n, weight) for n, weight, _ in linear if weight != 1)
        return Plan(linear, level, sloping, tuple(computed), tuple(watchers), frozenset(readers | watchers),
                    (*weights, *computed))

    def _reached(self, start: Iterable[NodeId], out: dict[NodeId, list[tuple[NodeId, int]]]) -> list[NodeId]:
        seen: set[NodeId] = set()
        todo = list(start)
        while todo:
            for target, _ in out.get(todo.pop(), ()):
                if target not in seen:
                    seen.add(target)
                    todo.append(target)
        return sorted(seen, key=self.order.__getitem__)

    def _reached_computed(self, start: Iterable[NodeId]) -> list[NodeId]:
        seen: set[NodeId] = set()
        todo = list(start)
        while todo:
            for target in self.computed_out.get(todo.pop(), ()):
                if target not in seen:
                    seen.add(target)
                    todo.append(target)
        return sorted(seen, key=self.order.__getitem__)

    def move(self, plan: Plan, delta: int, filled: int) -> None:
        """Carry a difference (分) and a change of blankness (-1, 0, 1) through a plan."""
        sums = self.sums
        if delta:
            for node in plan.level:
                sums[node] += delta
            for node, weight in plan.sloping:
                sums[node] += weight * delta
        if filled:
            counts = self.counts
            for node, _, times in plan.linear:
                counts[node] += times * filled
        for node in plan.computed:
            self.results[node] = self.computed[node]()
