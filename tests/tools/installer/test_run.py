"""The .run: what its shell part refuses and says, and what its Python part installs, replaces and removes."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.installer import desktop, packed, resident, run, tree
from tools.installer.request import Request

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a Linux installer")


def make_program(folder: Path, version: str, needs: str = "{}") -> Path:
    """A stand-in for the tree: a version, a launcher and what the desktop is told."""
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "xinfang-desk").write_text("#!/bin/sh\n", "utf-8")
    (folder / "VERSION").write_text(f"{version}\n", "ascii")
    (folder / resident.NEEDS).write_text(needs, "utf-8")
    desktop.put(folder / "desktop", "@PROGRAM@", Request(folder, folder, version, 0))
    return folder


def packed_program(tmp_path: Path, version: str, needs: str = "{}") -> Path:
    file = tmp_path / f"{version}.xz"
    file.write_bytes(b"head" + packed.tar_xz(make_program(tmp_path / f"program-{version}", version, needs), 0))
    return file


def install(home: Path, file: Path) -> str:
    root = home / "share" / "xinfang-desk-program"
    fresh = root / "new.1"
    fresh.mkdir(parents=True)
    return resident.install(root, fresh, file, 4)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's home with blanks and Chinese in its path."""
    folder = tmp_path / "张 三"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


def test_installed_replaced_and_removed_with_everything_else_left(home: Path, tmp_path: Path) -> None:
    book = home / "share" / "xinfang-desk" / "书.xfb"
    book.parent.mkdir(parents=True)
    book.write_bytes(b"book")
    root = home / "share" / "xinfang-desk-program"
    assert "已安装预算公开编制台 0.9" in install(home, packed_program(tmp_path, "0.9"))
    entry = (home / "share/applications/xinfang-desk.desktop").read_text("utf-8")
    assert f'Exec="{root}/current/bin/xinfang-desk" %f' in entry
    assert (home / "share/mime/packages/xinfang-desk.xml").is_file()
    assert (home / ".local/bin/xinfang-desk").resolve() == (root / "0.9/bin/xinfang-desk").resolve()
    assert "已由 0.9 换成 1.0" in install(home, packed_program(tmp_path, "1.0"))
    assert (root / "current").readlink() == Path("1.0")
    assert sorted(path.name for path in root.iterdir()) == ["1.0", "current"]
    assert os.access(root / "current/bin/uninstall", os.X_OK)
    assert "账册、设置和备份都留在原处" in resident.uninstall(root)
    left = [path for path in home.rglob("*") if not path.is_dir()]
    # The desktop's own lists stay, made anew without the program.
    assert [path for path in left if b"xinfang" in path.read_bytes()] == []
    assert [path for path in left if "xinfang" in str(path.relative_to(home))] == [book]


def test_the_same_version_again_takes_another_folder(home: Path, tmp_path: Path) -> None:
    file = packed_program(tmp_path, "1.0")
    install(home, file)
    assert "已重新安装" in install(home, file)
    root = home / "share" / "xinfang-desk-program"
    assert sorted(path.name for path in root.iterdir()) == ["1.0-2", "current"]


def test_a_missing_library_is_named_and_nothing_changes(home: Path, tmp_path: Path) -> None:
    install(home, packed_program(tmp_path, "1.0"))
    with pytest.raises(resident.Refused, match=r"libnotthere\.so\.9.*请管理员安装软件包 libnotthere9"):
        install(home, packed_program(tmp_path, "1.1", '{"libnotthere.so.9": "libnotthere9"}'))
    assert (home / "share/xinfang-desk-program/current").readlink() == Path("1.0")


def test_a_damaged_part_is_refused(home: Path, tmp_path: Path) -> None:
    file = packed_program(tmp_path, "1.0")
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(resident.Refused, match="损坏"):
        install(home, file)
    assert not (home / "share/xinfang-desk-program/current").exists()


def test_a_version_that_still_runs_is_kept(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(home, packed_program(tmp_path, "0.9"))
    root = home / "share" / "xinfang-desk-program"
    monkeypatch.setattr(resident, "_running_programs", lambda: {(root / "0.9/runtime/bin/python3.11").resolve()})
    assert "旧版本还开着" in install(home, packed_program(tmp_path, "1.0"))
    assert (root / "0.9").is_dir()
    assert (root / "current").readlink() == Path("1.0")


@pytest.mark.parametrize(("path", "line"), [
    ("/home/a b/x", '"/home/a b/x"'), ("/home/100%/x", '"/home/100%%/x"'), ('/h/a"$b', '"/h/a\\\\"\\\\$b"'),
])
def test_an_exec_line_takes_any_path(path: str, line: str) -> None:
    assert resident.quoted(path) == line


def make_run(tmp_path: Path, first: bytes = b"first", second: bytes = b"second") -> Path:
    file = tmp_path / "安装 包.run"
    file.write_bytes(run.head("1.2.3", first, second, 1) + first + second)
    return file


def execute(file: Path, *arguments: str, path: str | None = None, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": path or os.environ["PATH"], "HOME": str(home or file.parent / "home")}
    return subprocess.run(["/bin/sh", str(file), *arguments], capture_output=True, text=True, env=environment, check=False)


def test_the_head_knows_its_own_length_and_checks_the_rest(tmp_path: Path) -> None:
    file = make_run(tmp_path)
    assert execute(file, "--check").stdout == "安装文件完整（1.2.3）。\n"
    head = run.head("1.2.3", b"first", b"second", 1)
    assert f"HEAD={len(head)}\n".encode() in head
    assert hashlib.sha256(b"firstsecond").hexdigest().encode() in head
    assert b"@" not in head.partition(b"say()")[0].replace(b'"$@"', b"")


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    file = make_run(tmp_path)
    file.write_bytes(file.read_bytes()[:-1])
    done = execute(file)
    assert done.returncode == 1
    assert "安装文件不完整" in done.stdout
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(("program", "says", "sentence"), [
    ("uname", 'case $1 in -m) echo aarch64 ;; *) echo Linux ;; esac', "这台是 aarch64"),
    ("getconf", "echo 'glibc 2.27'", "太旧；要 glibc 2.28 以上"),
    ("getconf", "exit 1", "没有 glibc"),
    ("df", "echo head; echo '/dev/x 100 90 10 90% /'", "磁盘空间不够"),
])
def test_a_machine_that_does_not_fit_is_told_why(program: str, says: str, sentence: str, tmp_path: Path) -> None:
    shadow = tmp_path / "bin"
    shadow.mkdir()
    (shadow / "uname").write_text("#!/bin/sh\ncase $1 in -m) echo x86_64 ;; *) echo Linux ;; esac\n", "utf-8")
    (shadow / "getconf").write_text("#!/bin/sh\necho 'glibc 2.31'\n", "utf-8")
    (shadow / program).write_text(f"#!/bin/sh\n{says}\n", "utf-8")
    for file in shadow.iterdir():
        file.chmod(0o755)
    done = execute(make_run(tmp_path), path=f"{shadow}:{os.environ['PATH']}")
    assert done.returncode == 1
    assert done.stdout.rstrip().splitlines()[-1].startswith("没有安装：")
    assert sentence in done.stdout


def test_help_and_an_unknown_word(tmp_path: Path) -> None:
    file = make_run(tmp_path)
    assert "--uninstall" in execute(file, "--help").stdout
    assert execute(file, "--frobnicate").returncode == 2
    assert "不用卸载" in execute(file, "--uninstall").stdout


def test_the_two_parts_hold_the_whole_tree(tmp_path: Path) -> None:
    root = make_program(tmp_path / "tree", "1")
    (root / "runtime" / "bin").mkdir(parents=True)
    (root / "runtime" / "bin" / "python3.11").write_text("x", "utf-8")
    (root / "install.py").write_text("y", "utf-8")
    tree.settle(root, 0)
    (tmp_path / "first.tar.gz").write_bytes(run._gzipped(root, 0))
    (tmp_path / "second.tar.xz").write_bytes(packed.tar_xz(root, 0, keep=lambda name: not run._first(name)))
    whole = tmp_path / "whole"
    for name in ("first.tar.gz", "second.tar.xz"):
        shutil.unpack_archive(tmp_path / name, whole, filter="data") if sys.version_info >= (3, 12) else shutil.unpack_archive(
            tmp_path / name, whole)
    assert {path.relative_to(whole) for path in whole.rglob("*")} == {path.relative_to(root) for path in root.rglob("*")}
    assert io.BytesIO(run._gzipped(root, 0)).getvalue() == (tmp_path / "first.tar.gz").read_bytes()
