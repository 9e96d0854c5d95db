"""Pages are made while nobody is at the keyboard, and never while somebody is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.test_live import begin
from xinfang_desk.gui import ahead
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.model.change import Change, SetValue


@pytest.fixture(autouse=True)
def short_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "_IDLE_MS", 60)
    monkeypatch.setattr(ahead, "_BETWEEN_MS", 5)


def made(bench: Workbench) -> set[str]:
    return set(bench._made)


def test_all_pages_are_made_in_a_pause_and_the_one_in_front_stays(bench: Workbench, qtbot: QtBot) -> None:
    front = bench.current()
    assert front.page.id in made(bench)
    assert len(made(bench)) < len(bench.pages)
    bench.ahead.wait()
    qtbot.waitUntil(lambda: bench.ahead.done, timeout=20_000)
    assert made(bench) == {page.id for page in bench.pages}
    assert bench.current() is front
    others = [widget for widget in bench._made.values() if widget is not front]
    assert not any(widget.isVisible() for widget in others)
    bench.show_page("basic")
    assert bench.current().page.id == "basic"
    assert bench.current().isVisible()


def test_none_is_made_while_a_figure_is_typed_or_edits_go_on(
    bench: Workbench, pane: Callable[[str, str], GridPane], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = pane("basic", "lines")
    begin(lines, "12")
    assert bench.hub.desk.trial is not None
    before = made(bench)
    bench.ahead.wait()
    qtbot.wait(250)
    assert made(bench) == before
    assert lines.view.editor is not None
    monkeypatch.setattr(ahead, "_IDLE_MS", 60_000)  # a machine at work may stand still longer than a short pause
    bench.ahead.wait()
    QTest.keyClick(lines.view.editor, Qt.Key.Key_Escape)
    for n in range(6):
        monkeypatch.setattr(ahead, "_IDLE_MS", 60_001 + n)
        bench.hub.do(Change("批复", (SetValue("approved", "basic", n or None, n + 1),)))
        assert bench.ahead._timer.interval() == 60_001 + n, "the edit begins the pause anew"
        qtbot.wait(15)
        assert made(bench) == before
    monkeypatch.setattr(ahead, "_IDLE_MS", 60)
    bench.ahead.wait()
    qtbot.waitUntil(lambda: bench.ahead.done, timeout=20_000)
    assert len(made(bench)) == len(bench.pages)


def test_a_book_put_away_meanwhile_is_left_alone(window: MainWindow, bench: Workbench, qtbot: QtBot) -> None:
    bench.ahead.wait()
    qtbot.waitUntil(lambda: len(made(bench)) > 2, timeout=20_000)
    assert not bench.ahead.done
    work = bench.ahead
    window.close()
    assert work.done
