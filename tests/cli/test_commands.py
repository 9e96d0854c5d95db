"""The terminal: what is printed, and the exit codes 0, 1 and 2."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from xinfang_desk.cli import main
from xinfang_desk.flow.library import new_sample, open_desk
from xinfang_desk.model.change import Change, SetField


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "账册.xfb"
    new_sample("004", path)
    return path


def spoil(book: Path) -> None:
    desk = open_desk(book)
    line = next(iter(desk.year.lines.values()))
    assert line.amount is not None
    desk.do(Change("改", (SetField("lines", line.id, "amount", line.amount, line.amount + 100_000),)))
    desk.close()


def passphrase_fd(text: str) -> int:
    reading, writing = os.pipe()
    os.write(writing, f"{text}\n".encode())
    os.close(writing)
    return reading


def test_samples(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sample", "list"]) == 0
    out = capsys.readouterr().out
    assert "003" in out
    assert "紫阳县信访局 2023年" in out
    assert main(["sample", "new", "004", str(tmp_path / "新.xfb")]) == 0
    assert "132.89" in capsys.readouterr().out
    assert main(["sample", "new", "004", str(tmp_path / "新.xfb")]) == 2
    assert "不会覆盖" in capsys.readouterr().err


def test_check(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(book)]) == 0
    out = capsys.readouterr().out
    assert "收入总计226.70万元" in out
    assert out.count("226.70") == 4
    for told in ("68.12万元，较上年增加68.12万元", "54.72万元，较上年减少87.87万元", "64.27万元，较上年增加47.83万元",
                 "17.66万元，较上年增加4.02万元", "8.68万元，较上年增加2.01万元", "13.25万元，较上年增加1.76万元",
                 "（301）161.01万元 = 机关工资福利支出（501）161.01万元"):
        assert told in out
    spoil(book)
    assert main(["check", str(book), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["errors"] > 0
    wrong = next(f for f in told["findings"] if f["check"] == "T-01")
    assert (wrong["expected"], wrong["difference"]) != (None, None)


def test_the_figures_of_pingxiang(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new_sample("003", tmp_path / "b.xfb")
    assert main(["check", str(tmp_path / "b.xfb")]) == 0
    out = capsys.readouterr().out
    for told in ("收入总计329.48万元", "231.56万元（人员经费219.70万元 + 日常公用经费11.86万元）", "项目支出97.92万元",
                 "“三公”经费1.40万元，其中公务用车购置及运维费1.40万元", "固定资产总额51.08万元"):
        assert told in out


def test_check_of_what_is_no_book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "没有.xfb")]) == 2
    assert "找不到" in capsys.readouterr().err


def test_build_sign_verify(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key, out = tmp_path / "演示.p12", tmp_path / "公开稿"
    fd = passphrase_fd("abc-口令-123")
    assert main(["key", "demo", str(key), "--passphrase-fd", str(fd)]) == 0
    assert "不具法律效力" in capsys.readouterr().out
    fd = passphrase_fd("abc-口令-123")
    assert main(["build", str(book), "--out", str(out), "--sign", str(key), "--passphrase-fd", str(fd), "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    names = {Path(file["path"]).name for file in made["files"]}
    assert {"紫阳县信访局2023年部门预算公开表.xlsx", "紫阳县信访局2023年部门预算公开说明.docx"} <= names
    signed = next(Path(file["path"]) for file in made["files"] if file["kind"] == "signed")
    assert main(["verify", str(signed)]) == 0
    assert "演示" in capsys.readouterr().out
    whole = bytearray(signed.read_bytes())
    whole[len(whole) // 3] ^= 1
    signed.write_bytes(bytes(whole))
    assert main(["verify", str(signed)]) == 1


def test_the_same_edition_again_is_the_same_bytes(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = [tmp_path / "一", tmp_path / "二"]
    for folder in folders:
        assert main(["build", str(book), "--out", str(folder), "--json"]) == 0
    first, second = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert first == second
    told = capsys.readouterr().out
    assert '"same": true' in told


def test_a_book_with_errors_is_refused_but_for_a_draft(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(book)
    out = tmp_path / "公开稿"
    assert main(["build", str(book), "--out", str(out)]) == 1
    assert "T-01" in capsys.readouterr().err
    assert not out.exists()
    assert main(["build", str(book), "--out", str(out), "--draft"]) == 0
    assert all(path.name.startswith("草稿-") for path in out.iterdir())


def test_a_wrong_passphrase_is_told(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = tmp_path / "演示.p12"
    assert main(["key", "demo", str(key), "--passphrase-fd", str(passphrase_fd("right-one"))]) == 0
    fd = passphrase_fd("wrong-one")
    assert main(["build", str(book), "--out", str(tmp_path / "o"), "--sign", str(key), "--passphrase-fd", str(fd)]) == 2
    assert "口令" in capsys.readouterr().err
    assert not (tmp_path / "o").exists()


def test_packs(capsys: pytest.CaptureFixture[str], project_dir: Path) -> None:
    assert main(["pack", "list"]) == 0
    out = capsys.readouterr().out
    assert "shaanxi/2023" in out
    assert "有问题" not in out
    assert main(["pack", "check", str(project_dir)]) == 2
    assert "pack.toml" in capsys.readouterr().err


def test_a_wrong_command_is_answered_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["build"])
    assert caught.value.code == 2
    assert "缺少参数" in capsys.readouterr().err


def test_the_practice_department_tells_what_is_planted_and_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "练习.xfb"
    assert main(["sample", "list"]) == 0
    assert "某县信访局（练习）" in capsys.readouterr().out
    assert main(["sample", "new", "practice", str(book)]) == 0
    assert "埋了 12 处错误，已改好 0 处" in capsys.readouterr().out
    desk = open_desk(book)
    desk.do(Change("改", (SetField("lines", 7, "amount", desk.year.lines[7].amount, 7_440_000),)))
    desk.close()
    assert main(["check", str(book)]) == 1
    assert "埋了 12 处错误，已改好 1 处" in capsys.readouterr().out
