"""Sorting, filtering and making an order the list's own."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.flow.helpers import year
from xinfang_desk.flow.grid_order import fits, reorder, sorted_rows
from xinfang_desk.model.change import Change, apply
from xinfang_desk.model.ledger import Kind, Line

VALUES = st.lists(st.one_of(st.none(), st.integers(-5, 5), st.sampled_from(["", "办公费", "差旅费", "A"])), max_size=12)


@given(st.permutations(list(range(1, 9))))
def test_any_order_is_reached_and_taken_back(order: list[int]) -> None:
    start = replace(year(), lines={number: Line(number, Kind.STAFF) for number in range(1, 9)})
    change = Change("排定", reorder(start.lines, "lines", order))
    after = apply(start, change)
    assert list(after.lines) == order
    assert list(apply(after, change.inverse()).lines) == list(start.lines)


@given(st.integers(1, 8), st.integers(0, 7))
def test_moving_one_row_takes_two_steps(number: int, to: int) -> None:
    lines = {i: Line(i, Kind.STAFF) for i in range(1, 9)}
    order = [i for i in lines if i != number]
    order.insert(to, number)
    assert len(reorder(lines, "lines", order)) == (0 if order == list(lines) else 2)


@settings(deadline=None)  # the pinyin table is read at its first use
@given(VALUES, st.booleans())
def test_every_row_is_there_once_and_blank_ones_come_last(values: list[int | str | None], descending: bool) -> None:
    order = sorted_rows(values, descending=descending)
    assert sorted(order) == list(range(len(values)))
    blank = [values[row] in (None, "") for row in order]
    assert blank == sorted(blank)
    numbers = [values[row] for row in order if isinstance(values[row], int)]
    assert numbers == sorted(numbers, key=lambda number: int(str(number)), reverse=descending)


def test_words_are_sorted_by_pinyin() -> None:
    assert sorted_rows(["差旅费", "办公费", "会议费", 3]) == [3, 1, 0, 2]


def test_a_filter_finds_words_initials_and_amounts() -> None:
    texts = ["2010301 行政运行", "252,000.00", "Ａ区"]
    assert fits(texts, "行政")
    assert fits(texts, "xzyx")
    assert fits(texts, "252000 2010301")
    assert fits(texts, "a区")
    assert not fits(texts, "行政 会议")
