"""Approved totals above the tables, each with what is still to place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.hands import type_text
from tests.gui.test_shots import shoot
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_form import FormPage
from xinfang_desk.gui.page_list import ListPage
from xinfang_desk.gui.rest_label import RestLabel
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.model.change import Change, SetValue

FindPane = Callable[[str, str], GridPane]
ADDRESSES = ("total", "gpb", "fund", "soe", "basic", "staff", "running", "project", "sangong", "meeting", "training",
             "operating")


def approve_all(bench: Workbench, fen: int) -> None:
    bench.hub.do(Change("批复数", tuple(SetValue("approved", address, bench.hub.desk.year.approved.get(address), fen)
                                     for address in ADDRESSES)))


@pytest.mark.parametrize("page_id", ["income", "basic", "projects"])
def test_they_are_seen_above_the_table_on_a_small_screen(window: MainWindow, bench: Workbench, page_id: str) -> None:
    approve_all(bench, 200_000_000)
    bench.show_page(page_id)
    page = bench.current()
    assert isinstance(page, ListPage)
    assert page.approved is not None
    for _ in range(5):
        QApplication.processEvents()
    rests = page.approved.findChildren(RestLabel)
    assert len(rests) == len(page.approved.rows)
    table = next(iter(page.panes.values())).view
    top = table.mapTo(window, QPoint(0, 0)).y()
    for rest in rests:
        assert rest.text()
        assert not rest.visibleRegion().isEmpty()
        assert rest.visibleRegion().boundingRect().height() == rest.height()
        assert rest.mapTo(window, QPoint(0, rest.height())).y() <= top
    assert table.viewport().height() >= 2 * table.row_height(), "rows can be seen under them"
    shoot(window, f"approved-{page_id}")


def test_the_difference_moves_with_each_key(bench: Workbench, pane: FindPane) -> None:
    approve_all(bench, 200_000_000)
    lines = pane("basic", "lines")
    page = bench.current()
    assert isinstance(page, ListPage)
    assert page.approved is not None
    basic = page.approved.findChildren(RestLabel)[0]
    assert basic.text() == "还差 280,200.00 元没有编"
    lines.view.setFocus()
    lines.view.go_to(0, 6)
    type_text(lines.view, "5")
    assert lines.view.editor is not None
    type_text(lines.view.editor, "32200")
    assert basic.text() == "✓ 已与批复数一致"
    type_text(lines.view.editor, "0")
    assert basic.text().startswith("比批复数多编")
    QTest.keyClick(lines.view.editor, Qt.Key.Key_Escape)
    assert basic.text() == "还差 280,200.00 元没有编"


def test_questions_of_other_pages_tell_it_too(bench: Workbench) -> None:
    bench.show_page("sangong")
    page = bench.current()
    assert isinstance(page, FormPage)
    row = page.form.rows[("approved", "meeting")]
    rest = row.findChild(RestLabel)
    assert isinstance(rest, RestLabel)
    assert rest.isHidden()
    placed = bench.hub.desk.still_to_place("meeting")
    assert placed is None
    approve_all(bench, 0)
    placed = bench.hub.desk.still_to_place("meeting")
    assert placed is not None
    assert not rest.isHidden()
    assert rest.text()
