"""The list of changes, former states looked at and restored, deleted projects brought back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath

import pytest

from xinfang_desk.flow import past
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.library import new_sample, open_desk
from xinfang_desk.model.change import Change, Delete, Insert, SetField, SetUnit, SetValue, Step, apply
from xinfang_desk.model.edition import MadeFile
from xinfang_desk.model.ledger import Indicator, Kind, Line, Project, Purchase, Unit, Year


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    new_sample("004", tmp_path / "紫阳.xfb")
    opened = open_desk(tmp_path / "紫阳.xfb")
    yield opened
    opened.close()


def level(desk: Desk, text: str) -> None:
    old = desk.year.facts.get("unit.level")
    desk.do(Change(f"改成{text}", (SetValue("facts", "unit.level", old, text),)))


def labels(page: past.EntryPage) -> list[str]:
    return [entry.what for entry in page.entries]


def test_changes_are_listed_newest_first_undone_ones_marked(desk: Desk) -> None:
    level(desk, "甲")
    level(desk, "乙")
    desk.undo()
    assert labels(past.entries(desk)) == ["撤销：改成乙", "改成乙（已撤销）", "改成甲", "建立 2023 年度"]
    desk.redo()
    assert labels(past.entries(desk))[:2] == ["重做：改成乙", "撤销：改成乙"]
    assert [entry.undone for entry in past.entries(desk).entries] == [False] * 5


def test_pages_and_words(desk: Desk) -> None:
    for n in range(7):
        level(desk, f"第{n}级")
    first = past.entries(desk, limit=5)
    assert (len(first.entries), first.rest) == (5, True)
    second = past.entries(desk, limit=5, before=first.entries[-1].sequence)
    assert (labels(second), second.rest) == (["改成第1级", "改成第0级", "建立 2023 年度"], False)
    assert labels(past.entries(desk, search="第3")) == ["改成第3级"]


def test_editions_stand_above_the_state_they_hold(desk: Desk) -> None:
    level(desk, "甲")
    assert desk.saved()
    desk.book.add_edition(2023, title="公开", date="2023-03-01", files=[MadeFile("document", PurePath("a.pdf"), 1, "ab", 2)],
                          now=dt.datetime.now().astimezone())
    level(desk, "乙")
    assert labels(past.entries(desk)) == ["改成乙", "生成第 1 稿公开稿", "改成甲", "建立 2023 年度"]
    edition = past.entries(desk).entries[1]
    assert past.former(desk, edition).facts["unit.level"] == "甲"
    assert labels(past.entries(desk, search="公开稿")) == ["生成第 1 稿公开稿"]


def test_a_former_state_is_looked_at_and_nothing_can_be_changed(desk: Desk) -> None:
    wage = next(line for line in desk.year.lines.values() if line.econ_dept == "30101")
    before = desk.sheet("expenditure")
    desk.do(Change("改金额", (SetField("lines", wage.id, "amount", wage.amount, 1),)))
    entry = past.entries(desk).entries[1]
    was = past.FormerDesk(desk, past.former(desk, entry), entry)
    assert was.sheet("expenditure") == before
    assert desk.sheet("expenditure") != before
    assert was.read_only
    with pytest.raises(DeskError, match="只能看，不能改"):
        was.do(Change("改", (SetValue("facts", "unit.level", None, "丙"),)))
    assert (was.undo(), was.undo_label) == (None, None)
    was.remember("place", "nowhere")
    assert desk.recall("place") != "nowhere"
    assert desk.undo_label == "改金额"


def test_a_former_state_is_restored_as_one_change(desk: Desk) -> None:
    original = desk.year
    first = past.entries(desk).entries[0]
    level(desk, "甲")
    line = next(iter(desk.year.lines.values()))
    desk.do(Change("删除", (Delete("lines", line, 0),)))
    outcome = past.restore(desk, past.former(desk, first), first)
    assert outcome is not None
    assert desk.year == original
    assert list(desk.year.lines) == list(original.lines)
    assert "恢复成" in (desk.undo_label or "")
    desk.undo()
    assert desk.year.facts["unit.level"] == "甲"
    assert line.id not in desk.year.lines
    desk.redo()
    assert past.restore(desk, past.former(desk, first), first) is None
    assert desk.saved()
    assert desk.book.load(2023) == original


def test_details_tell_what_was_done(desk: Desk) -> None:
    wage = next(line for line in desk.year.lines.values() if line.econ_dept == "30101")
    project = desk.year.projects[1]
    steps: tuple[Step, ...] = (
        SetField("lines", wage.id, "amount", wage.amount, 123_456_00), SetField("projects", 1, "special", False, True),
        SetValue("facts", "unit.level", "正科级", None), SetValue("priors", "function.2010308", 142_59_0000, 100),
        Insert("indicators", Indicator(99, name="办结率"), 0), SetUnit(desk.year.unit, Unit("新名")),
        SetValue("explanations", "T-19a", None, "属实"))
    desk.do(Change("许多", steps))
    told = past.details(desk, past.entries(desk).entries[0])
    assert told[0].startswith("支出明细“人员经费·基本工资”的")
    assert told[0].endswith("→ 123,456.00")
    assert project.name in told[1]
    assert told[1].endswith("否 → 是")
    assert told[2] == "单位规格：正科级 → （空白）"
    assert told[3] == "各功能科目上年数，2010308 信访事务：1,425,900.00 → 1.00"
    assert told[4] == "添加绩效指标“办结率”"
    assert told[5] == "单位信息：紫阳县信访局 → 新名"
    assert told[6] == "说明：（空白） → 属实"
    desk.undo()
    assert past.details(desk, past.entries(desk).entries[0])[0] == "说明：属实 → （空白）"
    assert past.details(desk, past.entries(desk).entries[-1]) == ()
    many = tuple(SetValue("priors", f"function.{n}", None, n) for n in range(1, 200))
    desk.do(Change("粘贴", many))
    told = past.details(desk, past.entries(desk).entries[0])
    assert (len(told), told[-1]) == (61, "另外还有 139 处")


@pytest.mark.parametrize(("days", "title"), [(0, "今天，2026年11月28日"), (1, "昨天，2026年11月27日"),
                                             (2, "2026年11月26日 星期四")])
def test_days_have_names(days: int, title: str) -> None:
    today = dt.date(2026, 11, 28)
    assert past.day_title(today - dt.timedelta(days=days), today) == title


def with_project(desk: Desk) -> Change:
    """Give the year a project of its own with a line, an indicator and a purchase; returns the change that deletes it."""
    desk.do(Change("添加", (
        Insert("projects", Project(7, "信访宣传"), 1), Insert("lines", Line(901, Kind.PROJECT, project=7, amount=5), 0),
        Insert("indicators", Indicator(902, 7, name="场次"), 2), Insert("purchases", Purchase(1, "展板", project=7), 0))))
    year = desk.year
    places = {space: list(getattr(year, space)) for space in ("lines", "indicators", "projects")}
    return Change("删除1行项目", (
        Delete("lines", year.lines[901], places["lines"].index(901)),
        Delete("indicators", year.indicators[902], places["indicators"].index(902)),
        SetField("purchases", 1, "project", 7, None),
        Delete("projects", year.projects[7], places["projects"].index(7))))


def test_a_deleted_project_comes_back_with_all_that_went_along(desk: Desk) -> None:
    deletion = with_project(desk)
    before = desk.year
    assert past.deleted_projects(desk) == ()
    desk.do(deletion)
    deleted, = past.deleted_projects(desk)
    assert (deleted.name, deleted.detail) == ("信访宣传", "1 笔明细，1 个绩效指标，1 笔采购的关联")
    past.restore_project(desk, deleted)
    year = desk.year
    assert (year.projects[7], year.lines[901], year.indicators[902], year.purchases[1]) == (
        before.projects[7], before.lines[901], before.indicators[902], before.purchases[1])
    assert past.deleted_projects(desk) == ()
    desk.undo()
    assert past.deleted_projects(desk) == (deleted,)
    desk.undo()
    assert past.deleted_projects(desk) == ()


def test_numbers_that_others_have_by_now_are_given_anew(desk: Desk) -> None:
    desk.do(with_project(desk))
    deleted, = past.deleted_projects(desk)
    year: Year = replace(desk.year, projects={**desk.year.projects, 7: Project(7, "别的")},
                         lines={**desk.year.lines, 901: Line(901, Kind.STAFF)},
                         indicators={**desk.year.indicators, 902: Indicator(902)},
                         purchases={1: replace(desk.year.purchases[1], project=7)})
    back = apply(year, past.project_back(year, deleted))
    assert [p.name for p in back.projects.values()][-2:] == ["别的", "信访宣传"]
    assert back.lines[902] == replace(deleted.lines[0], id=902, project=8)
    assert back.indicators[903] == replace(deleted.indicators[0], id=903, project=8)
    assert back.purchases[1].project == 7
    assert (back.lines[901], back.projects[7].name) == (year.lines[901], "别的")
