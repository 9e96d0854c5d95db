"""One build: today's records laid out, filled and bound. Edits of amounts move it; anything else makes a new one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from xinfang_desk.engine.cube import Conditions, Cube, Source, bits
from xinfang_desk.engine.draft import Draft
from xinfang_desk.engine.inputs import Inputs, number_in
from xinfang_desk.engine.layout import NUMERIC, Layout, RowPlan, View, formula_of
from xinfang_desk.engine.nodes import BLANK, NodeId, Nodes
from xinfang_desk.engine.scope import Grids, Scope
from xinfang_desk.expr.evaluate import Getter, Leaf, compile_value, matcher
from xinfang_desk.expr.linear import Linear, linear, scaled
from xinfang_desk.messages import engine as words
from xinfang_desk.model.formula import (
    Arithmetic,
    CellRef,
    Compare,
    Condition,
    Fetch,
    LedgerSum,
    RecordField,
    RecordSum,
    Value,
)
from xinfang_desk.model.ledger import Fund, Record
from xinfang_desk.model.money import AmountRefused, parse_amount
from xinfang_desk.model.pack import Column, Pack
from xinfang_desk.model.sheet import CellAddress


class Forms:
    """What is found out once about a pack and kept over builds: which values are plain sums, equal conditions."""

    def __init__(self) -> None:
        self.conditions = Conditions()
        self._known: dict[int, tuple[Value, Linear | None]] = {}
        self._balances: dict[int, tuple[Compare, tuple[Linear, int] | None]] = {}

    def __call__(self, value: Value) -> Linear | None:
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = (value, linear(value))
        return known[1]

    def balance(self, compare: Compare) -> tuple[Linear, int] | None:
        """Left minus right as a plain sum, and how many times it is the true difference; ``None`` where it is none."""
        known = self._balances.get(id(compare))
        if known is None:
            known = self._balances[id(compare)] = (compare, scaled(Arithmetic("-", compare.left, compare.right)))
        return known[1]


AccountGroups = dict[tuple[str, Fund, bool], int]
"""groups of records by 项, fund, carried over or not"""


class Build:
    """Views, nodes and bindings over one state of the records."""

    def __init__(self, pack: Pack, draft: Draft, forms: Forms, notes: bool) -> None:
        self.pack = pack
        self.draft = draft
        self.forms = forms
        self.nodes = Nodes()
        self.cubes: dict[Source, Cube] = {
            "lines": Cube("lines", draft.lines, draft.projects, forms.conditions, notes),
            "incomes": Cube("incomes", draft.incomes, draft.projects, forms.conditions, notes)}
        self.account_groups: tuple[AccountGroups, AccountGroups] | None = None
        """of lines and of incomes, laid out when a finding first asks"""
        self.typed_version = 0
        """moves with every typed value (facts, last year's, approved)"""
        self.layout = Layout(pack, draft, self.cubes)
        self.grids = Grids(self.layout.views())
        self._starts: list[NodeId] = []
        self._rows: list[tuple[View, int]] = []
        self.catalogues = frozenset(v.id for v in self.grids.views if v.table.rows and v.table.rows.by == "tables")
        self.telling = frozenset(v.id for v in self.grids.views if any(_FIGURE.search(b) for _, b in v.table.heads))
        """sheets whose heads hold figures: no row of theirs moves with these"""
        self._pending: dict[NodeId, tuple[View, int, str, Value]] = {}
        self._binding: set[NodeId] = set()
        self.inputs = Inputs(draft, self.nodes, self.cubes, self.grids.views)
        for view in self.grids.views:
            self._prepare(view)
        for node in list(self._pending):
            self.settle(node)

    # ---- the grids ----

    def _prepare(self, view: View) -> None:
        for row, plan in enumerate(view.rows):
            plan.base = self.nodes.reserve(view.widths[plan.block])
            if view.widths[plan.block]:
                self._starts.append(plan.base)
                self._rows.append((view, row))
        if view.table.rows is None:
            self._prepare_blocks(view)
        else:
            for column in view.columns:
                if column.kind in NUMERIC:
                    self._prepare_column(view, column)
            self._fill(view)

    def _prepare_blocks(self, view: View) -> None:
        for row, plan in enumerate(view.rows):
            fixed = plan.fixed
            if fixed is None:
                continue
            for column in view.columns:
                if column.kind not in NUMERIC or view.block_of[column.id] != plan.block:
                    continue
                value = formula_of(view, row, column)
                node = view.node(row, column.id)
                if column.id in fixed.texts and column.id not in fixed.cells:
                    continue
                if value is not None:
                    self._pending[node] = (view, row, column.id, value)
                elif fixed.where is not None and column.kind == "money":
                    source = fixed.source or column.source or view.table.source
                    self._add_single(view, source, (fixed.where, column.where), node)

    def _add_single(self, view: View, source: Source, conditions: tuple[Condition, ...], node: NodeId) -> None:
        cube, groups = self.cubes[source], self.layout.scope(view, source)
        for condition in conditions:
            groups &= cube.mask(condition, view.project)
        view.singles.append((source, groups, node))
        self.inputs.put(node, cube, groups)

    def _prepare_column(self, view: View, column: Column) -> None:
        rows = view.table.rows
        assert rows is not None
        if column.value is not None:
            for row in range(len(view.rows)):
                self._pending[view.node(row, column.id)] = (view, row, column.id, column.value)
        elif column.field or rows.by in ("indicators", "purchases", "fact"):
            self._prepare_typed(view, column)
        elif column.kind == "money" and rows.by != "tables":
            source = column.source or view.table.source
            groups = self.layout.scope(view, source) & self.cubes[source].mask(column.where, view.project)
            if rows.by == "line":
                self._prepare_lines(view, column, source, groups)
            else:
                view.pivots.append((view.offset[column.id], source, groups))

    def _prepare_lines(self, view: View, column: Column, source: Source, groups: int) -> None:
        cube = self.cubes[source]
        for row, plan in enumerate(view.rows):
            node = view.node(row, column.id)
            if row == view.total:
                view.singles.append((source, groups, node))
                self.inputs.put(node, cube, groups)
            elif plan.record is not None and groups >> cube.group_of[plan.record] & 1:
                amount = number_in(getattr(self.draft.records(source)[plan.record], "amount", None))
                self.nodes.sums[node], self.nodes.counts[node] = amount or 0, int(amount is not None)
                self.inputs.record_cells.setdefault((source, plan.record), []).append(node)

    def _prepare_typed(self, view: View, column: Column) -> None:
        """A column of typed numbers: ``record.amount``, ``project.target_amount``, ``fact.<column>``."""
        passes = matcher(column.where)
        parts: list[tuple[NodeId, int]] = []
        for row, plan in enumerate(view.rows):
            if row == view.total:
                continue
            node = view.node(row, column.id)
            origin = self._typed(view, plan, column)
            record = self.record_of(plan)
            if origin != BLANK and (record is None or passes(record, view.project)):
                self.nodes.make_linear(node, [(origin, 1)])
                parts.append((node, 1))
        if view.total >= 0:
            self.nodes.make_linear(view.node(view.total, column.id), parts)

    def _typed(self, view: View, plan: RowPlan, column: Column) -> NodeId:
        kind, _, name = (column.field or f"record.{column.id}").partition(".")
        match kind:
            case "fact":
                return self.nodes.single(self._fact_number(view, plan, name or column.id, column))
            case "project" if plan.project is not None and plan.project in self.draft.projects:
                return self.inputs.field("projects", self.draft.projects[plan.project], name)
            case "record" if plan.space == "facts":
                return self.nodes.single(self._fact_number(view, plan, name, column))
            case "record":
                record = self.record_of(plan)
                return BLANK if record is None else self.inputs.field(plan.space, record, name)
            case _:
                return BLANK

    def _fact_number(self, view: View, plan: RowPlan, name: str, column: Column) -> int | None:
        text = self.fact_text(view, plan, name)
        if column.kind != "money":
            return int(text) if text.strip().isdecimal() else None
        try:
            return parse_amount(text, view.table.unit)
        except AmountRefused:
            return None

    def fact_text(self, view: View, plan: RowPlan, name: str) -> str:
        """A typed cell of a table-valued fact; '' where the row is shorter or the column unknown."""
        address = view.table.rows.address if view.table.rows else ""
        value = self.draft.facts.get(address)
        position = fact_column(self.pack, address, name)
        if not isinstance(value, tuple) or plan.record is None or position is None or plan.record >= len(value):
            return ""
        row = value[plan.record]
        return row[position] if position < len(row) else ""

    def record_of(self, plan: RowPlan) -> Record | None:
        """The record a row stands for."""
        if plan.record is None or plan.space in ("", "facts"):
            return None
        return self.draft.records(plan.space).get(plan.record)

    def _fill(self, view: View) -> None:
        sums, counts, size = self.nodes.sums, self.nodes.counts, len(view.rows)
        parents = [plan.parent for plan in view.rows]
        bases = [plan.base for plan in view.rows]
        for offset, source, groups in view.pivots:
            cube, leaves = self.cubes[source], view.leaves[source]
            own, filled, chosen = [0] * (size + 1), [0] * (size + 1), bits(groups)
            for row, amount, count in zip(map(leaves.__getitem__, chosen), map(cube.sums.__getitem__, chosen),
                                          map(cube.counts.__getitem__, chosen), strict=True):
                own[row] += amount
                filled[row] += count
            if view.total >= 0:
                own[view.total], filled[view.total] = sum(own), sum(filled)
            for row in range(size - 1, -1, -1):
                node = bases[row] + offset
                sums[node], counts[node] = own[row], filled[row]
                parent = parents[row]
                if parent >= 0:
                    own[parent] += own[row]
                    filled[parent] += filled[row]

    # ---- formulas ----

    def settle(self, node: NodeId) -> NodeId:
        """Bind a formula cell (and first whatever it reads). Raises ``ValueError`` where formulas chase each other."""
        job = self._pending.get(node)
        if job is None:
            return node
        if node in self._binding:
            view, row, column, _ = job
            raise ValueError(words.FORMULA_LOOP.format(id=view.id, key=view.rows[row].key, column=column))
        self._binding.add(node)
        view, row, column, value = job
        self.bind(node, value, self.scope_at(view, row, column))
        self._binding.discard(node)
        del self._pending[node]
        return node

    def scope_at(self, view: View, row: int, column: str = "") -> Scope:
        """Reading from a cell of a view."""
        plan = view.rows[row]
        return Scope(view, row, column, plan.space, self.record_of(plan),
                     view.project if view.project is not None else plan.project)

    def bind(self, node: NodeId, value: Value, scope: Scope) -> None:
        """Let ``node`` follow ``value`` as read from ``scope``."""
        form = self.forms(value)
        terms = self.terms(form, scope) if form is not None else None
        if form is not None and terms is not None:
            self.nodes.make_linear(node, terms, form.constant, form.filled)
            return
        getter, reads = self.closure(value, scope)
        self.nodes.make_computed(node, getter, reads)

    def terms(self, form: Linear, scope: Scope) -> list[tuple[NodeId, int]] | None:
        """The nodes of a plain sum with their weights; ``None`` where one of them is computed."""
        terms = [(node, weight) for leaf, weight in form.terms for node in self.leaf_nodes(leaf, scope)]
        return None if any(node in self.nodes.computed for node, _ in terms) else terms

    def balance(self, compare: Compare, scope: Scope, check: int) -> tuple[NodeId, int] | None:
        """A node for left minus right of a comparison of plain sums, and how many times the difference it holds;
        ``None`` where a side is not one."""
        form = self.forms.balance(compare)
        terms = None if form is None else self.terms(form[0], scope)
        if form is None or terms is None:
            return None
        node = self.nodes.reserve(1)
        self.nodes.make_linear(node, terms, form[0].constant)
        self.nodes.balances[node] = check
        return node, form[1]

    def closure(self, value: Value, scope: Scope) -> tuple[Getter, list[NodeId]]:
        """A closure over nodes that computes ``value``, and the nodes it reads."""
        reads: list[NodeId] = []

        def bind(leaf: Leaf, presence: bool = False) -> tuple[Getter, ...]:
            found = self.leaf_nodes(leaf, scope, presence)
            reads.extend(found)
            return tuple(map(self.nodes.getter, found))

        return compile_value(value, bind), reads

    def leaf_nodes(self, leaf: Leaf, scope: Scope, presence: bool = False) -> list[NodeId]:
        """The nodes of a reference read from ``scope``."""
        match leaf:
            case CellRef():
                return [self.settle(view.node(row, column))
                        for view, row, column in self.grids.cells(leaf, scope)] or [BLANK]
            case LedgerSum(source, where):
                return [self.inputs.ledger(source, where, scope)]
            case Fetch(space, address):
                return [self.inputs.typed_value(space, scope.fill(address), presence)]
            case RecordField(field):
                return [self.inputs.field(scope.space, scope.record, field) if scope.record is not None else BLANK]
            case RecordSum():
                return [self.inputs.record_sum(leaf, scope)]

    # ---- what nodes look like on paper ----

    def places(self, nodes: Iterable[NodeId]) -> tuple[tuple[tuple[View, tuple[int, ...]], ...],
                                                       frozenset[CellAddress]]:
        """The rows to print anew when these nodes move (with the rows they are summed into), and the cells."""
        rows: dict[int, tuple[View, set[int]]] = {}
        cells: set[CellAddress] = set()
        for node in nodes:
            at = bisect_right(self._starts, node) - 1
            if at < 0:
                continue
            view, row = self._rows[at]
            plan, offset = view.rows[row], node - self._starts[at]
            if offset >= view.widths[plan.block]:
                continue
            column = next(c for c, o in view.offset.items() if o == offset and view.block_of[c] == plan.block)
            cells.add(CellAddress(view.id, plan.key, column))
            above = rows.setdefault(id(view), (view, set()))[1]
            while row >= 0:
                above.add(row)
                row = view.rows[row].parent
            if view.total >= 0:
                above.add(view.total)
        return tuple((view, tuple(sorted(found))) for view, found in rows.values()), frozenset(cells)

    def wordy(self, address: str) -> list[str]:
        """The sheets that print the text of a fact."""
        wanted = ("facts." + address, f'{{text("{address}")}}')
        return [view.id for view in self.grids.views if any(w in text for text in _texts(view) for w in wanted)]


_FIGURE = re.compile(r"\{(?!text\(|reason\(|project\.\w+\}|unit\}|year)")
"""A slot of a head that is neither a typed text nor the project's, the unit's or the year's."""


def _texts(view: View) -> Iterator[str]:
    table = view.table
    yield from (table.title, table.corner, *table.notes, *(part for head in table.heads for part in head))
    yield from (column.field for column in view.columns)
    yield from (text for plan in view.rows if plan.fixed is not None for text in plan.fixed.texts.values())


def fact_column(pack: Pack, address: str, name: str) -> int | None:
    """The position of a column in the rows of a table-valued fact; its number (from 1) may be given instead."""
    if name.isdecimal():
        return int(name) - 1
    for page in pack.pages:
        for item in page.fields:
            if item.address == address and item.space == "facts":
                names = [column[0] for column in item.columns]
                return names.index(name) if name in names else None
    return None
