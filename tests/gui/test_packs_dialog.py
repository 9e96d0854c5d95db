"""报表包 in the window: looked at first, put in, taken out; faults are told, and work can be called off."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from tests.packs.zips import good_zip, pack_files, under, zipped
from xinfang_desk.flow import pack_install, shelves
from xinfang_desk.flow.packs import CheckCalledOff, usable_packs
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.packs_dialog import PacksDialog
from xinfang_desk.messages import pack_install as words


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "user_dir", lambda: tmp_path / "own")


@pytest.fixture
def dialog(empty_window: MainWindow) -> Iterator[PacksDialog]:
    made = PacksDialog(empty_window)
    made.show()
    made.settle()
    yield made
    made.reject()


def rows(dialog: PacksDialog) -> list[tuple[str, str]]:
    items = [dialog.listing.list.topLevelItem(at) for at in range(dialog.listing.list.topLevelItemCount())]
    return [(item.text(0), item.text(3)) for item in items if item is not None]


def press(dialog: PacksDialog, button: Any) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog.settle()


def take_in(dialog: PacksDialog, path: Path) -> None:
    dialog.ask_file = lambda: str(path)
    press(dialog, dialog.listing.take_in)


def test_the_menu_opens_it_without_a_book(empty_window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(PacksDialog, "exec", lambda self: opened.append(self.windowTitle()))
    action = next(action for action, command in empty_window._commands if command.text == words.DO_PACKS)
    assert isinstance(action, QAction)
    assert action.isEnabled()
    action.trigger()
    assert opened == [words.TITLE]


def test_what_comes_with_the_program_is_listed_and_stays(dialog: PacksDialog) -> None:
    assert len(rows(dialog)) == len(usable_packs())
    assert {origin for _, origin in rows(dialog)} == {words.ORIGIN_SHIPPED}
    assert not dialog.listing.remove.isEnabled()
    assert "来源：随程序带来" in dialog.listing.said.text()


def test_put_in_and_taken_out(dialog: PacksDialog, tmp_path: Path) -> None:
    path = good_zip(tmp_path / "U盘" / "测试.zip")
    take_in(dialog, path)
    offer = dialog.offer
    assert offer is not None
    assert dialog.stack.currentWidget() is dialog.telling
    told = dialog.telling.text.toPlainText()
    for piece in (offer.sha256[:8], str(path), "测试县报表包", "2022—2023年", words.REPLACES_NEW, "全部样例都符合预期"):
        assert piece in told
    assert rows(dialog)[0][1] == words.ORIGIN_SHIPPED
    press(dialog, dialog.telling.take)
    dialog.settle()
    assert rows(dialog)[0] == ("测试县报表包", words.ORIGIN_INSTALLED)
    assert "已装入“测试县报表包”" in dialog.listing.said.text()
    assert dialog.changed

    take_in(dialog, path)
    dialog.settle()
    assert dialog.stack.currentWidget() is dialog.listing
    assert "已经装过" in dialog.listing.said.text()

    asked: list[str] = []

    def no(title: str) -> bool:
        asked.append(title)
        return False

    dialog.ask_remove = no
    press(dialog, dialog.listing.remove)
    assert asked == ["测试县报表包"]
    assert "test/2023" in {pack.id for pack in usable_packs()}
    dialog.ask_remove = lambda title: True
    press(dialog, dialog.listing.remove)
    dialog.settle()
    assert "test/2023" not in {pack.id for pack in usable_packs()}
    assert "已卸下“测试县报表包”" in dialog.listing.said.text()


def test_not_put_in_where_the_clerk_goes_back(dialog: PacksDialog, tmp_path: Path) -> None:
    take_in(dialog, good_zip(tmp_path / "a.zip"))
    press(dialog, dialog.telling.back)
    assert dialog.stack.currentWidget() is dialog.listing
    assert not shelves.bundles()
    assert not dialog.changed


def test_all_faults_are_told(dialog: PacksDialog, tmp_path: Path) -> None:
    files = under("test/2023", pack_files()) | {"../x.toml": "", "test/2023/<b>.exe": "", "test/2023/run.exe": ""}
    take_in(dialog, zipped(tmp_path / "坏.zip", files))
    told = dialog.telling.text.toPlainText()
    assert "../x.toml" in told
    assert "<b>.exe" in told
    assert "run.exe" in told
    assert "3 处问题" in dialog.telling.head.text()
    assert dialog.telling.take.isHidden()
    assert dialog.telling.back.text() == words.BACK


def test_looking_is_called_off(dialog: PacksDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()

    def slow(path: Path, progress: Any, called_off: Any) -> Any:
        begun.set()
        while not called_off():
            threading.Event().wait(0.005)
        raise CheckCalledOff

    monkeypatch.setattr(pack_install, "look_into", slow)
    dialog.look_into(tmp_path / "a.zip")
    assert begun.wait(5)
    assert dialog.stack.currentWidget() is dialog.waiting
    press(dialog, dialog.waiting.cancel)
    dialog.settle()
    assert dialog.stack.currentWidget() is dialog.listing
    assert dialog.listing.said.text() == words.CALLED_OFF


def test_closing_while_looking_waits_for_the_work(empty_window: MainWindow, tmp_path: Path) -> None:
    dialog = PacksDialog(empty_window)
    dialog.show()
    dialog.look_into(good_zip(tmp_path / "a.zip"))
    dialog.reject()
    assert dialog._jobs == []
    assert not shelves.bundles()


def test_a_full_disk_is_told(dialog: PacksDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(dialog, good_zip(tmp_path / "a.zip"))

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pack_install, "_write", full)
    press(dialog, dialog.telling.take)
    dialog.settle()
    assert "原有的报表包没有改动" in dialog.listing.said.text()


def test_a_damaged_one_is_marked(dialog: PacksDialog, tmp_path: Path) -> None:
    pack_install.install(pack_install.look_into(good_zip(tmp_path / "a.zip")))
    next((tmp_path / "own" / "packs").glob("*/test/2023/pages.toml")).write_text("", encoding="utf-8")
    dialog.fill()
    dialog.settle()
    assert rows(dialog)[0] == ("测试县报表包", words.ORIGIN_DAMAGED)
    assert "已经损坏" in dialog.listing.said.text()
    assert dialog.listing.remove.isEnabled()
