"""The bureau's own 科目表 over the program's: taken over, used at once, kept, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.library import new_sample, open_desk
from xinfang_desk.flow.subjects import accept, forget, read_list
from xinfang_desk.model.codes import Certainty, CodeKind


def bureau_list(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("科目编码", "科目名称"), ("2010308", "信访事务（本县）"), ("2010377", "群众接待"), ("行政", "无编码")):
        sheet.append(row)
    book.save(path)
    return path


def test_a_list_is_taken_over_used_kept_and_taken_back(tmp_path: Path) -> None:
    book = tmp_path / "账册.xfb"
    new_sample("004", book)
    desk = open_desk(book)
    subjects = read_list(bureau_list(tmp_path / "县科目.xlsx"), desk)
    assert desk.codes.function.name("2010308") == "信访事务"
    outcome = accept(desk, subjects)
    assert outcome is not None
    assert outcome.structural
    assert desk.codes.table(CodeKind.FUNCTION).entries["2010377"].certainty is Certainty.CONFIRMED
    assert any("信访事务（本县）" in cell.text for row in desk.sheet("gpb_function").rows for cell in row.cells)
    assert accept(desk, subjects) is None
    desk.close()
    desk = open_desk(book)
    assert desk.codes.function.name("2010308") == "信访事务（本县）"
    assert desk.undo() is not None
    assert desk.codes.function.name("2010308") == "信访事务"
    assert "2010377" not in desk.codes.function
    assert desk.redo() is not None
    assert forget(desk) is not None
    assert desk.codes.function.name("2010308") == "信访事务"
    desk.close()


def test_what_is_no_workbook_is_told(tmp_path: Path) -> None:
    book = tmp_path / "账册.xfb"
    new_sample("004", book)
    desk = open_desk(book, read_only=True)
    (tmp_path / "假.xlsx").write_text("不是表格", encoding="utf-8")
    with pytest.raises(DeskError, match="。"):
        read_list(tmp_path / "假.xlsx", desk)
    desk.close()
