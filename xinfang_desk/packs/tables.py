"""tables/<id>.toml → :class:`Table`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar, cast, get_args

from xinfang_desk.expr import did_you_mean, parse_condition, parse_value
from xinfang_desk.messages import marks, printed, terms
from xinfang_desk.messages import packs as words
from xinfang_desk.model.formula import ALWAYS, Value
from xinfang_desk.model.money import MoneyUnit
from xinfang_desk.model.numerals import chinese_number
from xinfang_desk.model.pack import Block, Column, ColumnKind, FixedRow, RowsBy, Table, TreeRows
from xinfang_desk.packs.draft import Draft, Scope
from xinfang_desk.packs.manifest import NAME
from xinfang_desk.packs.printed import full_name
from xinfang_desk.packs.scores import ROWS, ScoreItem, score_rows
from xinfang_desk.packs.section import Section, formula
from xinfang_desk.packs.source import Source

T = TypeVar("T")
Source_ = Literal["", "lines", "incomes"]
RowLists = Mapping[str, tuple[tuple[str, str], ...]]
ColumnLists = Mapping[str, Section]
"""The files columns/<name>.toml by name: columns that stand in several tables."""
RECORDS_BY = {"indicators": "indicators", "purchases": "purchases", "project": "projects", "line": "lines"}
"""Which records the rows of a table are, where they are records; ``where`` of ``[rows]`` restricts these."""

_OWN_RECORDS = ("indicators", "purchases")
_ROW_ID = NAME


@dataclass(slots=True)
class _Context:
    """What the parts of one table need to know of it."""

    draft: Draft[Table]
    source: Literal["lines", "incomes"]
    by: str
    this: bool
    rowlists: RowLists
    columnlists: ColumnLists
    has_code: bool = False
    scores: tuple[ScoreItem, ...] = ()
    seen: set[tuple[str, str]] = field(default_factory=set)

    def pivot_records(self, source: str) -> tuple[str, ...]:
        if self.by in _OWN_RECORDS:
            return (self.by,)
        return (source or self.source,)


def build_table(source: Source, wanted: str, top: Section, rowlists: RowLists, columnlists: ColumnLists,
                scores: tuple[ScoreItem, ...] = ()) -> Draft[Table] | None:
    """The table of a file; ``None`` where it has no ``[table]`` section."""
    section = top.section("table", "[table] ")
    if section is None:
        top.spot.say(words.NO_TABLE_SECTION)
        return None
    draft = Draft(_head(section, wanted), section.spot)
    rows = top.section("rows", "[rows] ")
    by = rows.choice("by", get_args(RowsBy), "function") if rows else ""
    context = _Context(draft, draft.thing.source, by, draft.thing.repeat == "project", rowlists, columnlists,
                       by in ("function", "econ_dept", "econ_gov", "econ_pair", "project"), scores)
    if rows is not None:
        draft.thing = replace(draft.thing, rows=_tree_rows(rows, by, context))
    draft.thing = replace(draft.thing, columns=tuple(_columns(top, "column", "", "", context)),
                          blocks=tuple(_blocks(top, context)))
    _check_shape(draft, top, rows is not None)
    _claim_where(section, context)
    for i, (_, text) in enumerate(draft.thing.heads):
        draft.claim("template", section.spot.at("heads"), text, Scope(
            table=wanted, this=context.this, record="projects" if context.this else "", row=f"heads{i}"))
    top.close()
    return draft


def _head(section: Section, wanted: str) -> Table:
    table_id = section.need("id")
    if table_id and table_id != wanted:
        section.say("id", words.TABLE_ID_FILE.format(table_id=table_id, wanted=wanted))
    table = Table(
        id=wanted, number=section.text("number"), title=section.need("title"),
        unit=section.member("unit", MoneyUnit, MoneyUnit.WAN), where=section.condition("where"),
        source=cast(Literal["lines", "incomes"], section.choice("source", ("lines", "incomes"), "lines")),
        paper=cast(Literal["A4", "A3"], section.choice("paper", ("A4", "A3"), "A4")),
        orientation=cast(Literal["portrait", "landscape"],
                         section.choice("orientation", ("portrait", "landscape"), "landscape")),
        column_numbers=section.flag("column_numbers"), corner=section.text("corner", printed.CORNER),
        empty=section.text("empty"), notes=section.texts("notes"),
        heads=tuple((row[0], row[1]) for row in section.rows("heads", 2)),
        repeat=cast(Literal["", "project"], section.choice("repeat", ("", "project"), "")),
        inline=section.flag("inline"), unit_label=section.text("unit_label"))
    section.close()
    return table


def restyle(table: Table, section: Section) -> Table:
    """The table as a pack's own ``[table.<id>]`` has it printed: its titles and its paper, never what it counts."""
    restyled = replace(
        table, number=section.text("number", table.number), title=section.text("title", table.title),
        paper=cast(Literal["A4", "A3"], section.choice("paper", ("A4", "A3"), table.paper)),
        orientation=cast(Literal["portrait", "landscape"],
                         section.choice("orientation", ("portrait", "landscape"), table.orientation)),
        inline=section.flag("inline") if section.has("inline") else table.inline,
        column_numbers=section.flag("column_numbers") if section.has("column_numbers") else table.column_numbers,
        corner=section.text("corner", table.corner), unit_label=section.text("unit_label", table.unit_label),
        empty=section.text("empty", table.empty),
        notes=section.texts("notes") if section.has("notes") else table.notes)
    section.close()
    return restyled


def _tree_rows(rows: Section, by: str, context: _Context) -> TreeRows:
    levels = rows.wholes("levels")
    allowed = {"function": (1, 2, 3), "econ_dept": (1, 2), "econ_gov": (1, 2), "econ_pair": (1, 2)}.get(by, ())
    if any(level not in allowed for level in levels) or list(levels) != sorted(set(levels)):
        rows.say("levels", (words.LEVELS_WRONG if allowed else words.LEVELS_NOT_HERE).format(
            by=by, allowed=marks.AND.join(map(str, allowed))))
    elif allowed and not levels:
        rows.spot.say(words.ROWS_NO_LEVELS)
    tree = TreeRows(
        by=cast(RowsBy, by), levels=levels, where=rows.condition("where"), address=rows.text("address"),
        total=cast(Literal["first", "last", "none"], rows.choice("total", ("first", "last", "none"), "first")),
        total_label=rows.text("total_label", terms.TOTAL))
    if not rows.has("by"):
        rows.spot.say(words.ROWS_NO_BY)
    if (by == "fact") != bool(tree.address):
        rows.say("address", words.ROWS_ADDRESS)
    context.draft.claim("address", rows.spot.at("address"), tree.address)
    records = RECORDS_BY.get(by, context.source)
    context.draft.claim_tree(rows.spot.at("where"), tree.where, Scope(records=(records,), this=context.this))
    rows.close()
    return tree


def _columns(parent: Section, key: str, block: str, source: str, context: _Context) -> Iterator[Column]:
    for section in parent.sections(key, f"[[{key if not block else f'block.{key}'}]] "):
        if section.has("columns_from"):
            yield from _listed_columns(section, block, source, context)
        else:
            yield _one_column(section, block, source, context)


def _one_column(section: Section, block: str, source: str, context: _Context) -> Column:
    column = _column(section, block, source, context)
    _note_double(section, words.PARTS["column"], column.id, context)
    return column


def _listed_columns(section: Section, block: str, source: str, context: _Context) -> Iterator[Column]:
    """The columns of a list, under the outer headings ``titles`` where the table writes some."""
    name, outer = section.text("columns_from"), section.texts("titles", one=True)
    listed = context.columnlists.get(name)
    if listed is None:
        section.say("columns_from", words.NO_COLUMNLIST.format(
            name=name, hint=did_you_mean(name, context.columnlists)))
    for item in listed.sections("column", "[[column]] ") if listed else ():
        if item.has("columns_from"):
            item.say("columns_from", words.COLUMNLIST_NESTED)
            continue
        column = _one_column(item, block, source, context)
        yield replace(column, titles=outer + column.titles)
    section.close()


def _column(section: Section, block: str, source: str, context: _Context) -> Column:
    column = Column(
        id=_id(section, words.PARTS["column"]), titles=section.texts("titles", one=True),
        kind=cast(ColumnKind, section.choice("kind", get_args(ColumnKind), "money")),
        where=section.condition("where"), value=section.value("value"), parts=section.texts("parts"),
        field=section.text("field"), level=section.whole("level"), width=section.decimal("width"),
        source=cast(Source_, section.choice("source", ("", "lines", "incomes"), source)))
    if not column.titles:
        section.say("titles", words.COLUMN_NO_TITLES)
    if column.value is not None and column.where != ALWAYS:
        section.say("value", words.VALUE_OR_WHERE)
    if column.level not in (0, 1, 2, 3):
        section.say("level", words.COLUMN_LEVEL)
    if not 0 <= column.width <= 400:
        section.say("width", words.COLUMN_WIDTH)
    scope = Scope(context.draft.thing.id, block, "", column.id, in_row=True, has_code=context.has_code,
                  records=context.pivot_records(column.source), record=RECORDS_BY.get(context.by, ""), this=context.this or context.by == "project")
    context.draft.claim_tree(section.spot.at("where"), column.where, scope)
    context.draft.claim_tree(section.spot.at("value"), column.value, scope)
    for part in column.parts:
        context.draft.claim("parts", section.spot.at("parts"), part, scope)
    if column.field:
        column = replace(column, field=full_name(context.by, column.kind, column.field))
        context.draft.claim("parts", section.spot.at("field"), f"field:{column.field}", scope)
    section.close()
    return column


def _id(section: Section, what: str) -> str:
    name = section.need("id")
    if name and not _ROW_ID.match(name):
        section.say("id", words.NAME_SHAPE.format(what=what, name=name))
    return name


def _blocks(top: Section, context: _Context) -> Iterator[Block]:
    for section in top.sections("block", "[[block]] "):
        block_id = _id(section, words.PARTS["block"])
        _note_double(section, words.PARTS["block"], block_id, context)
        source = section.choice("source", ("", "lines", "incomes"), "")
        columns = tuple(_columns(section, "column", block_id, source, context))
        rows = tuple(_rows(section, block_id, source, columns, context))
        section.close()
        yield Block(block_id, columns, rows)


def _note_double(section: Section, what: str, name: str, context: _Context) -> None:
    """Ids are unique over the whole sheet, block by block."""
    if (what, name) in context.seen and name:
        section.say("id", words.NAME_TWICE_IN_TABLE.format(what=what, name=name))
    context.seen.add((what, name))


def _rows(parent: Section, block: str, source: str, columns: tuple[Column, ...],
          context: _Context) -> Iterator[FixedRow]:
    for section in parent.sections("row", "[[block.row]] "):
        for row in _fixed_rows(section, block, source, columns, context):
            _note_double(section, words.PARTS["row"], row.id, context)
            yield row


def _fixed_rows(section: Section, block: str, source: str, columns: tuple[Column, ...],
                context: _Context) -> Iterator[FixedRow]:
    if not section.has("rows_from"):
        yield _fixed_row(section, lambda text: text, block, source, columns, context)
        section.close()
        return
    name = section.text("rows_from")
    if name == ROWS and context.scores:
        yield from score_rows(context.scores, columns, cast(Draft[object], context.draft), Scope(
            context.draft.thing.id, block, records=(context.source,), this=context.this))
        section.close()
        return
    if name not in context.rowlists:
        section.say("rows_from", words.NO_ROWLIST.format(
            name=name, hint=did_you_mean(name, context.rowlists)))
    if "{code}" not in section.text("id"):
        section.say("id", words.ROWS_FROM_CODE)
        return
    for n, (code, label) in enumerate(context.rowlists.get(name, ()), start=1):
        yield _fixed_row(section, _filler(code, label, n), block, source, columns, context)
    section.known.update(("label", "where", "value", "source", "bold", "indent", "cells", "texts"))
    section.close()


def rowlists_used(draft: Draft[Table]) -> Iterator[str]:
    """The row lists a table's blocks are written with."""
    blocks = draft.spot.source.data.get("block")
    for block in blocks if isinstance(blocks, list) else ():
        rows = block.get("row") if isinstance(block, dict) else None
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and isinstance(row.get("rows_from"), str):
                yield row["rows_from"]


def _filler(code: str, name: str, n: int) -> Callable[[str], str]:
    slots = {"{code}": code, "{name}": name, "{n}": str(n), "{cn}": chinese_number(n)}

    def fill(text: str) -> str:
        for slot, content in slots.items():
            text = text.replace(slot, content)
        return text

    return fill


def _fixed_row(section: Section, fill: Callable[[str], str], block: str, source: str,
               columns: tuple[Column, ...], context: _Context) -> FixedRow:
    def read(key: str, parse: Callable[[str], T]) -> T | None:
        text = section.text(key)
        return formula(section.spot.at(key), fill(text), parse) if section.has(key) else None

    row_id = fill(section.need("id"))
    if row_id and not _ROW_ID.match(row_id):
        section.say("id", words.ROW_NAME_SHAPE.format(row_id=row_id))
    if not section.has("label"):
        section.spot.say(words.BLOCK_ROW_NO_LABEL)
    own_source = cast(Source_, section.choice("source", ("", "lines", "incomes"), source))
    row = FixedRow(
        id=row_id, label=fill(section.text("label")), where=read("where", parse_condition),
        value=read("value", parse_value), source=own_source, bold=section.flag("bold"),
        indent=section.whole("indent"), cells=_cells(section, fill, columns),
        texts={key: fill(text) for key, text in section.words("texts").items()})
    _check_row(section, row, columns)
    scope = Scope(context.draft.thing.id, block, row_id, "", in_row=True,
                  records=(own_source or context.source,), this=context.this)
    context.draft.claim_tree(section.spot.at("where"), row.where, scope)
    context.draft.claim_tree(section.spot.at("value"), row.value, scope)
    for key, value in row.cells.items():
        context.draft.claim_tree(section.spot.at("cells", key), value, replace(scope, column=key))
    return row


def _cells(section: Section, fill: Callable[[str], str], columns: tuple[Column, ...]) -> dict[str, Value]:
    cells: dict[str, Value] = {}
    for key, text in section.words("cells").items():
        value = formula(section.spot.at("cells", key), fill(text), parse_value)
        if value is not None:
            cells[key] = value
    return cells


def _check_row(section: Section, row: FixedRow, columns: tuple[Column, ...]) -> None:
    if row.where is not None and row.value is not None:
        section.say("value", words.VALUE_OR_WHERE)
    ids = [column.id for column in columns]
    for kind, keys in (("cells", row.cells), ("texts", row.texts)):
        for key in keys:
            if key not in ids:
                section.spot.at(kind, key).say(words.BLOCK_NO_COLUMN.format(
                    key=key, hint=did_you_mean(key, ids)))


def _check_shape(draft: Draft[Table], top: Section, has_rows: bool) -> None:
    table = draft.thing
    if has_rows and table.blocks:
        top.spot.at("rows").say(words.ROWS_OR_BLOCKS)
    elif has_rows and not table.columns:
        draft.spot.say(words.TABLE_NO_COLUMNS)
    elif not has_rows and not table.blocks:
        draft.spot.say(words.TABLE_NO_ROWS)
    elif table.blocks and table.columns:
        top.spot.at("column").say(words.BLOCK_COLUMNS)


def _claim_where(section: Section, context: _Context) -> None:
    table = context.draft.thing
    used = {column.source for block in table.blocks for column in block.columns}
    used |= {row.source for block in table.blocks for row in block.rows}
    used |= {column.source for column in table.columns}
    records = {record for source in used or {""} for record in context.pivot_records(source)}
    context.draft.claim_tree(section.spot.at("where"), table.where,
                             Scope(records=tuple(sorted(records)), this=context.this))
