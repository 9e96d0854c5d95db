"""Checks as live verdicts: one instance for each row or record a check runs over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from xinfang_desk.engine.build import Build
from xinfang_desk.engine.nodes import NodeId
from xinfang_desk.engine.scope import NOWHERE, Scope
from xinfang_desk.expr.evaluate import Verdict, compare, join, matcher
from xinfang_desk.model.codes import LEVEL_NAMES
from xinfang_desk.model.formula import Compare, Test
from xinfang_desk.model.pack import Check, Pack, Severity

RECORD_SPACES = ("lines", "incomes", "projects", "indicators", "purchases")

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}


@dataclass(slots=True)
class Instance:
    """A check at one place. ``place``: ``table/row``, ``projects/3`` or ''; ``fails``: the verdict now."""

    number: int
    check: Check
    order: tuple[int, int, int]
    scope: Scope
    place: str
    verdict: Callable[[], Verdict]
    fails: bool = False

    @property
    def key(self) -> str:
        """Stable as long as the same thing is looked at."""
        return f"{self.check.id}|{self.place}"


def ranks(pack: Pack) -> dict[str, tuple[int, int, int]]:
    """The order findings are listed in, by check id: errors first, then by page, then as the pack lists them."""
    pages = {page.id: i for i, page in enumerate(pack.pages)}
    return {check.id: (_RANK[check.severity], pages.get(check.page, len(pages)), i)
            for i, check in enumerate(pack.checks)}


class Checks:
    """Every instance of every check with a test, decided, over one build."""

    def __init__(self, pack: Pack, build: Build) -> None:
        self._build = build
        self.instances: list[Instance] = []
        self.failing: set[int] = set()
        order = ranks(pack)
        for check in pack.checks:
            if check.test is not None:
                for scope, place in places(build, check):
                    self._add(check, order[check.id], scope, place)

    def _add(self, check: Check, order: tuple[int, int, int], scope: Scope, place: str) -> None:
        number = len(self.instances)
        assert check.test is not None
        verdict = self._compile(check.test, scope, number, check.tolerance)
        if check.when is not None:
            verdict = _guarded(self._compile(check.when, scope, number, 0), verdict)
        instance = Instance(number, check, order, scope, place, verdict)
        self.instances.append(instance)
        self.decide(number)

    def decide(self, number: int) -> bool:
        """Decide one instance again; returns whether its verdict turned."""
        instance = self.instances[number]
        fails = instance.verdict() is False
        if fails is instance.fails:
            return False
        instance.fails = fails
        (self.failing.add if fails else self.failing.discard)(number)
        return True

    def _compile(self, test: Test, scope: Scope, number: int, tolerance: int) -> Callable[[], Verdict]:
        if not isinstance(test, Compare):
            return join(test.op, [self._compile(part, scope, number, tolerance) for part in test.parts])
        balance = self._build.balance(test, scope, number)
        if balance is not None:
            return _balanced(self._build.nodes.sums, balance, test.op, tolerance)
        left, reads = self._build.closure(test.left, scope)
        right, more = self._build.closure(test.right, scope)
        self._build.nodes.watch(number, [*reads, *more])
        op = test.op
        return lambda: compare(op, left(), right(), tolerance)


def _balanced(sums: list[int], node: NodeId, op: str, tolerance: int) -> Callable[[], Verdict]:
    if op == "==":
        return lambda: -tolerance <= sums[node] <= tolerance
    return lambda: compare(op, sums[node], 0, tolerance)


def _guarded(guard: Callable[[], Verdict], verdict: Callable[[], Verdict]) -> Callable[[], Verdict]:
    return lambda: verdict() if guard() is True else None


def places(build: Build, check: Check) -> Iterator[tuple[Scope, str]]:
    """Where a check runs: once; or for each row of a table (``table`` or ``table:项``); or for each record."""
    if not check.over:
        yield NOWHERE, ""
    elif check.over in RECORD_SPACES:
        passes = matcher(check.where)
        for number, record in build.draft.records(check.over).items():
            project = number if check.over == "projects" else getattr(record, "project", None)
            if passes(record, project):
                yield (Scope(space=check.over, record=record, project=project), f"{check.over}/{number}")
    else:
        table, _, level = check.over.partition(":")
        for scope in rows_of(build, table, level):
            assert scope.view is not None
            yield scope, f"{scope.view.id}/{scope.view.rows[scope.row].key}"


def rows_of(build: Build, table: str, level: str = "") -> Iterator[Scope]:
    """Each row of a table as a scope: all, or one level (``类``, ``款``, ``项`` or its number, ``leaf``, ``total``).

    Headings of block tables hold no figures and are left out.
    """
    wanted = str(LEVEL_NAMES.index(level) + 1) if level in LEVEL_NAMES else level
    for view in build.grids.of_table(table):
        chosen = view.span("leaf", view.total) if wanted == "leaf" else range(len(view.rows))
        for row in chosen:
            plan = view.rows[row]
            fixed = plan.fixed
            if fixed is not None and fixed.where is None and fixed.value is None and not fixed.cells:
                continue
            if wanted in ("", "all", "leaf", str(plan.level)) or (wanted == "total" and row == view.total):
                yield build.scope_at(view, row)
