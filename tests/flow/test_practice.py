"""The practice department: every planted mistake is found, told apart, and can be mended."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from xinfang_desk.flow import library, practice
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.errors import BookBusy
from xinfang_desk.flow.sample_list import samples
from xinfang_desk.model.change import Change, SetField, SetValue
from xinfang_desk.model.ledger import Year
from xinfang_desk.packs import PackError
from xinfang_desk.packs.practice import read_mistakes

PLANTED = practice.planted()
NOW = dt.datetime(2026, 3, 2, 9, 30).astimezone()


def desk_of(year: Year, folder: Path) -> Desk:
    path = folder / "练习.xfb"
    library._create(path, year.unit, year.year, year.pack, year)
    return library.open_desk(path)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return library.open_desk(practice.ready_book(tmp_path / "p" / "练习部门.xfb"))


def test_a_fresh_book_shows_every_planted_mistake(desk: Desk) -> None:
    tasks = practice.Guide(desk).tasks()
    assert len(tasks) == len(PLANTED)
    assert 10 < len(tasks) < 20  # the start page says 十几处
    assert [task.number for task in tasks if task.mended] == []
    assert not desk.verdict().ready
    for mistake in PLANTED:
        for start in mistake.finds[:1]:
            assert any(finding.key.startswith(start) for finding in desk.findings()), mistake.id
    desk.close()


def test_nothing_but_the_planted_mistakes_and_what_follows_from_them_is_wrong(tmp_path: Path) -> None:
    desk = desk_of(PLANTED[-1].mended, tmp_path)
    assert [finding.sentence for finding in desk.findings() if finding.blocks] == []
    assert desk.verdict().ready
    assert all(task.mended for task in practice.Guide(desk).tasks())
    desk.close()


@pytest.mark.parametrize("number", range(1, len(PLANTED) + 1))
def test_each_mend_mends_its_own_mistake_and_no_other(number: int, tmp_path: Path) -> None:
    desk = desk_of(PLANTED[number - 1].mended, tmp_path)
    assert [task.number for task in practice.Guide(desk).tasks() if task.mended] == list(range(1, number + 1))
    desk.close()


def test_every_step_is_a_sentence_and_names_no_program_words() -> None:
    for mistake in PLANTED:
        for text in (mistake.hint, mistake.where, mistake.why):
            assert text.endswith("。")
            assert "finds" not in text
        assert not mistake.title.endswith("。")


def test_a_mistake_put_back_is_there_again(desk: Desk) -> None:
    guide = practice.Guide(desk)
    old = desk.year.lines[7].amount
    desk.do(Change("改", (SetField("lines", 7, "amount", old, 7_440_000),)))
    assert guide.tasks()[0].mended
    assert "改成7.44万元" in guide.tasks()[0].words[0]
    desk.undo()
    assert not guide.tasks()[0].mended
    desk.close()


def test_an_answer_mends_only_where_it_may(desk: Desk) -> None:
    guide = practice.Guide(desk)
    number = {mistake.id: place for place, mistake in enumerate(PLANTED)}
    for key in ("L-13|lines/17/econ_dept", "S-01b|", "D-14e|"):
        finding = next(f for f in desk.findings() if f.key == key)
        desk.explain_warning(finding, "已经核对。")
    tasks = guide.tasks()
    assert not tasks[number["doubled"]].mended
    assert not tasks[number["staff"]].mended
    assert not tasks[number["sangong"]].mended  # the reasons are still blank
    for address in ("reason.sangong.total", "reason.sangong.reception"):
        desk.do(Change("写", (SetValue("facts", address, None, "上级督查批次增加，接待增加"),)))
    assert guide.tasks()[number["sangong"]].mended
    desk.close()


def test_the_steps_are_shown_one_by_one_and_remembered(desk: Desk) -> None:
    guide = practice.Guide(desk)
    assert guide.tasks()[1].words == ()
    for step in range(1, practice.STEPS + 2):
        guide.reveal(2)
        assert guide.tasks()[1].shown == min(step, practice.STEPS)
    assert guide.tasks()[1].words[:3] == (PLANTED[1].hint, PLANTED[1].where, PLANTED[1].why)
    assert "公用经费与批复数一致" in guide.tasks()[1].words[3]
    path = desk.path
    desk.close()
    again = library.open_desk(path)
    assert practice.Guide(again).tasks()[1].shown == practice.STEPS
    again.close()


@pytest.mark.parametrize("kept", ["", "nonsense", "[]", '{"a": "b"}'])
def test_spoiled_steps_are_forgotten(desk: Desk, kept: str) -> None:
    desk.remember("practice.steps", kept)
    assert {task.shown for task in practice.Guide(desk).tasks()} == {0}
    desk.close()


def test_every_mistake_has_a_place_to_go(desk: Desk) -> None:
    pages = {page.id for page in desk.pack.pages}
    for task in practice.Guide(desk).tasks():
        assert task.place is not None
        assert task.place.page in pages
    desk.close()


def test_the_book_is_kept_where_it_is_and_begun_anew_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "练习部门.xfb"
    practice.ready_book(path)
    desk = library.open_desk(path)
    desk.do(Change("改", (SetField("lines", 7, "amount", desk.year.lines[7].amount, 7_440_000),)))
    with pytest.raises(BookBusy):
        practice.begin_anew(path, NOW)
    desk.close()
    practice.ready_book(path)
    kept = library.open_desk(path, read_only=True)
    assert kept.year.lines[7].amount == 7_440_000
    kept.close()
    practice.begin_anew(path, NOW)
    fresh = library.open_desk(path, read_only=True)
    assert fresh.year.lines[7].amount == 7_200_000
    fresh.close()
    assert [file.name for file in tmp_path.glob("*（*.xfb")] == ["练习部门（2026-03-02 093000）.xfb"]


def test_a_damaged_practice_book_can_be_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "练习部门.xfb"
    path.write_bytes(b"broken" * 400)
    practice.begin_anew(path, NOW)
    desk = library.open_desk(path)
    assert practice.is_practice(desk.year)
    desk.close()


def test_other_books_are_no_practice() -> None:
    assert not practice.is_practice(library.sample_year("004"))
    assert [sample.id for sample in samples() if sample.practice] == [practice.SAMPLE]


def test_a_fault_in_the_list_is_told_with_its_line() -> None:
    year = library.sample_year(practice.SAMPLE)
    text = '[[mistake]]\nid = "a"\ntitle = "甲"\nhint = "乙。"\nwhere = "丙。"\nwhy = "丁。"\n' \
           '[[mistake.edit]]\nset = "lines.999.amount"\nto = "1元"\n'
    with pytest.raises(PackError) as refused:
        read_mistakes(text, "mistakes.toml", year)
    told = "".join(problem.sentence for problem in refused.value.problems)
    assert "finds" in told
    assert "999" in told
    doubled = text.replace("lines.999", "lines.7").replace('why = "丁。"', 'why = "丁。"\nfinds = ["X|"]')
    with pytest.raises(PackError, match="两次"):
        read_mistakes(doubled + doubled, "mistakes.toml", replace(year))


def test_a_finding_about_a_project_line_leads_to_the_page_that_lists_it(desk: Desk) -> None:
    doubled = next(f for f in desk.findings() if f.key.startswith("L-13|lines/17/"))
    assert (doubled.place.page, doubled.place.record) == ("projects", 17)
    running = next(f for f in desk.findings() if f.key.startswith("T-34b|lines/10/"))
    assert (running.place.page, running.place.record) == ("basic", 10)
    buying = next(f for f in desk.findings() if f.key.startswith("X-26a|projects/1"))
    assert (buying.place.page, buying.place.space) == ("projects", "projects")
    desk.close()
