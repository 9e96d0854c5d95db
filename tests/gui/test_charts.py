"""The pictures of the budget in the preview."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.test_shots import cut_texts, outside, shoot
from xinfang_desk.gui.charts_view import ChartsView
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_preview import PreviewPage
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.model.change import Change, SetField


def charts_of(bench: Workbench, qtbot: QtBot) -> ChartsView:
    bench.show_page("preview")
    page = bench.current()
    assert isinstance(page, PreviewPage)
    page.tabs.setCurrentWidget(page.charts)
    qtbot.waitUntil(lambda: bool(page.charts.cards) and page.charts._job is None, timeout=30_000)
    return page.charts


def test_the_pictures_follow_an_edit(window: MainWindow, bench: Workbench, qtbot: QtBot) -> None:
    view = charts_of(bench, qtbot)
    qtbot.wait(60)
    shoot(window, "14-preview-charts")
    assert [*cut_texts(window), *outside(window)] == []
    assert len(view.cards) == len(bench.hub.desk.charts()) >= 4
    assert all(card.picture.accessibleDescription() for card in view.cards)
    line = next(iter(bench.hub.desk.year.lines.values()))
    assert line.amount is not None
    bench.hub.do(Change("改", (SetField("lines", line.id, "amount", line.amount, line.amount + 1_000_000),)))
    qtbot.waitUntil(lambda: any("227.70" in card.sentence.text() for card in view.cards), timeout=20_000)


def test_a_picture_can_be_copied_and_kept(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    view = charts_of(bench, qtbot)
    told: list[str] = []
    bench.hub.said.connect(told.append)
    view.cards[0].copied.click()
    assert not QGuiApplication.clipboard().image().isNull()
    for name in ("图.svg", "图.png"):
        view.cards[0].save(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 1000
    assert len(told) == 3
    view.cards[0].save(tmp_path / "没有" / "图.png")
    assert not (tmp_path / "没有").exists()
    QApplication.clipboard().clear()
