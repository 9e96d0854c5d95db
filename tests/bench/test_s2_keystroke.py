"""S2: a key in an amount's editor → sums and verdict painted, then the table below; Enter → painted, and judged; 3,000
lines.

``make bench`` runs it. It reports against one frame of a 60 Hz screen (16.7 ms), and in the same run against a bare
Qt table without style that adds up a column and paints the sum and a label, nothing else: the floor of this machine.
It asserts only that what is painted is right. The book is sample 004 with 3,000 lines of its own.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6", reason="没有安装 PySide6")

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tests.bench.large import large_year
from xinfang_desk import store
from xinfang_desk.gui.app import application
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_list import ListPage
from xinfang_desk.model.ledger import Kind

pytestmark = pytest.mark.bench

_EDITS = 60
_DIGITS = 4
_NEXT_MS = 50
"""Nobody begins with the next figure any sooner; what Enter has left to paint is measured with Enter."""
_FRAME_MS = 1000 / 60


def _book(path: Path) -> Path:
    year = large_year()
    store.create(path, unit=year.unit, year=year.year, pack=year.pack, holder="test@test",
                 now=dt.datetime.now().astimezone(), seed=year).close()
    return path


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _told(name: str, times: list[float]) -> str:
    median = statistics.median(times)
    return (f"{name}: median {median:.2f} ms, p95 {_p95(times):.2f} ms, "
            f"max {max(times):.2f} ms ({_FRAME_MS / median:.1f} in a frame)")


class _Bare(QWidget):
    """A column of figures, their sum in the last cell, and a label: what a key costs in Qt and Python at the least."""

    ROWS = 12

    def __init__(self) -> None:
        super().__init__()
        self.table = QTableWidget(self.ROWS + 1, 1, self)
        self.label = QLabel(self)
        column = QVBoxLayout(self)
        column.addWidget(self.table)
        column.addWidget(self.label)
        self._values = [100] * self.ROWS
        for row in range(self.ROWS + 1):
            self.table.setItem(row, 0, QTableWidgetItem("100"))

    def edit(self, row: int) -> QLineEdit:
        """Open the editor of a row."""
        item = self.table.item(row, 0)
        assert item is not None
        self.table.setCurrentItem(item)
        self.table.edit(self.table.model().index(row, 0))
        editor = self.table.viewport().findChild(QLineEdit)
        assert editor is not None
        editor.selectAll()
        editor.textEdited.connect(lambda text: self._typed(row, text))
        return editor

    def _typed(self, row: int, text: str) -> None:
        self._values[row] = int(text)
        total = self.table.item(self.ROWS, 0)
        assert total is not None
        total.setText(f"{sum(self._values):,}")
        self.label.setText(f"{sum(self._values):,}")


def _floor() -> list[tuple[float, float, float]]:
    """What a key costs in the bare table, in a program without style sheet."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    bare = _Bare()
    bare.resize(400, 500)
    bare.show()
    QTest.qWait(100)
    times: list[tuple[float, float, float]] = []
    for n in range(_EDITS):
        editor = bare.edit(n % _Bare.ROWS)
        times.extend(_keys(editor, f"{n + 1000}"))
        QTest.keyClick(editor, Qt.Key.Key_Return)
        QTest.qWait(20)
    bare.close()
    return times


def _keys(editor: QWidget, digits: str) -> Iterator[tuple[float, float, float]]:
    """Type digits; for each the milliseconds until it, the sums and the verdict are painted, the thread's own of them,
    and those until the table below is painted too: that comes in the next round of events."""
    for digit in digits:
        QTest.qWait(5)
        begin, own = time.perf_counter(), time.thread_time()
        QTest.keyClick(editor, Qt.Key(ord(digit)))
        QApplication.sendPostedEvents()  # paints what the key has made stale
        told, cpu = time.perf_counter() - begin, time.thread_time() - own
        QApplication.processEvents()
        QApplication.sendPostedEvents()
        yield told * 1000, cpu * 1000, (time.perf_counter() - begin) * 1000


def test_keystroke_to_verdict(tmp_path: Path) -> None:
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    floor = _floor()
    app = application()
    window = MainWindow()
    window.resize(1366, 728)
    window.show()
    assert window.open_book(_book(tmp_path / "many.xfb"))
    assert window.bench is not None
    window.bench.show_page("basic")
    page = window.bench.current()
    assert isinstance(page, ListPage)
    pane = page.panes["lines"]
    column = next(j for j, spec in enumerate(pane.model.columns) if spec.field == "amount")
    QTest.qWait(100)
    desk = window.bench.hub.desk
    before = sum(line.amount or 0 for line in desk.year.lines.values() if line.kind is not Kind.PROJECT)
    keys: list[tuple[float, float, float]] = []
    figures_cpu: list[float] = []
    figures, verdicts, told = [], [], [True]
    window.bench.hub.judged.connect(lambda: told.append(True))
    for n in range(_EDITS):
        pane.view.go_to(n % 12, column)
        pane.view.setFocus()
        QTest.keyClicks(pane.view, "1")
        editor = pane.view.editor
        assert editor is not None
        keys.extend(_keys(editor, f"{n + 1000}"))
        QTest.qWait(20)
        begin, own = time.perf_counter(), time.thread_time()
        QTest.keyClick(editor, Qt.Key.Key_Return)
        QApplication.sendPostedEvents()  # paints what the edit has made stale; the verdict's timer is no posted event
        figures.append((time.perf_counter() - begin) * 1000)
        figures_cpu.append((time.thread_time() - own) * 1000)
        told.clear()
        while not told:
            app.processEvents()
        verdicts.append((time.perf_counter() - begin) * 1000)
        QTest.qWait(_NEXT_MS)
    alone = []
    for _ in range(20):
        QTest.keyClicks(pane.view, "2")
        editor = pane.view.editor
        assert editor is not None
        QTest.keyClick(editor, Qt.Key.Key_Return)
        begin = time.perf_counter()
        desk.verdict()
        alone.append((time.perf_counter() - begin) * 1000)
        app.processEvents()
    print(f"\n{len(desk.year.lines)} lines, {len(desk.findings())} findings, load {os.getloadavg()[0]:.2f}")
    wall, bare = [key[0] for key in keys], [key[0] for key in floor]
    print(_told("key in the open editor → sums and verdict painted", wall))
    print(_told("  of it the thread's own time, on a machine at work", [own for _, own, _ in keys]))
    print(_told("  with the table below, a round later", [whole for _, _, whole in keys]))
    print(_told("key in a bare Qt table → sum and label painted", bare))
    print(_told("  of it the thread's own time", [own for _, own, _ in floor]))
    print(f"ratio of medians, own to the bare table: {statistics.median(wall) / statistics.median(bare):.1f}, "
          f"of p95 {_p95(wall) / _p95(bare):.1f}")
    print(_told("Enter → figures, sums and sheet painted", figures))
    print(_told("  of it the thread's own time", figures_cpu))
    print(_told("Enter → verdict and findings painted", verdicts))
    print(_told("of it the desk's own verdict (text, findings)", alone))
    after = sum(line.amount or 0 for line in desk.year.lines.values() if line.kind is not Kind.PROJECT)
    assert after != before
    assert len(keys) == _EDITS * _DIGITS >= 200
    shown = pane.model.source.totals()[column]
    assert shown == f"{after / 100:,.2f}"
    assert window.bench.findings.verdict.text() == desk.verdict().sentence
    window.close()
