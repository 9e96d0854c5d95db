"""The last place is found again: page, tab, cell or field, scroll; where it is gone, the nearest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from xinfang_desk.flow import library
from xinfang_desk.gui import last_place
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_form import FormPage
from xinfang_desk.gui.page_list import ListPage
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.model.change import Change, Delete
from xinfang_desk.model.finding import Place


def opened_again(window: MainWindow, book: Path) -> Workbench:
    window.close_book()
    assert window.open_book(book)
    assert window.bench is not None
    QTest.qWait(250)  # until the scroll bars have been put back
    return window.bench


def lines_of(bench: Workbench) -> ListPage:
    page = bench.current()
    assert isinstance(page, ListPage)
    return page


def test_the_cell_is_found_again(window: MainWindow, bench: Workbench, book: Path) -> None:
    bench.show_page("basic")
    pane = lines_of(bench).panes["lines"]
    column = next(i for i, spec in enumerate(pane.model.columns) if spec.field == "amount")
    pane.view.setFocus()
    pane.view.go_to(11, column)
    key = pane.model.key(11)
    again = opened_again(window, book)
    assert again.current().page.id == "basic"
    pane = lines_of(again).panes["lines"]
    assert pane.model.key(pane.view.currentIndex().row()) == key
    assert pane.view.currentIndex().column() == column
    assert pane.view.hasFocus()


def test_the_row_is_known_by_its_record_when_rows_have_moved(window: MainWindow, bench: Workbench, book: Path) -> None:
    bench.show_page("basic")
    pane = lines_of(bench).panes["lines"]
    pane.view.go_to(8, 3)
    key = pane.model.key(8)
    window.close_book()
    desk = library.open_desk(book)
    desk.do(Change("删", (Delete("lines", desk.year.lines[1], 0),)))
    desk.close()
    assert window.open_book(book)
    assert window.bench is not None
    pane = lines_of(window.bench).panes["lines"]
    assert pane.view.currentIndex().row() == 7
    assert pane.model.key(7) == key


def test_where_the_row_is_gone_the_nearest_is_taken(window: MainWindow, bench: Workbench, book: Path) -> None:
    bench.show_page("basic")
    pane = lines_of(bench).panes["lines"]
    pane.view.go_to(2, 3)
    key = pane.model.key(2)
    assert isinstance(key, int)
    window.close_book()
    desk = library.open_desk(book)
    desk.do(Change("删", (Delete("lines", desk.year.lines[key], 2),)))
    desk.close()
    assert window.open_book(book)
    assert window.bench is not None
    assert lines_of(window.bench).panes["lines"].view.currentIndex().row() == 2


def test_the_lines_of_the_project_are_found_again(window: MainWindow, bench: Workbench, book: Path) -> None:
    bench.show_page("projects")
    pane = lines_of(bench).panes["lines"]
    pane.view.setFocus()
    pane.view.go_to(4, 1)
    again = opened_again(window, book)
    pane = lines_of(again).panes["lines"]
    assert (pane.view.currentIndex().row(), pane.view.currentIndex().column()) == (4, 1)
    assert pane.view.hasFocus()


def test_the_project_and_its_line_are_found_again(empty_window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "三个项目.xfb"
    library.new_sample("practice", path)
    assert empty_window.open_book(path)
    assert empty_window.bench is not None
    empty_window.bench.show_page("projects")
    panes = lines_of(empty_window.bench).panes
    panes["projects"].view.go_to(1, 0)
    panes["lines"].view.setFocus()
    panes["lines"].view.go_to(1, 3)
    key = panes["lines"].model.key(1)
    panes = lines_of(opened_again(empty_window, path)).panes
    assert panes["projects"].view.currentIndex().row() == 1
    assert panes["lines"].view.currentIndex().row() == 1
    assert panes["lines"].model.key(1) == key
    assert panes["lines"].view.hasFocus()


def test_field_and_scroll_are_found_again(window: MainWindow, bench: Workbench, book: Path) -> None:
    bench.go(Place("staff", address="assets.plan.equipment"))
    page = bench.current()
    assert isinstance(page, FormPage)
    QApplication.processEvents()
    bar = page.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    scrolled = bar.value()
    assert scrolled > 0
    again = opened_again(window, book)
    page = again.current()
    assert isinstance(page, FormPage)
    assert page.form.rows["facts", "assets.plan.equipment"].editor.inner().hasFocus()
    assert page.area.verticalScrollBar().value() == scrolled


def test_the_tab_is_found_again(window: MainWindow, bench: Workbench, book: Path) -> None:
    bench.show_page("basic")
    bench.current().turn_tab(1)
    again = opened_again(window, book)
    tabs = lines_of(again).tabs
    assert tabs is not None
    assert tabs.currentIndex() == 1


def test_every_page_can_be_left_and_found_again(window: MainWindow, bench: Workbench, book: Path, qtbot: QtBot) -> None:
    for page in bench.pages:
        bench.show_page(page.id)
        bench.remember_place()
        spot = last_place.read(bench.hub.desk.last_place())
        assert spot["page"] == page.id
        last_place.restore(bench.current(), spot)
        assert bench.current().page.id == page.id


def test_turning_a_page_keeps_the_place_at_once(bench: Workbench) -> None:
    bench.show_page("prior")
    assert last_place.read(bench.hub.desk.last_place())["page"] == "prior"


@pytest.mark.parametrize(("kept", "page"), [
    (None, "unit"), ("", "unit"), ("basic", "basic"), ("nonsense", "unit"), ("[]", "unit"), ("17", "unit"),
    ('{"page": "gone", "at": 3}', "income"), ('{"page": "gone", "at": 99}', "export"), ('{"page": "gone", "at": "x"}', "unit"),
    ('{"page": 5}', "unit")])
def test_the_nearest_page(bench: Workbench, kept: str | None, page: str) -> None:
    assert last_place.nearest_page(last_place.read(kept), bench.pages).id == page


@pytest.mark.parametrize("spoiled", [
    {"tabs": ["x", 99], "panes": "y", "scrolls": [[1], "z", [None, 2]], "focus": [1, 2]},
    {"panes": [["1", "zwei", "amount"], [], ["9999", -5, "no_field"]], "focus": ["pane", 99], "lists": [99]},
    {"focus": ["field", 10_000, "facts", "no.such"]}, {"focus": ["field"]}, {"focus": "x", "tabs": None}])
def test_a_spoiled_place_harms_nothing(bench: Workbench, spoiled: dict[str, object]) -> None:
    for page in ("basic", "projects", "staff", "preview"):
        bench.show_page(page)
        last_place.restore(bench.current(), last_place.read(json.dumps({"page": page, **spoiled})))
        QApplication.processEvents()
        assert bench.current().page.id == page
