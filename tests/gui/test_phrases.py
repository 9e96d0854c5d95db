"""Reasons asked for on the page, and phrases taken over with F4."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.gui.hands import type_text
from xinfang_desk.flow import phrases
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_form import FormPage
from xinfang_desk.gui.page_priors import PriorsPage
from xinfang_desk.gui.phrases import PhraseHelper, PhraseLine, PhrasesDialog, options
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.model.change import Change, SetValue

KEY = Qt.Key
PHRASE = "人员正常晋级，工资增加"


def prepared(bench: Workbench, *blanked: str) -> None:
    facts = bench.hub.desk.year.facts
    steps = [SetValue("facts", address, facts[address], None) for address in blanked]
    assert bench.hub.do(Change("", (*steps, SetValue("facts", phrases.ADDRESS, None, ((PHRASE,), ("压减开支",))))))


def priors(bench: Workbench) -> PriorsPage:
    bench.show_page("prior")
    page = bench.current()
    assert isinstance(page, PriorsPage)
    return page


def opened(page: PriorsPage) -> PhraseLine:
    page.go_to_wanted()
    QTest.keyClick(page.pane.view, KEY.Key_F4)
    editor = page.pane.view.editor
    assert isinstance(editor, PhraseLine)
    return editor


def test_the_page_tells_which_reasons_are_wanted_and_f4_fills_one(bench: Workbench, qtbot: QtBot) -> None:
    prepared(bench, "reason.function.2210201")
    page = priors(bench)
    qtbot.waitUntil(lambda: "还有 1 条原因要写：住房公积金" in page.strip.told.text())
    editor = opened(page)
    row = page.pane.view.currentIndex().row()
    assert page.pane.model.ghost(row, 3) == "比上年增加 1.76 万元，要写原因"
    assert editor.list_is_open()
    QTest.keyClick(editor, KEY.Key_Return)
    assert bench.hub.desk.year.facts["reason.function.2210201"] == PHRASE
    qtbot.waitUntil(lambda: "都写了" in page.strip.told.text())
    assert not page.strip.next_button.isEnabled()


def test_typing_never_takes_a_phrase_nobody_chose(bench: Workbench) -> None:
    prepared(bench, "reason.function.2210201")
    editor = opened(priors(bench))
    editor.clear()
    type_text(editor, "人员")
    assert editor.list_is_open()
    QTest.keyClick(editor, KEY.Key_Return)
    assert bench.hub.desk.year.facts["reason.function.2210201"] == "人员"


def test_the_list_steps_aside_while_an_input_method_composes(bench: Workbench) -> None:
    prepared(bench, "reason.function.2210201")
    editor = opened(priors(bench))
    assert editor.list_is_open()
    QApplication.sendEvent(editor, QInputMethodEvent("yuan", []))
    assert not editor.list_is_open()
    assert editor.hasFocus()


def reason_of(bench: Workbench, address: str) -> QPlainTextEdit:
    bench.show_page("sangong")
    page = bench.current()
    assert isinstance(page, FormPage)
    edit = page.form.reveal(address)
    assert isinstance(edit, QPlainTextEdit)
    return edit


def test_a_longer_text_has_the_same_list(bench: Workbench, qtbot: QtBot) -> None:
    prepared(bench, "reason.sangong.reception", "reason.sangong.total")
    edit = reason_of(bench, "reason.sangong.reception")
    qtbot.waitUntil(lambda: "要写原因" in edit.placeholderText())
    helper = edit.findChild(PhraseHelper)
    assert isinstance(helper, PhraseHelper)
    QTest.keyClick(edit, KEY.Key_F4)
    assert helper.list_is_open()
    QTest.keyClick(edit, KEY.Key_Down)
    QTest.keyClick(edit, KEY.Key_Return)
    assert edit.toPlainText() == "压减开支"
    QTest.keyClick(edit, KEY.Key_F4)
    QTest.keyClick(edit, KEY.Key_Escape)
    assert not helper.list_is_open()
    type_text(edit, "，")
    QTest.keyClick(edit, KEY.Key_Tab)
    assert str(bench.hub.desk.year.facts["reason.sangong.reception"]).startswith("压减开支")


def test_what_is_being_written_can_be_kept(window: MainWindow, bench: Workbench) -> None:
    prepared(bench, "reason.sangong.reception")
    edit = reason_of(bench, "reason.sangong.reception")
    type_text(edit, "新的一句话")
    listed = options(bench.hub, "reason.sangong.reception", "", edit.toPlainText())
    keep = next(i for i, option in enumerate(listed) if "记住" in option.shown)
    QTest.keyClick(edit, KEY.Key_F4)
    for _ in range(keep):
        QTest.keyClick(edit, KEY.Key_Down)
    QTest.keyClick(edit, KEY.Key_Return)
    assert edit.toPlainText() == "新的一句话"
    assert "新的一句话" in phrases.kept(bench.hub.desk.year)
    assert "已记住" in window.words.text()


def test_the_phrases_are_edited_one_a_line(bench: Workbench, qtbot: QtBot) -> None:
    prepared(bench)
    dialog = PhrasesDialog(bench.hub, bench)
    qtbot.addWidget(dialog)
    assert dialog.box.toPlainText().splitlines() == [PHRASE, "压减开支"]
    dialog.box.setPlainText("甲\n\n乙\n甲")
    dialog._save()
    assert phrases.kept(bench.hub.desk.year) == ("甲", "乙")
