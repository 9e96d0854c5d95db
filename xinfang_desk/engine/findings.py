"""Failing checks → findings in words, made when asked for and kept until something they name has moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from xinfang_desk.engine.build import Build
from xinfang_desk.engine.checks import Checks, Instance, ranks
from xinfang_desk.engine.fields import record_name, row_name
from xinfang_desk.engine.finder import Case
from xinfang_desk.engine.nodes import Plan
from xinfang_desk.engine.reading import Reader
from xinfang_desk.engine.rules import RULES, Hit, RuleContext
from xinfang_desk.engine.rules.prose import REWRITTEN
from xinfang_desk.engine.scope import Scope
from xinfang_desk.engine.words import column_title, number_text
from xinfang_desk.expr.evaluate import Amount, comparisons, difference, magnitude
from xinfang_desk.messages import engine as words
from xinfang_desk.model.finding import Finding, Mend, Place
from xinfang_desk.model.formula import CellRef, Compare
from xinfang_desk.model.ledger import Kind
from xinfang_desk.model.pack import Check, Page, Severity
from xinfang_desk.model.passage import Document
from xinfang_desk.model.sheet import CellAddress

if TYPE_CHECKING:
    from xinfang_desk.engine.engine import Engine

_SLOT = re.compile(r"\{([\w.\-]+)\}")
_CELL = re.compile(r"^(\w*)\[([^\]]+)\](?:\.(\w+))?$")
Order = tuple[int, int, int]


class Findings:
    """All findings of an engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._order = ranks(engine.pack)
        self._by_rule: dict[str, tuple[Finding, ...]] = {}
        self._said_last: dict[str, tuple[Finding, ...]] = {}
        self._counts: tuple[int, int] | None = None
        self._looking_at: dict[frozenset[str], list[str]] = {}
        self._forgotten: set[frozenset[str]] = set()
        """what has been forgotten since a rule was last run: nothing is left to forget, as at each key of a figure"""
        self._rule_checks = [c for c in engine.pack.checks if c.rule]
        for check in self._rule_checks:
            if check.rule not in RULES:
                raise ValueError(words.NO_RULE.format(id=check.id, rule=check.rule))
        self._asked: dict[str, dict[str, str]] = {}
        for page in engine.pack.pages:
            for item in page.fields:
                self._asked.setdefault(item.address, {}).setdefault(page.id, item.space)
        self._document: Document | None = None
        self._made: dict[int, Finding] = {}
        self._all: tuple[Finding, ...] | None = None

    def forget_cases(self) -> None:
        """Typed values have come or gone, or the unit's kind has changed: what feeds a check may be another."""
        self._cases.clear()

    def start(self, build: Build, checks: Checks, reader: Reader) -> None:
        """Look at a new build from now on."""
        self._build, self._checks, self._reader = build, checks, reader
        self._cases: dict[tuple[int, int], Case] = {}
        self.forget()

    # ---- what has changed ----

    def moved(self, plan: Plan, rechecked: Iterable[int] = (), *, typed: bool = True) -> bool:
        """Decide the checks a plan reaches (``rechecked`` were just decided); returns whether any finding may read
        differently now. ``typed``: it is a typed value that moved, not a record."""
        checks = self._checks
        turned = bool(rechecked)
        for number in rechecked:
            self._made.pop(number, None)
        sums, failing = self._build.nodes.sums, checks.failing
        settled = 0 if typed else 1
        out: set[int] = set()
        asked: list[int] = []
        for zone in plan.zones:
            least, most, within = zone.least, zone.most, zone.within
            for at, node in enumerate(zone.nodes):
                if (least <= sums[node] <= most) is not within:
                    number, guard = zone.checks[at]
                    out.add(number)
                    # One that failed and is out of its band still fails, unless a guard may have changed its mind.
                    if guard > settled or number not in failing:
                        asked.append(number)
        if failing:
            asked += (failing & plan.banded) - out
        for number in asked:
            if checks.decide(number):
                turned = True
                self._made.pop(number, None)
        for number in plan.asked:
            if checks.decide(number):
                turned = True
                self._made.pop(number, None)
        stale = checks.failing & plan.readers if checks.failing else ()
        for number in stale:
            self._made.pop(number, None)
        if turned:
            self._counts = None
        if turned or stale:
            self._all = None
            return True
        return self._all is None

    def forget(self) -> None:
        """Names may have changed: make every sentence anew."""
        self._made.clear()
        self._all = self._counts = None

    def forget_rules(self, reads: Iterable[str]) -> None:
        """Run the rules that look at any of these things again."""
        changed = frozenset(reads)
        if changed in self._forgotten:
            return
        self._forgotten.add(changed)
        looking = self._looking_at.get(changed)
        if looking is None:
            looking = self._looking_at[changed] = [c.id for c in self._rule_checks if RULES[c.rule].reads & changed]
        for check in looking:
            if self._by_rule.pop(check, None) is not None:
                self._all = None

    def has_rules(self, space: str) -> bool:
        """Whether any check's rule looks at ``space``."""
        return any(space in RULES[check.rule].reads for check in self._rule_checks)

    def explained(self, _key: str) -> None:
        """The 说明 of a warning has changed."""
        self._all = self._counts = None

    def counts(self) -> tuple[int, int]:
        """Errors, and warnings without a 说明, without running a rule again: one that must be run says what it said
        last."""
        if self._counts is None:
            self._counts = self._counted()
        return self._counts

    def _counted(self) -> tuple[int, int]:
        said = self._build.draft.explanations
        errors = warnings = 0
        for number in self._checks.failing:
            instance = self._checks.instances[number]
            if instance.check.severity is Severity.ERROR:
                errors += 1
            elif instance.check.severity is Severity.WARNING and instance.key not in said:
                warnings += 1
        for check in self._rule_checks:
            known = self._said_last.get(check.id, ())
            if check.severity is Severity.ERROR:
                errors += len(known)
            elif check.severity is Severity.WARNING:
                warnings += sum(finding.key not in said for finding in known)
        return errors, warnings

    # ---- making them ----

    def all(self, given: Document | Callable[[], Document] | None) -> tuple[Finding, ...]:
        """Every finding, in order."""
        for _ in self.look_over(given):
            pass
        if self._all is None:
            found: list[tuple[Order, int, Finding]] = []
            for number in self._checks.failing:
                instance = self._checks.instances[number]
                found.append((instance.order, instance.turn, self._made[number]))
            for check in self._rule_checks:
                found += [(self._order[check.id], i, f) for i, f in enumerate(self._by_rule[check.id])]
            found.sort(key=lambda item: item[:2])
            said = self._build.draft.explanations
            self._all = tuple(replace(f, explanation=said[f.key]) if f.key in said else f for _, _, f in found)
        return self._all

    def look_over(self, given: Document | Callable[[], Document] | None) -> Generator[None, None, None]:
        """Make what is not at hand of the findings, one at each step. Between two steps anything may be edited: what
        that reaches is made by whoever asks for :meth:`all`."""
        document = given if given is None or isinstance(given, Document) else \
            given() if any(address.startswith(REWRITTEN) for address in self._build.draft.facts) else None
        if document is not self._document and document != self._document:
            self.forget_rules({"text"})
        self._document = document
        for number in tuple(self._checks.failing):
            if number not in self._made and number in self._checks.failing:
                self._made[number] = self._of_instance(self._checks.instances[number])
                yield
        for check in self._rule_checks:
            if check.id not in self._by_rule:
                self._all = None
                self._of_rule(check)
                yield

    def _of_rule(self, check: Check) -> tuple[Finding, ...]:
        known = self._by_rule.get(check.id)
        if known is None:
            self._counts = None
            self._forgotten.clear()
            engine = self._engine
            context = RuleContext(engine, engine.year, engine.pack, check, self._document)
            hits = RULES[check.rule].run(context, check.params)
            known = self._by_rule[check.id] = self._said_last[check.id] = tuple(self._of_hit(check, hit) for hit in hits)
        return known

    def _of_hit(self, check: Check, hit: Hit) -> Finding:
        place = hit.place or Place(check.page)
        gap = None if hit.expected is None or hit.actual is None else hit.actual - hit.expected
        slots = {"row": hit.row, "table": hit.table, **self._figures(hit.actual, hit.expected, hit.money), **hit.slots}
        return Finding(
            key=f"{check.id}|{hit.part}", check=check.id, severity=check.severity, sentence=self._say(check, slots),
            law=check.law, place=self._home(place if place.page else replace(place, page=check.page)), table=hit.table,
            row=hit.row, expected=hit.expected, actual=hit.actual, difference=gap, money=hit.money,
            cells=hit.cells, mends=hit.mends)

    def _of_instance(self, instance: Instance) -> Finding:
        check, scope = instance.check, self._current(instance.scope)
        failing = self._deciding(check, scope)
        reader = self._reader
        left, right = reader.decided(failing.left, scope), reader.decided(failing.right, scope)
        money = reader.is_money(failing.left, scope) or reader.is_money(failing.right, scope)
        assert check.test is not None
        sides = [side for c in comparisons(check.test) for side in (c.left, c.right)]
        cells = tuple(dict.fromkeys(cell for side in sides for cell in reader.cells(side, scope)))
        table, row = self._labels(scope, cells)
        slots = self._slots(scope, cells, table, row) | self._figures(left, right, money)
        remark, mends = self._mends(instance, failing, scope, difference(left, right)) if money else ("", ())
        return Finding(
            key=instance.key, check=check.id, severity=check.severity, sentence=self._say(check, slots) + remark,
            law=check.law, place=self._home(self._place(check, scope, failing, cells)), table=table, row=row,
            expected=right or 0, actual=left or 0, difference=difference(left, right), money=money, cells=cells,
            mends=mends)

    def _mends(self, instance: Instance, failing: Compare, scope: Scope,
               gap: int | Fraction) -> tuple[str, tuple[Mend, ...]]:
        key = (instance.number, id(failing))
        case = self._cases.get(key)
        if case is None:
            case = self._cases[key] = Case(self._build, failing, scope)
        return case.propose(gap) if isinstance(gap, int) and gap else ("", ())

    def _current(self, scope: Scope) -> Scope:
        """The scope with its record as it stands now."""
        if scope.record is None or not scope.space or scope.space == "facts":
            return scope
        return replace(scope, record=self._build.draft.records(scope.space).get(scope.record.id, scope.record))

    def _deciding(self, check: Check, scope: Scope) -> Compare:
        """The comparison a finding speaks of: the first that does not hold."""
        assert check.test is not None
        every = comparisons(check.test)
        return next((c for c in every if self._reader.verdict(c, scope, check.tolerance) is False), every[0])

    def _labels(self, scope: Scope, cells: tuple[CellAddress, ...]) -> tuple[str, str]:
        build = self._build
        if scope.view is not None:
            return scope.view.table.title, row_name(build, scope.view, scope.row)
        if scope.record is not None:
            return "", record_name(build, scope.record)
        if not cells:
            return "", ""
        view = build.grids.by_id[cells[0].table]
        return view.table.title, row_name(build, view, view.index[cells[0].row])

    def _slots(self, scope: Scope, cells: tuple[CellAddress, ...], table: str, row: str) -> dict[str, str]:
        draft = self._build.draft
        column = column_title(self._build.grids.by_id[cells[0].table], cells[0].column) if cells else ""
        return {"table": table, "row": row, "name": row, "code": scope.code, "column": column,
                "unit": draft.unit.name, "year": str(draft.number), "year-1": str(draft.number - 1),
                "id": str(scope.record.id) if scope.record is not None else ""}

    @staticmethod
    def _figures(left: Amount, right: Amount, money: bool) -> dict[str, str]:
        return {"left": number_text(left, money), "right": number_text(right, money),
                "difference": number_text(magnitude(difference(left, right)), money)}

    @staticmethod
    def _say(check: Check, slots: Mapping[str, str]) -> str:
        def slot(match: re.Match[str]) -> str:
            return slots.get(match[1], match[0])

        return _SLOT.sub(slot, check.say) + _SLOT.sub(slot, check.mend)

    def _home(self, place: Place) -> Place:
        """A record is gone to on the page that lists it: a check of all 支出明细 names one page, and project lines are
        on another."""
        if place.record is None or not place.space:
            return place
        kind = ""
        if place.space == "lines":
            line = self._engine.year.lines.get(place.record)
            kind = line.kind.value if line is not None else ""
        pages = self._engine.pack.pages
        here = next((page for page in pages if page.id == place.page), None)
        if here is not None and _lists(here, place.space, kind):
            return place
        home = next((page for page in pages if _lists(page, place.space, kind)), here)
        return place if home is None else replace(place, page=home.id)

    def _place(self, check: Check, scope: Scope, failing: Compare, cells: tuple[CellAddress, ...]) -> Place:
        """Where to go: the check's ``target`` (an address some page asks, ``space:address``, ``this.field``,
        ``table[row].column``), else the record it runs over, else the first cell and first typed value it reads."""
        target = scope.fill(check.target)
        space, colon, address = target.partition(":")
        if colon and space in ("facts", "priors", "approved", "unit"):
            return Place(check.page, address=address, space=space)
        asked = self._asked.get(target)
        if asked is not None:
            page = check.page if check.page in asked else next(iter(asked))
            return Place(page, address=target, space=asked[page])
        record = scope.record.id if scope.record is not None and scope.space != "facts" else None
        if target.startswith("this.") and record is not None:
            return Place(check.page, space=scope.space, record=record, field=target[5:])
        match = _CELL.match(target)
        if match:
            found = self._build.grids.cells(CellRef(match[1], match[2], match[3] or ""), scope)
            if found:
                view, row, column = found[0]
                return Place(check.page, cell=CellAddress(view.id, view.rows[row].key, column))
        if record is not None:
            return Place(check.page, space=scope.space, record=record, cell=cells[0] if cells else None)
        typed = [*self._reader.addresses(failing.left, scope), *self._reader.addresses(failing.right, scope)]
        space, _, address = typed[0].partition(":") if typed else ("", "", "")
        return Place(check.page, address=address, space=space, cell=cells[0] if cells else None)


def _lists(page: Page, space: str, kind: str) -> bool:
    """Whether a page lists the records of a space (lines of a 支出性质: ``kind``)."""
    if space == "lines":
        return kind == Kind.PROJECT.value if page.kind == "projects" else page.kind == "lines" and (
            not page.kinds or kind in page.kinds)
    return page.kind == space
