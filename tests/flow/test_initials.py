"""Pinyin initials without loading pypinyin: as pypinyin reads them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin

from tools.initials import letters_of, names
from xinfang_desk.flow.picker import initials


def test_every_account_and_county_reads_as_pypinyin_reads_it() -> None:
    every = {name for name in names() if all(0x4E00 <= ord(c) <= 0x9FFF for c in name)}
    assert len(every) > 3000
    assert {name: initials(name) for name in every if initials(name) != letters_of(name)} == {}


@pytest.mark.parametrize(("name", "letters"), [
    ("行政运行", "xzyx"), ("银行手续费", "yhsxf"), ("重庆", "cq"), ("A类事业", "alsy"), ("", ""), ("30201 办公费", "30201 bgf"),
    ("ＡＢ", "ａｂ")])
def test_words_and_other_characters(name: str, letters: str) -> None:
    assert initials(name) == letters


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=1))
def test_a_character_reads_as_pypinyin_reads_it(char: str) -> None:
    read = "".join(lazy_pinyin(char, style=Style.FIRST_LETTER))[:1].lower()
    assert initials(char) == (read if read.isascii() else char)


@given(st.text(max_size=20))
def test_there_is_a_letter_for_each_character(text: str) -> None:
    assert len(initials(text)) == len(text)


def test_pypinyin_is_not_loaded_for_it() -> None:
    code = ("import sys; from xinfang_desk.flow.picker import initials; initials('预算'); "
            "print('pypinyin' in sys.modules)")
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
