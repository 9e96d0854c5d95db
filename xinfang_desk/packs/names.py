"""Everything a pack's expressions may refer to, and what a reference means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xinfang_desk.expr import did_you_mean
from xinfang_desk.messages import marks
from xinfang_desk.messages import packs as words
from xinfang_desk.model.codes import LEVEL_NAMES, Codes
from xinfang_desk.model.formula import CellRef
from xinfang_desk.model.pack import Block, Column, Page, Table
from xinfang_desk.packs.draft import Scope

CODE_ROWS = ("function", "econ_dept", "econ_gov", "econ_pair")
_SLOT = re.compile(r"\{\w+\}")
_LEVELS = {str(level): name for level, name in enumerate(LEVEL_NAMES, start=1)}


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells a reference means. ``row`` of a tree table: ``total``, ``rows`` or ``children``; of a block table its id,
    ``*`` where it is not one certain row. ``column``: an id, ``*`` where it is the column one stands in."""

    table: str
    row: str
    column: str


class NameFault(Exception):
    """A reference to something that is not there; the message is Chinese."""


@dataclass(slots=True)
class TableNames:
    """Names inside one table."""

    table: Table
    columns: dict[str, tuple[str, Column]] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)
    """row id → block id"""
    blocks: dict[str, Block] = field(default_factory=dict)

    def amounts(self, block: str) -> list[str]:
        """The amount columns of a block (or of a tree table, ''), else its count and percent columns."""
        mine = [column for _, (of, column) in self.columns.items() if of == block]
        return ([c.id for c in mine if c.kind == "money"]
                or [c.id for c in mine if c.kind in ("count", "percent", "points")])


def table_names(table: Table) -> TableNames:
    """The names of one table."""
    names = TableNames(table)
    for column in table.columns:
        names.columns[column.id] = ("", column)
    for block in table.blocks:
        names.blocks[block.id] = block
        names.columns.update({column.id: (block.id, column) for column in block.columns})
        names.rows.update({row.id: block.id for row in block.rows})
    return names


@dataclass(slots=True)
class Names:
    """All names of a pack. ``addresses``: space → addresses asked on its pages (``x.*`` for a family)."""

    tables: Mapping[str, TableNames]
    codes: Codes
    pages: Mapping[str, Page]
    addresses: Mapping[str, frozenset[str]]
    table_facts: Mapping[str, tuple[str, ...]]
    extra_addresses: tuple[str, ...]

    def resolve(self, ref: CellRef, scope: Scope) -> Cells:
        """The cells of a reference. Raises :class:`NameFault`."""
        if ref.table:
            if ref.table not in self.tables:
                raise NameFault(words.NO_TABLE.format(
                    table=ref.table, hint=did_you_mean(ref.table, self.tables)))
            names = self.tables[ref.table]
        elif scope.table in self.tables:
            names = self.tables[scope.table]
        else:
            raise NameFault(words.REF_NO_TABLE.format(written=written(ref)))
        return _in_tree(names, ref, scope, self.codes) if names.table.rows else _in_blocks(names, ref, scope)

    def address_known(self, space: str, address: str) -> bool:
        """Whether a page asks for an address (or for anything below ``x.*``)."""
        wanted = _SLOT.sub("*", address)
        prefix = wanted[:-1] if wanted.endswith(".*") else None
        for asked in self.addresses.get(space, frozenset()):
            if asked == wanted or (asked.endswith(".*") and wanted.startswith(asked[:-1])):
                return True
            if prefix is not None and asked.startswith(prefix):
                return True
        return any(wanted.startswith(extra) for extra in self.extra_addresses)

    def near_address(self, space: str, address: str) -> str:
        """``是不是想写…`` for an address nobody asks."""
        return did_you_mean(address, self.addresses.get(space, ()))


def written(ref: CellRef) -> str:
    """The reference as one writes it."""
    shown = _LEVELS.get(ref.row, ref.row) if ref.is_span else ref.row
    row = f"[{shown}]" if ref.row else ""
    dot = "." if row and ref.column else ""
    return f"{ref.table}{row}{dot}{ref.column}"


def _named(table: Table) -> str:
    return words.TABLE_NAMED.format(id=table.id)


def _column(names: TableNames, column: str, block: str | None) -> str:
    found = names.columns.get(column)
    if found is None:
        raise NameFault(words.TABLE_NO_COLUMN.format(
            named=_named(names.table), column=column, hint=did_you_mean(column, names.columns)))
    if block is not None and found[0] != block:
        raise NameFault(words.COLUMN_OTHER_SIDE.format(column=column, named=_named(names.table)))
    return column


def _only_amount(names: TableNames, block: str, ref: CellRef) -> str:
    amounts = names.amounts(block)
    if len(amounts) != 1:
        raise NameFault(words.REF_WHICH_COLUMN.format(
            written=written(ref), named=_named(names.table), listed=_listed(amounts))
                        if amounts else words.REF_NO_AMOUNTS.format(
                            named=_named(names.table), written=written(ref)))
    return amounts[0]


def _listed(names: Iterable[str]) -> str:
    shown = list(names)
    listed = marks.AND.join(shown[:8])
    return words.LISTED_MORE.format(listed=listed) if len(shown) > 8 else listed


def _in_tree(names: TableNames, ref: CellRef, scope: Scope, codes: Codes) -> Cells:
    table = names.table
    assert table.rows is not None
    own = table.id == scope.table
    if ref.column:
        column = _column(names, ref.column, None)
    elif own and scope.column:
        column = scope.column
    else:
        column = _only_amount(names, "", ref)
    if not ref.row:
        if not (own and scope.in_row):
            raise NameFault(words.REF_NO_ROW_FOR_COLUMN.format(written=written(ref), column=column))
        return Cells(table.id, "rows", column)
    if ref.is_span:
        _check_span(table, ref)
        # The children of a row are never the row itself, so they cannot close a circle.
        return Cells(table.id, "children" if ref.row == "children" else "rows", column)
    if ref.row == "total":
        if table.rows.total == "none":
            raise NameFault(words.TABLE_NO_TOTAL.format(named=_named(table)))
        return Cells(table.id, "total", column)
    _check_row_key(table, ref.row, scope, codes)
    return Cells(table.id, "rows", column)


def _check_span(table: Table, ref: CellRef) -> None:
    assert table.rows is not None
    if ref.row in _LEVELS and int(ref.row) not in table.rows.levels:
        raise NameFault(words.TABLE_NO_LEVEL.format(named=_named(table), written=written(ref)))


def _check_row_key(table: Table, row: str, scope: Scope, codes: Codes) -> None:
    assert table.rows is not None
    by = table.rows.by
    if row == "{code}":
        if not scope.has_code:
            raise NameFault(words.REF_NO_CODE)
        return
    if by not in CODE_ROWS:
        if not (by == "fact" and row.isdigit()):
            raise NameFault(words.ROWS_VARY.format(named=_named(table), row=row))
        return
    lists = {"function": (codes.function,), "econ_dept": (codes.econ_dept,), "econ_gov": (codes.econ_gov,),
             "econ_pair": (codes.econ_dept, codes.econ_gov)}[by]
    parts = row.split("/") if by == "econ_pair" else [row]
    for part, codes_of_kind in zip(parts, lists, strict=False):
        if part not in codes_of_kind:
            hint = "" if row.isdigit() else did_you_mean(row, ("total", "all", "leaf", "children", *LEVEL_NAMES))
            raise NameFault(words.ROW_NEVER.format(
                named=_named(table), row=row, year=codes.year, label=codes_of_kind.kind.label, part=part, hint=hint))


def _in_blocks(names: TableNames, ref: CellRef, scope: Scope) -> Cells:
    table = names.table
    own = table.id == scope.table
    if ref.is_span:
        raise NameFault(words.ROWS_FIXED.format(named=_named(table), written=written(ref)))
    if not ref.row:
        if not (own and scope.in_row):
            raise NameFault(words.REF_NO_ROW.format(written=written(ref), id=table.id, column=ref.column))
        return Cells(table.id, scope.row or "*", _column(names, ref.column, scope.block or None))
    block = names.rows.get(ref.row)
    if block is None:
        raise NameFault(words.NO_ROW.format(
            named=_named(table), row=ref.row, hint=did_you_mean(ref.row, names.rows)))
    if ref.column:
        return Cells(table.id, ref.row, _column(names, ref.column, block))
    if own and block == scope.block:
        return Cells(table.id, ref.row, scope.column or "*")
    return Cells(table.id, ref.row, _only_amount(names, block, ref))
