"""Checks as live verdicts: one instance for each row or record a check runs over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from xinfang_desk.engine.build import Build
from xinfang_desk.engine.inputs import number_in, present
from xinfang_desk.engine.nodes import Band, NodeId
from xinfang_desk.engine.scope import NOWHERE, Scope
from xinfang_desk.expr.evaluate import (
    Getter,
    Leaf,
    Verdict,
    compare,
    comparisons,
    compile_test,
    join,
    leaves,
    matcher,
)
from xinfang_desk.model.codes import LEVEL_NAMES
from xinfang_desk.model.formula import Compare, Fetch, RecordField, Test
from xinfang_desk.model.ledger import Record
from xinfang_desk.model.pack import Check, Pack, Severity

_FAR = 10**30  # 分: beyond any amount
# Between what left minus right must lie (or must not); 0 stands for the check's tolerance.
_BANDS = {"==": (0, 0, True), "!=": (0, 0, False), "<=": (-_FAR, 0, True), ">=": (0, _FAR, True)}
RECORD_SPACES = ("lines", "incomes", "projects", "indicators", "purchases")

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}


@dataclass(slots=True)
class Instance:
    """A check at one place. ``place``: ``table/row``, ``projects/3`` or ''; ``turn``: its turn among the check's
    own; ``fails``: the verdict now."""

    number: int
    check: Check
    order: tuple[int, int, int]
    turn: int
    scope: Scope
    place: str
    verdict: Callable[[], Verdict]
    fails: bool = False

    @property
    def key(self) -> str:
        """Stable as long as the same thing is looked at."""
        return f"{self.check.id}|{self.place}"


@dataclass(slots=True)
class RecordCheck:
    """A check that looks at nothing but the record it runs over: decided record by record, without nodes.

    ``found``: the instances made so far, one for each record that ever failed.
    """

    check: Check
    order: tuple[int, int, int]
    verdict: Callable[[Record], Verdict]
    found: dict[int, int]


def ranks(pack: Pack) -> dict[str, tuple[int, int, int]]:
    """The order findings are listed in, by check id: errors first, then by page, then as the pack lists them."""
    pages = {page.id: i for i, page in enumerate(pack.pages)}
    return {check.id: (_RANK[check.severity], pages.get(check.page, len(pages)), i)
            for i, check in enumerate(pack.checks)}


Judged = dict[str, tuple[dict[int, Record], frozenset[int]]]
"""By check: the records it looked at, and those of them that failed it."""


class Checks:
    """Every instance of every check with a test, decided, over one build."""

    def __init__(self, pack: Pack, build: Build, judged: Judged | None = None) -> None:
        """``judged``: what was found of records by the checks of the former build; it is brought up to date."""
        self._build = build
        self._judged: Judged = {} if judged is None else judged
        self.instances: list[Instance] = []
        self.failing: set[int] = set()
        self._bands: dict[int, Band] = {}
        self._by_record: dict[str, list[RecordCheck]] = {}
        self._turns: dict[str, dict[int, int]] = {}
        order = ranks(pack)
        for check in pack.checks:
            if check.test is None:
                continue
            if check.over in RECORD_SPACES and _own_fields_only(check):
                self._add_record_check(check, order[check.id])
                continue
            for turn, (scope, place) in enumerate(places(build, check)):
                self._add(check, order[check.id], turn, scope, place)

    def _add(self, check: Check, order: tuple[int, int, int], turn: int, scope: Scope, place: str) -> None:
        number = len(self.instances)
        assert check.test is not None
        verdict = self._compile(check.test, scope, number, check.tolerance, whole=True)
        if check.when is not None:
            verdict = _guarded(self._guard(check.when, scope, number), verdict)
            if number in self._bands:
                self._bands[number] = (*self._bands[number][:-1], 1 if _typed_only(check.when) else 2)
        self.instances.append(Instance(number, check, order, turn, scope, place, verdict))
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

    def part(self, watchers: Iterable[int]) -> tuple[tuple[Band, ...], tuple[int, ...]]:
        """Which checks hold for certain while a sum stays in its band, and which must be asked."""
        numbers = tuple(watchers)
        return (tuple(self._bands[number] for number in numbers if number in self._bands),
                tuple(number for number in numbers if number not in self._bands))

    def _guard(self, when: Test, scope: Scope, number: int) -> Callable[[], Verdict]:
        """A guard; one that looks at typed values only is asked again only after one of those has changed."""
        guard = self._compile(when, scope, number, 0)
        if not _typed_only(when):
            return guard
        build = self._build
        version, known = -1, None

        def remembered() -> Verdict:
            nonlocal version, known
            if version != build.typed_version:
                version, known = build.typed_version, guard()
            return known

        return remembered

    # ---- checks of single records ----

    def _add_record_check(self, check: Check, order: tuple[int, int, int]) -> None:
        records = self._build.draft.records(check.over)
        passes = matcher(check.where)
        verdict = _record_verdict(check)
        mine = RecordCheck(check, order, verdict, {})
        self._by_record.setdefault(check.over, []).append(mine)
        self._turns.setdefault(check.over, {number: turn for turn, number in enumerate(records)})
        before, failed = self._judged.get(check.id, ({}, frozenset()))
        # A record that is the very same object reads the same: nearly all are, after an edit that adds or removes one.
        failing = [number for number, record in records.items() if (
            number in failed if before.get(number) is record else
            verdict(record) is False and passes(record, project_of(check.over, record)))]
        self._judged[check.id] = dict(records), frozenset(failing)
        for number in failing:
            self._found(mine, number)

    def _found(self, mine: RecordCheck, number: int) -> None:
        """Make the instance of a record that fails for the first time."""
        space = mine.check.over
        records = self._build.draft.records(space)
        scope = Scope(space=space, record=records[number], project=project_of(space, records[number]))
        at = len(self.instances)

        def verdict() -> Verdict:
            return mine.verdict(self._build.draft.records(space)[number])

        self.instances.append(Instance(at, mine.check, mine.order, self._turns[space][number], scope,
                                       f"{space}/{number}", verdict))
        mine.found[number] = at
        self.decide(at)

    def recheck(self, space: str, number: int) -> list[int]:
        """A number of a record has changed: decide its own checks again; returns the instances that may read
        differently."""
        moved: list[int] = []
        for mine in self._by_record.get(space, ()):
            known = mine.found.get(number)
            if known is not None:
                was = self.instances[known].fails
                if self.decide(known) or was:
                    moved.append(known)
                continue
            record = self._build.draft.records(space)[number]
            if mine.verdict(record) is False and matcher(mine.check.where)(record, project_of(space, record)):
                self._found(mine, number)
                moved.append(mine.found[number])
        return moved

    # ---- tests as closures ----

    def _compile(self, test: Test, scope: Scope, number: int, tolerance: int, *,
                 whole: bool = False) -> Callable[[], Verdict]:
        """``whole``: it is all the check tests, not a part or a guard of it."""
        if not isinstance(test, Compare):
            return join(test.op, [self._compile(part, scope, number, tolerance) for part in test.parts])
        balance = self._build.balance(test, scope, number)
        if balance is not None:
            node, tolerance = balance[0], tolerance * balance[1]
            if whole and test.op in _BANDS:
                # Most edits leave a balance true: seen by a glance at its sum, nothing asked.
                least, most, within = _BANDS[test.op]
                self._bands[number] = (number, node, least or -tolerance, most or tolerance, within, 0)
            return _balanced(self._build.nodes.sums, node, test.op, tolerance)
        left, reads = self._build.closure(test.left, scope)
        right, more = self._build.closure(test.right, scope)
        self._build.nodes.watch(number, [*reads, *more])
        op = test.op
        return lambda: compare(op, left(), right(), tolerance)


def _typed_only(test: Test) -> bool:
    """Whether a test looks at typed values alone, at no sum of records."""
    sides = [side for c in comparisons(test) for side in (c.left, c.right)]
    return all(isinstance(leaf, Fetch) for side in sides for leaf in leaves(side))


def _balanced(sums: list[int], node: NodeId, op: str, tolerance: int) -> Callable[[], Verdict]:
    """:func:`compare` of left minus right with nought, without its general cases: this runs at every edit."""
    match op:
        case "==":
            return lambda: -tolerance <= sums[node] <= tolerance
        case "!=":
            return lambda: not -tolerance <= sums[node] <= tolerance
        case "<=":
            return lambda: sums[node] <= tolerance
        case ">=":
            return lambda: sums[node] >= -tolerance
        case "<":
            return lambda: sums[node] < -tolerance
        case _:
            return lambda: sums[node] > tolerance


def _guarded(guard: Callable[[], Verdict], verdict: Callable[[], Verdict]) -> Callable[[], Verdict]:
    """Most tests hold, so the test goes first and the guard is seldom asked."""
    return lambda: None if verdict() is not False else False if guard() is True else None


def project_of(space: str, record: Record) -> int | None:
    """The project that ``this`` means for a record: itself, or the one it belongs to."""
    return record.id if space == "projects" else getattr(record, "project", None)


def _own_fields_only(check: Check) -> bool:
    tests = [test for test in (check.test, check.when) if test is not None]
    sides = [side for test in tests for c in comparisons(test) for side in (c.left, c.right)]
    return all(isinstance(leaf, RecordField) for side in sides for leaf in leaves(side))


def _record_verdict(check: Check) -> Callable[[Record], Verdict]:
    """The check's test (and guard) as one function of the record, compiled once."""
    current: list[Record] = []

    def bind(leaf: Leaf, presence: bool = False) -> tuple[Getter, ...]:
        assert isinstance(leaf, RecordField)
        field = leaf.field
        read = present if presence else number_in
        return (lambda: read(getattr(current[0], field, None)),)

    assert check.test is not None
    verdict = compile_test(check.test, bind, check.tolerance)
    if check.when is not None:
        verdict = _guarded(compile_test(check.when, bind), verdict)

    def of(record: Record) -> Verdict:
        current[:] = (record,)
        return verdict()

    return of


def places(build: Build, check: Check) -> Iterator[tuple[Scope, str]]:
    """Where a check runs: once; or for each row of a table (``table`` or ``table:项``); or for each record."""
    if not check.over:
        yield NOWHERE, ""
    elif check.over in RECORD_SPACES:
        passes = matcher(check.where)
        for number, record in build.draft.records(check.over).items():
            project = project_of(check.over, record)
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
