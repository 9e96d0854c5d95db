"""Lets every write of a whole session fail in turn. Run with the shim preloaded, as
``python -m tests.proof.failing STRIDE SEED FOLDER [LANE LANES]``; prints one line of JSON. Of several lanes, each takes its
part of the calls.

For each n-th call, with a full disk and with a broken one, once and for ever: the program must not stop, each refusal must be
a sentence, what lies on the disk at that moment must be a sound book with everything acknowledged in it, and after room
is made everything typed must come to the disk.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import pickle
import random
import shutil
import sqlite3
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from tests.proof.typist import Model, Told, Typist
from xinfang_desk import packs
from xinfang_desk.flow import library
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.store import backup, open_book

ACTIONS = 18
_NOW = datetime(2023, 1, 5, 9, 0)  # noqa: DTZ001
_SHIM = ctypes.CDLL(None)


def arm(folder: Path, call: int, error: int, *, forever: bool) -> None:
    """Let the ``call``-th write below ``folder`` fail (0: count only)."""
    _SHIM.xf_arm(os.fsencode(str(folder.resolve()) + "/"), ctypes.c_long(call), error, int(forever))


def disarm() -> None:
    """From now on nothing fails; room was made."""
    _SHIM.xf_disarm()


class Session:
    """One program at work while its disk fails. ``figures`` counts what happened."""

    def __init__(self, folder: Path, sample: Path, model: Model, seed: int, crashed: Path | None = None) -> None:
        self.folder = folder
        self.crashed = crashed or folder.with_name(folder.name + "-crashed")
        self.path = folder / "账册.xfb"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        shutil.copy(sample, self.path)
        self.states = [model]
        self.doubtful: list[tuple[int, Model]] = []
        """After so many actions, the state in which a refused one had been carried out: where only the very last sync of
        its commit failed, whoever opens the book after a crash just then finds it done."""
        self.acknowledged = 0
        self.seed = seed
        self.figures: Counter[str] = Counter()

    def run(self, begin: Callable[[], None], end: Callable[[], None]) -> Counter[str]:
        """Work with the fault between ``begin`` and ``end``, look at the disk, make room, finish, look again."""
        begin()
        desk = self._open()
        if desk is not None:
            self._work(desk)
            self._look_at_a_crash()
        end()
        if desk is None:
            desk = library.open_desk(self.path)
            self._work(desk)
        assert desk.retry(30), f"not saved after room was made: {desk.trouble}"
        assert desk.trouble is None
        assert desk.year == self.states[-1].year
        try:
            desk.close()
        except DeskError as error:
            raise AssertionError(f"nothing fails any more, yet: {error}") from error
        self._compare(self.path, exactly=True)
        return self.figures

    def _open(self) -> Desk | None:
        try:
            return library.open_desk(self.path)
        except DeskError as error:
            self._sentence(error)
            self.figures["refused at the opening"] += 1
            return None

    def _work(self, desk: Desk) -> None:
        told: list[Told] = []
        typist = Typist(desk, random.Random(self.seed), told.append)
        for _ in range(ACTIONS):
            told.clear()
            refused = self._refused(typist)
            if refused is not None:
                self._sentence(refused)
                self.figures["refused in the work"] += 1
                # What is typed is never refused; what was refused has not happened, as long as the program lives.
                assert told[-1][0] != "do", refused
                self.doubtful.append((len(self.states) - 1, self.states[-1].after(told.pop())))
            for message in told:
                self.states.append(self.states[-1].after(message))
            if desk.unsaved == 0:
                self.acknowledged = len(self.states) - 1
        desk.saved(5)
        if desk.trouble is not None:
            assert desk.trouble.sentence.endswith("。")
            self.figures["sessions with the sentence in the bar"] += 1
        if desk.unsaved == 0:
            self.acknowledged = len(self.states) - 1

    def _refused(self, typist: Typist) -> DeskError | None:
        try:
            typist.step()
        except DeskError as error:
            return error
        return None

    def _sentence(self, error: DeskError) -> None:
        assert str(error).endswith("。"), error
        assert "请" in str(error), error
        assert error.ways, error

    def _look_at_a_crash(self) -> None:
        """As if the program had been killed just now: the files as they are, opened elsewhere."""
        crashed = self.crashed
        shutil.rmtree(crashed, ignore_errors=True)
        crashed.mkdir()
        for name in (self.path.name, self.path.name + "-wal", self.path.name + "-journal"):
            if (self.folder / name).exists():
                shutil.copy(self.folder / name, crashed / name)
        self._compare(crashed / self.path.name, exactly=False)
        for one in backup.backups(self.path):
            assert backup.contents(one).sound, one

    def _compare(self, path: Path, *, exactly: bool) -> None:
        with open_book(path, holder="查", now=_NOW) as book:
            year, rows, editions = book.load(2023), len(book.history(2023, 10**6)), book.editions(2023)
        wanted = self.states[-1:] if exactly else self.states[self.acknowledged:]
        doubtful = [] if exactly else [state for number, state in self.doubtful if number >= self.acknowledged]
        found = [state for state in [*doubtful, *wanted] if state.rows == rows and len(state.editions) == len(editions)]
        assert found, (f"{rows} rows and {len(editions)} editions; acknowledged {self.states[self.acknowledged].rows} and "
                       f"{len(self.states[self.acknowledged].editions)}, last {self.states[-1].rows}")
        if year != found[-1].year:
            found = [state for state in doubtful if state.rows == rows and state.year == year]
            assert found, "the book holds neither a state that was nor one in which a refused action was carried out"
            self.figures["refused only by the last sync, found done after a crash"] += 1
        with closing(sqlite3.connect(path)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert raw.execute("PRAGMA foreign_key_check").fetchall() == []


def forked(work: Callable[[], Any]) -> Any:
    """Do ``work`` in a fork of this warm program; what it returns, or its error with the trace as text."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            answer: Any = work()
        except BaseException:  # noqa: BLE001 - told by the parent
            answer = traceback.format_exc()
        with os.fdopen(writing, "wb") as answers:
            pickle.dump(answer, answers)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answers:
        content = answers.read()
    os.waitpid(child, 0)
    assert content, "the program ended without a word"
    return pickle.loads(content)  # noqa: S301 - our own child wrote it


def warm(folder: Path) -> tuple[Path, Model]:
    """A sample book, with everything imported and read once."""
    sample = folder / "样例.xfb"
    library.new_sample("004", sample)
    packs.load_pack = lru_cache(packs.load_pack)
    with open_book(sample, holder="查", now=_NOW) as book:
        model = Model(book.load(2023), rows=len(book.history(2023, 10**6)))
    session = Session(folder / "warm", sample, model, 1)
    session.run(lambda: None, lambda: None)
    return sample, model


def main() -> None:
    """Fail each ``STRIDE``-th call of the session in turn and print the figures."""
    stride, seed, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    lane, lanes = (int(sys.argv[4]), int(sys.argv[5])) if len(sys.argv) > 4 else (0, 1)
    begin = time.monotonic()
    sample, model = warm(folder)

    def counted() -> int:
        Session(folder / "counted", sample, model, seed).run(lambda: arm(folder / "counted", 0, 0, forever=False), disarm)
        return int(_SHIM.xf_count())

    def failed(number: int, error: int, forever: bool) -> Counter[str]:
        here = folder / "book"
        told = Session(here, sample, model, seed).run(lambda: arm(here, number, error, forever=forever), disarm)
        told["calls made to fail"] += int(_SHIM.xf_failed())
        return told

    calls = forked(counted)
    assert isinstance(calls, int), calls
    figures: Counter[str] = Counter()
    kinds = [(error, forever) for error in (errno.ENOSPC, errno.EIO) for forever in (False, True)]
    for number in range(1 + lane * stride, calls + 1, stride * lanes):
        for error, forever in (kinds if stride == 1 else [kinds[(number // stride) % len(kinds)]]):
            answer = forked(partial(failed, number, error, forever))
            if isinstance(answer, str):
                sys.exit(f"call {number} of {calls}, {errno.errorcode[error]}, {'for ever' if forever else 'once'}:\n{answer}")
            figures.update(answer)
            figures["sessions"] += 1
    print(json.dumps({"calls of the session": calls, **figures, "seconds": round(time.monotonic() - begin, 1)}, ensure_ascii=False))


if __name__ == "__main__":
    main()
