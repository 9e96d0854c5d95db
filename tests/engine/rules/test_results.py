"""Rules of the self-evaluation: what they pass over matters as much as what they find."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from xinfang_desk.engine import Engine
from xinfang_desk.model.change import Change, SetField, SetValue
from xinfang_desk.model.finding import Finding
from xinfang_desk.model.ledger import FactValue, Year
from xinfang_desk.model.pack import Pack
from xinfang_desk.packs import load_pack, read_year

FORMS = Path(__file__).parents[3] / "forms"


@cache
def pack() -> Pack:
    return load_pack("national/2020-selfeval", FORMS)


@cache
def base() -> Year:
    path = FORMS / "national/2020-selfeval/cases/base_selfeval.toml"
    return read_year(path.read_text("utf-8"), path.name)


def hits(check: str, **facts: FactValue) -> list[Finding]:
    year = replace(base(), facts={**base().facts, **{name.replace("__", "."): value for name, value in facts.items()}})
    return [finding for finding in Engine(pack(), year).findings() if finding.check == check]


@pytest.mark.parametrize("text", [
    "预算完成率98.75%", "预算完成率为９８．７５％。", "预算完成率达到98.74%", "预算完成率比上年提高，群众满意度92%", "预算完成率98.75%，预算控制率15.15%",
    "按期办结率100%"])
def test_ratios_told_right_are_passed_over(text: str) -> None:
    assert hits("G-15", result__execution=text) == []


@pytest.mark.parametrize(("text", "told"), [
    ("预算完成率为113.71%。", "113.71%"), ("预算控制率是16%", "16%"), ("“三公”经费控制率90%", "90%"), ("在职人员控制率：100%", "100%")])
def test_ratios_told_wrong_are_found(text: str, told: str) -> None:
    found = hits("G-15", result__execution=text)
    assert [told in finding.sentence for finding in found] == [True]
    assert found[0].place.address == "result.execution"


@pytest.mark.parametrize(("text", "count"), [
    ("支出控制在预算内。", 1), ("全年支出在预算总额内，", 1), ("各项开支没有超预算。", 1), ("在预算内部管理上，", 0), ("执行数大于年初预算。", 0)])
def test_claims_about_the_budget(text: str, count: int) -> None:
    assert len(hits("G-13", result__execution=text)) == count
    assert hits("G-13", result__execution=text, result__total=1_000_000) == []


def test_a_projects_result_is_read_too() -> None:
    project = replace(base().projects[1], result="支出没有超过预算")
    year = replace(base(), projects={**base().projects, 1: project})
    found = [f for f in Engine(pack(), year).findings() if f.check == "G-13"]
    assert [(f.place.space, f.place.record, f.place.field) for f in found] == [("projects", 1, "result")]


def test_scores_are_looked_at_again_when_they_change() -> None:
    engine = Engine(pack(), base())
    assert engine.findings() == ()
    engine.apply(Change("分", (SetField("indicators", 3, "score", 2700, 3000),)))
    assert [f.check for f in engine.findings()] == ["G-07c"]
    engine.apply(Change("分", (SetField("indicators", 3, "score", 3000, 2600),)))
    assert engine.findings() == ()
    engine.apply(Change("因", (SetField("indicators", 3, "deviation", base().indicators[3].deviation, " "),)))
    assert [f.check for f in engine.findings()] == ["G-07d"]


def test_the_score_table_moves_with_what_it_reads() -> None:
    engine = Engine(pack(), base())
    assert engine.value("scores", "budget_control", "score") == 3
    touched = engine.apply(Change("追加", (SetValue("facts", "result.added", 20_000_000, 13_200_000),)))
    assert "scores" in touched.sheets
    assert engine.value("scores", "budget_control", "score") == 4
    assert engine.value("scores", "total", "score") == 99
    engine.apply(Change("编制", (SetValue("facts", "result.staff.posts", 12, 10),)))
    assert engine.sheet("scores").cell("staff_rate", "measure").text == "110.00%"
    assert engine.value("scores", "staff_rate", "score") == 0
    assert dict(engine.sheet("scores").heads)["自评得分"] == "94"
