"""Settings that an older or newer program left, and a newer book in the window."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from xinfang_desk.gui import settings
from xinfang_desk.gui.app import application
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.rescue import Rescue

SETTINGS = {
    "newer": "[General]\nrecent=7\nappearance=neon\ntype_size=930\ngeometry=words\ntomorrow=@Variant(\\0\\0\\0\\x7f)\n[future]\nmode=3\n",
    "older": "[General]\nrecent=/nowhere/old.xfb\ngeometry=@ByteArray(\\x1)\nhelp_window=@ByteArray()\nbooks_folder=@Invalid()\n",
    "broken": "\0\x01[[[\nrecent=@ByteArray(\n%%%=,,,\n",
}


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_of_another_program_are_read_without_trouble(name: str, qtbot: QtBot, qapp: QApplication) -> None:
    file = Path(settings.store().fileName())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(SETTINGS[name], encoding="utf-8", newline="\n")
    application()
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.start.refresh()
    assert window.width() > 300
    assert all(isinstance(path, Path) for path in settings.recent_books())
    settings.note_text("type_size", "110")
    assert settings.kept_text("type_size") == "110"
    window.close()


def test_a_newer_book_is_told_of_in_the_window_and_not_touched(empty_window: MainWindow, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(book)) as connection:
        connection.execute("PRAGMA user_version = 99")
    asked: list[str] = []
    monkeypatch.setattr(Rescue, "help_open", lambda self, path, error: asked.append(str(error)))
    before = hashlib.sha256(book.read_bytes()).hexdigest()
    assert not empty_window.open_book(book)
    assert "请先升级本程序再打开" in empty_window.message.words.text()
    assert len(asked) == 1
    assert hashlib.sha256(book.read_bytes()).hexdigest() == before
    assert empty_window.stack.currentWidget() is empty_window.start
