"""The list of rules in the manual is what the packs say, and covers the whole common catalogue."""

from __future__ import annotations

import pytest

from tools.rules_table import CATALOGUE, PAGE, all_packs, counts, number_of, page, rows_of
from xinfang_desk.model.pack import Pack


@pytest.fixture(scope="module")
def packs() -> tuple[Pack, ...]:
    return all_packs()


def test_the_page_is_as_the_packs_say(packs: tuple[Pack, ...]) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(packs), "请运行 python tools/rules_table.py"


def test_every_rule_of_the_catalogue_is_declared(packs: tuple[Pack, ...]) -> None:
    checked, promised, unknown = counts(packs)
    assert len(CATALOGUE) == 138
    assert set(CATALOGUE) - checked - promised - unknown == set()
    assert len(checked) + len(promised) + len(unknown) == 138


def test_every_rule_has_one_row_for_each_wording(packs: tuple[Pack, ...]) -> None:
    rows = rows_of(packs)
    declared = {check.id for pack in packs for check in pack.checks}
    declared |= {one.id for pack in packs for one in pack.guarantees} | {one.id for pack in packs for one in pack.undecidable}
    assert {row.id for row in rows} == declared
    assert all(row.title and row.sentence and row.packs for row in rows)
    assert number_of("T-14a") == "T-14"
