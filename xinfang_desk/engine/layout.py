"""Which rows a table has today: the code tree of the lines, projects, records, or the printed list of a block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from xinfang_desk.engine.cube import Cube, Source, bits
from xinfang_desk.engine.draft import Draft
from xinfang_desk.expr.evaluate import fields_of, matcher
from xinfang_desk.model.codes import CodeKind, CodeTable
from xinfang_desk.model.formula import ALWAYS, AllOf, Condition, FieldIs, FieldUnder, Value
from xinfang_desk.model.ledger import Project
from xinfang_desk.model.pack import Column, FixedRow, Pack, Table

TOTAL = "total"
"""Row key of a tree table's total row."""

UNIT = "unit"
"""Row key of the only row of a table by unit."""

NUMERIC = frozenset({"money", "count", "percent", "points"})

_CODE_KINDS = {"function": CodeKind.FUNCTION, "econ_dept": CodeKind.ECON_DEPT, "econ_gov": CodeKind.ECON_GOV}
_RECORD_SPACES = {"indicators": "indicators", "purchases": "purchases"}
_PROJECT_FIELDS = frozenset(Project.__dataclass_fields__) - {"id"}


@dataclass(slots=True)
class RowPlan:
    """One row: ``key`` unique in its view, ``level`` 0 total, 1 类 …; ``parent`` the row it is summed into (-1: none);
    ``base`` the node of its first numeric column. ``only``: what a line must fulfil to count in this row."""

    key: str
    level: int
    parent: int = -1
    base: int = 0
    code: str = ""
    gov: str = ""
    space: str = ""
    record: int | None = None
    project: int | None = None
    fixed: FixedRow | None = None
    block: int = 0
    number: int = 0
    only: Condition = ALWAYS


@dataclass(slots=True)
class View:
    """One sheet to be: the rows and columns of a table (for one project, where it is repeated).

    ``leaves[source][group]``: the row a group counts in first. ``pivots``: numeric pivot columns (offset, source,
    groups). ``singles``: pivot cells on their own (source, groups, node).
    """

    id: str
    table: Table
    number: int
    project: int | None = None
    rows: list[RowPlan] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    columns: list[Column] = field(default_factory=list)
    by_id: dict[str, Column] = field(default_factory=dict)
    block_of: dict[str, int] = field(default_factory=dict)
    offset: dict[str, int] = field(default_factory=dict)
    widths: list[int] = field(default_factory=list)
    total: int = -1
    children: dict[int, list[int]] = field(default_factory=dict)
    leaves: dict[Source, list[int]] = field(default_factory=dict)
    pivots: list[tuple[int, Source, int]] = field(default_factory=list)
    singles: list[tuple[Source, int, int]] = field(default_factory=list)

    def node(self, row: int, column: str) -> int:
        """The node of a numeric cell; 0 (blank) where there is none."""
        offset = self.offset.get(column)
        plan = self.rows[row]
        if offset is None or self.block_of[column] != plan.block:
            return 0
        return plan.base + offset

    def only_amount(self, block: int) -> str:
        """The id of the only amount column of a block (or of the whole table), else of its only count or
        percentage; '' where there are several."""
        numeric = [c for c in self.offset if self.block_of[c] == block]
        found = [c for c in numeric if self.by_id[c].kind == "money"] or numeric
        return found[0] if len(found) == 1 else ""

    def add(self, row: RowPlan) -> int:
        """Append a row; returns its number."""
        self.index[row.key] = len(self.rows)
        self.rows.append(row)
        return len(self.rows) - 1

    def span(self, span: str, row: int) -> list[int]:
        """Row numbers of a span seen from ``row`` (see :data:`xinfang_desk.model.formula.Span`)."""
        match span:
            case "children":
                if row == self.total:
                    return self.children.get(-1, [])
                return self.children.get(row, [])
            case "all":
                return [i for i in range(len(self.rows)) if i != self.total]
            case "leaf":
                return [i for i, plan in enumerate(self.rows) if plan.level and i not in self.children]
            case _:
                return [i for i, plan in enumerate(self.rows) if str(plan.level) == span]


class Layout:
    """Lays out every table of a pack over today's records."""

    def __init__(self, pack: Pack, draft: Draft, cubes: dict[Source, Cube]) -> None:
        self._pack = pack
        self._draft = draft
        self._cubes = cubes

    def views(self) -> list[View]:
        """One view a sheet, in the order of the pack."""
        return [view for number, table in enumerate(self._pack.tables) for view in self._of(table, number)]

    def _of(self, table: Table, number: int) -> Iterator[View]:
        if table.repeat == "project" and self._draft.projects:
            for project in self._draft.projects:
                yield self._filled(View(f"{table.id}#{project}", table, number, project))
        else:
            yield self._filled(View(table.id, table, number))

    def _filled(self, view: View) -> View:
        table = view.table
        if table.rows is None:
            for number, block in enumerate(table.blocks):
                self._add_columns(view, block.columns, number)
                for row in block.rows:
                    view.add(RowPlan(row.id, int(row.id != TOTAL), fixed=row, block=number, project=view.project,
                                     number=len(view.rows) + 1))
            return view
        self._add_columns(view, table.columns, 0)
        if table.rows.total == "first":
            view.total = view.add(RowPlan(TOTAL, 0, project=view.project))
        self._add_rows(view)
        if table.rows.total == "last":
            view.total = view.add(RowPlan(TOTAL, 0, project=view.project))
        for i, plan in enumerate(view.rows):
            if i != view.total:
                view.children.setdefault(plan.parent, []).append(i)
                plan.number = i + (view.total != 0)
        return view

    @staticmethod
    def _add_columns(view: View, columns: tuple[Column, ...], block: int) -> None:
        numeric = 0
        for column in columns:
            view.columns.append(column)
            view.by_id[column.id] = column
            view.block_of[column.id] = block
            if column.kind in NUMERIC:
                view.offset[column.id] = numeric
                numeric += 1
        view.widths.append(numeric)

    # ---- rows that follow the data ----

    def _add_rows(self, view: View) -> None:
        rows = view.table.rows
        assert rows is not None
        match rows.by:
            case "function" | "econ_dept" | "econ_gov":
                self._add_code_rows(view, rows.by)
            case "econ_pair":
                self._add_pair_rows(view)
            case "project":
                self._add_project_rows(view)
            case "unit":
                at = view.add(RowPlan(UNIT, 1, code=self._draft.unit.code, project=view.project))
                for source in self.sources(view):
                    view.leaves[source] = [at] * len(self._cubes[source].keys)
            case "line":
                self._add_record_rows(view, view.table.source)
            case "indicators" | "purchases":
                self._add_record_rows(view, _RECORD_SPACES[rows.by])
            case "tables":
                for table in self._pack.tables:
                    if table is not view.table and not table.inline:
                        view.add(RowPlan(table.id, 1))
            case "fact":
                value = self._draft.facts.get(rows.address)
                for i in range(len(value) if isinstance(value, tuple) else 0):
                    view.add(RowPlan(str(i + 1), 1, space="facts", record=i))

    def sources(self, view: View) -> list[Source]:
        """The lists a table's pivot columns draw from, its own first."""
        found: list[Source] = [view.table.source]
        for column in view.columns:
            if column.source and column.source not in found and column.kind == "money":
                found.append(column.source)
        return found

    def scope(self, view: View, source: Source) -> int:
        """The groups a view's pivots may draw from: its table's ``where``, its rows' ``where``, its project."""
        cube, table = self._cubes[source], view.table
        groups = cube.mask(table.where, view.project)
        if table.rows is not None and not self.restricts_projects(view):
            groups &= cube.mask(table.rows.where, view.project)
        if view.project is not None:
            groups &= cube.by_value("project").get(str(view.project), 0)
        return groups

    @staticmethod
    def restricts_projects(view: View) -> bool:
        """In a table by project ``rows.where`` may look at the project itself (``special``)."""
        rows = view.table.rows
        return rows is not None and rows.by == "project" and bool(fields_of(rows.where) & _PROJECT_FIELDS)

    def _add_code_rows(self, view: View, by: str) -> None:
        codes = self._pack.codes.table(_CODE_KINDS[by])
        rows = view.table.rows
        levels = set(rows.levels if rows and rows.levels else range(1, len(codes.kind.lengths) + 1))
        present: dict[Source, list[tuple[str, int]]] = {}
        paths: dict[str, int] = {}
        for source in self.sources(view):
            groups = self.scope(view, source)
            found = [(str(code), having & groups)
                     for code, having in self._cubes[source].by_value(by).items() if code and having & groups]
            present[source] = found
            for code, _ in found:
                paths.update(_path(codes, code, levels))
        for key in sorted(paths):
            only: Condition = FieldUnder(by, (key,)) if len(key) in codes.kind.lengths else FieldIs(by, (key,))
            view.add(RowPlan(key, paths[key], self._parent(view, codes, key), code=key, only=only,
                             project=view.project))
        for source, found in present.items():
            leaves = [-1] * len(self._cubes[source].keys)
            for code, groups in found:
                path = list(_path(codes, code, levels))
                if path:
                    at = view.index[path[-1]]
                    for group in bits(groups):
                        leaves[group] = at
            view.leaves[source] = leaves

    @staticmethod
    def _parent(view: View, codes: CodeTable, key: str) -> int:
        for ancestor in reversed(codes.ancestors(key)):
            if ancestor in view.index:
                return view.index[ancestor]
        return -1

    def _add_pair_rows(self, view: View) -> None:
        codes, source = self._pack.codes.econ_dept, view.table.source
        cube, groups, rows = self._cubes[source], self.scope(view, source), view.table.rows
        levels = set(rows.levels if rows and rows.levels else (1, 2))
        leaves = [-1] * len(cube.keys)
        pairs: dict[tuple[str, str], list[int]] = {}
        for group in bits(groups):
            key = cube.keys[group]
            dept, gov = str(key[2]), str(key[3])
            if dept or gov:
                pairs.setdefault((dept, gov), []).append(group)
        tops = {dept[:3] for dept, _ in pairs if dept} if 1 in levels else set()
        wanted: list[tuple[str, tuple[str, str] | None]] = [(top, None) for top in tops]
        if 2 in levels:
            wanted += [(f"{dept}/{gov}", (dept, gov)) for dept, gov in pairs if len(dept) != 3 or 1 not in levels]
        for name, pair in sorted(wanted, key=lambda item: item[0]):
            if pair is None:
                view.add(RowPlan(name, 1, code=name, only=FieldUnder("econ_dept", (name,))))
                continue
            dept, gov = pair
            only = AllOf((FieldIs("econ_dept", (dept,)), FieldIs("econ_gov", (gov,))))
            view.add(RowPlan(name, 2, self._parent(view, codes, dept), code=dept, gov=gov, only=only))
        for (dept, gov), members in pairs.items():
            at = view.index.get(f"{dept}/{gov}", view.index.get(dept[:3], -1))
            for group in members:
                leaves[group] = at
        view.leaves[source] = leaves

    def _add_project_rows(self, view: View) -> None:
        rows = view.table.rows
        assert rows is not None
        passes = matcher(rows.where) if self.restricts_projects(view) else None
        present: dict[str, int] = {}
        if not any(c.kind == "money" and c.value is None and not c.field for c in view.columns):
            # Nothing is summed from lines: the table tells of the projects themselves, with or without lines.
            present = {str(number): 1 for number in self._draft.projects}
        for source in self.sources(view):
            scope = self.scope(view, source)
            for project, having in self._cubes[source].by_value("project").items():
                if having & scope:
                    present[str(project)] = 1
        for number, project_record in self._draft.projects.items():
            if str(number) in present and (passes is None or passes(project_record, number)):
                view.add(RowPlan(str(number), 1, space="projects", record=number, project=number,
                                 code=project_record.code, only=FieldIs("project", (str(number),))))
        for source in self.sources(view):
            cube = self._cubes[source]
            leaves = [-1] * len(cube.keys)
            for project, having in cube.by_value("project").items():
                at = view.index.get(str(project), -1) if project else -1
                for group in bits(having & self.scope(view, source)):
                    leaves[group] = at
            view.leaves[source] = leaves

    def _add_record_rows(self, view: View, space: str) -> None:
        rows = view.table.rows
        assert rows is not None
        wanted = AllOf((view.table.where, rows.where))
        passes = matcher(wanted)
        chosen = self._chosen_records(space, wanted, view.project)
        for number, record in self._draft.records(space).items():
            project = getattr(record, "project", None)
            fits = passes(record, view.project) if chosen is None else number in chosen
            if fits and view.project in (None, project):
                view.add(RowPlan(str(number), 1, space=space, record=number, project=project))

    def _chosen_records(self, space: str, wanted: AllOf, project: int | None) -> set[int] | None:
        """The lines or incomes a condition chooses, asked of their groups, which are fewer; ``None`` where it looks at
        more than the groups know."""
        cube = self._cubes["lines"] if space == "lines" else self._cubes["incomes"] if space == "incomes" else None
        if cube is None or not fields_of(wanted) <= set(cube.fields):
            return None
        groups = cube.everything
        for part in wanted.parts:
            groups &= cube.mask(part, project)
        return set(cube.records(groups))


def _path(codes: CodeTable, code: str, levels: set[int]) -> dict[str, int]:
    """The rows a code counts in, from the top: key → level. A code of odd length is a row of its own."""
    lengths = codes.kind.lengths
    path = {code[:n]: i for i, n in enumerate(lengths, 1) if n < len(code) and i in levels}
    level = codes.level(code)
    if level in levels:
        path[code] = level
    elif not level:
        path[code] = min(len([n for n in lengths if n < len(code)]) + 1, max(levels))
    return path


def formula_of(view: View, row: int, column: Column) -> Value | None:
    """The formula of a numeric cell: its own, its row's, or its column's; ``None`` for pivots and typed numbers."""
    fixed = view.rows[row].fixed
    if fixed is None:
        return column.value
    return fixed.cells.get(column.id) or fixed.value or (column.value if fixed.where is not None else None)
