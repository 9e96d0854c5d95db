"""The findings panel on a book full of mistakes: order, clicks, links, mends, 说明, counts, nothing cut off."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.hands import type_text
from tests.gui.test_shots import cut_texts, outside, shoot
from tests.gui.test_window import unnamed
from xinfang_desk.flow import library
from xinfang_desk.gui.findings_list import _WRAP, FindingsList
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_review import ReviewPage
from xinfang_desk.gui.press import press_of
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.messages import findings as words
from xinfang_desk.model.change import Change, SetField
from xinfang_desk.model.finding import Finding
from xinfang_desk.model.money import MoneyUnit
from xinfang_desk.model.pack import Severity

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="session")
def practice_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("practice") / "练习.xfb"
    library.new_sample("practice", path)
    return path


@pytest.fixture
def bench(empty_window: MainWindow, practice_file: Path, tmp_path: Path) -> Workbench:
    copy = tmp_path / practice_file.name
    copy.write_bytes(practice_file.read_bytes())
    assert empty_window.open_book(copy)
    empty_window.activateWindow()
    assert empty_window.bench is not None
    return empty_window.bench


def rows(view: FindingsList) -> list[Finding]:
    return [entry.finding for entry in view.findings_model.entries if entry.finding is not None]


def row_of(view: FindingsList, key: str) -> int:
    return next(i for i, entry in enumerate(view.findings_model.entries) if entry.key == key)


def choose(bench: Workbench, finding: Finding) -> None:
    view = bench.findings.list
    view.setCurrentIndex(view.findings_model.index(row_of(view, finding.key), 0))


def double_a_line(bench: Workbench, number: int = 2) -> None:
    line = bench.hub.desk.year.lines[number]
    assert line.amount is not None
    bench.hub.do(Change("改错", (SetField("lines", number, "amount", line.amount, line.amount * 2),)))


def test_what_the_last_edit_touched_comes_first_in_its_section(bench: Workbench, qtbot: QtBot) -> None:
    view = bench.findings.list
    before = [finding.key for finding in rows(view)]
    assert all(not entry.fresh for entry in view.findings_model.entries)
    double_a_line(bench)
    qtbot.waitUntil(lambda: any(entry.fresh for entry in view.findings_model.entries))
    entries = view.findings_model.entries
    for at, entry in enumerate(entries):
        if entry.fresh and entry.finding is not None and not entry.finding.explanation:
            assert entries[at - 1].finding is None or entries[at - 1].fresh, entry.text
            assert entry.marks in (words.NEW, words.TOUCHED)
    fresh = [entry.key for entry in entries if entry.fresh]
    order = [entry.key for entry in entries]
    bench.findings.refresh()
    assert [entry.key for entry in view.findings_model.entries] == order
    bench.hub.set_unit(MoneyUnit.WAN)
    assert [entry.key for entry in view.findings_model.entries if entry.fresh] == fresh
    assert set(before) & set(order)


def test_the_current_finding_stays_under_the_cursor(bench: Workbench, qtbot: QtBot) -> None:
    view = bench.findings.list
    last = rows(view)[-8]
    choose(bench, last)
    view.scrollTo(view.currentIndex())
    qtbot.wait(20)
    top = view.visualRect(view.currentIndex()).top()
    double_a_line(bench)
    qtbot.waitUntil(lambda: any(entry.fresh for entry in view.findings_model.entries))
    current = view.current()
    assert current is not None
    assert current.key == last.key
    assert abs(view.visualRect(view.currentIndex()).top() - top) <= 2


def test_a_single_click_goes_there_and_lights_every_cell(bench: Workbench, qtbot: QtBot) -> None:
    view = bench.findings.list
    finding = next(f for f in rows(view) if len({cell.table for cell in f.cells}) > 1)
    row = row_of(view, finding.key)
    view.scrollTo(view.findings_model.index(row, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton,
                     pos=view.visualRect(view.findings_model.index(row, 0)).topLeft() + QPoint(30, 8))
    assert bench.current().page.id == finding.place.page
    shown = bench.sheet.view.sheet_model
    assert shown.sheet is not None
    here = [cell for cell in finding.cells if cell.table == shown.sheet.id]
    assert here
    assert len(shown.lit) == len(set(here))


def test_the_other_cells_of_the_rule_are_links_to_their_tables(bench: Workbench) -> None:
    finding = next(f for f in rows(bench.findings.list) if len({cell.table for cell in f.cells}) > 1)
    choose(bench, finding)
    cells = bench.findings.detail.cells
    assert cells.isVisibleTo(bench.findings.detail)
    assert cells.count() == len(finding.cells)
    for row in range(cells.count()):
        cells.setFocus()
        cells.setCurrentRow(row)
        QTest.keyClick(cells, KEY.Key_Return)
        cell = cells.item(row).data(Qt.ItemDataRole.UserRole)
        sheet = bench.sheet.view.sheet_model
        assert sheet.sheet is not None
        assert sheet.sheet.id == cell.table
        assert sheet.sheet.place(cell.row, cell.column) in sheet.lit
        assert f"{sheet.sheet.title}：" in cells.item(row).text()


def test_figures_are_told_in_the_unit_in_use(bench: Workbench) -> None:
    view = bench.findings.list
    finding = next(f for f in rows(view) if f.money and f.table and f.expected is not None and f.expected != f.actual)
    entry = view.findings_model.entries[row_of(view, finding.key)]
    assert finding.table in entry.second
    assert finding.row in entry.second
    assert entry.second.endswith(" 元")
    bench.hub.set_unit(MoneyUnit.WAN)
    entry = view.findings_model.entries[row_of(view, finding.key)]
    assert entry.second.endswith(" 万元")
    bench.hub.set_unit(MoneyUnit.YUAN)


def test_ctrl_m_mends_says_what_it_did_and_offers_the_way_back(
    empty_window: MainWindow, bench: Workbench, qtbot: QtBot
) -> None:
    finding = next(f for f in rows(bench.findings.list) if f.mends)
    choose(bench, finding)
    detail = bench.findings.detail
    (step,) = finding.mends[0].change.steps
    assert isinstance(step, SetField)
    assert "→" in detail.mends[0].toolTip()
    assert detail.mends[0].accessibleDescription().startswith(words.WILL)
    QTest.keyClick(bench.current(), KEY.Key_M, CONTROL)
    strip = bench.findings.mended
    assert strip.isVisible()
    assert strip.words.text() in empty_window.words.text()
    assert getattr(getattr(bench.hub.desk.year, step.space)[step.id], step.field) == step.new
    QTest.mouseClick(strip.undo, Qt.MouseButton.LeftButton)
    assert getattr(getattr(bench.hub.desk.year, step.space)[step.id], step.field) == step.old
    assert strip.isHidden()


def test_each_of_several_mends_has_its_key(bench: Workbench) -> None:
    finding = next(f for f in rows(bench.findings.list) if len(f.mends) > 1)
    choose(bench, finding)
    assert [button.text() for button in bench.findings.detail.mends if button.isVisibleTo(bench.findings.detail)] == \
        [words.MEND.format(key=key) for key in ("Ctrl+M", "Alt+2", "Alt+3", "Alt+4")[:len(finding.mends)]]
    (step,) = finding.mends[1].change.steps
    assert isinstance(step, SetField)
    QTest.keyClick(bench.current(), KEY.Key_2, Qt.KeyboardModifier.AltModifier)
    assert getattr(getattr(bench.hub.desk.year, step.space)[step.id], step.field) == step.new


def test_ctrl_e_writes_the_explanation_and_it_is_shown_where_it_prints(bench: Workbench, qtbot: QtBot) -> None:
    warning = next(f for f in rows(bench.findings.list) if f.unanswered)
    QTest.keyClick(bench.current(), KEY.Key_E, CONTROL)
    detail = bench.findings.detail
    assert QApplication.focusWidget() is detail.answer
    assert detail.finding is not None
    assert detail.finding.severity is Severity.WARNING
    assert detail.finding.key == warning.key
    assert detail.answer_where.text() == words.ANSWER_WHERE
    assert not detail.answer_printed.isVisibleTo(detail)
    type_text(detail.answer, "情况属实。")
    QTest.keyClick(detail.answer, KEY.Key_Return, CONTROL)
    assert bench.hub.desk.year.explanations[warning.key] == "情况属实。"
    qtbot.waitUntil(lambda: detail.answer_printed.isVisibleTo(detail))
    detail.answer_printed.click()
    side = bench.beside.side
    assert side is not None
    press = press_of(bench.hub)
    qtbot.waitUntil(lambda: press.map is not None and not press.busy, timeout=20_000)
    assert side.pages.map is not None
    assert side.pages.page == side.pages.map.passages["explained"][0]


def test_a_half_written_explanation_is_not_lost(bench: Workbench) -> None:
    first, second = [f for f in rows(bench.findings.list) if f.unanswered][:2]
    choose(bench, first)
    detail = bench.findings.detail
    detail.answer.setPlainText("写到一半")
    choose(bench, second)
    assert detail.answer.toPlainText() == ""
    choose(bench, first)
    assert detail.answer.toPlainText() == "写到一半"
    assert first.key not in bench.hub.desk.year.explanations


def test_counts_filter_the_list_and_f8_keeps_to_them(bench: Workbench) -> None:
    panel = bench.findings
    findings = bench.hub.desk.findings()
    errors = sum(f.severity is Severity.ERROR for f in findings)
    assert panel.filter.buttons["error"].text() == str(errors)
    assert not panel.filter.buttons["answered"].isEnabled()
    QTest.mouseClick(panel.filter.buttons["warning"], Qt.MouseButton.LeftButton)
    assert {f.severity for f in rows(panel.list)} == {Severity.WARNING}
    for _ in range(len(rows(panel.list)) + 1):
        panel.walk(1)
        current = panel.list.current()
        assert current is not None
        assert current.severity is Severity.WARNING
    QTest.mouseClick(panel.filter.buttons["error"], Qt.MouseButton.LeftButton)
    assert {f.severity for f in rows(panel.list)} == {Severity.ERROR}
    QTest.mouseClick(panel.filter.buttons["error"], Qt.MouseButton.LeftButton)
    assert len(rows(panel.list)) == len(findings)


@pytest.mark.parametrize("width", [200, 240, 292, 420, 900])
def test_no_finding_is_cut_off_at_any_width(bench: Workbench, qtbot: QtBot, width: int) -> None:
    view = FindingsList()
    qtbot.addWidget(view)
    view.show_entries(bench.findings.list.findings_model.entries)
    view.resize(width, 500)
    view.show()
    qtbot.wait(20)
    metrics = view.fontMetrics()
    delegate = view.itemDelegate()
    for row, entry in enumerate(view.findings_model.entries):
        rect = view.visualRect(view.findings_model.index(row, 0))
        assert rect.width() == view.viewport().width()
        texts = [delegate._shown(entry), entry.second] if entry.finding else [entry.text]  # type: ignore[attr-defined]
        room = rect.width() - (34 if entry.finding else 12)
        needed = sum(metrics.boundingRect(QRect(0, 0, room, 10_000), int(_WRAP), text).height()
                     for text in texts if text)
        assert rect.height() >= needed + 6, entry.text


def test_nothing_is_cut_off_whichever_finding_is_shown(
    empty_window: MainWindow, bench: Workbench, qtbot: QtBot
) -> None:
    problems: dict[str, list[str]] = {}
    for number, finding in enumerate(rows(bench.findings.list)):
        choose(bench, finding)
        qtbot.wait(5)
        shoot(empty_window, f"92-finding-{number:02d}")
        found = [*cut_texts(empty_window), *outside(empty_window)]
        if found:
            problems[finding.key] = found
    assert problems == {}
    assert unnamed(empty_window) == []


def test_the_review_page_shares_what_is_fresh_and_takes_the_keys(bench: Workbench, qtbot: QtBot) -> None:
    bench.show_page("review")
    page = bench.current()
    assert isinstance(page, ReviewPage)
    finding = next(f for f in rows(page.list) if f.mends)
    page.list.setCurrentIndex(page.list.findings_model.index(row_of(page.list, finding.key), 0))
    QTest.keyClick(page.list, KEY.Key_M, CONTROL)
    qtbot.waitUntil(lambda: finding.key not in {f.key for f in rows(page.list)})
    assert page.mended.isVisible()
    assert any(entry.fresh for entry in page.list.findings_model.entries)
    warning = next(f for f in rows(page.list) if f.unanswered)
    page.list.setCurrentIndex(page.list.findings_model.index(row_of(page.list, warning.key), 0))
    QTest.keyClick(page.list, KEY.Key_E, CONTROL)
    assert QApplication.focusWidget() is page.detail.answer


def test_a_book_without_findings_is_told_kindly(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.hub.desk, "_findings", ())
    bench.findings.refresh()
    assert bench.findings.nothing.isVisible()
    assert bench.findings.nothing.text() == words.NONE_AT_ALL
    assert bench.findings.filter.isHidden()
    assert bench.findings.list.isHidden()
