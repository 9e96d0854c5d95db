"""Pages of questions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.hands import type_text
from xinfang_desk.gui.field_form import FieldForm
from xinfang_desk.gui.field_row import FieldRow
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_form import FormPage
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.model.codes import UnitKind
from xinfang_desk.model.finding import Place

KEY = Qt.Key


def form_of(bench: Workbench, page_id: str) -> FieldForm:
    bench.show_page(page_id)
    page = bench.current()
    assert isinstance(page, FormPage)
    return page.form


def row_of(bench: Workbench, page_id: str, space: str, address: str) -> FieldRow:
    return form_of(bench, page_id).rows[space, address]


def replace_text(editor: QWidget, text: str) -> None:
    assert isinstance(editor, QLineEdit)
    editor.setFocus()
    editor.selectAll()
    type_text(editor, text)
    QTest.keyClick(editor, KEY.Key_Return)


def test_a_count_is_taken_and_the_sum_is_checked(bench: Workbench, qtbot: QtBot) -> None:
    row = row_of(bench, "staff", "facts", "staff.actual.admin")
    replace_text(row.editor.inner(), "6")
    assert bench.hub.desk.year.facts["staff.actual.admin"] == 6
    qtbot.waitUntil(lambda: any("staff" in f.place.page for f in bench.hub.desk.findings()))


def test_refused_input_keeps_the_text_and_says_why(window: MainWindow, bench: Workbench) -> None:
    row = row_of(bench, "staff", "facts", "staff.date")
    replace_text(row.editor.inner(), "2022-02-30")
    assert row.editor.text() == "2022-02-30"
    assert row.message.isVisible()
    assert "日历" in row.message.text()
    assert row.editor.inner().property("refused")
    assert bench.hub.desk.year.facts["staff.date"] == "2022-12-31"
    bench.turn(1)
    bench.turn(-1)
    assert row.editor.text() == "2022-02-30"
    replace_text(row.editor.inner(), "2022年12月30日")
    assert not row.message.isVisible()
    assert bench.hub.desk.year.facts["staff.date"] == "2022-12-30"
    assert row.editor.text() == "2022-12-30"


def test_a_blank_required_field_is_named_in_words(bench: Workbench, qtbot: QtBot) -> None:
    row = row_of(bench, "staff", "facts", "staff.posts.admin")
    replace_text(row.editor.inner(), " ")
    assert "必填" in row.label.text()

    def words() -> str:
        return next(s.words for s in bench.sections.section_model.sections if s.page.id == "staff")

    qtbot.waitUntil(lambda: "缺 1 项" in words())


def test_a_choice_follows_the_arrow_keys_and_moves_the_unit(bench: Workbench) -> None:
    row = row_of(bench, "unit", "unit", "kind")
    box = row.editor.inner()
    assert isinstance(box, QComboBox)
    box.setFocus()
    QTest.keyClick(box, KEY.Key_Down)
    kinds = [bench.hub.desk.year.unit.kind]
    QTest.keyClick(box, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    kinds.append(bench.hub.desk.year.unit.kind)
    assert kinds == [UnitKind.LIKE_ADMIN, UnitKind.ADMIN]
    assert box.currentText() == "行政"


def test_long_text_is_taken_when_left(bench: Workbench) -> None:
    row = row_of(bench, "running", "facts", "running.use")
    editor = row.editor.inner()
    assert isinstance(editor, QPlainTextEdit)
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "abc")
    assert bench.hub.desk.year.facts["running.use"] != "abc"
    row_of(bench, "running", "priors", "running").editor.inner().setFocus()
    assert bench.hub.desk.year.facts["running.use"] == "abc"


def test_fields_of_one_address_in_two_spaces_are_two_fields(bench: Workbench) -> None:
    approved = row_of(bench, "running", "approved", "running") if (
        "approved", "running") in form_of(bench, "running").rows else None
    prior = row_of(bench, "running", "priors", "running")
    replace_text(prior.editor.inner(), "16.8万")
    assert bench.hub.desk.year.priors["running"] == 16_800_000
    assert approved is None or approved.editor.text() == ""


def test_a_fact_table_grows_by_its_blank_row(bench: Workbench) -> None:
    pane = form_of(bench, "duties").tables["facts", "bodies"]
    count = pane.model.source.count()
    pane.view.setFocus()
    pane.view.go_to(count, 0)
    QTest.keyClicks(pane.view, "A")
    assert pane.view.editor is not None
    QTest.keyClick(pane.view.editor, KEY.Key_Return)
    stored = bench.hub.desk.year.facts["bodies"]
    assert isinstance(stored, tuple)
    assert stored[-1] == ("A",)
    assert pane.model.source.count() == count + 1
    pane.view.go_to(count, 0)
    pane.view.delete_rows()
    assert pane.model.source.count() == count


def test_help_of_the_field_stands_at_the_foot_and_f1_shows_it(window: MainWindow, bench: Workbench) -> None:
    bench.go(Place("staff", address="staff.posts.admin", space="facts"))
    page = bench.current()
    assert "行政编制" in page.foot.text()
    QTest.keyClick(page, KEY.Key_F1)
    told = window.helping.shown
    assert told is not None
    assert told.isVisible()
    assert "行政编制" in told.line.toPlainText()


def test_conditional_fields_appear_when_their_condition_holds(bench: Workbench, qtbot: QtBot) -> None:
    bench.show_page("basic")
    form = bench.current().form  # type: ignore[attr-defined]
    row = form.rows["facts", "yearend.gpb"]
    assert row.isHidden()
    first = form.rows["facts", "yearend.carry"]
    bench.current().turn_tab(1)
    replace_text(first.editor.inner(), "100")
    qtbot.waitUntil(lambda: not row.isHidden())


def test_coming_to_a_page_a_figure_is_chosen_as_with_tab_and_a_name_is_not(bench: Workbench) -> None:
    bench.show_page("running")
    bench.show_page("unit")
    name = QApplication.focusWidget()
    assert isinstance(name, QLineEdit)
    assert name.text()
    assert name.selectedText() == ""
    bench.show_page("running")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text()
    assert editor.selectedText() == editor.text()
    QTest.keyClicks(editor, "88")
    assert editor.text() == "88"
