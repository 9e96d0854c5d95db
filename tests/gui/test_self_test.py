"""The window's part of the self-test: what it sees, and what it finds wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from xinfang_desk.flow.errors import DeskError
from xinfang_desk.gui import self_test
from xinfang_desk.messages import self_test as words


def test_the_window_opens_and_is_taken(qapp: QApplication, book: Path, tmp_path: Path) -> None:
    before = book.read_bytes()
    seen, wrong = self_test.try_window(book, tmp_path / "window.png", tmp_path / "own")
    assert wrong == ()
    assert "1366×728" in seen
    assert QImage(str(tmp_path / "window.png")).width() == 1366
    assert list((tmp_path / "own").rglob("window.ini"))
    assert not list((tmp_path / "settings").rglob("window.ini"))
    assert len(before) <= len(book.read_bytes())


def test_a_book_that_does_not_open_is_told(qapp: QApplication, tmp_path: Path) -> None:
    book = tmp_path / "坏.xfb"
    book.write_bytes(b"no book" * 100)
    with pytest.raises(DeskError, match=r"坏\.xfb"):
        self_test.try_window(book, tmp_path / "window.png", tmp_path / "own")


def test_a_blank_picture_and_missing_characters_are_told(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    widget = QWidget()
    blank = QPixmap(200, 200)
    blank.fill("white")
    assert self_test._faults(widget, blank) == [words.WINDOW_BLANK]
    monkeypatch.setattr(words, "PROOF", "信\U000f1234")
    assert any("没有汉字“\U000f1234”" in sentence for sentence in self_test._faults(widget, blank))


def test_a_picture_that_cannot_be_saved_is_told(qapp: QApplication, book: Path, tmp_path: Path) -> None:
    _, wrong = self_test.try_window(book, tmp_path / "nowhere" / "window.png", tmp_path / "own")
    assert wrong == (words.WINDOW_NOT_SAVED.format(path=tmp_path / "nowhere" / "window.png"),)


@pytest.mark.parametrize(("platform", "told"), [("windows", words.SYSTEM_INPUTS), ("offscreen", words.NO_INPUTS)])
def test_without_plug_ins_only_windows_has_input_methods(
    platform: str, told: str, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xinfang_desk.gui.self_test.QGuiApplication.platformName", lambda: platform)
    assert self_test._inputs_without_plugin() == told
