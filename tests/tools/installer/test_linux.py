"""The Linux tree: what it refuses, what it tells, and how its launcher starts the program."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path

import pytest

from tools.installer import fetch, linux, linux_runtime, locks, packed
from tools.installer.request import Request
from tools.installer.words import BuildTrouble


def test_another_system_is_told_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Windows")
    (reason,) = linux.obstacles()
    assert "只能在 x86_64 的 Linux 上做" in reason.zh


def test_missing_programs_and_apt_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None if name in ("tclsh", "patch") else f"/usr/bin/{name}")
    monkeypatch.setattr(fetch, "APT_HELPER", tmp_path / "none")
    said = [reason.zh for reason in linux_runtime.obstacles()]
    assert any("apt-get install patch tcl" in one for one in said)
    assert any("没有 apt" in one for one in said)


def test_a_cache_make_cannot_work_in_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BuildTrouble, match="空格或汉字"):
        linux.assemble(Request(tmp_path, tmp_path / "缓存 夹", "1", 0))


def test_only_debian_s_mending_patches_are_taken() -> None:
    series = "deb-setup.diff\n# off\nntpath-import.diff\nshutdown-deadlock.diff -p1\nCVE-1.patch\n"
    (python,) = [source for source in linux_runtime.SOURCES if source.name == "python3.11"]
    assert linux_runtime.wanted_patches(python, series) == ["shutdown-deadlock.diff", "CVE-1.patch"]
    (sqlite,) = [source for source in linux_runtime.SOURCES if source.name == "sqlite3"]
    assert linux_runtime.wanted_patches(sqlite, "20-hurd.patch\n41-fix.patch\n50-CVE.patch\n") == ["41-fix.patch", "50-CVE.patch"]


def test_every_source_and_library_has_its_licence_in_the_bill() -> None:
    archived = locks.read_archived(locks.LOCKS / "debian.lock")
    parts = {part.name: part for part in linux._source_parts(archived)}
    assert {"CPython", "OpenSSL", "SQLite", "XZ Utils", "bzip2", "libffi", "zlib"} == set(parts)
    assert all(part.licence and part.sha256 for part in parts.values())
    assert "mending patches of python3.11_3.11.2-6+deb12u" in parts["CPython"].note
    assert set(linux_runtime.LICENCE_FILES) == {source.name for source in linux_runtime.SOURCES}


def test_a_library_is_put_under_the_name_it_is_loaded_by(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "usr" / "lib" / "x86_64-linux-gnu"
    (tmp_path / "in" / "usr" / "share" / "doc" / "libthing0").mkdir(parents=True)
    folder.mkdir(parents=True)
    (folder / "libthing-x11.so.0.4.1").write_bytes(b"library")
    (folder / "libthing-x11.so.0").symlink_to("libthing-x11.so.0.4.1")
    (tmp_path / "in/usr/share/doc/libthing0/copyright").write_bytes(b"its words")
    deb = tmp_path / "thing.deb"
    packed.write_ar(deb, [("data.tar.xz", packed.tar_xz(tmp_path / "in", 0))], 0)
    (tmp_path / "out").mkdir()
    text = linux._put_library(deb, tmp_path / "out", tmp_path / "copyright")
    assert text.read_bytes() == b"its words"
    assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == {"libthing-x11.so.0": b"library"}


@pytest.mark.skipif(os.name != "posix", reason="a shell script")
@pytest.mark.parametrize("name", ["{here}/link", "{here}/link to link", "{here}/装在 这里/bin/xinfang-desk",
                                  "./装在 这里/bin/xinfang-desk", "link"])
def test_the_launcher_starts_its_own_python_with_nothing_of_another_qt(tmp_path: Path, name: str) -> None:
    root = tmp_path / "装在 这里"
    (root / "bin").mkdir(parents=True)
    (root / "runtime" / "bin").mkdir(parents=True)
    python = root / "runtime" / "bin" / "python3.11"
    python.write_text('#!/bin/sh\necho "$0"\nfor word do echo "[$word]"; done\nenv\n', "utf-8")
    python.chmod(0o755)
    shutil.copyfile(Path(linux.__file__).parent / "texts" / "launcher.sh", root / "bin" / "xinfang-desk")
    (tmp_path / "link").symlink_to(root / "bin" / "xinfang-desk")
    (tmp_path / "link to link").symlink_to("link")
    given = {"PATH": os.environ["PATH"], "DISPLAY": ":9", "WAYLAND_DISPLAY": "wayland-0", "QT_PLUGIN_PATH": "/usr/lib/qt6",
             "LD_LIBRARY_PATH": "/opt/other", "QT_QPA_PLATFORM": "wayland;xcb", "QT_IM_MODULE": "fcitx"}
    told = subprocess.run(["/bin/sh", name.format(here=tmp_path), "我的 账册.xfb"], capture_output=True, text=True, env=given,
                          cwd=tmp_path, check=True).stdout.splitlines()
    assert told.pop(0) == str(python)
    assert told[:7] == ["[-I]", "[-B]", "[-X]", "[utf8]", "[-m]", "[xinfang_desk]", "[我的 账册.xfb]"]
    names = {line.partition("=")[0] for line in told[7:]}
    assert not names & {"QT_PLUGIN_PATH", "LD_LIBRARY_PATH", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    assert {"QT_IM_MODULE=fcitx", "XDG_SESSION_TYPE=x11"} <= set(told)
