"""Nothing is cut off and nothing sticks out, at every size of type and on every screen a county has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.survey import views
from tests.gui.test_shots import cut_texts, outside, shoot
from xinfang_desk.flow import library
from xinfang_desk.flow.sample_list import samples
from xinfang_desk.gui import settings, theme
from xinfang_desk.gui.main_window import MainWindow

SAMPLES = [sample.id for sample in samples()]
SCREENS = {"1366 x 768 at 125 %": (1093, 574), "1366 x 768 at 150 %": (911, 472)}
"""What Windows leaves to a window above its task bar (40 pixels of its own), less nothing for the title."""
TITLE = 32
USUAL, LARGEST = "004", 200
"""The ordinary suite looks at one sample at every size and at every sample at the largest, the rest is long."""


@pytest.fixture(autouse=True)
def usual_look(qapp: QApplication) -> Iterator[None]:
    yield
    theme.dress(qapp)


def opened(window: MainWindow, sample: str, folder: Path) -> MainWindow:
    book = folder / f"{sample}.xfb"
    library.new_sample(sample, book)
    assert window.open_book(book)
    return window


def trouble(window: MainWindow, prefix: str) -> dict[str, list[str]]:
    found = {}
    for name, _ in views(window):
        problems = [*cut_texts(window), *outside(window)]
        for _ in range(8):  # layouts settle in a few turns of the event loop
            if problems:
                QTest.qWait(40)
                problems = [*cut_texts(window), *outside(window)]
        shoot(window, f"{prefix}-{name.replace(' ', '-')}")
        if problems:
            found[name] = problems
    return found


@pytest.mark.parametrize(("sample", "percent"), [
    pytest.param(sample, percent, marks=[] if percent == LARGEST or sample == USUAL else [pytest.mark.long])
    for sample in SAMPLES for percent in (125, 150, LARGEST)])
def test_nothing_is_cut_off_at_any_size_of_type(
    empty_window: MainWindow, tmp_path: Path, sample: str, percent: int
) -> None:
    empty_window.appearance.set_size(percent)
    window = opened(empty_window, sample, tmp_path)
    assert trouble(window, f"{sample}-{percent}") == {}
    assert (window.width(), window.height()) == (1366, 728), "a page holds the window apart"


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_cut_off_on_a_scaled_screen(
    empty_window: MainWindow, tmp_path: Path, screen: str
) -> None:
    width, height = SCREENS[screen]
    empty_window.resize(width, height - TITLE)
    window = opened(empty_window, "004", tmp_path)
    assert trouble(window, f"{width}") == {}
    assert (window.width(), window.height()) == (width, height - TITLE), "a page holds the window apart"


@pytest.mark.parametrize("sizes", [(200,), pytest.param((200, 80, 125), marks=pytest.mark.long)])
def test_a_change_of_size_reaches_pages_that_are_open_already(
    empty_window: MainWindow, tmp_path: Path, sizes: tuple[int, ...]
) -> None:
    window = opened(empty_window, "004", tmp_path)
    assert [name for name, _ in views(window, 1)]
    for size in sizes:
        window.appearance.set_size(size)
        assert trouble(window, f"changed-{size}") == {}
    assert settings.kept_text("type_size") == str(sizes[-1])
