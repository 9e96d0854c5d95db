"""How long the window stands still in a tour through the program: a table for people to read, not a gate.

``pytest tests/gui/test_blocked.py -m long -s`` prints it. The bar is 50 ms; a loaded machine stretches the wall time, so the
thread's own time stands beside it. It asserts only that every step was done.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.blocked import Watch
from xinfang_desk import store
from xinfang_desk.flow import library
from xinfang_desk.gui import opening
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_export import ExportPage
from xinfang_desk.gui.page_list import ListPage
from xinfang_desk.gui.sweeper import to_stay
from xinfang_desk.model.ledger import Line

_LINES = 3000
_BAR = 0.050


def big_book(path: Path) -> Path:
    """Sample 004 with 3,000 lines of its own."""
    seed = library.sample_year("004")
    own = list(seed.lines.values())
    lines: dict[int, Line] = {n: replace(own[n % len(own)], id=n, amount=(n * 7919 % 900 + 1) * 10_000, note=str(n))
                              for n in range(1, _LINES + 1)}
    year = replace(seed, lines=lines)
    store.create(path, unit=year.unit, year=year.year, pack=year.pack, holder="test@test",
                 now=dt.datetime.now().astimezone(), seed=year).close()
    return path


def real_book(path: Path) -> Path:
    """Sample 004 as it was published."""
    library.new_sample("004", path)
    return path


@pytest.mark.long
@pytest.mark.parametrize("book_of", [real_book, big_book])
def test_the_longest_stretch_of_each_step(book_of: Callable[[Path], Path], empty_window: MainWindow, tmp_path: Path,
                                          qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "to_stay", to_stay)
    book = book_of(tmp_path / "我的账.xfb")
    window, watch = empty_window, Watch()
    done: list[str] = []
    with watch.watching():
        with watch.on("open a book"):
            window.open_book_later(book)
            qtbot.waitUntil(lambda: window.bench is not None, timeout=60_000)
            qtbot.wait(300)
        bench = window.bench
        assert bench is not None
        done.append("open")
        lines = len(bench.hub.desk.year.lines)
        with watch.on("pages made ahead, each"):
            qtbot.waitUntil(lambda: bench.ahead.done, timeout=60_000)
        for page in bench.pages:
            with watch.on(f"first show of {page.id}"):
                bench.turn_to(page.id)
                qtbot.wait(250)
            done.append(page.id)
        for page in bench.pages:
            with watch.on("show a page again"):
                bench.turn_to(page.id)
                qtbot.wait(30)
        _type(watch, window, qtbot)
        done.append("type")
        with watch.on("next finding (F8)"):
            window.walk(1)
            qtbot.wait(250)
        with watch.on("元 to 万元"):
            window.toggle_unit()
            qtbot.wait(100)
        with watch.on("to the export page"):
            bench.turn_to(next(p.id for p in bench.pages if p.kind == "export"))
            qtbot.wait(400)  # nobody is there with the mouse any sooner
        export = bench.current()
        assert isinstance(export, ExportPage)
        with watch.on("build"):
            export.folder.setText(str(tmp_path))
            export.draft.setChecked(True)
            assert export.build()
            qtbot.waitUntil(lambda: export.start.isEnabled(), timeout=120_000)
        done.append("build")
        pdf = next(tmp_path.glob("**/*.pdf"))
        with watch.on("verify"):
            assert export.verify(pdf)
            qtbot.waitUntil(lambda: export.start.isEnabled(), timeout=120_000)
        assert window.hub is not None
        other = next(c.pack for c in window.hub.desk.documents() if c.pack != window.hub.desk.pack.id)
        with watch.on("another document"):
            window.open_document_later(other)
            qtbot.waitUntil(lambda: window.hub is not None and window.hub.desk.pack.id == other, timeout=60_000)
            qtbot.wait(300)
        done.append("document")
        with watch.on("close the book"):
            window.put_book_away()
            qtbot.waitUntil(lambda: not window.opening.closing, timeout=60_000)
            qtbot.wait(50)
        done.append("close")
    _print(watch, lines)
    assert {"open", "type", "build", "document", "close"} <= set(done)
    assert len(done) == 5 + len(bench.pages)
    assert {one.step for one in watch.table()} >= {"open a book", "a key", "Enter, judged", "close the book"}


def _type(watch: Watch, window: MainWindow, qtbot: QtBot) -> None:
    bench = window.bench
    assert bench is not None
    bench.show_page("basic")
    page = bench.current()
    assert isinstance(page, ListPage)
    pane = page.panes["lines"]
    column = next(j for j, spec in enumerate(pane.model.columns) if spec.field == "amount")
    for n in range(12):
        with watch.on("open a cell"):
            pane.view.go_to(n, column)
            pane.view.setFocus()
            QTest.keyClicks(pane.view, "1")
            qtbot.wait(20)
        editor = pane.view.editor
        assert editor is not None
        for key in f"{n}00":
            with watch.on("a key"):
                QTest.keyClicks(editor, key)
                qtbot.wait(20)
        with watch.on("pause in typing"):
            qtbot.wait(200)
        with watch.on("Enter, judged"):
            QTest.keyClick(editor, Qt.Key.Key_Return)
            qtbot.wait(250)
    with watch.on("undo"):
        window.undo()
        qtbot.wait(250)
    with watch.on("new row, deleted"):
        pane.view.insert_row()
        qtbot.wait(300)
        pane.view.delete_rows()
        qtbot.wait(300)


def _print(watch: Watch, lines: int) -> None:
    rows = watch.table()
    print(f"\nthe window's thread, longest stretch of each step; bar {_BAR * 1000:.0f} ms; "
          f"{lines} lines; load {os.getloadavg()[0]:.1f}")
    print(f"{'step':<28}{'ms':>7}{'cpu ms':>8}  seen most in")
    for one in rows:
        mark = "*" if one.seconds > _BAR else " "
        print(f"{one.step:<28}{one.seconds * 1000:>7.0f}{one.cpu * 1000:>8.0f}{mark} {one.where[:110]}")
    over = [one for one in rows if one.cpu > _BAR]
    print(f"{len(over)} of {len(rows)} steps hold the thread for more than the bar by its own time")
