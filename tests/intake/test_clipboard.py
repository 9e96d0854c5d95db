"""What spreadsheets put on the clipboard, and that what we put there comes back as it was."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from xinfang_desk.flow.copying import clip
from xinfang_desk.intake.clipboard import read_block, read_html, read_ods

CELLS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r\0"), max_size=12).map(str.strip)
BLOCKS = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1,
                                                          max_size=5))


def without_blank_end(rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    kept = list(rows)
    while kept and not any(kept[-1]):
        kept.pop()
    return tuple(map(tuple, kept))


@given(BLOCKS)
def test_what_is_copied_comes_back_from_the_text(rows: list[list[str]]) -> None:
    made = clip(rows, ["text"] * len(rows[0]))
    assert read_block(made.text) == without_blank_end(rows)


@given(BLOCKS)
def test_what_is_copied_comes_back_from_the_html(rows: list[list[str]]) -> None:
    # A page knows one kind of blank between words.
    plain = [[" ".join(cell.split()) for cell in row] for row in rows]
    made = clip(plain, ["text"] * len(rows[0]))
    assert read_html(made.html) == without_blank_end(plain)


@given(st.text(max_size=200))
def test_any_text_is_read_without_trouble(text: str) -> None:
    block = read_block(text)
    assert not block or any(block[-1])
    assert not any("\t" in cell and '"' not in text for row in block for cell in row)


@given(st.text(alphabet="<>/tablerdh \"='x1&;", max_size=200))
def test_any_html_is_read_without_trouble(text: str) -> None:
    assert all(isinstance(cell, str) for row in read_html(text) for cell in row)


@pytest.mark.parametrize(("text", "block"), [
    ("a\tb\r\nc\td\r\n", (("a", "b"), ("c", "d"))),
    ('"一行\n二行"\t"他说""好"""\n', (("一行\n二行", '他说"好"'),)),
    ('"没有收尾\t1\n2', (('"没有收尾', "1"), ("2",))),
    ('5" 管\t"甲"乙\n', (('5" 管', '"甲"乙'),)),
    ("1\t\n\t\n\n", (("1", ""),)),
    ("\t\n", ()),
])
def test_quotes_and_blanks_as_spreadsheets_write_them(text: str, block: tuple[tuple[str, ...], ...]) -> None:
    assert read_block(text) == block


def test_joined_cells_line_breaks_and_inner_tables_in_html() -> None:
    html = ("<p>前文</p><table><tr><th colspan=2>合计</th><td>1</td></tr><tr><td rowspan='2'>甲<br>乙</td><td>2</td>"
            "<td><table><tr><td>里</td></tr></table></td></tr><tr><td>3<td>4</table><table><tr><td>别的</table>")
    assert read_html(html) == (("合计", "", "1"), ("甲\n乙", "2", "里"), ("", "3", "4"))


def test_a_number_is_a_number_to_a_spreadsheet_and_a_code_is_text() -> None:
    made = clip([["1,250.00", "007"]], ["money", "text"])
    assert 'x:num="1250.00"' in made.html
    assert r"mso-number-format:'\@'" in made.html
    assert made.text == "1,250.00\t007"


def test_a_sheet_offered_as_a_file() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["办公费", 1234.56, 2])
    content = io.BytesIO()
    book.save(content)
    assert read_ods(content.getvalue()) == (("办公费", "1234.56", "2"),)
    assert read_ods(b"no sheet") == ()
