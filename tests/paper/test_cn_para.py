from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xinfang_desk.paper.cn_para import NOT_AT_END, NOT_AT_START, Shape, balanced, break_lines

BODY = Shape("fang", 16, 29, indent=2)
PLAIN = Shape("song", 10, 12, align="left")
TEXTS = st.text(
    alphabet="预算收入支出信访局，。、；：“”（）《》—…0123456789.%元 ab", min_size=1, max_size=120
)


@given(TEXTS, st.integers(min_value=12, max_value=28))
def test_nothing_is_lost_and_nothing_hangs_over_by_more_than_half_a_character(text: str, chars: int) -> None:
    width = 16.0 * chars
    lines = break_lines(text, BODY, width)
    assert "".join(line.text for line in lines).replace(" ", "") == text.replace(" ", "")
    for number, line in enumerate(lines):
        indent = 32.0 if number == 0 else 0.0
        marks_only = all(char in NOT_AT_START | NOT_AT_END for char in line.text)
        assert line.width + indent <= width + 8.01 or marks_only


def could_break_within(text: str) -> bool:
    return any(a not in NOT_AT_END and b not in NOT_AT_START and not (a.isascii() and b.isascii())
               for a, b in pairwise(text))


@given(TEXTS)
@example("000000000——““““““““b —")
def test_closing_marks_do_not_begin_a_line_and_opening_marks_do_not_end_one(text: str) -> None:
    for before, after in zip(lines := break_lines(text, PLAIN, 160), lines[1:], strict=False):
        # A line with no better place to break leaves no other choice.
        if could_break_within(before.text):
            assert after.text[0] not in NOT_AT_START or before.text[-1] in NOT_AT_END | NOT_AT_START
            assert before.text[-1] not in NOT_AT_END or len(before.text) == 1 or before.text[-2] in NOT_AT_END


def test_a_full_stop_that_just_does_not_fit_stays_at_half_width() -> None:
    lines = break_lines("一二三四五六七八九。十", Shape("song", 10, 12), 95)
    assert [line.text for line in lines] == ["一二三四五六七八九。", "十"]


def test_a_number_keeps_its_percent_sign_and_is_not_torn() -> None:
    lines = break_lines("较上年增长18.80%，主要原因", PLAIN, 80)
    assert [line.text for line in lines] == ["较上年增长", "18.80%，主要原因"]


def test_dashes_and_dots_are_not_torn() -> None:
    for mark in ("——", "……"):
        lines = break_lines(f"一二三四五六七八九{mark}十", PLAIN, 100)
        assert any(mark in line.text for line in lines)


def test_lines_but_the_last_are_justified() -> None:
    text = "2023年本部门预算收入226.70万元，其中一般公共预算拨款收入226.70万元、较上年增加35.87万元。"
    lines = break_lines(text, BODY, 448)
    for line in lines[:-1]:
        last = line.pieces[-1]
        end = last.x + sum(last.face.width(char) * 16 + last.spacing for char in last.text) - last.spacing
        assert end == pytest.approx(448, abs=8.1)
    assert lines[0].pieces[0].x == pytest.approx(32)


def test_a_word_longer_than_the_line_is_torn_rather_than_cut_off() -> None:
    lines = break_lines("A" * 100, PLAIN, 100)
    assert "".join(line.text for line in lines) == "A" * 100
    assert all(line.width <= 100.01 for line in lines)


def test_a_single_character_in_a_narrow_column_does_not_loop() -> None:
    assert [line.text for line in break_lines("合计", PLAIN, 5)] == ["合", "计"]
    assert [line.text for line in break_lines("，，", PLAIN, 5)]


def test_empty_text_gives_one_empty_line() -> None:
    assert [line.text for line in break_lines("", BODY, 100)] == [""]


def test_balanced_lines_are_about_equally_long() -> None:
    lines = balanced(
        "青山县信访局二〇二三年部门预算公开说明文本", Shape("title", 10, 12, align="center"), 150
    )
    assert [line.text for line in lines] == ["青山县信访局二〇二三年", "部门预算公开说明文本"]
