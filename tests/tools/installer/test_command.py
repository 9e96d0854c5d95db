"""The command: it says what it cannot build and why, and never claims to have built what it has not."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tools.installer import command
from tools.installer.request import Request
from tools.installer.words import BuildTrouble, Say


class Fake:
    """A builder that can, cannot, or fails."""

    def __init__(self, reason: str = "", fails: bool = False) -> None:
        self.reason, self.fails = reason, fails

    def obstacles(self) -> list[Say]:
        return [Say(self.reason, "no makensis")] if self.reason else []

    def notes(self) -> list[Say]:
        return [Say("没有在真机上试过。", "not tried on a real machine.")]

    def build(self, request: Request) -> list[Path]:
        if self.fails:
            raise BuildTrouble("下载不到", "no download")
        file = request.out / f"xinfang-desk_{request.version}.deb"
        file.write_bytes(b"package")
        return [file]


def _use(monkeypatch: pytest.MonkeyPatch, **builders: Fake | None) -> None:
    monkeypatch.setattr(command, "builder", builders.get)


def test_what_can_be_built_is_built_and_the_rest_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _use(monkeypatch, windows=Fake("缺 makensis，请装 nsis"), deb=Fake(), run=Fake(fails=True))
    assert command.main(["--out", str(tmp_path / "out")]) == command.CANNOT
    said = capsys.readouterr()
    assert said.out.index("✗ windows") < said.out.index("做不了：缺 makensis，请装 nsis。") < said.out.index("✓ deb")
    assert said.out.index("做不了") < said.out.index("cannot: no makensis")
    assert "没有在真机上试过" in said.out
    assert "没有生成：windows、run" in said.err
    assert [file.suffix for file in (tmp_path / "out").iterdir() if file.name != command.SUMS] == [".deb"]


def test_sums_are_of_the_files_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _use(monkeypatch, deb=Fake())
    assert command.main(["--target", "deb", "--out", str(tmp_path)]) == 0
    digest, _, name = (tmp_path / command.SUMS).read_text("utf-8").strip().partition("  ")
    assert digest == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()


def test_nothing_built_leaves_nothing_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _use(monkeypatch, windows=None)
    assert command.main(["--target", "windows", "--out", str(tmp_path / "out")]) == command.CANNOT
    assert "这份源码里没有它的生成程序" in capsys.readouterr().out
    assert not (tmp_path / "out").exists()
