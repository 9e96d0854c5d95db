"""The narrative of real packs: figures from cells, headings numbered, reasons told, nothing left open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from xinfang_desk.engine import Engine
from xinfang_desk.model.ledger import Year
from xinfang_desk.model.passage import Document
from xinfang_desk.packs import load_pack, read_year
from xinfang_desk.passages import compose, digest


def year_of(sample: str, project_dir: Path) -> Year:
    path = project_dir / "resources" / "samples" / f"{sample}.toml"
    return read_year(path.read_text(encoding="utf-8"), path.name)


def told(year: Year, project_dir: Path) -> Document:
    return compose(Engine(load_pack(year.pack, project_dir / "forms"), year))


def text_of(document: Document) -> str:
    return "\n".join([document.title, *(p.heading + "\n" + "\n".join(q.text for q in p.paragraphs)
                                        for p in document.passages)])


@pytest.mark.parametrize("sample", ["003", "004"])
def test_every_figure_is_bound_and_nothing_is_open(sample: str, project_dir: Path) -> None:
    document = told(year_of(sample, project_dir), project_dir)
    text = text_of(document)
    assert "待填" not in text
    assert "{" not in text
    assert "万元万元" not in text
    assert "增加0万元" not in text
    bound = [run for passage in document.passages for p in passage.paragraphs for run in p.runs if run.cells]
    assert len(bound) > 10


def test_headings_are_numbered_by_level(project_dir: Path) -> None:
    headings = [p.heading for p in told(year_of("004", project_dir), project_dir).passages if p.heading]
    assert headings[:3] == ["第一部分　部门概况", "一、部门主要职责及机构设置", "二、2023年度部门工作任务"]
    numbered = [h for h in headings if h[1:2] == "、" or h[2:3] == "、"]
    assert [h.split("、")[0] for h in numbered] == [*list("一二三四五六七八九十"), "十一"]


def test_a_paragraph_of_typed_text_ends_in_a_full_stop(project_dir: Path) -> None:
    document = told(year_of("004", project_dir), project_dir)
    for passage in document.passages:
        for paragraph in passage.paragraphs:
            if paragraph.runs and paragraph.style == "body":
                assert paragraph.text[-1] in "。；：！？…”）)】", paragraph.text


def test_a_missing_reason_is_told_where_it_is_missing(project_dir: Path) -> None:
    year = year_of("004", project_dir)
    facts = {a: v for a, v in year.facts.items() if a != "reason.function.2010301"}
    text = text_of(told(replace(year, facts=facts), project_dir))
    assert "【待填：" in text


def test_a_fall_is_never_told_as_a_rise(project_dir: Path) -> None:
    year = year_of("004", project_dir)
    line = next(i for i, item in year.lines.items() if item.econ_dept == "30217")
    lines = {**year.lines, line: replace(year.lines[line], amount=600_000)}
    text = text_of(told(replace(year, lines=lines), project_dir))
    assert "公务接待费0.6万元，较上年减少0.05万元（7.69%）" in text


def test_the_digest_tells_the_headline_figures(project_dir: Path) -> None:
    year = year_of("003", project_dir)
    lines = digest(Engine(load_pack(year.pack, project_dir / "forms"), year))
    assert any("329.48万元" in line for line in lines)
