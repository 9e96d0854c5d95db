"""S3: from the command to the first window on an X screen, side by side with the desktop programs found here
(LibreOffice Calc, GnuCash, KMyMoney, HomeBank; ``apt-get install gnucash homebank`` brings two).

``make bench`` runs it. It needs Xvfb, xev and stdbuf; without them the test is skipped. It reports; it asserts only
that a window came.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import select
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.bench.large import large_year
from xinfang_desk import store

pytestmark = pytest.mark.bench

_PAIRS = 9
_PATIENCE = 20.0
_SCREEN = "1366x768x24"
_WINDOW = re.compile(r"\bwindow (0x[0-9a-f]+)")
_PEERS: dict[str, tuple[str, ...]] = {
    "LibreOffice Calc": ("soffice", "--calc", "--norestore", "--nologo", "--nofirststartwizard",
                         "-env:UserInstallation=file://{home}/office"),
    "GnuCash": ("gnucash", "--nofile"),
    "KMyMoney": ("kmymoney", "-n"),
    "HomeBank": ("homebank",),
}
_SETTINGS = {"config/kmymoney/kmymoneyrc": "[General Options]\nfirstTimeRun=false\n"}
"""Every program is started as one that has been started before. KMyMoney, killed each time, would ask the questions of a
first start in a dialog and not show its window at all."""


@contextmanager
def _screen() -> Iterator[str]:
    """An X server of our own."""
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", _SCREEN, "-nolisten", "tcp"],
                              pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as answer:
        display = f":{answer.readline().strip()}"
    try:
        yield display
    finally:
        server.terminate()
        server.wait()


def _can_be_worked_in(window: str, surroundings: dict[str, str]) -> bool:
    """Whether it is a program's own window: not a splash that only says it is on its way (GnuCash's calls itself a
    dialog), nor the tip of the day or another dialog (KMyMoney's say that they are normal windows as well)."""
    told = subprocess.run(["xprop", "-id", window, "_NET_WM_WINDOW_TYPE"], capture_output=True, text=True, check=False,
                          env=surroundings)
    kinds = told.stdout.partition("=")[2].split(", ")
    return kinds == [""] or kinds[0].strip().endswith("_NORMAL")


def _seconds_to_title(titled: str, begin: float, surroundings: dict[str, str]) -> float | None:
    while time.perf_counter() - begin < _PATIENCE:
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", titled], capture_output=True, text=True,
                               check=False, env=surroundings)
        if found.stdout.strip():
            return time.perf_counter() - begin
        time.sleep(0.005)
    return None


def _seconds_to_window(display: str, command: list[str], home: Path, titled: str = "") -> float | None:
    """From starting *command* to the MapNotify of its first window (splashes and tips do not count), or until a window has
    ``titled`` in its title: what was to be opened is there then. ``None`` where none came in time, as with a LibreOffice
    that was built without windows."""
    surroundings = {**os.environ, "DISPLAY": display, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"),
                    "XDG_DATA_HOME": str(home / "data"), "QT_QPA_PLATFORM": "xcb"}
    watcher = subprocess.Popen(["stdbuf", "-oL", "xev", "-root", "-event", "substructure"], stdout=subprocess.PIPE,
                               env=surroundings)
    assert watcher.stdout is not None
    time.sleep(1.0)
    begin = time.perf_counter()
    program = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True)
    try:
        if titled:
            return _seconds_to_title(titled, begin, surroundings)
        mapped, took, window, rest = False, 0.0, "", ""
        while time.perf_counter() - begin < _PATIENCE:
            if not select.select([watcher.stdout], [], [], 0.5)[0]:
                continue
            *lines, rest = (rest + os.read(watcher.stdout.fileno(), 65536).decode()).split("\n")
            for line in lines:
                mapped = line.startswith("MapNotify") or (mapped and line.startswith(" "))
                if line.startswith("MapNotify"):
                    took, window = time.perf_counter() - begin, ""
                found = _WINDOW.search(line)
                window = found[1] if mapped and found else window
                if mapped and "override NO" in line and _can_be_worked_in(window, surroundings):
                    return took
        return None
    finally:
        watcher.terminate()
        watcher.wait()
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def _told(name: str, times: list[float]) -> str:
    return (f"{name}: median {statistics.median(times) * 1000:.0f} ms, min {min(times) * 1000:.0f} ms, "
            f"max {max(times) * 1000:.0f} ms, n = {len(times)}")


def test_first_window(tmp_path: Path) -> None:
    missing = [name for name in ("Xvfb", "xev", "xprop", "stdbuf") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"没有安装 {'、'.join(missing)}，量不了窗口出现的时间")
    own: list[float] = []
    peers: dict[str, list[float]] = {name: [] for name, command in _PEERS.items() if shutil.which(command[0])}
    for name, content in _SETTINGS.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    with _screen() as display:
        installed = os.environ.get("XINFANG_PROGRAM")  # measure an installed program instead of the checkout
        command = [installed] if installed else [sys.executable, "-m", "xinfang_desk"]
        _seconds_to_window(display, command, tmp_path)
        for _ in range(_PAIRS):
            took = _seconds_to_window(display, command, tmp_path)
            assert took is not None
            own.append(took)
            for name in tuple(peers):
                other = _seconds_to_window(display, [part.format(home=tmp_path) for part in _PEERS[name]], tmp_path)
                if other is None:
                    del peers[name]  # built without windows, or it wants something that is not here
                else:
                    peers[name].append(other)
    print(f"\nload {os.getloadavg()[0]:.2f}\n{_told('own first window', own)}")
    for name, times in peers.items():
        if len(times) > 1:
            print(f"{_told(name, times[1:])}; ratio of medians {statistics.median(times[1:]) / statistics.median(own):.1f}")
    for name in _PEERS.keys() - peers.keys():
        print(f"{name} is not installed, or has no windows here: not compared")
    assert len(own) == _PAIRS


def test_first_window_and_the_last_book_with_3000_lines(tmp_path: Path) -> None:
    """The last book has 3,000 lines: the first window, and the window with the book in it, against Calc with the same
    lines in a workbook."""
    missing = [name for name in ("Xvfb", "xev", "xprop", "stdbuf", "xdotool") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"没有安装 {'、'.join(missing)}，量不了窗口出现的时间")
    year = large_year()
    book, workbook = tmp_path / "large.xfb", tmp_path / "large-3000.xlsx"
    store.create(book, unit=year.unit, year=year.year, pack=year.pack, holder="test@test",
                 now=dt.datetime.now().astimezone(), seed=year).close()
    sheet = Workbook()
    assert sheet.active is not None
    for line in year.lines.values():
        sheet.active.append([line.id, line.kind.value, line.function, line.econ_dept, line.econ_gov, line.fund.value,
                             (line.amount or 0) / 100, line.note])
    sheet.save(workbook)
    installed = os.environ.get("XINFANG_PROGRAM")
    own = [installed] if installed else [sys.executable, "-m", "xinfang_desk"]
    calc = [part.format(home=tmp_path) for part in _PEERS["LibreOffice Calc"]]
    first: list[float] = []
    opened: list[float] = []
    theirs: list[float] = []
    kept = book.read_bytes()
    settings = tmp_path / "config" / "xinfang-desk" / "window.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[General]\nrecent={book}\n", encoding="utf-8")

    def start(titled: str = "") -> float:
        """As on a usual morning: the program was closed and not killed, as it is here each time."""
        for left in tmp_path.glob(f"{book.name}*"):
            left.unlink()
        book.write_bytes(kept)
        return _seconds_to_window(display, own, tmp_path, titled) or _PATIENCE

    with _screen() as display:
        assert start(year.unit.name) < _PATIENCE
        for _ in range(_PAIRS):
            first.append(start())
            opened.append(start(year.unit.name))
            if shutil.which(calc[0]):
                theirs.append(_seconds_to_window(display, [*calc, str(workbook)], tmp_path, workbook.stem) or _PATIENCE)
    print(f"\nload {os.getloadavg()[0]:.2f}\n{_told('own first window, the last book with 3,000 lines', first)}")
    print(_told("own window with that book in it", opened))
    if len(theirs) > 1:
        middle = statistics.median(theirs[1:])
        print(f"{_told('Calc with these lines in a workbook', theirs[1:])}; ratio of medians to the first window "
              f"{middle / statistics.median(first):.1f}, to the book {middle / statistics.median(opened):.1f}")
    assert max(opened) < _PATIENCE
