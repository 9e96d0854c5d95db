"""``year list`` and ``year new``."""

from __future__ import annotations

from pathlib import Path

import pytest

from xinfang_desk.cli.commands import main
from xinfang_desk.flow.library import open_desk

CODES = ["--code", "2010301=2014001", "--code", "2010308=2014004", "--code", "2010399=2014099"]


@pytest.fixture
def book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "紫阳.xfb"
    assert main(["sample", "new", "004", str(path)]) == 0
    capsys.readouterr()
    return path


def test_the_plan_is_listed_and_nothing_happens(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["year", "new", str(book), "--dry-run"]) == 0
    out = capsys.readouterr().out
    for words in ("带过来的（", "清空的（", "改科目编码的（4 项）", "作为上年数的（28 项）", "可以选：2014004 信访业务；", "没有建立"):
        assert words in out
    assert main(["year", "list", str(book)]) == 0
    assert capsys.readouterr().out == "2023年  25 笔支出明细\n"


def test_a_year_is_made(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["year", "new", str(book), *CODES, "--keep-amounts", "--drop", "fact:duties", "--take", "fact:tasks"]) == 0
    assert "已建立 2024年" in capsys.readouterr().out
    desk = open_desk(book, year=2024)
    assert sum(line.amount or 0 for line in desk.year.lines.values()) == 2_267_000_00
    assert "duties" not in desk.year.facts
    assert "tasks" in desk.year.facts
    desk.close()
    assert main(["year", "list", str(book)]) == 0
    assert [line[:5] for line in capsys.readouterr().out.splitlines()] == ["2024年", "2023年"]


@pytest.mark.parametrize(("arguments", "words"), [
    ([], "4 个科目没有选定新编码"), (["--year", "2022"], "要比来源年度"), (["--from-year", "2019"], "没有 2019 年"),
    (["--code", "2010301=999"], "不能改成“999”"), (["--code", "2010301"], "写法不对"), (["--take", "thing"], "没有叫“thing”"),
    (["--pack", "hebei/2021"], "不能用报表格式"), (["--from-file", "没有.xfb"], "找不到")])
def test_what_cannot_be_is_told(book: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["year", "new", str(book), *arguments]) == 2
    assert words in capsys.readouterr().err
    desk = open_desk(book)
    assert desk.year.year == 2023
    desk.close()
