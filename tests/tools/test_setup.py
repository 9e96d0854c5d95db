"""The set-up script: what it finds missing, and what it says and returns where it may not install."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import demo, setup, test_without_qt

LDD = """/venv/PySide6/QtGui.abi3.so:
\tlibEGL.so.1 => not found
\tlibQt6Gui.so.6 => not found
\tlibm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f)
\tlibnew.so.7 => not found
"""


def test_missing_libraries_become_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lib" / "python3.11" / "site-packages" / "PySide6").mkdir(parents=True)
    monkeypatch.setattr(setup, "VENV", tmp_path)
    monkeypatch.setattr(sys, "platform", "linux")
    answer = subprocess.CompletedProcess([], 0, stdout=LDD)
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_kwargs: answer)
    assert setup.missing_qt_packages() == ["libegl1", "libnew.so.7"]


def test_missing_programs_become_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(setup, "OFFICE_FOLDERS", ())
    assert setup.missing_test_packages() == [
        "libreoffice-calc-nogui",
        "libreoffice-writer-nogui",
        "openssl",
        "poppler-utils",
        "qpdf",
        "xauth",
        "xvfb",
    ]


def test_what_may_not_be_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "administrator_prefix", lambda: None)
    assert setup.install_missing(["libegl1", "libgl1"], "窗口", "the window")
    assert capsys.readouterr().out.count("sudo apt-get install libegl1 libgl1") == 2


def test_nothing_missing_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert not setup.install_missing([], "窗口", "the window")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_only_ci_fails_on_a_missing_system_package(ci: str, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(sys, "argv", ["setup.py", "--tests"])
    monkeypatch.setattr(setup, "make_environment", lambda: None)
    monkeypatch.setattr(setup, "missing_qt_packages", list)
    monkeypatch.setattr(setup, "missing_test_packages", lambda: ["qpdf"])
    monkeypatch.setattr(setup, "administrator_prefix", lambda: None)
    assert setup.main() == code


def test_the_lock_without_qt_has_no_qt_and_all_else() -> None:
    lock = test_without_qt.lock_without_qt()
    assert "pyside6" not in lock
    assert "shiboken6==" not in lock
    assert "sqlalchemy==" in lock


def test_the_demonstration_deletes_only_what_it_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = tmp_path / "outside.txt"
    folder = tmp_path / "demo"
    made, mine = folder / "公开稿" / "made.pdf", folder / "mine.txt"
    made.parent.mkdir(parents=True)
    for path in (outside, made, mine):
        path.write_text("x")
    monkeypatch.setattr(demo, "FOLDER", folder)
    monkeypatch.setattr(demo, "MADE", folder / ".made-by-demo")
    demo.MADE.write_text("公开稿/made.pdf\n../outside.txt\n", encoding="utf-8")
    demo.clear_last_run()
    assert outside.exists()
    assert mine.exists()
    assert not made.parent.exists()
