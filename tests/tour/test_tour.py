"""The tour: sample 004 typed from an empty book to the signed PDF, by keyboard only, in one go.

With ``XINFANG_TOUR`` set to a folder the pictures are put there (``make tour`` does).
"""

from __future__ import annotations

import logging
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from tests.tour.day import Day
from tests.tour.typist import Camera, Run
from xinfang_desk.flow import keys, library
from xinfang_desk.gui import settings
from xinfang_desk.gui.app import application
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.model.ledger import Year

SCREEN = (1366, 728)
PASSPHRASE = "tour-2023"
MINUTES = 8


@pytest.fixture
def desk_folder() -> Iterator[Path]:
    """Where the clerk works: a short name, for it stands in the pictures."""
    folder = Path(tempfile.gettempdir()) / "预算公开"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def window(tmp_path: Path, desk_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    # Who did it stands in the pictures: a clerk, not the machine they were made on.
    monkeypatch.setenv("LOGNAME", "王会计")
    monkeypatch.setattr(platform, "node", lambda: "财务室电脑")
    application()
    settings.note_text("books_folder", str(desk_folder))
    made = MainWindow()
    made.resize(*SCREEN)
    made.show()
    made.start.refresh()
    made.activateWindow()
    yield made
    made.close()
    made.deleteLater()


def told_apart(typed: Year, wanted: Year) -> dict[str, object]:
    """What the typed year has otherwise than the sample; ids and the sample's own notes do not count."""
    def plain(year: Year, space: str) -> list[object]:
        numbers = {id_: n for n, id_ in enumerate(year.projects)}
        found = []
        for record in getattr(year, space).values():
            other = {"project": numbers.get(record.project)} if hasattr(record, "project") else {}
            # The page of the incomes does not ask whether one is 推定: it is said of the lines.
            other |= {"presumed": False} if space == "incomes" else {}
            found.append(replace(record, id=0, **other))
        return found

    found: dict[str, object] = {}
    for space in ("lines", "incomes", "projects", "indicators", "purchases"):
        mine, theirs = plain(typed, space), plain(wanted, space)
        if sorted(map(repr, mine)) != sorted(map(repr, theirs)):
            found[space] = [one for one in theirs if one not in mine], [one for one in mine if one not in theirs]
    for space in ("facts", "priors", "approved", "explanations"):
        mine_, theirs_ = dict(getattr(typed, space)), dict(getattr(wanted, space))
        theirs_.pop("sample.notes", None)
        if mine_ != theirs_:
            keys_ = {key for key in mine_.keys() | theirs_.keys() if mine_.get(key) != theirs_.get(key)}
            found[space] = {key: (theirs_.get(key), mine_.get(key)) for key in sorted(keys_)}
    if typed.unit != wanted.unit:
        found["unit"] = (wanted.unit, typed.unit)
    return found


@pytest.mark.long
@pytest.mark.timeout(MINUTES * 60)
def test_a_day_by_keyboard_only(window: MainWindow, desk_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = os.environ.get("XINFANG_TOUR")
    key = desk_folder / "负责人.p12"
    read, write = os.pipe()
    os.write(write, PASSPHRASE.encode())
    os.close(write)
    keys.make_demo_key(key, "演示负责人", read)
    wanted = library.sample_year("004")
    camera = Camera(window, Path(kept).absolute() if kept else None)
    day = Day(window, wanted, "紫阳", desk_folder / "公开稿", key, PASSPHRASE, camera, logging.getLogger("tour").info)
    run = Run(day.script())
    run.start()
    begin = time.monotonic()
    while not run.done:
        QApplication.processEvents()
    if run.error is not None:
        if day.window.bench is not None:
            print(told_apart(day.year, wanted))
        raise run.error
    assert day.result is not None
    assert told_apart(day.result, wanted) == {}
    assert day.ready
    assert "演示负责人" in day.report
    assert len(list((desk_folder / "公开稿").iterdir())) >= 4
    with capsys.disabled():
        print(f"\n{run.strokes} strokes in {time.monotonic() - begin:.0f} s, {len(camera.taken)} pictures")
