"""关于本程序: it tells the version, the parts and the licences, and leads to the manual."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction, QGuiApplication

from xinfang_desk import __version__
from xinfang_desk.gui.about_dialog import AboutDialog
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.messages import about as words


def test_the_menu_opens_it_without_a_book(empty_window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(AboutDialog, "exec", lambda self: opened.append(self.windowTitle()))
    action = next(action for action, command in empty_window._commands if command.text == words.DO_ABOUT)
    assert isinstance(action, QAction)
    action.trigger()
    assert opened == [words.TITLE]


def test_it_tells_what_it_is(empty_window: MainWindow) -> None:
    dialog = AboutDialog(empty_window, lambda: None)
    dialog.show()
    dialog.job.join()
    assert __version__ in dialog.head.text()
    assert dialog.list.topLevelItemCount() > 30
    assert dialog.told.text() == words.PARTS_NONE
    assert "GNU GENERAL PUBLIC LICENSE" in dialog.text.toPlainText()
    dialog.names.setCurrentRow(1)
    assert dialog.text.toPlainText() == dialog._about.licences[1].text if dialog._about else False
    dialog.copy.click()
    assert f"{words.FACT_VERSION}：{__version__}" in QGuiApplication.clipboard().text()
    assert dialog.copied.text() == words.COPIED
    dialog.reject()


def test_it_leads_to_the_page_about_installing(empty_window: MainWindow) -> None:
    dialog = AboutDialog(empty_window, empty_window.helping.show_installing)
    dialog.show()
    dialog.manual.click()
    assert empty_window.helping.shown is not None
    assert empty_window.helping.shown.page == "install"
    empty_window.helping.close()


def test_closing_at_once_waits_for_the_reading(empty_window: MainWindow) -> None:
    dialog = AboutDialog(empty_window, lambda: None)
    dialog.show()
    dialog.reject()
    assert dialog.job.isFinished()
