"""The words about backups, and the desk going on elsewhere."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest

from xinfang_desk.flow import backups
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.errors import DeskError, SavingTrouble
from xinfang_desk.flow.library import new_sample, open_desk
from xinfang_desk.flow.ways import Way, ways_on
from xinfang_desk.model.change import Change, SetValue
from xinfang_desk.store import Trouble, backup, keeper

NOW = dt.datetime(2023, 1, 5, 9, 30)  # noqa: DTZ001


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    new_sample("004", tmp_path / "账册.xfb")
    return open_desk(tmp_path / "账册.xfb")


def _note(old: str | None, new: str) -> Change:
    return Change("写", (SetValue("facts", "x", old, new),))


@pytest.mark.parametrize(("at", "told"), [
    ((2023, 1, 5, 0, 1), "今天 00:01"), ((2023, 1, 4, 23, 59), "昨天 23:59"), ((2023, 1, 3, 8, 0), "1月3日 08:00"),
    ((2022, 12, 31, 8, 5), "2022年12月31日 08:05")])
def test_times_are_said_as_people_do(at: tuple[int, ...], told: str) -> None:
    assert backups.when_words(dt.datetime(*at), NOW) == told  # type: ignore[arg-type] # noqa: DTZ001


def test_the_status_line_tells_of_the_newest_good_backup(desk: Desk) -> None:
    now = dt.datetime.now().astimezone()
    while desk.book.backing_up:
        time.sleep(0.01)
    stands = backups.standing(desk, now)
    assert stands.good
    assert stands.words.startswith("最近备份 今天 ")
    only = backups.backups(desk.path)
    assert [one.reason for one in only] == ["每日"]
    Path(only[0].path).write_bytes(b"")
    stands = backups.standing(desk, now)
    assert not stands.good
    assert stands.words == "没有备份"
    backups.make(desk)
    assert backups.standing(desk, now).good
    desk.close()


def test_a_failed_backup_says_why(desk: Desk) -> None:
    desk.close()
    folder = desk.path.with_name("账册.备份")
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    folder.write_bytes(b"a file where the folder should be")
    again = open_desk(desk.path)
    while again.book.backing_up:
        time.sleep(0.01)
    stands = backups.standing(again, dt.datetime.now().astimezone())
    assert not stands.good
    assert str(folder) in stands.detail
    again.close()


def test_a_backup_past_midnight_and_after_many_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(backup, "automatic", lambda _path, reason, _now: made.append(reason))
    keeps = keeper.Keeper(tmp_path / "甲.xfb")

    def tend(now: dt.datetime, tip: int) -> None:
        keeps.tend(now, tip)
        keeps.wait()

    tend(NOW, 1)
    assert made == ["每日"]
    tend(NOW + dt.timedelta(hours=1), 200)
    tend(NOW + dt.timedelta(minutes=20), 900)
    assert made == ["每日"], "too few changes, or too soon"
    tend(NOW + dt.timedelta(hours=1), 301)
    assert made == ["每日", "工作中"]
    tend(NOW.replace(day=6, hour=0, minute=0), 302)
    assert made == ["每日", "工作中", "每日"]


def test_everything_goes_on_elsewhere(desk: Desk, tmp_path: Path) -> None:
    told: list[SavingTrouble | None] = []
    desk.on_trouble(told.append)
    desk.do(_note(None, "一"))
    assert desk.saved()
    moved = tmp_path / "移走.xfb"
    desk.path.rename(moved)
    desk.do(_note("一", "二"))
    assert not desk.saved()
    assert desk.unsaved == 1
    assert told[0] is not None
    assert str(desk.trouble) == str(told[0])
    with pytest.raises(DeskError):
        desk.undo()
    with pytest.raises(DeskError, match="不存在"):
        desk.save_elsewhere(tmp_path / "没有" / "乙.xfb")
    assert desk.unsaved == 1
    target = tmp_path / "接着做.xfb"
    assert desk.save_elsewhere(target)
    assert desk.path == target
    assert desk.trouble is None
    desk.do(_note("二", "三"))
    assert desk.saved()
    assert desk.undo() is not None
    desk.close()
    with_it = open_desk(target)
    assert with_it.year.facts["x"] == "二"
    with_it.close()


def test_closing_with_unsaved_edits_says_so_or_gives_them_up(desk: Desk, tmp_path: Path) -> None:
    desk.path.rename(tmp_path / "移走.xfb")
    desk.do(_note(None, "一"))
    assert not desk.saved()
    with pytest.raises(DeskError, match=r"不在原来的位置|打不开"):
        desk.close()
    assert desk.unsaved == 1, "still open, nothing lost"
    (tmp_path / "移走.xfb").rename(desk.path)
    desk.close()
    other = tmp_path / "另一本.xfb"
    new_sample("004", other)
    second = open_desk(other)
    other.rename(tmp_path / "移走2.xfb")
    second.do(_note(None, "一"))
    second.give_up()
    second.close()


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_has_a_way_on(trouble: Trouble) -> None:
    ways = ways_on(trouble)
    assert ways
    assert Way.TAKE_OVER not in ways[:-1], "the risky one comes last"
