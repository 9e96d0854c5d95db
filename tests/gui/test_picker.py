"""The picker: codes by number, name and pinyin initials, choices by number, part and initials."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.grid_source import RecordSource
from xinfang_desk.gui.picker import PickerLine, PickerPopup, choice_finder, code_finder
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.model.codes import CodeKind
from xinfang_desk.model.ledger import Fund

KEY = Qt.Key
FindPane = Callable[[str, str], GridPane]


def open_editor(pane: GridPane, row: int, field: str, qtbot: QtBot, key: Qt.Key = KEY.Key_F4) -> PickerLine:
    source = pane.model.source
    assert isinstance(source, RecordSource)
    column = source.column_of(field)
    assert column is not None
    pane.view.setFocus()
    pane.view.go_to(row, column)
    QTest.keyClick(pane.view, key)
    editor = pane.view.editor
    assert isinstance(editor, PickerLine)
    return editor


def record(pane: GridPane, row: int) -> object:
    source = pane.model.source
    assert isinstance(source, RecordSource)
    return source.record(row)


def test_codes_are_found_by_code_name_and_initials(bench: Workbench) -> None:
    find = code_finder(bench.hub.desk.codes, CodeKind.FUNCTION)
    assert find("2010301")[0].text == "2010301"
    assert find("行政运行")[0].text.endswith("01")
    assert any(option.text == "2010301" for option in find("xzyx"))


def test_doubtful_codes_are_marked(bench: Workbench) -> None:
    codes = bench.hub.desk.codes
    doubtful = next(code for code in codes.function if not code.certainty.sure)
    shown = code_finder(codes, CodeKind.FUNCTION)(doubtful.code)[0].shown
    assert "待核对" in shown


def test_choices_are_found_by_number_part_and_initials() -> None:
    find = choice_finder(["人员经费", "公用经费", "项目支出"])
    assert [option.text for option in find("2")] == ["公用经费"]
    assert [option.text for option in find("用")] == ["公用经费"]
    assert [option.text for option in find("xm")] == ["项目支出"]
    assert len(find("")) == 3


def test_f4_lists_codes_and_enter_takes_the_highlighted_one(
    bench: Workbench, pane: Callable[[str, str], GridPane], qtbot: QtBot
) -> None:
    lines = pane("basic", "lines")
    editor = open_editor(lines, 0, "econ_dept", qtbot)
    assert editor.list_is_open()
    editor.selectAll()
    QTest.keyClicks(editor, "bgf")
    popup = editor.window().findChild(PickerPopup)
    assert popup is not None
    assert popup.model.options[0].text == "30201"
    QTest.keyClick(editor, KEY.Key_Down)
    QTest.keyClick(editor, KEY.Key_Return)
    assert record(lines, 0).econ_dept == "30201"  # type: ignore[attr-defined]


def test_escape_closes_the_list_first_and_the_editor_next(
    pane: Callable[[str, str], GridPane], qtbot: QtBot
) -> None:
    lines = pane("basic", "lines")
    editor = open_editor(lines, 0, "function", qtbot)
    QTest.keyClick(editor, KEY.Key_Escape)
    assert not editor.list_is_open()
    assert lines.view.editor is editor
    QTest.keyClick(editor, KEY.Key_Escape)
    assert record(lines, 0).function == "2010301"  # type: ignore[attr-defined]


def test_a_choice_is_picked_by_typing_its_number(
    pane: Callable[[str, str], GridPane], qtbot: QtBot
) -> None:
    lines = pane("basic", "lines")
    editor = open_editor(lines, 0, "fund", qtbot)
    editor.selectAll()
    QTest.keyClicks(editor, "3")
    QTest.keyClick(editor, KEY.Key_Tab)
    assert record(lines, 0).fund is Fund.FUND  # type: ignore[attr-defined]
