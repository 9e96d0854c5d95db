"""The self-test: run once as a user would in odd surroundings; then spoilt in every way, and each time it says so."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import HAS_QT, ROOT
from tools.self_test import DATA, text
from xinfang_desk.flow import self_test
from xinfang_desk.flow.build import Built
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.messages import self_test as words
from xinfang_desk.model.edition import MadeFile


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """The program as a process of its own: another time zone, no locale, a console without 汉字, narrow rights, no
    fonts of the system's, a path with 汉字 and blanks."""
    place = tmp_path_factory.mktemp("odd")
    folder = place / "自检 的 结果"
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(place), "PYTHONPATH": str(ROOT), "TZ": "Pacific/Kiritimati",
                    "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONIOENCODING": "latin-1", "FONTCONFIG_FILE": os.devnull,
                    "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "xinfang_desk", "--self-test", str(folder), *(["--window"] if HAS_QT else [])]
    done = subprocess.run(command, env=surroundings, cwd=place, umask=0o077, capture_output=True,
                          encoding="latin-1", timeout=120, check=False)
    return done, folder


def report_of(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / self_test.REPORT).read_text(encoding="utf-8"))
    return read


def test_it_passes_in_odd_surroundings(odd: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, folder = odd
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\\u81ea\\u68c0\\u901a\\u8fc7" in done.stdout  # 自检通过
    report = report_of(folder)
    assert report["ok"] is True
    assert report["done"] is True
    assert {line["state"] for line in report["lines"]} == {"ok"}
    assert all(file["same_bytes"] and file["same_content"] for file in report["files"])
    assert len(report["figures"]) == 19
    assert report["system"]["program"]
    assert not list(folder.parent.glob(".config/**/window.ini"))
    if HAS_QT:
        assert (folder / self_test.PICTURE).stat().st_size > 20_000


def test_what_is_shipped_keeps_step(odd: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    known = json.loads(DATA.read_text(encoding="utf-8"))
    made = [{key: file[key] for key in ("kind", "name", "size", "sha256", "content")} for file in report_of(odd[1])["files"]]
    assert DATA.read_text(encoding="utf-8") == text(known, made), "请运行 python tools/self_test.py"


@pytest.fixture
def made(odd: tuple[subprocess.CompletedProcess[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to run in where the papers of the first run are taken over instead of being made anew."""
    folder = tmp_path / "自检"
    names = {one["name"]: one["kind"] for one in report_of(odd[1])["files"]}

    def built(desk: object, out: Path, key: object) -> Built:
        shutil.copytree(odd[1] / "公开稿", out)
        return Built(tuple(MadeFile(names.get(path.name, "signed"), path, path.stat().st_size, self_test_hash(path))
                           for path in sorted(out.iterdir())), 1, same=False, draft=False)

    monkeypatch.setattr("xinfang_desk.flow.build.build", built)
    monkeypatch.setattr(self_test._Trial, "_key", lambda self: None)
    return folder


def self_test_hash(path: Path) -> str:
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()


def told(report: self_test.Report, state: str) -> list[str]:
    return [line.sentence for line in report.lines if line.state == state]


def expect(monkeypatch: pytest.MonkeyPatch, **other: Any) -> None:
    wanted = replace(self_test.expected(), **other)
    monkeypatch.setattr(self_test, "expected", lambda: wanted)


def test_a_figure_that_is_another_is_named(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = self_test.expected().figures
    expect(monkeypatch, figures=({**figures[0], "text": "226.71"}, {**figures[1], "row": "nowhere"}, *figures[2:]))
    report = self_test.run(made)
    assert report.code == self_test.DIFFERS
    first, second = told(report, "differs")
    assert "“收入总计”应是 226.71，实际是 226.70" in first
    assert words.NO_CELL in second
    assert report_of(made)["ok"] is False


def test_a_file_that_is_another_is_named(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {kind: dict(file) for kind, file in self_test.expected().files.items()}
    files["narrative"]["content"] = "0" * 64
    files["workbook"]["sha256"] = "0" * 64
    files["more"] = {"name": "没有的文件.pdf", "sha256": "", "content": ""}
    del files["document"]
    expect(monkeypatch, files=files)
    report = self_test.run(made)
    assert report.code == self_test.DIFFERS
    wrong = told(report, "differs")
    assert len(wrong) == 3
    assert "公开说明.docx”的内容与对照不一致：应为 0000000000000000…" in wrong[0]
    assert words.FILE_MISSING.format(name="没有的文件.pdf") in wrong
    assert any("多做出了一个文件" in sentence for sentence in wrong)
    assert any("压缩方式不同" in sentence for sentence in told(report, "ok"))


def test_other_findings_are_told(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expect(monkeypatch, findings={"error": 0, "warning": 2, "hint": 1})
    (sentence,) = told(self_test.run(made), "differs")
    assert sentence == "核查结果应是0 处错误、2 处提醒、1 处建议，实际是0 处错误、3 处提醒、1 处建议。"


def test_a_signature_that_does_not_hold_is_told(made: Path, odd: tuple[subprocess.CompletedProcess[str], Path],
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    from xinfang_desk.flow import build

    take_over = build.build

    def spoilt(desk: Any, out: Path, **options: Any) -> Built:
        result = take_over(desk, out, **options)
        signed = next(Path(file.path) for file in result.files if file.kind == "signed")
        content = bytearray(signed.read_bytes())
        content[1000] ^= 1
        signed.write_bytes(content)
        return result

    monkeypatch.setattr(build, "build", spoilt)
    report = self_test.run(made)
    wrong = told(report, "differs")
    assert report.code == self_test.DIFFERS
    assert any("开头不是未签名的原稿" in sentence for sentence in wrong)
    assert any("没有通过查验" in sentence for sentence in wrong)


def test_a_step_that_breaks_off_is_told_and_the_others_go_on(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> Built:
        raise DeskError("磁盘满了。")

    monkeypatch.setattr("xinfang_desk.flow.build.build", refuse)

    def window(book: Path, picture: Path, settings: Path) -> tuple[str, tuple[str, ...]]:
        raise RuntimeError("坏了")

    report = self_test.run(made, window=window)
    assert report.code == self_test.CANNOT
    assert told(report, "broken") == ["磁盘满了。", words.SURPRISE.format(step=words.STEP_WINDOW, name="RuntimeError", error="坏了")]
    assert len(told(report, "ok")) == 3
    assert report_of(made)["code"] == 2


def test_a_folder_of_someones_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "自检.xfb").write_text("我的账册", encoding="utf-8")
    with pytest.raises(self_test.CannotTest, match=r"里有别的文件（如“自检\.xfb”）"):
        self_test.run(tmp_path)
    assert (tmp_path / "自检.xfb").read_text(encoding="utf-8") == "我的账册"


def test_a_former_self_test_makes_room_but_not_for_a_strangers_file(made: Path) -> None:
    assert self_test.run(made).code == self_test.GOOD
    assert self_test.run(made).code == self_test.GOOD
    (made / "我的.docx").write_text("稿子", encoding="utf-8")
    with pytest.raises(self_test.CannotTest, match=r"我的\.docx"):
        self_test.run(made)
    assert (made / "自检.xfb").is_file()


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(self_test.CannotTest, match="用不了"):
        self_test.run(tmp_path / "file" / "below")


def test_missing_known_results_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "resources_dir", lambda: tmp_path)
    with pytest.raises(self_test.CannotTest, match="请重新安装"):
        self_test.run(tmp_path / "out")
    assert not (tmp_path / "out").exists()
