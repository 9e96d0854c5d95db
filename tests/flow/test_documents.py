"""One year, several documents: the budget, and how it was carried out."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path

import pytest

from tests.flow.helpers import codes, year
from xinfang_desk.cli.commands import FOUND, OK, main
from xinfang_desk.flow.documents import chosen_pack, documents
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.forms import field_text, parse_field
from xinfang_desk.flow.grid import EntryRefused, cell_text, columns, edit_text, parse_cell
from xinfang_desk.flow.indicators import scored, suggestions, taken
from xinfang_desk.flow.library import new_sample, open_desk
from xinfang_desk.model.change import apply
from xinfang_desk.model.ledger import Indicator, Unit
from xinfang_desk.model.money import MoneyUnit
from xinfang_desk.model.pack import FormField, Page


def test_the_regions_own_pack_goes_before_the_national_one() -> None:
    of = replace(year(), pack="shaanxi/2023", unit=Unit("甲", region="陕西"))
    assert [(choice.pack, choice.kind, choice.own) for choice in documents(of)] == [
        ("shaanxi/2023", "budget", True), ("shaanxi/2023-selfeval", "selfeval", False)]
    assert [choice.pack for choice in documents(replace(of, pack="hebei/2021", unit=Unit("甲")))] == [
        "hebei/2021", "national/2020-selfeval"]


def test_a_document_is_named_by_kind_or_by_pack() -> None:
    of = replace(year(), pack="shaanxi/2023")
    assert chosen_pack(of, "selfeval") == chosen_pack(of, "shaanxi/2023-selfeval") == "shaanxi/2023-selfeval"
    assert chosen_pack(of, "budget") == "shaanxi/2023"
    with pytest.raises(DeskError, match="没有适用的“hunan/2020”，可以选：budget"):
        chosen_pack(of, "hunan/2020")


def test_a_book_is_opened_as_its_self_evaluation(tmp_path: Path) -> None:
    path = tmp_path / "甲.xfb"
    new_sample("004", path)
    with contextlib.closing(open_desk(path, pack="selfeval", read_only=True)) as desk:
        assert desk.pack.id == "shaanxi/2023-selfeval"
        assert desk.year.pack == "shaanxi/2023"
        assert [choice.kind for choice in desk.documents()] == ["budget", "selfeval"]
        assert desk.sheet("base_funds").cell("whole", "budget").text == "226.70"
    with contextlib.closing(open_desk(path, read_only=True)) as desk:
        assert desk.pack.id == "shaanxi/2023"


def test_the_terminal_checks_and_builds_the_self_evaluation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "甲.xfb"
    new_sample("002", path)
    assert main(["check", str(path)]) == OK
    assert "预算控制率130.25%" in capsys.readouterr().out
    assert main(["build", str(path), "--out", str(tmp_path / "out"), "--document", "selfeval"]) == OK
    names = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert len(names) == 4
    assert all("衡山县信访局2019年度部门整体支出绩效自评" in name for name in names)
    assert main(["build", str(path), "--out", str(tmp_path / "out")]) == OK
    assert "一个字节也不差" in capsys.readouterr().out
    new_sample("004", tmp_path / "乙.xfb")
    assert main(["check", str(tmp_path / "乙.xfb"), "--document", "selfeval"]) == FOUND


def test_points_are_typed_with_two_decimals() -> None:
    field = FormField("score.system", "得分", "points")
    assert parse_field(field, " 7.5分 ", MoneyUnit.WAN) == 750
    assert field_text(replace(year(), facts={"score.system": 750}), field, MoneyUnit.WAN) == "7.5"
    for wrong in ("7.555", "-1", "七分半"):
        with pytest.raises(EntryRefused):
            parse_field(field, wrong, MoneyUnit.WAN)


def test_columns_of_results_are_shown_where_a_page_names_them() -> None:
    assert "score" not in [column.field for column in columns("indicators")]
    page = Page("targets", "指标", "indicators", columns=("name", "actual", "score", "deviation"))
    found = columns("indicators", page)
    assert [column.field for column in found] == ["name", "actual", "score", "deviation"]
    record = Indicator(1, score=2750)
    assert cell_text(record, found[2], codes(), MoneyUnit.YUAN, year()) == "27.5"
    assert edit_text(record, found[2], MoneyUnit.YUAN) == "27.5"
    assert parse_cell("27.5", found[2], codes(), MoneyUnit.YUAN, year()) == 2750
    with pytest.raises(EntryRefused, match="不是得分"):
        parse_cell("很好", found[2], codes(), MoneyUnit.YUAN, year())


def test_the_library_offers_what_a_project_lacks() -> None:
    offered = suggestions(year(), 1, text="满意")
    assert offered
    assert all("满意" in one.name for one in offered)
    changed = apply(year(), taken(year(), offered[0], 1))
    assert [(one.project, one.name) for one in changed.indicators.values()] == [(1, offered[0].name)]
    assert offered[0].name not in [one.name for one in suggestions(changed, 1)]
    assert offered[0].name in [one.name for one in suggestions(changed)]
    assert {one.level1 for one in suggestions(year(), level2="经济成本指标")} == {"成本指标"}
    assert {one.level1 for one in suggestions(replace(year(), year=2021), level2="成本指标")} == {"产出指标"}


def test_scores_that_follow_from_results_are_filled_in() -> None:
    records = {1: Indicator(1, value="90", actual="81", weight=30), 2: Indicator(2, operator="定性", value="好", weight=10),
               3: Indicator(3, value="5", actual="5", weight=10, score=900)}
    change = scored(replace(year(), indicators=records))
    assert change is not None
    after = apply(replace(year(), indicators=records), change)
    assert [one.score for one in after.indicators.values()] == [2700, None, 900]
    assert scored(after) is None
