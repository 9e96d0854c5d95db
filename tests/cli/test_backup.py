"""``backup list``, ``make`` and ``restore`` in the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import spoil
from xinfang_desk.cli import main
from xinfang_desk.flow.backups import backups
from xinfang_desk.flow.library import new_sample, open_desk


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "账册.xfb"
    new_sample("004", path)
    return path


def test_made_listed_and_restored(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", "list", str(book)]) == 0
    assert "还没有备份" in capsys.readouterr().out
    assert main(["backup", "restore", str(book)]) == 2
    assert "没有这本账册的备份" in capsys.readouterr().err
    assert main(["backup", "make", str(book)]) == 0
    made = backups(book)
    assert len(made) == 1
    assert str(made[0].path) in capsys.readouterr().out
    spoil(book)
    assert main(["check", str(book)]) == 1
    assert main(["backup", "list", str(book)]) == 0
    told = capsys.readouterr().out
    assert "完好，紫阳县信访局 2023年，支出明细" in told
    number = next(line.split()[0] for line in told.splitlines() if "手动" in line)
    assert main(["backup", "restore", str(book), number]) == 0
    assert "已恢复到 今天" in capsys.readouterr().out
    assert main(["check", str(book)]) == 0
    assert sum(one.reason == "恢复前" for one in backups(book)) == 1
    assert main(["backup", "restore", str(book), "99"]) == 2
    assert "没有第 99 份" in capsys.readouterr().err


def test_a_copy_on_a_stick(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stick = tmp_path / "U盘.xfb"
    assert main(["backup", "make", str(book), "--to", str(stick)]) == 0
    with pytest.raises(SystemExit):
        main(["backup", "make"])
    desk = open_desk(stick)
    assert desk.year.unit.name == "紫阳县信访局"
    desk.close()
    capsys.readouterr()
    assert main(["backup", "make", str(book), "--to", str(stick)]) == 2
    assert "不会覆盖" in capsys.readouterr().err


def test_a_broken_backup_is_shown_as_one_and_not_taken(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", "make", str(book)]) == 0
    one = Path(backups(book)[0].path)
    one.write_bytes(one.read_bytes()[:6000])
    assert main(["backup", "list", str(book)]) == 0
    assert "已损坏" in capsys.readouterr().out
    assert main(["backup", "restore", str(book)]) == 2
    assert "没有一份完好的" in capsys.readouterr().err
    assert main(["backup", "restore", str(book), "1"]) == 2
    assert main(["check", str(book)]) == 0
