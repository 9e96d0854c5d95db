"""The window itself is killed in the middle of typing: what it had on disk is there, and the book opens sound."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from xinfang_desk.flow import library


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("times", [2, pytest.param(8, marks=pytest.mark.long)])
def test_killed_while_somebody_types(sample_file: Path, project_dir: Path, tmp_path: Path, times: int) -> None:
    chance = random.Random(times)
    for number in range(times):
        folder = tmp_path / str(number)
        folder.mkdir()
        book = folder / "账册.xfb"
        book.write_bytes(sample_file.read_bytes())
        told = _type_and_kill(book, project_dir, chance.uniform(0.05, 1.2))
        desk = library.open_desk(book)
        year, rows = desk.year, [entry for entry in desk.book.history(desk.year.year, 10**6) if entry.kind == "change"]
        desk.close()
        typed = [line.split()[1:] for line in told if line.startswith("type ")]
        saved = max((int(line.split()[1]) for line in told if line.startswith("saved ")), default=0)
        assert saved > 0
        assert saved <= len(rows) <= len(typed)
        expected = {int(line): int(fen) for line, fen in typed[:len(rows)]}
        assert {line: year.lines[line].amount for line in expected} == expected
        with closing(sqlite3.connect(book)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _type_and_kill(book: Path, project_dir: Path, seconds: float) -> list[str]:
    """Kill so many seconds after the first amount was saved; returns what the window reported."""
    writer = subprocess.Popen([sys.executable, "-m", "tests.gui.typing_window", str(book)], cwd=project_dir,
                              stdout=subprocess.PIPE, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    assert writer.stdout is not None
    lines: list[str] = []
    with writer, writer.stdout as reports:
        while not any(line.startswith("saved") for line in lines):
            line = reports.readline().decode()
            assert line, "the window ended by itself"
            lines.append(line)
        time.sleep(seconds)
        writer.kill()
        rest = reports.read().decode()
    return lines + [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]
