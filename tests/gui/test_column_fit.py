"""Widths of columns: nothing is lost, nothing sticks out where it need not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desk.flow.grid import GridColumn, columns
from xinfang_desk.gui.column_fit import SPARE, Needs, even_lines, fitted, narrowest, spare

TYPES = ("code", "choice", "text", "money", "count", "flag", "project", "computed")
COLUMNS = st.lists(st.builds(GridColumn, field=st.sampled_from(["a", "b", *SPARE]), title=st.just("t"),
                             type=st.sampled_from(TYPES), width=st.integers(40, 300)), min_size=1, max_size=18)


def needs_of(many: list[GridColumn], data: st.DataObject) -> list[Needs]:
    found = []
    for _ in many:
        narrow = data.draw(st.integers(20, 80))
        found.append(Needs(data.draw(st.integers(narrow, 160)), narrow, data.draw(st.sampled_from([0, 30, 90, 400]))))
    return found


@given(many=COLUMNS, room=st.integers(200, 2500), percent=st.sampled_from([80, 100, 150, 200]), data=st.data())
def test_headings_and_amounts_always_have_their_room(
    many: list[GridColumn], room: int, percent: int, data: st.DataObject
) -> None:
    needs = needs_of(many, data)
    widths = fitted(many, needs, room, percent)
    assert len(widths) == len(many)
    for column, need, width in zip(many, needs, widths, strict=True):
        assert width >= need.narrow
        if column.type == "money":
            assert width >= need.content


@given(many=COLUMNS, room=st.integers(200, 2500), data=st.data())
def test_the_room_is_filled_exactly_wherever_the_columns_can_be_fitted(
    many: list[GridColumn], room: int, data: st.DataObject
) -> None:
    needs = needs_of(many, data)
    total = sum(fitted(many, needs, room))
    slimmest = sum(fitted(many, needs, 0))
    assert total == room or (total > room and slimmest >= total - sum(n.title for n in needs))


@given(many=COLUMNS, room=st.integers(100, 2500), data=st.data())
def test_only_empty_columns_one_can_do_without_are_put_away_and_only_for_want_of_room(
    many: list[GridColumn], room: int, data: st.DataObject
) -> None:
    needs = needs_of(many, data)
    for i in spare(many, needs, room):
        assert many[i].field in SPARE
        assert needs[i].content == 0
    assert not spare(many, needs, 10_000)


def usual(many: tuple[GridColumn, ...]) -> list[Needs]:
    """An empty list with type of 13 pixels."""
    return [Needs(13 * len(c.title) + 16, 13 * -(-len(c.title) // 2) + 16, 0) for c in many]


@pytest.mark.parametrize("space", ["lines", "incomes", "projects", "indicators", "purchases"])
def test_every_list_fits_the_small_screen_while_it_is_empty(space: str) -> None:
    many = columns(space)  # type: ignore[arg-type]
    needs = usual(many)
    away = spare(many, needs, 790)
    shown = [i for i in range(len(many)) if i not in away]
    assert sum(fitted([many[i] for i in shown], [needs[i] for i in shown], 790)) == 790
    assert all(many[i].field in SPARE for i in away)


def test_what_is_missed_least_goes_first() -> None:
    many = columns("lines")
    needs = usual(many)
    few = sorted(spare(many, needs, 760))
    assert [many[i].field for i in few] == ["note"]
    assert [many[i].field for i in sorted(spare(many, needs, 700))] == ["presumed", "note"]


def test_budget_and_spending_of_one_source_go_together_and_those_of_the_county_stay() -> None:
    names = ("name", "budget_upper", "budget_county", "budget_carry", "budget_other",
             "spent_upper", "spent_county", "spent_carry", "spent_other", "result")
    many = tuple(GridColumn(name, "全年预算数（元）", "text" if name in ("name", "result") else "money", width=120)
                 for name in names)
    needs = [Needs(110, 60, 300 if column.field == "name" else 0) for column in many]
    seen: list[set[str]] = []
    for room in range(1200, 300, -10):
        away = {many[i].field for i in spare(many, needs, room)}
        assert {field.partition("_")[2] for field in away if field.startswith("budget")} == \
            {field.partition("_")[2] for field in away if field.startswith("spent")}
        assert not away & {"name", "result", "budget_county", "spent_county"}
        seen.append(away)
    assert seen[0] == set()
    assert len(seen[-1]) == 6
    filled = [Needs(110, 60, 80) if column.field == "spent_carry" else need
              for column, need in zip(many, needs, strict=True)]
    assert "spent_carry" not in {many[i].field for i in spare(many, filled, 310)}


@pytest.mark.parametrize(("title", "count", "lines"), [
    ("上年结转", 2, ("上年", "结转")), ("专项资金", 2, ("专项", "资金")), ("政府采购", 3, ("政", "府", "采购")),
    ("绩效目标表金额（元）", 2, ("绩效目标表", "金额（元）")), ("金额（元）", 2, ("金额", "（元）")), ("月", 2, ()),
    ("县级资金全年预算（元）", 3, ("县级资金", "全年预算", "（元）"))])
def test_headings_are_broken_evenly(title: str, count: int, lines: tuple[str, ...]) -> None:
    assert even_lines(title, count) == lines


def test_a_column_may_be_as_narrow_as_its_heading_in_lines() -> None:
    assert narrowest("上年结转") == ("上年", "结转")
    assert narrowest("金额（元）") == ("金额", "（元）")
    assert [len(line) for line in narrowest("全年预算中央省市补助")] == [3, 3, 4]
    assert narrowest("月") == ("月",)
    assert narrowest("") == ("",)


@given(st.text(alphabet="甲乙丙（元）", max_size=12), st.integers(2, 3))
def test_no_sign_of_a_heading_is_lost(title: str, count: int) -> None:
    lines = even_lines(title, count)
    assert not lines or ("".join(lines) == title and len(lines) == count and all(lines))
