"""The last page: files made, signed and verified with the page's own widgets, while the window stays alive."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.hands import type_text
from xinfang_desk.flow import build as building
from xinfang_desk.flow import keys
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_export import ExportPage
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.messages import window as t
from xinfang_desk.model.change import Change, SetValue

_PATIENCE_MS = 60_000
_PASSPHRASE = "demo-123456"


@pytest.fixture(scope="session")
def demo_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("key") / "演示.p12"
    reading, writing = os.pipe()
    os.write(writing, f"{_PASSPHRASE}\n".encode())
    os.close(writing)
    keys.make_demo_key(path, "演示单位", reading)
    return path


@pytest.fixture
def page(bench: Workbench, tmp_path: Path) -> ExportPage:
    bench.show_page("export")
    page = bench.current()
    assert isinstance(page, ExportPage)
    page.folder.setText(str(tmp_path / "公开稿"))
    return page


def finished(page: ExportPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.start.isEnabled(), timeout=_PATIENCE_MS)


def test_an_edition_is_made_and_named(page: ExportPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.start.click()
    assert not page.start.isEnabled()
    assert page.progress.isVisible()
    finished(page, qtbot)
    assert page.state.text() == t.BUILT.format(number=1)
    assert page.made.isVisible()
    assert page.made.count() == len(list((tmp_path / "公开稿").iterdir())) == 4
    page.start.click()
    finished(page, qtbot)
    assert page.state.text() == t.BUILT_SAME.format(number=1)


def test_signed_and_verified(page: ExportPage, qtbot: QtBot, tmp_path: Path, demo_key: Path) -> None:
    page.key_file.setText(str(demo_key))
    page.passphrase.setFocus()
    type_text(page.passphrase, _PASSPHRASE)
    page.start.click()
    assert page.passphrase.text() == ""
    finished(page, qtbot)
    assert page.state.text() == t.BUILT.format(number=1), page.state.text()
    signed = next((tmp_path / "公开稿").glob("*已签名*.pdf"))
    assert page.verify(signed)
    finished(page, qtbot)
    assert page.report.property("state") == "ready"
    assert "演示单位" in page.report.text()
    spoilt = tmp_path / "改过.pdf"
    content = bytearray(signed.read_bytes())
    content[len(content) // 3] ^= 1
    spoilt.write_bytes(content)
    assert page.verify(spoilt)
    finished(page, qtbot)
    assert page.report.property("state") == "error"


def test_a_wrong_passphrase_is_told_and_nothing_is_made(
    page: ExportPage, tmp_path: Path, demo_key: Path
) -> None:
    page.key_file.setText(str(demo_key))
    page.passphrase.setText("not this one")
    assert not page.build()
    assert page.state.property("state") == "error"
    assert "口令" in page.state.text()
    assert not (tmp_path / "公开稿").exists()


def test_the_window_lives_while_files_are_made(page: ExportPage, window: MainWindow, qtbot: QtBot) -> None:
    beats: list[bool] = []
    timer = QTimer()
    timer.timeout.connect(lambda: beats.append(page.progress.isVisible()))
    timer.start(5)
    threads: set[str] = set()
    page.state.setText("")
    assert page.build()
    assert page._job is not None
    page._job.told.connect(lambda sentence: threads.add(f"{threading.current_thread().name} {sentence}"))
    finished(page, qtbot)
    timer.stop()
    assert beats.count(True) > 5
    assert len(threads) >= 4
    assert all(name.startswith("MainThread") for name in threads)


def test_an_edit_during_the_build_is_not_in_the_edition(
    page: ExportPage, window: MainWindow, qtbot: QtBot
) -> None:
    assert window.hub is not None
    desk = window.hub.desk
    before = building.edition_of(desk)
    assert page.build()
    line = next(iter(desk.year.lines.values()))
    old = desk.year.approved.get("total")
    assert window.hub.do(Change("批复", (SetValue("approved", "total", old, (line.amount or 0) + 100),)))
    finished(page, qtbot)
    recorded = desk.book.editions(desk.year.year)
    assert [edition.title for edition in recorded] == [before.title]


def test_a_build_can_be_stopped(page: ExportPage, qtbot: QtBot, tmp_path: Path, window: MainWindow) -> None:
    assert window.hub is not None
    page.start.click()
    page.cancelled.click()
    finished(page, qtbot)
    assert page.state.text() == str(building.BuildCancelled())
    assert list((tmp_path / "公开稿").glob("*")) == []
    assert not window.hub.desk.book.editions(window.hub.desk.year.year)


def test_closing_the_book_during_a_build_leaves_nothing_half_made(
    page: ExportPage, tmp_path: Path, window: MainWindow
) -> None:
    page.start.click()
    QTest.qWait(1)
    window.close_book()
    assert window.hub is None
    assert not [path for path in (tmp_path / "公开稿").glob("*") if path.suffix not in (".xlsx", ".docx", ".pdf")]


def test_a_book_with_errors_makes_only_a_draft(page: ExportPage, window: MainWindow, qtbot: QtBot) -> None:
    assert window.hub is not None
    desk = window.hub.desk
    window.hub.do(Change("批复", (SetValue("approved", "total", desk.year.approved.get("total"), 1),)))
    assert not desk.verdict().ready
    page.start.click()
    assert page.state.property("state") == "error"
    page.draft.setChecked(True)
    page.start.click()
    finished(page, qtbot)
    assert page.state.text() == t.BUILT_DRAFT
    assert all("草稿" in page.made.item(row).text() for row in range(page.made.count()))
