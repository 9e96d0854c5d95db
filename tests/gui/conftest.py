"""A window on a fresh copy of sample 004, with settings of its own."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.hands import type_text
from xinfang_desk.flow import library
from xinfang_desk.gui import opening
from xinfang_desk.gui.app import application
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_list import ListPage
from xinfang_desk.gui.sweeper import Sweeper
from xinfang_desk.gui.workbench import Workbench

SCREEN = (1366, 728)
"""What a 1366 x 768 laptop leaves to a window above its task bar."""


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    return application()


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))  # where the practice book is kept
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    # Hundreds of books are opened in one process here; each would stay to the end.
    monkeypatch.setattr(opening, "to_stay", nullcontext)


@pytest.fixture(autouse=True)
def sweeper(qapp: QApplication) -> Iterator[Sweeper]:
    """As in the program. Afterwards nothing of the window is left to be found by another test in a thread."""
    one = Sweeper(qapp)
    one.start()
    yield one
    one.stop()
    one.deleteLater()
    gc.collect(1)


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "紫阳县信访局2023.xfb"
    library.new_sample("004", path)
    return path


@pytest.fixture
def book(sample_file: Path, tmp_path: Path) -> Path:
    copy = tmp_path / sample_file.name
    copy.write_bytes(sample_file.read_bytes())
    return copy


@pytest.fixture
def empty_window(qtbot: QtBot) -> Iterator[MainWindow]:
    hook = sys.excepthook
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(*SCREEN)
    window.show()
    window.start.refresh()
    yield window
    window.close_book()
    sys.excepthook = hook


@pytest.fixture
def window(empty_window: MainWindow, book: Path) -> MainWindow:
    assert empty_window.open_book(book)
    empty_window.activateWindow()
    return empty_window


@pytest.fixture
def bench(window: MainWindow) -> Workbench:
    assert window.bench is not None
    return window.bench


@pytest.fixture
def pane(bench: Workbench) -> Callable[[str, str], GridPane]:
    """The entry table of a page: ``pane("basic", "lines")``."""

    def find(page_id: str, space: str) -> GridPane:
        bench.show_page(page_id)
        page = bench.current()
        assert isinstance(page, ListPage)
        return page.panes[space]

    return find


@pytest.fixture
def type_cell() -> Callable[..., None]:
    """Type into a cell as a person does: go there, type, press a key."""

    def type_it(pane: GridPane, row: int, field: str, text: str,
                end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        column = next(j for j, spec in enumerate(pane.model.columns) if spec.field == field)
        pane.view.setFocus()
        pane.view.go_to(row, column)
        type_text(pane.view, text[:1])
        editor = pane.view.editor
        assert editor is not None
        type_text(editor, text[1:])
        if end is not None:
            QTest.keyClick(editor, end)

    return type_it
