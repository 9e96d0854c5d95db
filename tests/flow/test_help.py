"""The help of a line: what it says is what the engine does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from xinfang_desk.flow import grid, library
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.help import (
    AtCell,
    AtCheck,
    AtColumn,
    AtField,
    AtFinding,
    AtPage,
    Goal,
    LineHelp,
    line_help,
)
from xinfang_desk.model.change import Change, SetField, SetValue
from xinfang_desk.model.pack import Page
from xinfang_desk.model.sheet import CellAddress


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path = tmp_path_factory.mktemp("help") / "book.xfb"
    library.new_sample("004", path)
    desk = library.open_desk(path)
    yield desk
    desk.close()


def page(desk: Desk, page_id: str) -> Page:
    return next(page for page in desk.pack.pages if page.id == page_id)


def at(desk: Desk, page_id: str, address: str) -> AtField:
    return AtField(page_id, next(f for f in desk.fields(page(desk, page_id)) if f.address == address))


def goals(told: LineHelp, kind: str) -> tuple[Goal, ...]:
    part = next((part for part in told.parts if part.kind == kind), None)
    return part.goals if part is not None else ()


def test_a_line_prints_exactly_where_the_help_says(desk: Desk) -> None:
    for number in list(desk.year.lines)[::4]:
        line = desk.year.lines[number]
        said = {reached.cell for reached in desk.engine.reach_of_field("lines", number, "amount").cells}
        moved = desk.do(Change("", (SetField("lines", number, "amount", line.amount, (line.amount or 0) + 1_000_000),)))
        assert moved.cells == said
        assert said


def test_a_typed_figure_prints_exactly_where_the_help_says(desk: Desk) -> None:
    before = desk.year.priors["sangong.reception"]
    said = {reached.cell for reached in desk.engine.reach_of_value("priors", "sangong.reception").cells}
    moved = desk.do(Change("", (SetValue("priors", "sangong.reception", before, before + 10_000),)))
    assert moved.cells == said


def test_a_check_that_fails_after_an_edit_was_named_before_it(desk: Desk) -> None:
    before = {finding.check for finding in desk.findings()}
    named = set(desk.engine.reach_of_value("facts", "staff.total.posts").checks)
    desk.do(Change("", (SetValue("facts", "staff.total.posts", desk.year.facts["staff.total.posts"], 99),)))
    new = {finding.check for finding in desk.findings()} - before
    assert new
    assert new <= named


def test_the_sentences_are_those_that_change_with_the_figure(desk: Desk) -> None:
    told = line_help(desk, at(desk, "staff", "assets.vehicles.count"))
    (sentence,) = goals(told, "sentences")
    assert sentence.place is not None
    texts = [p.text for passage in desk.document().passages for p in passage.paragraphs]
    whole = next(text for text in texts if text.startswith(sentence.place.address))
    desk.do(Change("", (SetValue("facts", "assets.vehicles.count", 0, 7),)))
    now = [p.text for passage in desk.document().passages for p in passage.paragraphs]
    assert whole not in now


def test_a_field_tells_meaning_value_law_and_checks(desk: Desk) -> None:
    told = line_help(desk, at(desk, "prior", "total.expenditure"))
    assert told.page == "prior"
    assert goals(told, "meaning")
    assert "1,908,300.00" in goals(told, "now")[0].text
    assert any(goal.check == "Y-05a" for goal in goals(told, "checks"))
    assert any("143号" in goal.text for goal in goals(told, "law"))


def test_an_account_tells_its_ancestors_and_its_government_account(desk: Desk) -> None:
    column = next(c for c in grid.columns("lines") if c.field == "econ_dept")
    number = next(i for i, line in desk.year.lines.items() if line.econ_dept == "30217")
    told = line_help(desk, AtColumn("basic", "lines", column, number, 3))
    words = [goal.text for goal in goals(told, "meaning")]
    assert "302 商品和服务支出 › 30217 公务接待费" in words
    assert any("50206" in word for word in words)
    assert "第 4 行" in told.about


def test_a_cell_tells_where_it_comes_from_and_leads_on(desk: Desk) -> None:
    sheet = desk.live_sheet("gpb_function")
    row = sheet.rows[0]
    told = line_help(desk, AtCell(CellAddress(sheet.id, row.key, "total")))
    assert "226.70" in goals(told, "source")[0].text
    assert any(goal.check == "T-20a" for goal in goals(told, "checks"))
    assert goals(told, "sentences")


def test_every_finding_and_check_and_page_has_help(desk: Desk) -> None:
    for finding in desk.findings():
        assert goals(line_help(desk, AtFinding(finding)), "finding")[0].place == finding.place
    for check in desk.pack.checks:
        told = line_help(desk, AtCheck(check.id))
        assert told.title == check.title
        assert goals(told, "law")[0].text == check.law
    for one in desk.pack.pages:
        assert line_help(desk, AtPage(one.id)).parts


def test_every_question_and_column_has_a_meaning_and_a_law(desk: Desk) -> None:
    for one in desk.pack.pages:
        for field in desk.fields(one):
            told = line_help(desk, AtField(one.id, field))
            assert goals(told, "meaning")[0].text != "照标题的意思填写。", field.address
            assert goals(told, "law"), field.address
        if one.kind in ("lines", "incomes", "projects", "indicators", "purchases"):
            for column in grid.columns(one.kind, one):
                told = line_help(desk, AtColumn(one.id, one.kind, column))
                assert goals(told, "meaning")[0].text != "照标题的意思填写。", column.field
                assert goals(told, "law")


def test_what_is_gone_has_no_help(desk: Desk) -> None:
    with pytest.raises(KeyError):
        line_help(desk, AtCheck("没有"))
    with pytest.raises(KeyError):
        line_help(desk, AtCell(CellAddress("summary", "没有", "没有")))
