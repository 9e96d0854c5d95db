"""Chinese input: what is being composed is never lost, and the keys it uses move nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.test_window import plain_lines
from xinfang_desk.gui.composing import Composing
from xinfang_desk.gui.field_editors import LineEditor, LongEditor
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.grid_source import RecordSource
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_form import FormPage
from xinfang_desk.gui.picker import PickerLine
from xinfang_desk.gui.rewrite_dialog import RewriteDialog
from xinfang_desk.gui.workbench import Workbench

KEY = Qt.Key
FindPane = Callable[[str, str], GridPane]
COMPOSING_KEYS = (KEY.Key_Return, KEY.Key_Down, KEY.Key_Left, KEY.Key_Escape, KEY.Key_Space, KEY.Key_2, KEY.Key_Tab,
                  KEY.Key_PageDown)
NOTE = 9


def focused() -> QWidget:
    """What the input method writes to."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def compose(words: str) -> None:
    """The input method shows what is being composed."""
    QApplication.sendEvent(focused(), QInputMethodEvent(words, []))


def hand_over(words: str) -> None:
    """The input method is done."""
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    QApplication.sendEvent(focused(), event)


@pytest.fixture
def lines(pane: FindPane) -> GridPane:
    found = pane("basic", "lines")
    found.view.setFocus()
    found.view.go_to(0, NOTE)
    return found


def note(lines: GridPane, row: int = 0) -> str:
    source = lines.model.source
    assert isinstance(source, RecordSource)
    return str(source.record(row).note)


def cell_editor(lines: GridPane) -> QLineEdit:
    editor = lines.view.editor
    assert editor is not None
    return editor


def line_of(bench: Workbench, kind: type[LineEditor] | type[LongEditor]) -> tuple[FormPage, QWidget, Callable[[], str]]:
    """A question of the first page answered in a line (or a longer text): its editor and what is stored."""
    for page in bench.pages:
        if page.kind != "form":
            continue
        bench.show_page(page.id)
        form = bench.current()
        assert isinstance(form, FormPage)
        for key, row in form.form.rows.items():
            if isinstance(row.editor, kind) and row.field.kind in ("text", "longtext"):
                def stored(row_key: tuple[str, str] = key) -> str:
                    year = bench.hub.desk.year
                    if row_key[0] == "unit":
                        return str(getattr(year.unit, row_key[1].removeprefix("unit.")))
                    return str(getattr(year, row_key[0]).get(row_key[1], ""))

                inner = row.editor.inner()
                inner.setFocus()
                return form, inner, stored
    raise AssertionError("no such question")


def test_composing_opens_the_cell_and_its_keys_do_not_move_it(lines: GridPane) -> None:
    compose("xin")
    editor = cell_editor(lines)
    for key in COMPOSING_KEYS:
        QTest.keyClick(focused(), key)
        assert (lines.view.currentIndex().row(), lines.view.currentIndex().column()) == (0, NOTE)
        assert lines.view.editor is editor
    assert editor.text() == ""
    hand_over("信访")
    assert focused() is editor
    QTest.keyClick(editor, KEY.Key_Return)
    assert note(lines) == "信访"
    assert lines.view.currentIndex().row() == 1


@pytest.mark.parametrize("first", [True, False], ids=["first", "later"])
@pytest.mark.parametrize("leave", ["cell", "pane", "page", "key", "window"])
def test_half_composed_text_in_a_cell_is_kept(window: MainWindow, bench: Workbench, lines: GridPane, leave: str,
                                              first: bool) -> None:
    if not first:
        compose("xin")
        hand_over("新")
    compose("fang")
    year = bench.hub.desk
    match leave:
        case "cell":
            spot = lines.view.visualRect(lines.model.index(2, 0)).center()
            QTest.mouseClick(lines.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))
        case "pane":
            bench.sheet.view.setFocus()
        case "page":
            bench.turn(1)
        case "key":
            window.toggle_unit()
        case _:
            window.commit()
    assert next(iter(year.year.lines.values())).note == ("fang" if first else "新fang")


def test_closing_the_window_keeps_half_composed_text(window: MainWindow, lines: GridPane) -> None:
    from xinfang_desk.flow import library

    compose("nian")
    assert window.hub is not None
    path = window.hub.desk.path
    window.close()
    desk = library.open_desk(path)
    try:
        assert next(iter(desk.year.lines.values())).note == "nian"
    finally:
        desk.close()


@pytest.mark.parametrize("kind", [LineEditor, LongEditor])
@pytest.mark.parametrize("leave", ["focus", "page"])
def test_half_composed_text_in_a_field_is_kept(bench: Workbench, kind: type[LineEditor] | type[LongEditor],
                                               leave: str) -> None:
    _, inner, stored = line_of(bench, kind)
    assert isinstance(inner, QLineEdit | QPlainTextEdit)
    inner.selectAll()
    compose("shuo")
    hand_over("说")
    compose("ming")
    for key in COMPOSING_KEYS[:6]:
        QTest.keyClick(inner, key)
    if leave == "focus":
        bench.sections.setFocus()
    else:
        bench.turn(1)
    assert stored() == "说ming"


@pytest.mark.parametrize("where", ["cell", "field"])
def test_words_an_input_method_takes_away_at_a_click_are_kept(bench: Workbench, lines: GridPane, where: str) -> None:
    """ibus with 拼音 answers Qt's wish to finish by taking the words away; then the focus moves."""
    if where == "field":
        _, inner, stored = line_of(bench, LineEditor)
        assert isinstance(inner, QLineEdit)
        inner.selectAll()
    compose("zhong")
    compose("")
    bench.sections.setFocus()
    assert (stored() if where == "field" else note(lines)) == "zhong"


def test_words_given_up_stay_given_up(bench: Workbench) -> None:
    _, _, stored = line_of(bench, LineEditor)
    before = stored()
    compose("zhong")
    compose("")
    QTest.qWait(1)
    bench.sections.setFocus()
    assert stored() == before


def test_the_pause_in_typing_does_not_break_up_composing(bench: Workbench) -> None:
    _, inner, stored = line_of(bench, LongEditor)
    assert isinstance(inner, QPlainTextEdit)
    before = stored()
    compose("zhong")
    editor = inner.parent()
    assert isinstance(editor, LongEditor)
    editor.committed.emit()
    assert isinstance(inner, Composing)
    assert inner.composed == "zhong"
    assert stored() == before


def test_the_list_of_codes_stays_away_while_composing_and_searches_after(lines: GridPane, qtbot: QtBot) -> None:
    lines.view.go_to(0, 1)
    QTest.keyClick(lines.view, KEY.Key_F4)
    editor = cell_editor(lines)
    assert isinstance(editor, PickerLine)
    assert editor.list_is_open()
    compose("xinf")
    assert not editor.list_is_open()
    QTest.keyClick(editor, KEY.Key_Down)
    QTest.keyClick(editor, KEY.Key_1)
    assert not editor.list_is_open()
    editor.clear()
    hand_over("信访事务")
    assert editor.list_is_open()
    QTest.keyClick(editor, KEY.Key_Return)
    source = lines.model.source
    assert isinstance(source, RecordSource)
    assert source.record(0).function == "2010308"


def test_initials_find_a_code_without_the_input_method(lines: GridPane) -> None:
    lines.view.go_to(0, 1)
    QTest.keyClicks(lines.view, "x")
    QTest.keyClicks(cell_editor(lines), "fsw")
    QTest.keyClick(cell_editor(lines), KEY.Key_Return)
    source = lines.model.source
    assert isinstance(source, RecordSource)
    assert source.record(0).function == "2010308"


def test_enter_of_the_input_method_does_not_close_a_dialog(bench: Workbench, qtbot: QtBot) -> None:
    paragraph = next(p for passage in bench.hub.desk.document().passages for p in passage.paragraphs if p.text)
    dialog = RewriteDialog(bench.hub.desk.year, paragraph, bench)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    dialog.text.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.text)
    compose("ge")
    QTest.keyClick(dialog.text, KEY.Key_Escape)
    assert dialog.isVisible()
    hand_over("个")
    assert "个" in dialog.text.toPlainText()
    dialog.reject()


def test_every_line_and_text_of_the_window_knows_of_composing(window: MainWindow, bench: Workbench) -> None:
    strange = []
    for page in bench.pages:
        bench.show_page(page.id)
        strange += [f"{page.id}: {line}" for line in plain_lines(window)]
    assert not strange
