"""The live engine: one year under one pack. Edits go in, sheets and findings come out."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass

from xinfang_desk.engine.build import Build, Forms
from xinfang_desk.engine.checks import Checks, Judged, rows_of
from xinfang_desk.engine.cube import Source
from xinfang_desk.engine.draft import RECORD_SPACES, Draft
from xinfang_desk.engine.explain import explain
from xinfang_desk.engine.fields import code_name, record_name, row_name
from xinfang_desk.engine.findings import Findings
from xinfang_desk.engine.inputs import number_in, present
from xinfang_desk.engine.nodes import Plan, zones
from xinfang_desk.engine.reach import Reach, ReachedCell, Reaches
from xinfang_desk.engine.reading import MONEY_FIELDS, Reader, Reading, RowContext
from xinfang_desk.engine.scan import condition_fields
from xinfang_desk.engine.sheets import Sheets
from xinfang_desk.expr.evaluate import Amount
from xinfang_desk.model.change import Change, SetField, SetUnit, SetValue, Step
from xinfang_desk.model.codes import CodeKind
from xinfang_desk.model.explain import Explanation
from xinfang_desk.model.finding import Finding
from xinfang_desk.model.formula import ALWAYS, Condition, Test, Value
from xinfang_desk.model.ledger import FactValue, Record, Year
from xinfang_desk.model.pack import Pack
from xinfang_desk.model.passage import Document
from xinfang_desk.model.sheet import CellAddress, Sheet

_NUMBERS = MONEY_FIELDS | {"weight", "score", "quantity"}
_SHAPING = frozenset({"kind", "function", "econ_dept", "econ_gov", "fund", "carry", "project", "purchase",
                      "presumed"})
_ACCOUNTS = {"function": CodeKind.FUNCTION, "econ_dept": CodeKind.ECON_DEPT, "econ_pair": CodeKind.ECON_DEPT,
             "econ_gov": CodeKind.ECON_GOV}
_TABLE_BY = {"lines": "line", "incomes": "line", "projects": "project", "indicators": "indicators",
             "purchases": "purchases"}


@dataclass(frozen=True, slots=True)
class Touched:
    """What an edit moved: sheet ids, cell addresses, whether any finding may have changed. ``structural``: rows may
    have come or gone, so every sheet counts as touched and ``cells`` is empty."""

    sheets: frozenset[str] = frozenset()
    cells: frozenset[CellAddress] = frozenset()
    findings: bool = False
    structural: bool = False


NOTHING = Touched()


@dataclass(frozen=True, slots=True)
class RowHandle:
    """One row or record to be written about: its context and what it is called."""

    context: RowContext
    key: str
    code: str
    name: str
    level: int
    number: int


class Engine:
    """Sheets, findings and readings of one year, kept true through every edit. Not for several threads at once."""

    def __init__(self, pack: Pack, year: Year) -> None:
        self.pack = pack
        self._draft = Draft(year)
        self._forms = Forms()
        self._shaping = _SHAPING | condition_fields(pack)
        self._findings = Findings(self)
        self._judged: Judged = {}
        self._rebuild()

    def _rebuild(self) -> None:
        self._build = Build(self.pack, self._draft, self._forms, "note" in self._shaping)
        self._checks = Checks(self.pack, self._build, self._judged)
        self._reader = Reader(self._build)
        self._sheets = Sheets(self._build)
        self._findings.start(self._build, self._checks, self._reader)

    # ---- reading ----

    @property
    def year(self) -> Year:
        """The year as it stands, frozen."""
        return self._draft.year

    def sheet_ids(self) -> tuple[str, ...]:
        """The ids of all sheets, in the order of the pack."""
        return tuple(view.id for view in self._build.grids.views)

    def sheet_names(self) -> tuple[tuple[str, str], ...]:
        """The id of each sheet with its number and title, without any being filled."""
        return self._sheets.names()

    def sheets(self) -> tuple[Sheet, ...]:
        """Every sheet, in the order of the pack."""
        return self._sheets.sheets()

    def sheet(self, sheet_id: str) -> Sheet:
        """One sheet. Raises ``KeyError``."""
        return self._sheets.sheet(sheet_id)

    def value(self, table: str, row: str, column: str) -> Amount:
        """A numeric cell of a sheet; ``None`` where it is blank or its row has no data. Raises ``KeyError`` for an
        unknown sheet."""
        view = self._build.grids.by_id[table]
        at = view.index.get(row)
        return None if at is None else self._build.nodes.read(view.node(at, column))

    def text(self, cell: CellAddress) -> str:
        """What a cell of a sheet reads just now, without the sheet being made. Raises ``KeyError``."""
        return self._sheets.text(cell)

    def texts(self, cells: tuple[CellAddress, ...]) -> list[str]:
        """The same of several cells. Raises ``KeyError``."""
        return self._sheets.texts(cells)

    def counts(self) -> tuple[int, int]:
        """Errors, and warnings without a 说明, as far as they are known without a rule being run again: checks of
        figures are always decided, rules that read texts and lists say what they said last."""
        return self._findings.counts()

    def findings(self, document: Document | Callable[[], Document] | None = None) -> tuple[Finding, ...]:
        """Everything the checks found, errors first, then in the order of pages and checks. ``document``: the
        narrative, for rules that read it, or what makes it: asked only where a paragraph is rewritten by hand."""
        return self._findings.all(document)

    def look_over(self, document: Document | Callable[[], Document] | None = None) -> Generator[None, None, None]:
        """Run the checks that must be run again, one at each step, so that :meth:`findings` has it all at hand. Between
        two steps anything may be edited."""
        return self._findings.look_over(document)

    def explain(self, cell: CellAddress) -> Explanation:
        """Where a figure comes from, in words. Raises ``KeyError`` for an unknown cell."""
        return explain(self._build, self._reader, cell)

    # ---- where a figure goes ----

    def reach_of_value(self, space: str, address: str) -> Reach:
        """The cells a typed value (facts, priors, approved) moves and the checks that look at it; for the unit's own
        particulars the sheets that print them."""
        if space == "unit":
            return self._reaches.of_value(space, address, (), ())
        step = SetValue(space, address, None, None)  # type: ignore[arg-type]
        plans = [self._value_plan(step, False), self._value_plan(step, True)]
        return self._reaches.of_value(space, address, [n for plan in plans for n in plan.nodes],
                                      [r for plan in plans for r in plan.readers])

    def reach_of_field(self, space: str, record: int | None, field: str) -> Reach:
        """The same for a field of a record: a code or a tick sends the record's amount where it goes, so there the
        cells are those of the amount. Without a record: the checks only. Raises ``KeyError``."""
        if record is None:
            return self._reaches.of_field(space, field, (), ())
        carried = "amount" if space in ("lines", "incomes") and field in _SHAPING else field
        if record not in self._draft.records(space):
            raise KeyError(record)
        numeric = carried in _NUMBERS
        plan = self._plan(space, record, carried) if numeric else None
        return self._reaches.of_field(space, field, plan.nodes if plan else (),
                                      plan.readers if plan and carried == field else ())

    def reach_of_cell(self, cell: CellAddress) -> Reach:
        """Where a printed figure goes on to. Raises ``KeyError`` for an unknown cell."""
        return self._reaches.of_cell(cell)

    def read_by_check(self, check_id: str) -> tuple[tuple[ReachedCell, ...], tuple[str, ...]]:
        """The cells a check compares and the typed values it reads; nothing for one that is a rule of its own."""
        return self._reaches.of_check(check_id)

    def reasons_wanted(self) -> dict[str, str]:
        """Key of a finding that holds only while a reason is blank → the address of that reason."""
        return self._reaches.reasons_wanted()

    def named_cell(self, cell: CellAddress) -> ReachedCell:
        """A cell with the names of its table, row and column. Raises ``KeyError``."""
        return self._reaches.named(cell)

    @property
    def _reaches(self) -> Reaches:
        return Reaches(self._build, self._checks, self._reader)

    def read(self, value: Value, context: RowContext | None = None) -> Reading:
        """An expression's value, kind and sources. Raises ``KeyError`` for a context that is not there."""
        return self._reader.read(value, self._reader.scope(context))

    def holds(self, test: Test, context: RowContext | None = None) -> bool:
        """Whether a test holds (undecided: no). Raises ``KeyError`` for a context that is not there."""
        return self._reader.verdict(test, self._reader.scope(context)) is True

    def fact(self, address: str) -> FactValue | None:
        """A typed value; ``None`` where nothing was typed."""
        return self._draft.facts.get(address)

    def approved(self, address: str) -> int | None:
        """An approved total; ``None`` where none was typed."""
        return self._draft.approved.get(address)

    def rows(self, table: str, level: str = "") -> Iterator[RowHandle]:
        """The rows of a table (all, 类, 款, 项, leaf, total) to write about, without headings. Nothing for an
        unknown table."""
        for number, scope in enumerate(rows_of(self._build, table, level), 1):
            view = scope.view
            assert view is not None
            plan = view.rows[scope.row]
            context = RowContext(view.id, plan.key, project=scope.project)
            yield RowHandle(context, plan.key, plan.code, row_name(self._build, view, scope.row), plan.level, number)

    def gone(self, table: str, level: int) -> Iterator[RowHandle]:
        """The accounts of a level that had money last year and have no row in the table this year, in their order.
        Nothing for a table that does not follow accounts."""
        for view in self._build.grids.of_table(table)[:1]:
            kind = _ACCOUNTS.get(view.table.rows.by) if view.table.rows is not None else None
            if kind is None or not 1 <= level <= len(kind.lengths):
                continue
            here = {plan.code for plan in view.rows if plan.level == level}
            stem = f"{kind.value}."
            codes = sorted(address.removeprefix(stem) for address, fen in self._draft.priors.items()
                           if fen and address.startswith(stem) and len(address) - len(stem) == kind.lengths[level - 1])
            for number, code in enumerate((code for code in codes if code not in here), 1):
                yield RowHandle(RowContext(account=code), code, code, self.code_name(kind.value, code), level, number)

    def records(self, space: str) -> Iterator[RowHandle]:
        """The records of a list to write about."""
        for number, record in enumerate(self._draft.records(space).values(), 1):
            project = record.id if space == "projects" else getattr(record, "project", None)
            context = RowContext(space=space, record=record.id, project=project)
            code = str(getattr(record, "code", "") or getattr(record, "function", ""))
            yield RowHandle(context, str(record.id), code, self.record_name(record), 1, number)

    def record_name(self, record: Record) -> str:
        """What a record is called in a sentence."""
        return record_name(self._build, record)

    def code_name(self, by: str, code: str) -> str:
        """The name of an account (``function``, ``econ_dept``, ``econ_gov``) in the pack's year."""
        return code_name(self._build, by, code)

    def sums(self, source: Source, by: str, length: int = 0, where: Condition = ALWAYS) -> dict[str, int]:
        """Entered amounts summed by an attribute, by the first ``length`` digits of a code where that is given.

        Values without any amount are left out. ``where`` should be one object for one question: what it chooses is
        remembered.
        """
        cube = self._build.cubes[source]
        chosen = cube.mask(where)
        found: dict[str, int] = {}
        for value, groups in cube.by_value(by).items():
            total = cube.total(groups & chosen) if len(str(value)) >= length else None
            if isinstance(total, int):
                key = str(value)[:length or None]
                found[key] = found.get(key, 0) + total
        return found

    def empty_tables(self) -> tuple[str, ...]:
        """The ids of tables without any figure."""
        full = {sheet.table for sheet in self.sheets() if not sheet.is_empty}
        return tuple(table.id for table in self.pack.tables if table.id not in full)

    # ---- editing ----

    def apply(self, change: Change) -> Touched:
        """Carry out an edit. Raises ``KeyError`` where it names a record that is not there, and then changes
        nothing."""
        if any(self._structural(step) for step in change.steps):
            self._draft.apply(change)
            self._findings.forget_rules(_read_by(change.steps))
            self._rebuild()
            return Touched(frozenset(self.sheet_ids()), frozenset(), True, True)
        for step in change.steps:
            if isinstance(step, SetField) and step.id not in self._draft.records(step.space):
                raise KeyError(step.id)
        touched = [self._step(step) for step in change.steps]
        return touched[0] if len(touched) == 1 else _together(touched)

    def can_try(self, change: Change) -> bool:
        """Whether an edit only moves figures, so that it can be shown for a moment and taken back."""
        return bool(change.steps) and all(map(self._moves_figures, change.steps))

    def restore(self, year: Year) -> None:
        """The last edit has just been taken back: the year is again ``year``, to the order of its entries."""
        self._draft.restore(year)

    def prepare(self, space: str, record: int) -> None:
        """Lay out the way of a line's amount before it is typed, so that even the first edit is quick."""
        if space in ("lines", "incomes") and record in self._draft.records(space):
            self._plan(space, record, "amount")

    def _structural(self, step: Step) -> bool:
        match step:
            case SetField(space, _, field, _, _):
                if field in _NUMBERS:
                    return False
                return field in self._shaping if space in ("lines", "incomes") else \
                    field == "project" or field in self._shaping
            case SetValue("facts", address, old, new):
                return (isinstance(old, tuple) or isinstance(new, tuple)) and address in self._tabled
            case SetValue() | SetUnit():
                return False
            case _:
                return True

    def _moves_figures(self, step: Step) -> bool:
        match step:
            case SetField(space, number, field):
                return field in _NUMBERS and number in self._draft.records(space)
            case SetValue("facts" | "priors" | "approved", _, old, new):
                return all(value is None or isinstance(value, int) for value in (old, new))
            case _:
                return False

    @property
    def _tabled(self) -> frozenset[str]:
        """Addresses of table-valued facts that are printed as rows."""
        return frozenset(t.rows.address for t in self.pack.tables if t.rows is not None and t.rows.by == "fact")

    def _step(self, step: Step) -> Touched:
        match step:
            case SetField():
                return self._set_field(step)
            case SetValue():
                return self._set_value(step)
            case SetUnit():
                self._draft.set_unit(step)
                self._findings.forget_rules({"unit"})
                self._findings.forget_cases()
                return self._reword()
        raise TypeError(f"not an edit in place: {step!r}")

    def _reword(self) -> Touched:
        """Names that stand on any sheet or in any finding have changed."""
        self._sheets.forget()
        self._findings.forget()
        return Touched(frozenset(self.sheet_ids()), frozenset(), True)

    def _set_field(self, step: SetField) -> Touched:
        old = self._draft.set_field(step)
        if step.field not in _NUMBERS:
            self._findings.forget_rules({step.space})
            return self._reword()
        plan = self._plan(step.space, step.id, step.field)
        before, after = number_in(old), number_in(step.new)
        if step.field == "amount" and step.space in ("lines", "incomes"):
            cube = self._build.cubes["lines" if step.space == "lines" else "incomes"]
            cube.move(step.id, (after or 0) - (before or 0), (after is not None) - (before is not None))
            self._findings.forget_rules({"amounts"})
        else:
            self._findings.forget_rules({step.space, "amounts"})
        return self._move(plan, before, after, self._checks.recheck(step.space, step.id), typed=False)

    def _plan(self, space: str, record: int, field: str) -> Plan:
        key = self._build.inputs.entry_of(space, record, field)
        plan = self._build.nodes.plans.get(key)
        if plan is None:
            plan = self._build.nodes.plan(key, lambda: self._build.inputs.record_roots(space, record, field))
            self._label(plan)
        return plan

    def _set_value(self, step: SetValue) -> Touched:
        old = self._draft.set_value(step)
        if step.space == "explanations":
            self._findings.explained(step.address)
            return Touched(findings=True)
        self._findings.forget_rules({step.space})
        if step.space == "priors":
            self._findings.forget()  # the difference finder compares with any of last year's figures
        self._build.typed_version += 1
        moved = [self._move(self._value_plan(step, False), number_in(old), number_in(step.new))]
        before, after = present(old), present(step.new)
        if before != after:
            self._findings.forget_cases()
            self._build.typed_version += 1
            moved.append(self._move(self._value_plan(step, True), before, after))
        if step.space == "facts":
            reworded = self._build.wordy(step.address)
            self._sheets.forget(reworded)
            moved.append(Touched(frozenset(reworded), findings=bool(self._findings.has_rules(step.space))))
        return _together(moved)

    def _value_plan(self, step: SetValue, presence: bool) -> Plan:
        key = ("?" + step.space if presence else step.space, step.address)
        plan = self._build.nodes.plans.get(key)
        if plan is None:
            plan = self._build.nodes.plan(
                key, lambda: self._build.inputs.value_roots(step.space, step.address, presence))
            self._label(plan)
        return plan

    def _label(self, plan: Plan) -> None:
        """Lay out which rows, sheets and cells a plan moves."""
        rows, cells = self._build.places(plan.nodes)
        plan.rows, plan.cells = rows, cells
        plan.sheets = frozenset(view.id for view, _ in rows) | self._build.telling
        bands, plan.asked = self._checks.part(plan.watchers)
        plan.zones, plan.banded = zones(bands), frozenset(band[0] for band in bands)

    def _move(self, plan: Plan, before: int | None, after: int | None, rechecked: Iterable[int] = (), *,
              typed: bool = True) -> Touched:
        if before == after:
            return NOTHING
        self._build.nodes.move(plan, (after or 0) - (before or 0), (after is not None) - (before is not None))
        self._sheets.touch(plan.rows)
        turned = self._findings.moved(plan, rechecked, typed=typed)
        sheets = plan.sheets
        if not before or not after:
            sheets = sheets | self._build.catalogues
        return Touched(sheets, plan.cells, turned)


def _together(parts: Iterable[Touched]) -> Touched:
    sheets: set[str] = set()
    cells: set[CellAddress] = set()
    findings = structural = False
    for part in parts:
        sheets |= part.sheets
        cells |= part.cells
        findings |= part.findings
        structural |= part.structural
    return Touched(frozenset(sheets), frozenset(cells), findings, structural)


def _read_by(steps: Iterable[Step]) -> set[str]:
    """What rules may have read that these steps change."""
    found: set[str] = {"amounts"}
    for step in steps:
        match step:
            case SetUnit():
                found.add("unit")
            case SetField(space=space) | SetValue(space=space):
                found.add(space)
            case _:
                found.add(step.space)
    return found


__all__ = ["RECORD_SPACES", "Engine", "Reach", "ReachedCell", "RowHandle", "Touched"]
