"""The guide beside the page of the practice department."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.test_window import unnamed
from xinfang_desk.flow import practice
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_list import ListPage
from xinfang_desk.gui.practice_guide import PracticeGuide
from xinfang_desk.messages import practice as words
from xinfang_desk.model.change import Change, SetField
from xinfang_desk.model.finding import Place


@pytest.fixture
def practising(empty_window: MainWindow) -> MainWindow:
    empty_window.beginning.open_practice()
    empty_window.opening.wait()
    assert empty_window.hub is not None
    return empty_window


@pytest.fixture
def guide(practising: MainWindow) -> PracticeGuide:
    assert practising.bench is not None
    return next(iter(practising.bench.findChildren(PracticeGuide)))


def mend_the_fund(window: MainWindow) -> None:
    assert window.hub is not None
    old = window.hub.desk.year.lines[7].amount
    assert window.hub.do(Change("改", (SetField("lines", 7, "amount", old, 7_440_000),)))
    QApplication.processEvents()


def test_the_guide_stands_beside_the_page_and_stays(practising: MainWindow, guide: PracticeGuide) -> None:
    bench = practising.bench
    assert bench is not None
    assert guide.isVisible()
    assert unnamed(guide) == []
    for page in bench.pages:
        bench.show_page(page.id)
        assert guide.isVisible(), page.id
    bench.toggle_findings()
    assert guide.isVisible()


def test_an_ordinary_book_has_no_guide(window: MainWindow) -> None:
    assert window.findChildren(PracticeGuide) == []


def test_progress_is_counted_live(practising: MainWindow, guide: PracticeGuide, qtbot: QtBot) -> None:
    planted = len(practice.planted())
    assert guide.progress.text() == words.PROGRESS.format(planted=planted, mended=0)
    mend_the_fund(practising)
    qtbot.waitUntil(lambda: guide.progress.text() == words.PROGRESS.format(planted=planted, mended=1))
    assert guide.bar.value() == 1
    assert guide.task.mended
    assert words.MENDED in guide.number.text()
    assert "改对了，第 1 处" in practising.words.text()
    practising.undo()
    qtbot.waitUntil(lambda: guide.progress.text() == words.PROGRESS.format(planted=planted, mended=0))
    assert not guide.task.mended


def test_help_comes_step_by_step(practising: MainWindow, guide: PracticeGuide) -> None:
    task = practice.planted()[0]
    assert task.hint not in guide.text.text()
    assert not guide.there.isVisible()
    guide.more.setFocus()
    seen = []
    for _ in range(practice.STEPS):
        QTest.keyClick(guide.more, Qt.Key.Key_Space)
        seen.append([part in guide.text.text() for part in (task.hint, task.where, task.why)])
    assert seen == [[True, False, False], [True, True, False], [True, True, True]]
    assert not guide.more.isVisible()
    assert guide.there.isVisible()


def test_the_way_leads_to_the_very_cell(practising: MainWindow, guide: PracticeGuide) -> None:
    guide.reveal()
    guide.reveal()
    guide.there.click()
    assert practising.bench is not None
    page = practising.bench.current()
    assert isinstance(page, ListPage)
    pane = page.panes["lines"]
    assert pane.model.source.key(pane.view.currentIndex().row()) == 7
    assert pane.model.columns[pane.view.currentIndex().column()].field == "amount"


def test_the_project_goes_along_with_its_line(practising: MainWindow, guide: PracticeGuide) -> None:
    assert practising.bench is not None
    practising.bench.go(Place("projects", space="lines", record=20, field="amount"))
    page = practising.bench.current()
    assert isinstance(page, ListPage)
    projects, lines = page.panes["projects"], page.panes["lines"]
    assert projects.model.key(projects.view.currentIndex().row()) == 2
    assert lines.model.key(lines.view.currentIndex().row()) == 20
    assert lines.view.hasFocus()


def test_turning_goes_round(guide: PracticeGuide) -> None:
    count = len(guide.tasks)
    guide.turn(-1)
    assert guide.task.number == count
    guide.turn(1)
    assert guide.task.number == 1


def test_when_all_is_mended_the_way_on_is_told(practising: MainWindow, guide: PracticeGuide, qtbot: QtBot) -> None:
    from xinfang_desk.model.difference import difference

    hub = practising.hub
    assert hub is not None
    change = difference(hub.desk.year, practice.planted()[-1].mended, "改好全部")
    assert hub.do(change)
    told = words.ALL_MENDED.format(planted=len(guide.tasks))
    qtbot.waitUntil(lambda: guide.progress.text().startswith(told))
    assert words.ALL_MENDED_READY in guide.progress.text()
    assert hub.desk.verdict().ready
