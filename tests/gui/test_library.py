"""The library of indicators on the targets page, results of projects, and what printing moves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.hands import type_text
from xinfang_desk.flow import library
from xinfang_desk.gui.indicator_dialog import IndicatorDialog
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_list import IndicatorsPage, ProjectsPage
from xinfang_desk.gui.page_review import ReviewPage
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.model.change import Change, SetField
from xinfang_desk.model.ledger import Kind

KEY = Qt.Key


def targets(bench: Workbench) -> IndicatorsPage:
    bench.show_page("targets")
    page = bench.current()
    assert isinstance(page, IndicatorsPage)
    return page


def test_ticked_indicators_go_to_the_project_of_the_row(window: MainWindow, bench: Workbench) -> None:
    page = targets(bench)
    year = bench.hub.desk.year
    row, record = next((row, record) for row, record in enumerate(year.indicators.values()) if record.project)
    names: list[str] = []

    def tick_two(dialog: IndicatorDialog) -> bool:
        assert dialog.project.currentData() == record.project
        assert not dialog.take.isEnabled()
        for i in (0, 2):
            item = dialog.tree.topLevelItem(i)
            assert item is not None
            item.setCheckState(0, Qt.CheckState.Checked)
            names.append(item.text(0))
        assert dialog.take.isEnabled()
        assert "2" in dialog.take.text()
        return True

    page.ask_library = tick_two
    view = page.panes["indicators"].view
    column = next(j for j, spec in enumerate(view.grid_model.columns) if spec.field == "name")
    view.go_to(row, column)
    view.setFocus()
    QTest.keyClick(view, KEY.Key_F4)
    added = [one for id_, one in bench.hub.desk.year.indicators.items() if id_ not in year.indicators]
    assert [one.name for one in added] == names
    assert {one.project for one in added} == {record.project}
    assert view.grid_model.source.count() == len(year.indicators) + 2
    bench.hub.undo()
    assert bench.hub.desk.year.indicators == year.indicators


def test_what_a_project_has_is_not_offered_again_and_words_filter(bench: Workbench) -> None:
    page = targets(bench)
    dialog = IndicatorDialog(bench.hub.desk, None, page)
    item = dialog.tree.topLevelItem(0)
    assert item is not None
    item.setCheckState(0, Qt.CheckState.Checked)
    name = item.text(0)
    assert page.panes["indicators"].model.apply(dialog.change())
    again = IndicatorDialog(bench.hub.desk, None, page)
    rows = [again.tree.topLevelItem(i) for i in range(again.tree.topLevelItemCount())]
    assert name not in [row.text(0) for row in rows if row]
    type_text(again.filter, "满意")
    shown = [row for row in rows if row and not row.isHidden()]
    assert 0 < len(shown) < len(rows)
    assert all(any("满意" in row.text(column) for column in range(5)) for row in shown)


def test_results_of_projects_are_asked_without_their_lines(empty_window: MainWindow, tmp_path: Path) -> None:
    library.new_sample("002", tmp_path / "自评.xfb")
    assert empty_window.open_book(tmp_path / "自评.xfb")
    assert empty_window.bench is not None
    ids = [page.id for page in empty_window.bench.pages if page.kind == "projects"]
    made = [empty_window.bench.page(page_id) for page_id in ids]
    assert all(isinstance(page, ProjectsPage) for page in made)
    assert [sorted(page.panes) for page in made if isinstance(page, ProjectsPage)] == [["lines", "projects"],
                                                                                       ["projects"]]


def test_what_printing_moves_is_listed(bench: Workbench) -> None:
    desk = bench.hub.desk
    bench.show_page("review")
    page = bench.current()
    assert isinstance(page, ReviewPage)
    assert page.adjustments.isHidden()
    lines = [line for line in desk.year.lines.values() if line.kind is Kind.STAFF][:2]
    for line in lines:
        assert line.amount is not None
        bench.hub.do(Change("零头", (SetField("lines", line.id, "amount", line.amount, line.amount + 4_900),)))
    desk.pack = replace(desk.pack, rounding="closed")
    page.refresh()
    moved = desk.adjustments()
    assert moved
    assert page.adjustments.isVisible()
    assert page.adjustments.count() == len(moved)
    assert str(len(moved)) in page.adjusted.text()
    page.adjustments.itemActivated.emit(page.adjustments.item(0))
    assert bench.current().page.kind in ("lines", "projects", "incomes")
