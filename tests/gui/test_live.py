"""While a figure is being typed, everything it would move moves with each key, and goes back on every way out."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from xinfang_desk.flow import library
from xinfang_desk.gui.field_row import FieldRow
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.grid_shown import Filtering
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_list import ListPage
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.model.change import Change, SetField, SetValue

KEY = Qt.Key


def begin(pane: GridPane, text: str, row: int = 0) -> QLineEdit:
    """Type into an amount and leave its editor open."""
    column = next(j for j, spec in enumerate(pane.model.columns) if spec.field == "amount")
    pane.view.setFocus()
    pane.view.go_to(row, column)
    QTest.keyClicks(pane.view, text[:1])
    assert pane.view.editor is not None
    QTest.keyClicks(pane.view.editor, text[1:])
    return pane.view.editor


def total(pane: GridPane) -> str:
    return next(iter(pane.model.source.totals().values()))


def sheet_texts(bench: Workbench) -> list[str]:
    QApplication.processEvents()  # the table below comes in the next round
    model = bench.sheet.view.sheet_model
    return [str(model.data(model.index(i, j))) for i in range(model.rowCount()) for j in range(model.columnCount())]


def rests(bench: Workbench) -> list[str]:
    page = bench.current()
    assert isinstance(page, ListPage)
    assert page.approved is not None
    return [label.text() for label in page.approved._rest.values()]


def test_each_key_moves_sum_rest_sheet_and_verdict(
    bench: Workbench, pane: Callable[[str, str], GridPane], qtbot: QtBot
) -> None:
    desk = bench.hub.desk
    bench.hub.do(Change("批复", (SetValue("approved", "basic", None, 1_000_000_00),)))
    lines = pane("basic", "lines")
    qtbot.wait(20)
    before = (total(lines), sheet_texts(bench), rests(bench), bench.findings.verdict.text())
    stored = next(line.amount for line in desk.year.lines.values()) or 0
    whole = sum(line.amount or 0 for line in desk.year.lines.values() if line.kind.value != "项目")
    editor = begin(lines, "9")
    seen = []
    for key in ("", "8", "7", "6", "5", "4", "3"):
        QTest.keyClicks(editor, key)
        typed = int(editor.text()) * 100
        assert total(lines) == f"{(whole - stored + typed) / 100:,.2f}"
        seen.append((sheet_texts(bench), rests(bench)))
    assert all(a[0] != b[0] and a[1] != b[1] for a, b in pairwise(seen))
    assert bench.findings.verdict.text() != before[3]
    QTest.keyClick(editor, KEY.Key_Escape)
    assert (total(lines), sheet_texts(bench), rests(bench), bench.findings.verdict.text()) == before
    assert desk.trial is None
    assert desk.saved()
    assert desk.undo_label == "批复"


def test_enter_makes_what_was_shown(bench: Workbench, pane: Callable[[str, str], GridPane], qtbot: QtBot) -> None:
    lines = pane("basic", "lines")
    editor = begin(lines, "7654")
    shown = (total(lines), sheet_texts(bench), rests(bench))
    QTest.keyClick(editor, KEY.Key_Return)
    assert (total(lines), sheet_texts(bench), rests(bench)) == shown
    desk = bench.hub.desk
    assert desk.trial is None
    assert next(iter(desk.year.lines.values())).amount == 7654_00
    qtbot.waitUntil(lambda: bench.findings.verdict.text() == desk.verdict().sentence)


def test_the_verdict_is_exact_in_the_first_pause(
    bench: Workbench, pane: Callable[[str, str], GridPane], qtbot: QtBot
) -> None:
    editor = begin(pane("basic", "lines"), "98765432")
    with qtbot.waitSignal(bench.hub.paused):
        QTest.keyClicks(editor, "1")
    assert bench.hub.desk.trial is not None
    assert bench.findings.verdict.text() == bench.hub.desk.verdict().sentence


def test_a_pause_is_counted_from_the_last_key(
    bench: Workbench, pane: Callable[[str, str], GridPane], qtbot: QtBot
) -> None:
    editor = begin(pane("basic", "lines"), "9")
    paused: list[float] = []
    bench.hub.paused.connect(lambda: paused.append(time.perf_counter()))
    for _ in range(4):
        qtbot.wait(60)
        QTest.keyClicks(editor, "1")
        last = time.perf_counter()
    paused.clear()
    qtbot.waitUntil(lambda: bool(paused))
    assert paused[0] - last >= 0.14
    qtbot.wait(400)
    assert len(paused) == 1


def test_the_sum_of_a_filtered_list_moves_with_each_key(bench: Workbench, pane: Callable[[str, str], GridPane]) -> None:
    lines = pane("basic", "lines")
    column = next(j for j, spec in enumerate(lines.model.columns) if spec.field == "amount")
    account = next(j for j, spec in enumerate(lines.model.columns) if spec.field == "econ_dept")
    lines.model.filter(Filtering("", account, lines.model.look(0, account)[0]))
    shown = [lines.model.key(row) for row in range(len(lines.model.shown))]
    assert 0 < len(shown) < lines.model.source.count()

    def amounts() -> list[int]:
        return [bench.hub.desk.year.lines[number].amount or 0 for number in shown]  # type: ignore[index]

    for typed in ("321", "54"):
        rest = sum(amounts()[1:])
        editor = begin(lines, typed)
        assert lines.model.totals()[column] == f"{(rest + int(typed) * 100) / 100:,.2f}"
        QTest.keyClick(editor, KEY.Key_Return)
        assert lines.model.totals()[column] == f"{sum(amounts()) / 100:,.2f}"
        assert amounts()[0] == int(typed) * 100
    bench.hub.undo()
    assert lines.model.totals()[column] == f"{sum(amounts()) / 100:,.2f}"


def test_text_that_is_no_figure_is_marked_and_moves_nothing(
    bench: Workbench, pane: Callable[[str, str], GridPane]
) -> None:
    lines = pane("basic", "lines")
    before = (total(lines), sheet_texts(bench), rests(bench))
    editor = begin(lines, "12x")
    assert editor.property("doubtful")
    assert editor.toolTip()
    assert (total(lines), sheet_texts(bench), rests(bench)) == before
    QTest.keyClick(editor, KEY.Key_Backspace)
    assert not editor.property("doubtful")
    assert total(lines) != before[0]
    QTest.keyClick(editor, KEY.Key_Escape)
    assert (total(lines), sheet_texts(bench), rests(bench)) == before


def test_turning_the_page_takes_the_figure(bench: Workbench, pane: Callable[[str, str], GridPane]) -> None:
    begin(pane("basic", "lines"), "4321")
    bench.turn(1)
    assert bench.hub.desk.trial is None
    assert next(iter(bench.hub.desk.year.lines.values())).amount == 4321_00


def test_undo_while_typing_leaves_nothing_of_it(window: MainWindow, bench: Workbench,
                                                pane: Callable[[str, str], GridPane]) -> None:
    before = bench.hub.desk.year
    editor = begin(pane("basic", "lines"), "55")
    QTest.keyClick(editor, KEY.Key_Return)
    begin(pane("basic", "lines"), "66", row=1)
    window.undo()
    window.undo()
    assert bench.hub.desk.trial is None
    assert bench.hub.desk.year == before


def test_a_book_closed_while_typing_holds_the_figure_and_no_other(
    window: MainWindow, bench: Workbench, pane: Callable[[str, str], GridPane], book: Path
) -> None:
    before = bench.hub.desk.year
    line = next(iter(before.lines))
    begin(pane("basic", "lines"), "2468")
    window.close_book()
    desk = library.open_desk(book)
    assert desk.year.lines[line].amount == 2468_00
    assert {i: one for i, one in desk.year.lines.items() if i != line} == \
        {i: one for i, one in before.lines.items() if i != line}
    desk.close()


def test_an_approved_total_moves_its_rest_with_each_key(bench: Workbench) -> None:
    bench.show_page("basic")
    page = bench.current()
    assert isinstance(page, ListPage)
    assert page.approved is not None
    key, row = next((k, r) for k, r in page.approved.rows.items() if k[1] == "basic")
    assert isinstance(row, FieldRow)
    line = row.editor.inner()
    assert isinstance(line, QLineEdit)
    assert "basic" not in bench.hub.desk.year.approved
    line.setFocus()
    line.selectAll()
    seen = set()
    for char in "1234567":
        QTest.keyClicks(line, char)
        seen.add(page.approved._rest[key].text())
    assert len(seen) == 7
    assert "" not in seen
    QTest.keyClick(line, KEY.Key_Escape)
    assert line.text() == ""
    assert page.approved._rest[key].text() == ""
    assert bench.hub.desk.trial is None
    QTest.keyClicks(line, "1234567")
    assert "basic" not in bench.hub.desk.year.approved
    QTest.keyClicks(line, "x")
    assert line.property("doubtful")
    assert bench.hub.desk.trial is None
    QTest.keyClick(line, KEY.Key_Backspace)
    QTest.keyClick(line, KEY.Key_Return)
    assert bench.hub.desk.year.approved[key[1]] == 1234567_00


def test_only_what_is_seen_follows_each_key(bench: Workbench, pane: Callable[[str, str], GridPane], qtbot: QtBot) -> None:
    bench.hub.do(Change("批复", (SetValue("approved", "basic", None, 1_000_000_00),)))
    hidden = bench.page("projects")
    assert isinstance(hidden, ListPage)
    lines = pane("basic", "lines")
    qtbot.wait(20)
    heard: list[str] = []
    lines.model.totals_tried.connect(lambda: heard.append("seen"))
    hidden.panes["lines"].model.totals_tried.connect(lambda: heard.append("hidden"))
    before = rests(bench)
    editor = begin(lines, "98")
    assert set(heard) == {"seen"}
    assert rests(bench) != before
    QTest.keyClick(editor, KEY.Key_Return)
    bench.show_page("projects")
    line = next(i for i in bench.hub.desk.year.lines.values() if i.kind.value == "项目")
    heard.clear()
    bench.hub.try_out(Change("数", (SetField("lines", line.id, "amount", line.amount, 77),)))
    assert set(heard) == {"hidden"}
    bench.hub.take_back()
    bench.show_page("basic")
    rest = bench.hub.desk.still_to_place("basic")
    assert rest is not None
    assert f"{abs(rest) / 100:,.2f}" in rests(bench)[0]
