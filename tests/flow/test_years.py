"""The years of a book: made from a former one in one step, refused with a reason, binned and brought back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.flow.test_new_year import CHOSEN, PETITION
from xinfang_desk.flow import years
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.library import new_book, new_sample, open_desk
from xinfang_desk.flow.new_year import AS_PLANNED, Choices
from xinfang_desk.model.change import Change, SetValue
from xinfang_desk.model.ledger import Unit


@pytest.fixture
def book(tmp_path: Path) -> Path:
    new_sample("004", tmp_path / "紫阳.xfb")
    return tmp_path / "紫阳.xfb"


@pytest.fixture
def desk(book: Path) -> Iterator[Desk]:
    opened = open_desk(book)
    yield opened
    opened.close()


def test_a_new_year_is_made_after_a_checked_backup(desk: Desk, book: Path) -> None:
    plan = years.plan_year(years.source_of(desk), 2024)
    backup = years.add_year(desk, plan, CHOSEN)
    with open_desk(backup, read_only=True).book as before:
        assert [info.year for info in before.years()] == [2023]
    assert [state.year for state in years.year_states(desk)] == [2024, 2023]
    desk.close()
    later = open_desk(book)
    assert (later.year.year, later.codes.year, len(later.year.lines)) == (2024, 2024, len(desk.year.lines))
    assert later.last_year() == desk.year
    assert "2014004" in {line.function for line in later.year.lines.values()}
    # Last year's figures stand where this year's tables and texts look for them.
    assert later.sheet("sangong").rows
    assert later.year.priors["sangong.reception"] == 7_000_00
    later.close()


def test_refusals_change_nothing(desk: Desk) -> None:
    source = years.source_of(desk)
    for year, reason in ((2023, "要比来源年度"), (2022, "要比来源年度"), (1999, "不像预算年度"), (2099, "不像预算年度")):
        with pytest.raises(DeskError, match=reason):
            years.plan_year(source, year)
    with pytest.raises(DeskError, match="不能用报表格式“hunan/2020”"):
        years.plan_year(source, 2024, "hunan/2020")
    plan = years.plan_year(source, 2024)
    with pytest.raises(DeskError, match="4 个科目没有选定"):
        years.add_year(desk, plan, AS_PLANNED)
    assert [state.year for state in years.year_states(desk)] == [2023]
    years.add_year(desk, plan, CHOSEN)
    with pytest.raises(DeskError, match="已经有 2024 年度"):
        years.add_year(desk, plan, CHOSEN)
    with pytest.raises(DeskError, match="没有 2019 年"):
        years.source_of(desk, 2019)


def test_an_empty_year_is_no_source(tmp_path: Path) -> None:
    new_book(tmp_path / "空.xfb", Unit("某局", region="陕西"), 2023, "shaanxi/2023")
    desk = open_desk(tmp_path / "空.xfb")
    with pytest.raises(DeskError, match="还没有填写任何内容"):
        years.plan_year(years.source_of(desk), 2024)
    desk.close()


def test_a_book_open_for_reading_gets_no_year(desk: Desk, book: Path) -> None:
    plan = years.plan_year(years.source_of(desk), 2024)
    desk.close()
    reading = open_desk(book, read_only=True)
    with pytest.raises(DeskError, match="只读"):
        years.add_year(reading, plan, CHOSEN)
    reading.close()


def test_the_source_may_be_another_book_of_the_unit(desk: Desk, book: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "新.xfb"
    new_book(fresh, replace(desk.year.unit, code="", kind=desk.year.unit.kind), 2024, "shaanxi/2023")
    mine = open_desk(fresh)
    source = years.source_from(book, mine, 2025)
    assert (source.year.year, source.file) == (2023, book.name)
    assert years.years_open(mine, source)[0] == 2025
    plan = years.plan_year(source, 2025)
    assert any("2023年不是" in sentence for sentence in plan.warnings)
    years.add_year(mine, plan, Choices({}, PETITION))
    assert mine.book.load(2025).facts["duties"] == desk.year.facts["duties"]
    with pytest.raises(DeskError, match="没有早于 2023 年"):
        years.source_from(book, mine, 2023)
    new_sample("003", tmp_path / "别家.xfb")
    with pytest.raises(DeskError, match="平乡县信访局"):
        years.source_from(tmp_path / "别家.xfb", mine, 2025)
    (tmp_path / "坏.xfb").write_text("不是账册", encoding="utf-8")
    with pytest.raises(DeskError, match="不是账册文件"):
        years.source_from(tmp_path / "坏.xfb", mine, 2025)
    mine.close()


def test_years_are_listed_with_their_state(desk: Desk) -> None:
    years.add_year(desk, years.plan_year(years.source_of(desk), 2024), CHOSEN)
    desk.do(Change("改", (SetValue("facts", "unit.level", "正科级", "副科级"),)))
    later, open_one = years.year_states(desk)
    assert (later.year, later.current, open_one.year, open_one.current) == (2024, False, 2023, True)
    assert "25 笔支出明细" in open_one.state
    assert "日改过" in open_one.state
    assert "改过" not in later.state


def test_a_year_is_binned_restored_and_emptied(desk: Desk) -> None:
    years.add_year(desk, years.plan_year(years.source_of(desk), 2024), CHOSEN)
    years.bin_year(desk.book, 2024)
    with pytest.raises(DeskError, match="只有 2023 年"):
        years.bin_year(desk.book, 2023)
    binned, = years.binned(desk.book)
    assert years.restore_year(desk.book, binned.id) == 2024
    years.bin_year(desk.book, 2024)
    count, backup = years.empty_bin(desk.book, (binned.id,))
    assert count == 1
    with open_desk(backup, read_only=True).book as before:
        assert [one.year for one in before.binned()] == [2024]
    assert years.binned(desk.book) == ()
