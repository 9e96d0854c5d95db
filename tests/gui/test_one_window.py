"""A second start: the window that has the book comes to the front; nobody is kept waiting by what is gone or hangs."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from xinfang_desk.gui import app, one_window
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.one_window import OneWindow, hand_over
from xinfang_desk.messages import opening as words


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_window, "user_dir", lambda: tmp_path / "own data")


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A process that lives: the window of these tests stands for its own."""
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield other.pid
    other.kill()
    other.wait()


def stand_for(window: MainWindow, pid: int, monkeypatch: pytest.MonkeyPatch) -> OneWindow:
    """The window as if it were that process's."""
    with monkeypatch.context() as patched:
        patched.setattr(os, "getpid", lambda: pid)
        here = OneWindow(window)
    here.note()
    here.watch()
    return here


def start_again(book: Path | None) -> bool:
    """A second start, while the window of the first lives on."""
    answers: list[bool] = []
    second = threading.Thread(target=lambda: answers.append(hand_over(book)))
    second.start()
    while second.is_alive():
        QApplication.processEvents()
        time.sleep(0.002)
    return answers[0]


def test_where_nothing_runs_a_start_goes_on_at_once(tmp_path: Path) -> None:
    begin = time.monotonic()
    assert not hand_over(None)
    assert not hand_over(tmp_path / "账册.xfb")
    assert time.monotonic() - begin < 0.2
    assert not (tmp_path / "own data").exists()


def test_the_window_comes_forward(window: MainWindow, running: int, monkeypatch: pytest.MonkeyPatch) -> None:
    here = stand_for(window, running, monkeypatch)
    window.showMinimized()
    assert start_again(None)
    assert not window.isMinimized()
    assert window.words.text() == words.HERE_ALREADY
    here.leave()
    assert not start_again(None)
    assert list(one_window.folder().iterdir()) == []


def test_only_for_the_book_it_has(window: MainWindow, running: int, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = stand_for(window, running, monkeypatch)
    assert start_again(book)
    link = tmp_path / "同一本 账册.xfb"
    link.symlink_to(book)
    assert start_again(link)
    begin = time.monotonic()
    assert not start_again(tmp_path / "另一本.xfb")
    assert time.monotonic() - begin < one_window.PATIENCE
    window.close_book()
    assert not start_again(book)
    here.leave()


def test_one_that_hangs_does_not_keep_the_clerk_from_working(running: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_window, "PATIENCE", 0.1)
    one_window.folder().mkdir(parents=True)
    (one_window.folder() / f"{running}.window").touch()
    assert not hand_over(None)
    assert not (one_window.folder() / f"{running}.ask").exists()


def test_what_a_killed_one_left_is_cleared_away() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    one_window.folder().mkdir(parents=True)
    for name in (f"{gone.pid}.window", f"{gone.pid}.ask", "words.window"):
        (one_window.folder() / name).touch()
    begin = time.monotonic()
    assert not hand_over(None)
    assert time.monotonic() - begin < 0.5
    assert [path.name for path in one_window.folder().iterdir()] == ["words.window"]


def test_a_question_asked_before_it_watched_is_answered(window: MainWindow, running: int, monkeypatch: pytest.MonkeyPatch) -> None:
    one_window.folder().mkdir(parents=True)
    (one_window.folder() / f"{running}.ask").write_bytes(b"")
    stand_for(window, running, monkeypatch).leave()
    assert window.words.text() == words.HERE_ALREADY


def test_a_folder_that_cannot_be_written_stops_nothing(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "own data").write_text("in the way", encoding="utf-8")
    here = OneWindow(window)
    here.note()
    here.watch()
    assert not hand_over(None)
    here.leave()


def test_a_start_that_was_handed_over_shows_no_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path | None] = []

    def taken(book: Path | None) -> bool:
        asked.append(book)
        return True

    monkeypatch.setattr(one_window, "hand_over", taken)
    monkeypatch.chdir(tmp_path)
    before = len(QApplication.topLevelWidgets())
    assert app.run(["-x", "我的 账册.xfb"]) == 0
    assert app.run([]) == 0
    assert asked == [tmp_path / "我的 账册.xfb", None]
    assert len(QApplication.topLevelWidgets()) == before
