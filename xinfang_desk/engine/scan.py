"""Everything conditional in a pack: which fields of records its conditions look at."""

from __future__ import annotations

from collections.abc import Iterator

from xinfang_desk.expr.evaluate import comparisons, fields_of, leaves
from xinfang_desk.model.formula import Condition, LedgerSum, RecordSum, Test, Value
from xinfang_desk.model.pack import Column, Pack, Table


def condition_fields(pack: Pack) -> frozenset[str]:
    """The record fields that any condition of the pack looks at; ``project.special`` also gives ``special``."""
    found = {field for condition in _conditions(pack) for field in fields_of(condition)}
    return frozenset(found | {field.partition(".")[2] for field in found if "." in field})


def _conditions(pack: Pack) -> Iterator[Condition]:
    for table in pack.tables:
        yield from _of_table(table)
    for check in pack.checks:
        yield check.where
        for test in (check.test, check.when):
            if test is not None:
                yield from _of_test(test)


def _of_table(table: Table) -> Iterator[Condition]:
    yield table.where
    if table.rows is not None:
        yield table.rows.where
    for column in table.columns:
        yield from _of_column(column)
    for block in table.blocks:
        for column in block.columns:
            yield from _of_column(column)
        for row in block.rows:
            if row.where is not None:
                yield row.where
            for value in (row.value, *row.cells.values()):
                if value is not None:
                    yield from _of_value(value)


def _of_column(column: Column) -> Iterator[Condition]:
    yield column.where
    if column.value is not None:
        yield from _of_value(column.value)


def _of_test(test: Test) -> Iterator[Condition]:
    for compare in comparisons(test):
        yield from _of_value(compare.left)
        yield from _of_value(compare.right)


def _of_value(value: Value) -> Iterator[Condition]:
    for leaf in leaves(value):
        if isinstance(leaf, LedgerSum | RecordSum):
            yield leaf.where
