"""Unpacking: what is left out, what a wheel may not do, and that the kept list is closed."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tools.installer.trim import shipped
from tools.installer.wheels import placed, unpack

METADATA = "Metadata-Version: 2.1\nName: thing\nVersion: 1.2\nClassifier: License :: OSI Approved :: MIT License\n\n"


def make_wheel(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    wheel = folder / "thing-1.2-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("thing-1.2.dist-info/METADATA", METADATA)
        for name, data in files.items():
            archive.writestr(name, data)
    return wheel


def test_code_goes_in_and_the_rest_stays_out(tmp_path: Path) -> None:
    wheel = make_wheel(tmp_path, {
        "thing/__init__.py": b"x = 1\n", "thing/__init__.pyi": b"x: int\n", "thing/tests/test_x.py": b"",
        "thing-1.2.data/scripts/thing": b"#!python\n", "thing-1.2.data/platlib/thing/more.py": b"y = 2\n",
        "thing-1.2.dist-info/licenses/LICENSE": b"MIT", "thing-1.2.dist-info/RECORD": b"",
    })
    (found,) = unpack([wheel], tmp_path / "pkgs", "linux")
    names = sorted(str(file.relative_to(tmp_path / "pkgs")) for file in (tmp_path / "pkgs").rglob("*") if file.is_file())
    assert names == ["thing-1.2.dist-info/METADATA", "thing-1.2.dist-info/licenses/LICENSE", "thing/__init__.py", "thing/more.py"]
    assert (found.name, found.version, found.licence) == ("thing", "1.2", "MIT License")


def test_a_wheel_may_not_write_outside(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.\."):
        unpack([make_wheel(tmp_path, {"../evil.py": b""})], tmp_path / "pkgs", "linux")


def test_two_wheels_may_not_bring_one_file_twice(tmp_path: Path) -> None:
    first = make_wheel(tmp_path / "a", {"shared.py": b"1"})
    second = make_wheel(tmp_path / "b", {"shared.py": b"2"})
    with pytest.raises(ValueError, match=r"shared\.py"):
        unpack([first, second], tmp_path / "pkgs", "linux")


@pytest.mark.parametrize(("name", "place"), [
    ("thing/a.py", "thing/a.py"), ("t.data/purelib/a.py", "a.py"), ("t.data/scripts/a", None), ("t.data/headers/a.h", None),
])
def test_where_a_file_goes(name: str, place: str | None) -> None:
    assert placed(name) == place


@pytest.mark.parametrize(("name", "linux", "windows"), [
    ("PySide6/QtCore.abi3.so", True, False),
    ("PySide6/QtCore.pyd", False, True),
    ("PySide6/Qt6Gui.dll", False, True),
    ("PySide6/Qt6Quick.dll", False, False),
    ("PySide6/QtQml.abi3.so", False, False),
    ("PySide6/Qt/lib/libQt6Quick.so.6", False, False),
    ("PySide6/Qt/lib/libicudata.so.73", True, False),
    ("PySide6/Qt/plugins/platforms/libqxcb.so", True, False),
    ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True, False),
    ("PySide6/plugins/platforms/qwindows.dll", False, True),
    ("PySide6/plugins/platforms/qoffscreen.dll", False, True),
    ("PySide6/Qt/plugins/platforms/libqvnc.so", False, False),
    ("PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so", True, False),
    ("PySide6/Qt/plugins/platforminputcontexts/libcomposeplatforminputcontextplugin.so", True, False),
    ("PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so", False, False),
    ("PySide6/opengl32sw.dll", False, False),
    ("PySide6/Qt/translations/qtbase_zh_CN.qm", True, False),
    ("PySide6/translations/qtbase_zh_CN.qm", False, True),
    ("sqlalchemy/engine/base.py", True, True),
    ("alembic/testing/env.py", False, False),
])
def test_what_is_shipped(name: str, linux: bool, windows: bool) -> None:
    assert (shipped(name, "linux"), shipped(name, "windows")) == (linux, windows)
