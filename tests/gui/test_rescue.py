"""File troubles in the window: each way on really done; what cannot be saved is never lost; backups in three clicks."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from xinfang_desk.flow import backups, library
from xinfang_desk.flow.desk import Desk
from xinfang_desk.gui.backups_dialog import BackupsDialog
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.trouble_dialog import TroubleDialog
from xinfang_desk.messages import safety as words
from xinfang_desk.model.backup import Backup
from xinfang_desk.model.change import Change, SetValue


class Answers:
    """Presses a button of each dialog in turn and keeps what the dialogs said."""

    def __init__(self, window: MainWindow) -> None:
        self.keys: list[str] = []
        self.said: list[str] = []
        self.offered: list[list[str]] = []
        self.shot: Callable[[TroubleDialog], object] = lambda _: None
        window.rescue.ask_dialog = self

    def __call__(self, dialog: TroubleDialog) -> str:
        self.said.append(dialog.accessibleDescription())
        self.offered.append(list(dialog.buttons))
        dialog.show()
        self.shot(dialog)
        key = self.keys.pop(0) if self.keys else ""
        if key:
            QTest.mouseClick(dialog.buttons[key], Qt.MouseButton.LeftButton)
        else:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        dialog.hide()
        return dialog.answer


@pytest.fixture
def answers(empty_window: MainWindow) -> Iterator[Answers]:
    yield Answers(empty_window)
    if empty_window.hub is not None:
        empty_window.hub.desk.give_up()


def _desk(window: MainWindow) -> Desk:
    assert window.hub is not None
    return window.hub.desk


def _change(window: MainWindow, old: str | None, new: str) -> None:
    assert window.hub is not None
    assert window.hub.do(Change("写", (SetValue("facts", "x", old, new),)))


def _value(path: Path) -> object:
    desk = library.open_desk(path, read_only=True)
    try:
        return desk.year.facts.get("x")
    finally:
        desk.close()


def _damage(book: Path) -> None:
    content = bytearray(book.read_bytes())
    for page in range(30, len(content) // 4096):
        content[page * 4096:page * 4096 + 100] = b"\xff" * 100
    book.write_bytes(content)


def _opened(window: MainWindow, qtbot: QtBot) -> Desk:
    window.opening.wait()
    qtbot.waitUntil(lambda: window.hub is not None, timeout=20_000)
    return _desk(window)


# ---- a book that does not open ----


def test_a_missing_book_can_be_tried_again(empty_window: MainWindow, answers: Answers, book: Path, tmp_path: Path, qtbot: QtBot) -> None:
    away = tmp_path / "stick.xfb"
    book.rename(away)
    answers.keys = ["RETRY"]
    answers.shot = lambda _: away.rename(book)
    empty_window.open_book(book)
    assert _opened(empty_window, qtbot).path == book
    assert "找不到账册" in answers.said[0]
    assert answers.offered[0] == ["RETRY", "CHOOSE"]


def test_a_book_in_use_is_read(empty_window: MainWindow, answers: Answers, book: Path, qtbot: QtBot) -> None:
    other = library.open_desk(book)
    answers.keys = ["READ_ONLY"]
    empty_window.open_book(book)
    assert _opened(empty_window, qtbot).read_only
    other.close()
    assert answers.offered == [["READ_ONLY", "RETRY"]]


def test_a_lock_of_another_computer_is_taken_over_only_after_a_question(
        empty_window: MainWindow, answers: Answers, book: Path, qtbot: QtBot) -> None:
    book.with_name(book.name + ".lock").write_text(
        json.dumps({"name": "赵会计", "host": "别的电脑", "pid": 7, "since": "2023-01-04T08:00:00"}), "utf-8")
    answers.keys = ["TAKE_OVER", ""]
    assert not empty_window.open_book(book)
    assert "确认没有人在用吗" in answers.said[1]
    answers.keys = ["TAKE_OVER", "yes"]
    empty_window.open_book(book)
    desk = _opened(empty_window, qtbot)
    assert not desk.read_only
    assert "已接手“赵会计”" in empty_window.message.words.text()


def test_a_damaged_book_is_restored_from_a_backup(empty_window: MainWindow, answers: Answers, book: Path, qtbot: QtBot) -> None:
    backups.make_beside(book)
    _damage(book)
    damaged = book.read_bytes()
    answers.keys = ["RESTORE"]
    chosen: list[Backup] = []

    def choose(path: Path, desk: Desk | None) -> Backup:
        assert desk is None
        chosen.append(backups.newest_good(path))
        return chosen[0]

    empty_window.rescue.ask_backup = choose
    empty_window.open_book(book)
    assert _opened(empty_window, qtbot).year.unit.name == "紫阳县信访局"
    assert answers.offered[0] == ["RESTORE", "SALVAGE", "COPY", "CHOOSE"]
    assert "已恢复到 今天" in empty_window.message.words.text()
    assert [file.read_bytes() for file in book.with_name(f"{book.stem}.备份").rglob("*原件.xfb")] == [damaged]


def test_a_damaged_book_gives_up_what_can_be_read(
        empty_window: MainWindow, answers: Answers, book: Path, tmp_path: Path, qtbot: QtBot) -> None:
    _damage(book)
    target = tmp_path / "抢救.xfb"
    empty_window.rescue.ask_target = lambda _title, _suggested: target
    answers.keys = ["SALVAGE"]
    empty_window.open_book(book)
    assert "RESTORE" not in answers.offered[0], "there is no backup to go back to"
    assert _opened(empty_window, qtbot).path == target
    assert "已把能读出的内容另存为" in empty_window.message.words.text()


def test_a_copy_of_what_cannot_be_written_is_opened(
        empty_window: MainWindow, answers: Answers, book: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    real = library.open_desk

    def refuse(path: Path, **options: bool) -> Desk:
        from xinfang_desk.flow.errors import telling
        from xinfang_desk.store.errors import not_writable

        if path == book and not options.get("read_only"):
            with telling():
                raise not_writable(path)
        return real(path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(library, "open_desk", refuse)
    target = tmp_path / "别处" / "副本.xfb"
    target.parent.mkdir()
    empty_window.rescue.ask_target = lambda _title, _suggested: target
    answers.keys = ["COPY"]
    empty_window.open_book(book)
    assert _opened(empty_window, qtbot).path == target
    assert answers.offered[0] == ["READ_ONLY", "COPY", "RETRY"]


def test_what_cannot_be_done_is_told_and_nothing_opens(empty_window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    foreign = tmp_path / "表.xfb"
    foreign.write_bytes(b"PK" + bytes(500))
    assert not empty_window.open_book(foreign)
    assert "不是账册文件" in answers.said[0]
    assert answers.offered == [["CHOOSE"]]
    assert "不是账册文件" in empty_window.message.words.text()


# ---- saving does not succeed ----


def _trouble(window: MainWindow, qtbot: QtBot, to: Path) -> None:
    """The book's file goes away while something is typed."""
    _change(window, None, "一")
    assert _desk(window).saved()
    _desk(window).path.rename(to)
    _change(window, "一", "二")
    qtbot.waitUntil(window.rescue.bar.isVisible, timeout=10_000)


def test_the_bar_stays_until_everything_is_saved(window: MainWindow, answers: Answers, book: Path, tmp_path: Path, qtbot: QtBot) -> None:
    _trouble(window, qtbot, tmp_path / "移走.xfb")
    bar = window.rescue.bar
    assert "没有丢" in bar.words.text() or "还没有保存" in bar.words.text() or "打不开" in bar.words.text()
    assert not bar.close_button.isVisible()
    qtbot.waitUntil(lambda: window.saved.text() == words.UNSAVED_MARK)
    QTest.mouseClick(bar.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(bar.again.isEnabled)
    assert bar.isVisible()
    (tmp_path / "移走.xfb").rename(book)
    QTest.mouseClick(bar.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=10_000)
    assert window.words.text() == words.SAVED_AT_LAST
    window.close_book()
    assert _value(book) == "二"


def test_everything_goes_on_in_another_file(window: MainWindow, answers: Answers, tmp_path: Path, qtbot: QtBot) -> None:
    _trouble(window, qtbot, tmp_path / "移走.xfb")
    target = tmp_path / "接着做.xfb"
    window.rescue.ask_target = lambda _title, _suggested: target
    QTest.mouseClick(window.rescue.bar.elsewhere, Qt.MouseButton.LeftButton)
    assert not window.rescue.bar.isVisible()
    assert _desk(window).path == target
    assert str(target) in window.message.words.text()
    _change(window, "二", "三")
    window.close_book()
    assert _value(target) == "三"
    assert _value(tmp_path / "移走.xfb") == "一"


@pytest.mark.parametrize("way", ["stay", "again", "elsewhere", "give_up"])
def test_closing_with_unsaved_edits_asks(window: MainWindow, answers: Answers, book: Path, tmp_path: Path, qtbot: QtBot, way: str) -> None:
    away, target = tmp_path / "移走.xfb", tmp_path / "接着做.xfb"
    _trouble(window, qtbot, away)
    window.rescue.ask_target = lambda _title, _suggested: target
    answers.keys = [] if way == "stay" else [way]
    if way == "again":
        answers.shot = lambda _: away.rename(book)
    closed = window.close()
    assert "还有 1 处修改没有存到磁盘上" in answers.said[0]
    assert answers.offered[0] == ["again", "elsewhere", "give_up"]
    assert closed is (way != "stay")
    if way == "stay":
        assert _desk(window).unsaved == 1
        away.rename(book)
        assert _desk(window).retry()
        window.close_book()
    assert _value({"again": book, "elsewhere": target, "give_up": away, "stay": book}[way]) == ("一" if way == "give_up" else "二")


def test_a_disk_that_fails_only_at_the_closing_brings_the_book_back(
        window: MainWindow, answers: Answers, book: Path, tmp_path: Path, qtbot: QtBot) -> None:
    _change(window, None, "一")
    desk = _desk(window)
    assert desk.saved()
    away = tmp_path / "移走.xfb"
    book.rename(away)
    desk.do(Change("写", (SetValue("facts", "x", "一", "二"),)))
    window.put_book_away()
    window.opening.settle()
    assert window.hub is not None
    assert _desk(window) is desk
    assert window.rescue.bar.isVisible()
    away.rename(book)
    assert desk.retry()
    window.close_book()
    assert _value(book) == "二"


# ---- backups ----


def _filled(dialog: BackupsDialog, qtbot: QtBot) -> None:
    def all_checked() -> bool:
        return all(item is not None and item.text(6) != words.BACKUP_CHECKING
                   for item in map(dialog.list.topLevelItem, range(dialog.list.topLevelItemCount())))

    qtbot.waitUntil(all_checked, timeout=10_000)


def test_the_status_line_tells_the_newest_backup(window: MainWindow, qtbot: QtBot) -> None:
    status = window.rescue.status
    qtbot.waitUntil(lambda: status.text().startswith("最近备份 今天"), timeout=10_000)
    assert status.isVisible()
    assert status.text() in status.accessibleName()
    window.close_book()
    assert not status.isVisible()


def test_three_clicks_back_to_a_backup(window: MainWindow, book: Path, qtbot: QtBot) -> None:
    backups.make(_desk(window))
    _change(window, None, "一")
    assert _desk(window).saved()
    qtbot.waitUntil(lambda: not _desk(window).book.backing_up)
    clicks: list[str] = []

    def choose(path: Path, desk: Desk | None) -> Backup | None:
        dialog = BackupsDialog(path, desk, window)
        dialog.show()
        _filled(dialog, qtbot)
        row = next(item for item in map(dialog.list.topLevelItem, range(dialog.list.topLevelItemCount()))
                   if item is not None and item.text(1) == "手动")
        assert row.text(2) == "紫阳县信访局"
        assert row.text(3) == "2023年"
        assert row.text(6) == words.BACKUP_SOUND
        QTest.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=dialog.list.visualItemRect(row).center())
        clicks.append("row")
        QTest.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
        clicks.append("restore")
        return dialog.chosen

    window.rescue.ask_backup = choose
    QTest.mouseClick(window.rescue.status, Qt.MouseButton.LeftButton)
    clicks.append("status")
    assert len(clicks) == 3
    desk = _opened(window, qtbot)
    assert desk.path == book
    assert "x" not in desk.year.facts
    assert "恢复前" in window.message.words.text()
    kept = next(one for one in backups.backups(book) if one.reason == "恢复前")
    window.rescue.restore(book, kept)
    assert _opened(window, qtbot).year.facts["x"] == "一"


def test_a_broken_backup_cannot_be_chosen(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not _desk(window).book.backing_up)
    one = backups.make(_desk(window))
    one.write_bytes(one.read_bytes()[:7000])
    dialog = BackupsDialog(_desk(window).path, _desk(window), window, lambda: None)
    dialog.show()
    _filled(dialog, qtbot)
    row = next(item for item in map(dialog.list.topLevelItem, range(dialog.list.topLevelItemCount()))
               if item is not None and item.text(1) == "手动")
    dialog.list.setCurrentItem(row)
    assert row.text(6) == words.BACKUP_UNSOUND
    assert not dialog.restore.isEnabled()
    assert "已损坏" in dialog.said.text()
    before = dialog.list.topLevelItemCount()
    QTest.qWait(1100)  # a backup's name has seconds
    QTest.mouseClick(dialog.now, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == before + 1, timeout=10_000)
    assert "已备份并核对" in dialog.said.text()
    _filled(dialog, qtbot)
    newest = dialog.list.topLevelItem(0)
    assert newest is not None
    assert newest.text(6) == words.BACKUP_SOUND
    assert "已备份并核对" in dialog.said.text(), "the checks of the other backups must not wipe the good news away"
    dialog.reject()


def test_a_copy_on_a_stick(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    _change(window, None, "一")
    target = tmp_path / "U盘" / "账册-20230301.xfb"
    window.rescue.ask_target = lambda _title, _suggested: target
    window.rescue.copy_to_stick()
    qtbot.waitUntil(lambda: "不存在" in window.message.words.text(), timeout=10_000)
    target.parent.mkdir()
    window.rescue.copy_to_stick()
    qtbot.waitUntil(lambda: str(target) in window.words.text(), timeout=10_000)
    assert _value(target) == "一"


def test_a_sync_folder_is_told_once(empty_window: MainWindow, book: Path, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "我的坚果云"
    folder.mkdir()
    shutil.copy(book, folder / book.name)
    assert empty_window.open_book(folder / book.name)
    assert "坚果云" in empty_window.message.words.text()
    empty_window.close_book()
    empty_window.message.hide()
    assert empty_window.open_book(folder / book.name)
    assert not empty_window.message.isVisible()


def test_every_button_of_the_dialogs_has_a_name_and_the_safe_one_is_ready(window: MainWindow, answers: Answers) -> None:
    from xinfang_desk.flow.errors import DeskError
    from xinfang_desk.flow.ways import Way

    defaults: list[str] = []
    answers.shot = lambda dialog: defaults.append(next(key for key, button in dialog.buttons.items() if button.isDefault()))
    window.rescue.help_open(Path("/没有/甲.xfb"), DeskError("打不开。", tuple(way for way in Way if way is not Way.RESTORE)))
    assert defaults == ["RETRY"]
    dialog = TroubleDialog("题", "句。", [], "不做", window)
    assert dialog.leave.isDefault()
    assert all(button.accessibleName() for button in dialog.findChildren(type(dialog.leave)))
    QApplication.processEvents()
