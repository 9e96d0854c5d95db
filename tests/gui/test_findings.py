"""The live findings: verdict, going to the place, mending, answering."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from xinfang_desk.gui.findings_list import entries_of
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_review import ReviewPage
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.model.change import Change, SetField
from xinfang_desk.model.finding import Finding, Place
from xinfang_desk.model.pack import Severity

KEY = Qt.Key


def spoil(bench: Workbench) -> None:
    """Make one line 500,000 元 too big."""
    line = next(iter(bench.hub.desk.year.lines.values()))
    assert line.amount is not None
    bench.hub.do(Change("改错", (SetField("lines", line.id, "amount", line.amount, line.amount + 50_000_000),)))


def choose(bench: Workbench, finding: Finding) -> None:
    model = bench.findings.list.findings_model
    row = next(i for i, entry in enumerate(model.entries) if entry.key == finding.key)
    bench.findings.list.setCurrentIndex(model.index(row, 0))


def errors(bench: Workbench) -> list[Finding]:
    return [f for f in bench.hub.desk.findings() if f.severity is Severity.ERROR]


def test_the_verdict_stands_on_top(bench: Workbench, qtbot: QtBot) -> None:
    before = bench.findings.verdict.text()
    assert before == bench.hub.desk.verdict().sentence
    spoil(bench)
    qtbot.waitUntil(lambda: "错误必须修改" in bench.findings.verdict.text())
    assert bench.findings.verdict.property("state") == "error"
    bench.hub.undo()
    qtbot.waitUntil(lambda: bench.findings.verdict.text() == before)


def test_findings_are_grouped_by_section_errors_first(bench: Workbench, qtbot: QtBot) -> None:
    spoil(bench)
    entries = entries_of(bench.hub.desk.findings(), bench.pages)
    headings = [entry.text for entry in entries if entry.finding is None]
    titles = [page.title for page in bench.pages]
    order = [titles.index(text.rsplit("（", 1)[0]) for text in headings]
    assert order == sorted(order)
    assert sum(entry.finding is not None for entry in entries) == len(bench.hub.desk.findings())


def test_f8_walks_through_the_places_of_the_findings(window: MainWindow, bench: Workbench, qtbot: QtBot) -> None:
    spoil(bench)
    qtbot.waitUntil(lambda: bool(errors(bench)) and "错误必须修改" in bench.findings.verdict.text())
    seen = set()
    for _ in range(len(bench.hub.desk.findings())):
        QTest.keyClick(bench.current(), KEY.Key_F8)
        current = bench.findings.list.current()
        assert current is not None
        seen.add(current.key)
        assert bench.current().page.id == current.place.page
    assert seen == {finding.key for finding in bench.hub.desk.findings()}


def test_going_to_a_finding_lights_its_cells(bench: Workbench, qtbot: QtBot) -> None:
    spoil(bench)
    finding = next(f for f in errors(bench) if f.cells)
    qtbot.waitUntil(lambda: any(e.key == finding.key for e in bench.findings.list.findings_model.entries))
    bench.findings.list.go.emit(finding)
    shown = bench.sheet.view.sheet_model
    assert shown.sheet is not None
    assert shown.sheet.id in {cell.table for cell in finding.cells}
    assert shown.lit


def test_a_mend_is_carried_out_and_the_finding_goes(bench: Workbench, qtbot: QtBot) -> None:
    desk = bench.hub.desk
    line = next(iter(desk.year.lines.values()))
    bench.hub.do(Change("清空", (SetField("lines", line.id, "econ_gov", line.econ_gov, "50201"),)))
    mendable = [f for f in desk.findings() if f.mends]
    assert mendable
    finding = mendable[0]
    bench.findings.detail.show_finding(finding)
    assert bench.findings.detail.mends[0].isVisibleTo(bench.findings.detail)
    bench.findings.detail.mend()
    assert finding.key not in {f.key for f in desk.findings()}


def test_a_warning_is_answered_with_an_explanation(bench: Workbench, qtbot: QtBot) -> None:
    warning = next(f for f in bench.hub.desk.findings() if f.severity is Severity.WARNING and f.explanation)
    open_before = bench.hub.desk.verdict().warnings
    detail = bench.findings.detail
    choose(bench, warning)
    assert detail.finding == warning
    detail.answer.setPlainText("")
    detail.write_answer()
    qtbot.waitUntil(lambda: f"{open_before + 1} 处提醒要写说明" in bench.findings.verdict.text())
    detail.answer.setPlainText("情况属实，已经核对。")
    detail.write_answer()
    assert bench.hub.desk.year.explanations[warning.key] == "情况属实，已经核对。"
    assert bench.hub.desk.verdict().warnings == open_before
    qtbot.waitUntil(lambda: bench.findings.verdict.text() == bench.hub.desk.verdict().sentence)


def test_a_hint_cannot_be_answered(bench: Workbench) -> None:
    warning = bench.hub.desk.findings()[0]
    detail = bench.findings.detail
    detail.show_finding(replace(warning, severity=Severity.HINT))
    assert detail.answer.isHidden()
    detail.show_finding(replace(warning, severity=Severity.WARNING))
    assert not detail.answer.isHidden()


def test_the_review_page_filters_by_weight(bench: Workbench, qtbot: QtBot) -> None:
    spoil(bench)
    bench.show_page("review")
    page = bench.current()
    assert isinstance(page, ReviewPage)
    page.filter.setCurrentIndex(page.filter.findData("error"))
    page.refresh()
    shown = [e.finding for e in page.list.findings_model.entries if e.finding is not None]
    assert shown
    assert {finding.severity for finding in shown} == {Severity.ERROR}
    assert bench.findings.isHidden()
    page.list.setFocus()
    current = page.list.current()
    assert current in shown
    QTest.keyClick(page.list, KEY.Key_Return)
    assert bench.current().page.id == current.place.page


def test_a_record_a_finding_names_becomes_the_current_row(bench: Workbench) -> None:
    line = list(bench.hub.desk.year.lines.values())[2]
    bench.go(Place("basic", space="lines", record=line.id, field="amount"))
    view = bench.current().panes["lines"].view  # type: ignore[attr-defined]
    assert view.currentIndex().row() == 2
    assert view.grid_model.columns[view.currentIndex().column()].field == "amount"
