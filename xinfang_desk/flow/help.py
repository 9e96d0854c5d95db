"""The help of one line: what it means, what it rests on, where its figure goes and which checks look at it.

What it means comes from the pack (help, law, glossary) and the catalogue; where it goes is asked of the engine and read
off the pack's templates, never listed by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.forms import field_text
from xinfang_desk.flow.grid import GridColumn, cell_text
from xinfang_desk.flow.told import Told, sentences
from xinfang_desk.messages import columns as column_words
from xinfang_desk.messages import help as words
from xinfang_desk.messages import marks, terms
from xinfang_desk.model.change import RecordSpace
from xinfang_desk.model.codes import CodeKind
from xinfang_desk.model.finding import Finding, Place
from xinfang_desk.model.pack import Check, FormField, Page, Severity
from xinfang_desk.model.sheet import CellAddress

_CELLS_A_TABLE = 4
_MOST_TABLES = 14
_MOST_CHECKS = 14
_MOST_SENTENCES = 8
_KINDS = {"function": CodeKind.FUNCTION, "econ_dept": CodeKind.ECON_DEPT, "econ_gov": CodeKind.ECON_GOV}


@dataclass(frozen=True, slots=True)
class AtField:
    """A question of a page; ``column``: a column of a question that is a table."""

    page: str
    field: FormField
    column: str = ""


@dataclass(frozen=True, slots=True)
class AtColumn:
    """A column of a list, on the row of a record (``None`` on the blank row)."""

    page: str
    space: RecordSpace
    column: GridColumn
    record: int | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class AtCell:
    """A cell of a shown table."""

    cell: CellAddress


@dataclass(frozen=True, slots=True)
class AtFinding:
    """A finding."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class AtCheck:
    """A check by its id."""

    check: str


@dataclass(frozen=True, slots=True)
class AtPage:
    """A page of the wizard as a whole."""

    page: str


Spot = AtField | AtColumn | AtCell | AtFinding | AtCheck | AtPage


@dataclass(frozen=True, slots=True)
class Goal:
    """A piece of help; with ``place`` or ``check`` one can go there. ``after`` follows without a link."""

    text: str
    place: Place | None = None
    check: str = ""
    lead: str = ""
    after: str = ""


Kind = Literal["finding", "meaning", "now", "source", "tables", "sentences", "checks", "compares", "mends", "terms",
               "law"]


@dataclass(frozen=True, slots=True)
class Part:
    """One headed part of the help: its goals stand on a line each, but for ``tables``: there those of one table
    (``lead``) stand on one line."""

    kind: Kind
    head: str
    goals: tuple[Goal, ...]


@dataclass(frozen=True, slots=True)
class LineHelp:
    """``page``: the wizard page whose part of the manual belongs to it."""

    title: str
    about: str
    page: str
    parts: tuple[Part, ...] = field(default_factory=tuple)

    def part(self, kind: Kind) -> Part | None:
        """The part of that kind."""
        return next((part for part in self.parts if part.kind == kind), None)


def line_help(desk: Desk, spot: Spot) -> LineHelp:
    """The help of a line. Raises ``KeyError`` where the spot is no longer there."""
    match spot:
        case AtField():
            return _of_field(desk, spot)
        case AtColumn():
            return _of_column(desk, spot)
        case AtCell(cell):
            return _of_cell(desk, cell)
        case AtFinding(finding):
            return _of_finding(desk, finding)
        case AtCheck(check):
            return _of_check(desk, check)
        case AtPage(page):
            return _of_page(desk, _page(desk, page))


# ---- the kinds of line ----


def _of_field(desk: Desk, spot: AtField) -> LineHelp:
    asked, page = spot.field, _page(desk, spot.page)
    reach = desk.engine.reach_of_value(asked.space, asked.address)
    title = asked.label
    about = words.ON_PAGE.format(page=page.title)
    if spot.column:
        title = next((name for key, name, _ in asked.columns if key == spot.column), asked.label)
        about = words.TABLE_OF_FIELD.format(page=page.title, label=asked.label)
    told = sentences(desk, Told(space=asked.space, address=asked.address, cells=frozenset(c.cell for c in reach.cells)))
    now = () if asked.kind == "table" else (_now(field_text(desk.year, asked, desk.money_unit),
                                                 desk.money_unit.value if asked.kind == "money" else ""),)
    sheets = [Goal(words.TABLE_LINE.format(table=desk.live_sheet(sheet).title), Place("", cell=_first_cell(desk, sheet)))
              for sheet in reach.sheets]
    tables = (*_tables(reach.cells), *sheets)
    return _line(title, about, page.id, [
        Part("meaning", words.HEAD_MEANING, _paragraphs(asked.help or words.NO_MEANING)),
        Part("now", words.HEAD_NOW, now),
        Part("tables", words.HEAD_TABLES, tables or ((Goal(words.NOTHING_PRINTED),) if not told and asked.space != "unit"
                                                     else ())),
        Part("sentences", words.HEAD_SENTENCES, told),
        Part("checks", words.HEAD_CHECKS, _checks(desk, reach.checks)),
        Part("terms", words.HEAD_TERMS, _terms(desk, title)),
        Part("law", words.HEAD_LAW, _laws(desk, reach.checks, asked.law or page.law))])


def _of_column(desk: Desk, spot: AtColumn) -> LineHelp:
    column, space, page = spot.column, spot.space, _page(desk, spot.page)
    record = getattr(desk.year, space).get(spot.record) if spot.record is not None else None
    reach = desk.engine.reach_of_field(space, record.id if record is not None else None, column.field)
    name = terms.SPACES[space]
    about = words.RECORD_OF.format(list=name, row=spot.row + 1) if record is not None else \
        words.IN_LIST.format(list=name)
    meaning = column_words.HELP.get((space, column.field)) or column.help or words.NO_MEANING
    goals = list(_paragraphs(meaning))
    now: tuple[Goal, ...] = ()
    if record is not None:
        now = (_now(cell_text(record, column, desk.codes, desk.money_unit, desk.year),
                    desk.money_unit.value if column.type == "money" else ""),)
        goals += _code_goals(desk, column, str(getattr(record, column.field) or ""))
    told = sentences(desk, Told(record=record, space=space, field=column.field,
                                cells=frozenset(c.cell for c in reach.cells)))
    printed = _tables(reach.cells) or tuple(_printed_columns(desk, space, column.field))
    return _line(column.title, about, page.id, [
        Part("meaning", words.HEAD_MEANING, tuple(goals)),
        Part("now", words.HEAD_NOW, now),
        Part("tables", words.HEAD_TABLES, printed),
        Part("sentences", words.HEAD_SENTENCES, told),
        Part("checks", words.HEAD_CHECKS, _checks(desk, reach.checks)),
        Part("law", words.HEAD_LAW, _laws(desk, reach.checks, page.law))])


def _of_cell(desk: Desk, cell: CellAddress) -> LineHelp:
    sheet = desk.live_sheet(cell.table)
    named = desk.engine.named_cell(cell)
    reach = desk.engine.reach_of_cell(cell)
    printed = sheet.cell(cell.row, cell.column)
    told = sentences(desk, Told(cells=frozenset({cell, *(c.cell for c in reach.cells)})))
    page = _page_of_cell(desk, cell)
    figure = printed.kind in ("money", "count", "percent")
    return _line(words.CELL.format(row=named.row, column=named.column) if named.row else named.column,
                 words.IN_TABLE.format(table=sheet.title), page, [
        Part("meaning", words.HEAD_MEANING, (Goal(words.CELL_WAY),) if figure else ()),
        Part("now", words.HEAD_NOW, (_now(printed.text, sheet.unit.value if printed.kind == "money" else ""),)),
        Part("source", words.HEAD_SOURCE, (Goal(desk.explain(cell).sentence),) if figure else ()),
        Part("tables", words.GO_ON, _tables(reach.cells)),
        Part("sentences", words.HEAD_SENTENCES, told),
        Part("checks", words.HEAD_CHECKS, _checks(desk, reach.checks)),
        Part("terms", words.HEAD_TERMS, _terms(desk, f"{named.row} {named.column}")),
        Part("law", words.HEAD_LAW, _laws(desk, reach.checks, ""))])


def _of_finding(desk: Desk, finding: Finding) -> LineHelp:
    check = _check(desk, finding.check)
    ways = {Severity.ERROR: words.ERROR_WAY, Severity.WARNING: words.ANSWER_WAY, Severity.HINT: words.HINT_WAY}
    mends = tuple(Goal(words.MEND_KEY.format(say=mend.say)) for mend in finding.mends[:1])
    cells = tuple(desk.engine.named_cell(cell) for cell in finding.cells)
    return _line(check.title if check else finding.check, words.FINDING_ABOUT.format(severity=finding.severity.label),
                 finding.place.page or "review", [
        Part("finding", words.HEAD_FINDING, (Goal(finding.sentence, finding.place),)),
        Part("mends", words.HEAD_MENDS, (*mends, Goal(ways[finding.severity]))),
        Part("compares", words.HEAD_COMPARES, _tables(cells)),
        Part("terms", words.HEAD_TERMS, _terms(desk, f"{check.title if check else ''} {finding.row}")),
        Part("law", words.HEAD_LAW, (Goal(finding.law),) if finding.law else ())])


def _of_check(desk: Desk, check_id: str) -> LineHelp:
    check = _check(desk, check_id)
    if check is None:
        raise KeyError(check_id)
    found = [finding for finding in desk.findings() if finding.check == check_id]
    cells, addresses = desk.engine.read_by_check(check_id)
    asked = [_asked(desk, address) for address in addresses]
    compares = (*_tables(cells), *(goal for goal in asked if goal is not None))
    said = () if found else (Goal(words.CHECK_SAYS.format(say=check.say)),)
    return _line(check.title, words.CHECK_ABOUT.format(id=check.id, severity=check.severity.label), check.page, [
        Part("finding", words.HEAD_FINDING, tuple(Goal(f.sentence, f.place) for f in found[:6])),
        Part("meaning", words.HEAD_MEANING, said if "{" not in check.say else ()),
        Part("compares", words.HEAD_COMPARES, compares),
        Part("terms", words.HEAD_TERMS, _terms(desk, check.title)),
        Part("law", words.HEAD_LAW, (Goal(check.law),))])


def _of_page(desk: Desk, page: Page) -> LineHelp:
    ids = tuple(check.id for check in desk.pack.checks if check.page == page.id)
    table = next((t for t in desk.pack.tables if t.id == page.table), None)
    tables = (Goal(words.TABLE_LINE.format(table=table.title), Place("", cell=_first_cell(desk, table.id))),) \
        if table is not None and page.table in desk.sheet_ids() else ()
    return _line(page.title, words.PAGE_ABOUT.format(page=page.title), page.id, [
        Part("meaning", words.HEAD_MEANING, _paragraphs(page.intro)),
        Part("tables", words.HEAD_TABLES, tables),
        Part("checks", words.HEAD_CHECKS, _checks(desk, ids)),
        Part("law", words.HEAD_LAW, _laws(desk, ids, page.law))])


# ---- the parts ----


def _line(title: str, about: str, page: str, parts: Iterable[Part]) -> LineHelp:
    return LineHelp(title, about, page, tuple(part for part in parts if part.goals))


def _paragraphs(text: str) -> tuple[Goal, ...]:
    return tuple(Goal(line.strip()) for line in text.splitlines() if line.strip())


def _now(text: str, unit: str) -> Goal:
    return Goal(f"{text} {unit}".rstrip() if text else words.NOTHING_NOW)


def _tables(cells: Iterable[object]) -> tuple[Goal, ...]:
    """The cells, table by table; of each the first few."""
    from xinfang_desk.engine import ReachedCell

    by_table: dict[str, list[ReachedCell]] = {}
    for cell in cells:
        assert isinstance(cell, ReachedCell)
        by_table.setdefault(cell.cell.table, []).append(cell)
    goals: list[Goal] = []
    for reached in list(by_table.values())[:_MOST_TABLES]:
        lead = words.TABLE_LINE.format(table=reached[0].table)
        shown = reached[:_CELLS_A_TABLE]
        more = words.CELLS_MORE.format(count=len(reached)) if len(reached) > len(shown) else ""
        for i, one in enumerate(shown):
            text = words.CELL.format(row=one.row, column=one.column) if one.row else one.column
            goals.append(Goal(text, Place("", cell=one.cell), lead=lead, after=more if i == len(shown) - 1 else ""))
    if len(by_table) > _MOST_TABLES:
        goals.append(Goal(words.TABLES_MORE.format(count=len(by_table) - _MOST_TABLES)))
    return tuple(goals)


def _printed_columns(desk: Desk, space: str, name: str) -> Iterator[Goal]:
    """The columns of tables that print a field of the list's records as it stands."""
    lists = {"projects": ("project.", ("project",)), "indicators": ("record.", ("indicators",)),
             "purchases": ("record.", ("purchases",)), "lines": ("record.", ("line",)), "incomes": ("record.", ("line",))}
    stem, kinds = lists[space]
    ids = desk.sheet_ids()
    for table in desk.pack.tables:
        sheet = next((one for one in ids if one.split("#")[0] == table.id), "")
        by = table.rows.by if table.rows is not None else ""
        for column in table.columns:
            own = column.field == f"{stem}{name}" or (not column.field and by in kinds and column.id == name)
            if own and sheet and (by in kinds or column.field.startswith("project.")):
                yield Goal("".join(dict.fromkeys(column.titles)), Place("", cell=_first_cell(desk, sheet)),
                           lead=words.TABLE_LINE.format(table=table.title))


def _checks(desk: Desk, ids: Iterable[str]) -> tuple[Goal, ...]:
    failing = {finding.check for finding in desk.findings() if not finding.explanation}
    wanted = sorted(ids, key=lambda one: one not in failing)
    goals = []
    for check_id in wanted[:_MOST_CHECKS]:
        check = _check(desk, check_id)
        if check is not None:
            form = words.CHECK_FAILS if check_id in failing else words.CHECK
            goals.append(Goal(form.format(id=check.id, title=check.title, severity=check.severity.label),
                              check=check.id))
    if len(wanted) > _MOST_CHECKS:
        goals.append(Goal(words.CHECKS_MORE.format(count=len(wanted) - _MOST_CHECKS)))
    return tuple(goals)


def _laws(desk: Desk, ids: Iterable[str], own: str) -> tuple[Goal, ...]:
    laws = [own] if own else []
    laws += [check.law for one in ids if (check := _check(desk, one)) is not None]
    return tuple(Goal(law) for law in dict.fromkeys(laws))


def _terms(desk: Desk, text: str) -> tuple[Goal, ...]:
    """What the pack's glossary says of words that stand in the line's name."""
    own = desk.year.facts.get("glossary.extra")
    extra = {row[0]: row[1] for row in own if len(row) > 1 and row[0]} if isinstance(own, tuple) else {}
    found = [(term, meaning) for term, meaning in ({**desk.pack.glossary, **extra}).items() if term in text]
    return tuple(Goal(marks.SAID_OF.format(name=term, text=meaning)) for term, meaning in found)


def _code_goals(desk: Desk, column: GridColumn, code: str) -> list[Goal]:
    """An account with those it stands under; a department account also with its government accounts."""
    if column.code is None or not code:
        return []
    table = desk.codes.table(column.code)
    chain = [code[:length] for length in column.code.lengths if length <= len(code)]
    path = words.CODE_JOIN.join(f"{part} {table.name(part)}".rstrip() for part in chain)
    goals = [Goal(path)]
    entry = table.entries.get(code)
    if entry is not None and not entry.certainty.sure:
        goals.append(Goal(words.UNSURE_CODE))
    if column.code is CodeKind.ECON_DEPT:
        gov = desk.codes.mapping.default(code, desk.year.unit.kind)
        if gov:
            name = f"{gov} {desk.codes.table(CodeKind.ECON_GOV).name(gov)}".rstrip()
            goals.append(Goal(words.GOV_OF.format(codes=name)))
    return goals


def _asked(desk: Desk, typed: str) -> Goal | None:
    """A typed address as its question; ``None`` where no page asks it."""
    space, _, address = typed.partition(":")
    for page in desk.pack.pages:
        for asked in page.fields:
            if asked.space == space and asked.address == address:
                return Goal(asked.label, Place(page.id, address, space))
    return None


def _check(desk: Desk, check_id: str) -> Check | None:
    return next((check for check in desk.pack.checks if check.id == check_id), None)


def _page(desk: Desk, page_id: str) -> Page:
    found = next((page for page in desk.pack.pages if page.id == page_id), None)
    if found is None:
        raise KeyError(page_id)
    return found


def _page_of_cell(desk: Desk, cell: CellAddress) -> str:
    table = cell.table.split("#")[0]
    return next((page.id for page in desk.pack.pages if page.table == table), "preview")


def _first_cell(desk: Desk, sheet_id: str) -> CellAddress | None:
    sheet = desk.live_sheet(sheet_id)
    if not sheet.rows or not sheet.columns:
        return None
    return CellAddress(sheet.id, sheet.rows[0].key_at(0), sheet.columns[0].id)
