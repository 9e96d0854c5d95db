"""Kills a typing program again and again and looks at what it left. Run as ``python -m tests.proof.killing RUNS SEED FOLDER``.

The program that types is a fork of this one, which is warm: nothing is imported or read anew, so a run takes a fraction of a
second and the kill falls anywhere from the opening of the book to the middle of the work. Prints one line of JSON.
"""

from __future__ import annotations

import json
import os
import pickle
import random
import select
import shutil
import signal
import sqlite3
import struct
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from tests.proof.typist import Model, Told, Typist
from xinfang_desk import packs
from xinfang_desk.flow import library
from xinfang_desk.store import backup, open_book

_FRESH_EVERY = 40
"""So many kills befall one book before a new one is taken."""
_OPENING = 0.15
"""This part of the kills falls while the book is being opened, the others while it is typed into …"""
_REPORTS = 24
"""… after at most so many reports (two an action) …"""
_LONGEST = 0.012
"""… and so many seconds more."""
_NOW = datetime(2023, 1, 5, 9, 0)  # noqa: DTZ001
_KEYS = ("place", "cell", "unit")


def typing(path: Path, seed: int, reports: int) -> None:
    """The program to be killed: open, type, report each action before it is done and how far all is on disk."""

    def send(message: Told) -> None:
        content = pickle.dumps(message)
        os.write(reports, struct.pack("<I", len(content)) + content)

    desk = library.open_desk(path)
    send(("opened",))
    typist = Typist(desk, random.Random(seed), send)
    while True:
        typist.step()
        # What the desk says is saved, when nothing waits any more: all told so far is acknowledged.
        send(("saved" if desk.unsaved == 0 else "waits",))


class Watcher:
    """Keeps the model beside the book, kills, and compares."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.folder = folder
        self.sample = folder / "样例.xfb"
        library.new_sample("004", self.sample)
        shutil.copy(self.sample, folder / "账册.xfb")
        # Reading the pack takes most of the time of opening a book and writes nothing: once is enough.
        packs.load_pack = lru_cache(packs.load_pack)
        warm = library.open_desk(folder / "账册.xfb")
        typist = Typist(warm, random.Random(1), lambda _: None)
        for _ in range(60):
            typist.step()
        begin = time.monotonic()
        warm.close()
        library.open_desk(folder / "账册.xfb").close()
        self.opening = time.monotonic() - begin
        self.path = folder / "账册.xfb"
        self.figures: Counter[str] = Counter()
        self.model = self.renew()

    def renew(self) -> Model:
        """Take a fresh book."""
        for file in (*self.folder.glob("账册.xfb*"), *self.folder.glob(".账册*")):
            file.unlink()
        shutil.rmtree(self.folder / "账册.备份", ignore_errors=True)
        shutil.copy(self.sample, self.path)
        with open_book(self.path, holder="查", now=_NOW, read_only=True) as book:
            return Model(book.load(2023), rows=len(book.history(2023, 10**6)))

    def run(self) -> None:
        """One program, one kill, one look."""
        reading, writing = os.pipe()
        seed = self.chance.randrange(10**9)
        child = os.fork()
        if child == 0:
            os.close(reading)
            try:
                typing(self.path, seed, writing)
            finally:
                os._exit(9)
        os.close(writing)
        if self.chance.random() < _OPENING:
            received = _listen(reading, self.chance.uniform(0, self.opening), b"")
        else:
            received = _listen(reading, 60.0, b"", reports=self.chance.randint(1, _REPORTS))
            received = _listen(reading, self.chance.uniform(0, _LONGEST), received)
        os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
        with os.fdopen(reading, "rb") as rest:
            received += rest.read()
        assert os.WIFSIGNALED(status), f"the program ended by itself: {status}"
        self.figures["kills"] += 1
        self.compare(messages(received))

    def compare(self, told: list[Told]) -> None:
        """The book must be sound and hold a state at, or later than, the last one acknowledged."""
        states, acknowledged = [self.model], 0
        for message in told:
            if message[0] == "saved":
                acknowledged = len(states) - 1
                self.figures["acknowledgements"] += 1
            elif message[0] == "opened":
                self.figures["opened before the kill"] += 1
            elif message[0] != "waits":
                states.append(states[-1].after(message))
        self.figures["actions"] += len(states) - 1
        wal = self.path.with_name(self.path.name + "-wal")
        self.figures["with a write-ahead file left"] += wal.exists() and wal.stat().st_size > 0
        with open_book(self.path, holder="查", now=_NOW) as book:
            year, rows, editions = book.load(2023), len(book.history(2023, 10**6)), book.editions(2023)
            places = {key: book.recall(key) for key in _KEYS}
            undo, redo = book.undo_label(2023), book.redo_label(2023)
        found = [state for state in states[acknowledged:]
                 if state.rows == rows and len(state.editions) == len(editions)]
        assert found, (f"not a state at or after the acknowledged one: {rows} rows, acknowledged {states[acknowledged].rows}, "
                       f"last {states[-1].rows}, {len(editions)} editions")
        state = found[-1]
        # The last place is no entry: it is written whenever there is time, but never to anything that was not told.
        for key, place in places.items():
            assert place in {dict(one.places).get(key) for one in states}, (key, place)
        assert year == state.year
        for space in ("lines", "incomes", "projects", "indicators", "purchases"):
            assert list(getattr(year, space)) == list(getattr(state.year, space)), f"the order of {space}"
        assert [one.title for one in editions] == list(state.editions)
        assert undo == (state.done[-1].label if state.done else None)
        assert redo == (state.undone[-1].label if state.undone else None)
        self.figures["actions after the last acknowledged found all the same"] += states.index(state) - acknowledged
        with closing(sqlite3.connect(self.path)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        for one in backup.backups(self.path):
            assert backup.contents(one).sound, one
        self.model = replace(state, places=tuple((key, place) for key, place in places.items() if place is not None))


def _listen(reading: int, seconds: float, received: bytes, *, reports: int = 0) -> bytes:
    """What comes through the pipe within so many seconds, or until so many reports are there."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if select.select([reading], [], [], left)[0]:
            chunk = os.read(reading, 1 << 20)
            received += chunk
            if not chunk or (reports and len(messages(received)) >= reports):
                break
    return received


def messages(received: bytes) -> list[Told]:
    """The whole messages in what came through the pipe; one cut short by the kill was not said."""
    found, at = [], 0
    while at + 4 <= len(received):
        size = struct.unpack_from("<I", received, at)[0]
        if at + 4 + size > len(received):
            break
        found.append(pickle.loads(received[at + 4:at + 4 + size]))  # noqa: S301 - our own child wrote it
        at += 4 + size
    return found


def main() -> None:
    """Kill ``RUNS`` times and print the figures."""
    runs, seed, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    begin = time.monotonic()
    watcher = Watcher(folder, seed)
    for number in range(runs):
        if number and number % _FRESH_EVERY == 0:
            watcher.model = watcher.renew()
        watcher.run()
    print(json.dumps({**watcher.figures, "seconds": round(time.monotonic() - begin, 1)}, ensure_ascii=False))


if __name__ == "__main__":
    main()
