"""Sample 002: the self-evaluation holds the published figures, and what the document prints wrong is found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from xinfang_desk.engine import Engine
from xinfang_desk.model.finding import Finding
from xinfang_desk.model.ledger import FactValue, Year
from xinfang_desk.model.pack import Pack, Severity
from xinfang_desk.packs import load_pack, read_year
from xinfang_desk.passages import compose
from xinfang_desk.places import forms_dir, resources_dir

WAN = 1_000_000


@cache
def _year() -> Year:
    path = resources_dir() / "samples" / "002.toml"
    return read_year(path.read_text("utf-8"), path.name)


@cache
def _pack() -> Pack:
    return load_pack(_year().pack, forms_dir())


def _with(facts: Mapping[str, FactValue]) -> Engine:
    return Engine(_pack(), replace(_year(), facts={**_year().facts, **facts}))


def _found(facts: Mapping[str, FactValue]) -> dict[str, Finding]:
    engine = _with(facts)
    return {finding.check: finding for finding in engine.findings(compose(engine))}


def test_the_sample_can_be_published() -> None:
    findings = _found({})
    assert [f.sentence for f in findings.values() if f.severity is Severity.ERROR] == []
    assert {f.key for f in findings.values() if f.severity is Severity.WARNING} == set(_year().explanations)


def test_the_figures_are_those_of_the_document() -> None:
    year = _year()
    assert sum(line.amount or 0 for line in year.lines.values()) == 113_440_000
    own = [project for project in year.projects.values() if not project.special]
    assert sum(project.spent_county or 0 for project in own) == 19_580_000
    assert sum(project.spent_county or 0 for project in year.projects.values()) == 131_060_000
    assert [year.facts[f"result.basic.{part}"] for part in ("wages", "goods", "persons", "total")] == [
        107_210_000, 21_740_000, 1_200_000, 130_150_000]
    assert year.facts["result.total"] == 261_210_000
    assert year.facts["result.sangong.total"] == 5_040_000
    assert [year.facts[f"result.staff.{part}"] for part in ("posts", "actual", "retired", "total")] == [15, 11, 2, 13]


def test_the_score_table_adds_to_a_hundred_and_uses_the_official_formulas() -> None:
    engine = _with({})
    scores = engine.sheet("scores")
    assert engine.value("scores", "total", "points") == 100
    assert scores.cell("budget_control", "measure").text == "130.25%"
    assert engine.value("scores", "budget_control", "score") == 0
    assert scores.cell("budget_done", "measure").text == "100.00%"
    assert scores.cell("sangong_control", "measure").text == "92.82%"
    assert scores.cell("staff_rate", "measure").text == "73.33%"
    firsts = [scores.cell(row.key, "level1_points").text for row in scores.rows if scores.cell(row.key, "level1").text]
    assert firsts == ["10", "60", "30"]
    total = engine.value("scores", "total", "score")
    assert total == sum(Fraction(engine.value("scores", row.key, "score") or 0) for row in scores.rows[:-1])
    assert scores.heads == (("自评得分", "93"), ("自评等级", "优"))


@pytest.mark.parametrize(("lost", "word"), [(100, "优"), (400, "优"), (401, "良"), (800, "良")])
def test_the_grade_follows_the_score(lost: int, word: str) -> None:
    engine = _with({"score.system": 800 - lost})
    score = dict(engine.sheet("scores").heads)
    assert score["自评等级"] == word
    text = "".join(p.text for passage in compose(engine).passages for p in passage.paragraphs)
    assert f"自评得分{score['自评得分']}分" in text
    assert f"等级为“{word}”" in text


def test_projects_run_at_the_published_rates() -> None:
    sheet = _with({}).sheet("base_projects")
    assert [row.cells[-1].text for row in sheet.rows] == ["86.75%", "84.90%", "100.00%", "100.00%", "100.00%", "87.62%"]
    assert dict(_with({}).sheet("project_selfeval#1").heads)["执行率（B/A）"] == "86.75%"


def test_the_total_that_lost_a_cent_is_found() -> None:
    finding = _found({"result.total": 261_200_000})["G-09"]
    assert finding.severity is Severity.ERROR
    assert (finding.actual, finding.expected, finding.difference) == (261_200_000, 261_210_000, -10_000)


def test_the_reception_left_out_of_sangong_is_found() -> None:
    finding = _found({"result.sangong.total": 4_940_000})["G-11"]
    assert (finding.actual, finding.expected) == (4_940_000, 5_040_000)
    assert "0.10万元" in finding.sentence


def test_the_rate_of_the_document_is_not_the_official_one() -> None:
    finding = _found({"result.execution": "指标实际执行后，预算完成率为230.25％。"})["G-15"]
    assert "230.25%" in finding.sentence
    assert "100.00%" in finding.sentence
    assert "G-15" not in _found({"result.execution": "预算完成率100％，预算控制率130.25％。"})
    assert "G-15" in _found({"result.execution": "“三公经费”控制率90.98%。"})


def test_a_claim_to_be_within_the_budget_is_found() -> None:
    finding = _found({"result.execution": "全年支出在预算总额内。"})["G-13"]
    assert "在预算总额内" in finding.sentence
    assert "261.21万元" in finding.sentence
    assert "113.44万元" in finding.sentence


def test_a_difference_explained_in_part_is_found() -> None:
    finding = _found({"result.gap": (("县信访维稳工作经费", "70万元"), ("信访救助金", "60万元"))})["G-14"]
    assert finding.actual == 130 * WAN
    assert finding.difference == -17_770_000


def test_the_placeholders_of_the_document_are_found() -> None:
    assert "D-19" in _found({"selfeval.use": "包案交办XX件，已化解XX件。"})


def test_notes_tell_what_was_presumed() -> None:
    notes = _year().facts["sample.notes"]
    assert isinstance(notes, tuple)
    assert all(len(note) == 4 and all(cell.endswith("。") for cell in note[1:]) for note in notes)
    assert any("推定" in cell for note in notes for cell in note)
    assert all(line.presumed for line in _year().lines.values())


def test_no_sentence_of_the_document_is_copied(shared_dir: Path) -> None:
    text = re.sub(r"\s+", "", (resources_dir() / "samples" / "002.toml").read_text("utf-8"))
    for document in (shared_dir / "samples").glob("*.txt"):
        source = re.sub(r"\s+", "", document.read_text("utf-8"))
        runs = {source[n:n + 20] for n in range(len(source) - 19)}
        assert not [text[n:n + 20] for n in range(len(text) - 19) if text[n:n + 20] in runs]
