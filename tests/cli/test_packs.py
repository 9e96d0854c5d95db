"""``pack list``, ``check``, ``install`` and ``remove`` in the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packs.good_pack import write_pack
from tests.packs.zips import good_zip, pack_files, under, zipped
from xinfang_desk.cli import main
from xinfang_desk.flow import shelves


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "user_dir", lambda: tmp_path / "own")


def test_put_in_listed_and_taken_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = good_zip(tmp_path / "测试.zip")
    assert main(["pack", "install", str(path)]) == 0
    out, err = capsys.readouterr()
    assert "校验值 SHA-256：" in out
    assert "test/2023  测试县报表包  （测试，2022—2023年）：新增" in out
    assert "全部样例都符合预期。" in out
    assert "已装入“测试县报表包”" in out
    assert "正在检查报表包 test/2023" in err
    assert main(["pack", "list"]) == 0
    listed = capsys.readouterr().out
    assert "从“测试.zip”装入" in listed
    assert "来源：随程序带来" in listed
    assert main(["pack", "install", str(path)]) == 0
    assert "已经装过" in capsys.readouterr().out
    assert main(["pack", "remove", "test/2023"]) == 0
    assert "已卸下" in capsys.readouterr().out
    assert main(["pack", "remove", "test/2023"]) == 2
    assert "没有从 zip 装入过" in capsys.readouterr().err


def test_refused_with_all_faults(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = under("test/2023", pack_files()) | {"../evil.toml": "", "test/2023/run.exe": ""}
    assert main(["pack", "install", str(zipped(tmp_path / "坏.zip", files))]) == 1
    err = capsys.readouterr().err
    assert "“坏.zip”没有装入，有 2 处问题：" in err
    assert "../evil.toml：路径指向报表包以外" in err
    assert "test/2023/run.exe：报表包里只能有" in err
    assert main(["pack", "install", str(tmp_path / "没有.zip")]) == 1
    assert "找不到文件" in capsys.readouterr().err


def test_a_folder_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_pack(tmp_path, files=pack_files())
    assert main(["pack", "check", str(folder)]) == 0
    assert "全部样例都符合预期" in capsys.readouterr().out
    (folder / "cases" / "all.toml").unlink()
    assert main(["pack", "check", str(folder)]) == 1
    assert main(["pack", "check", str(tmp_path)]) == 2
