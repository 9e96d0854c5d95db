"""Installs and removes the program for one user; travels inside the .run and runs under the Python it carries.

Standard library only, and nothing else of this checkout: the file is shipped alone, as ``install.py``.

Under ``~/.local/share/xinfang-desk-program`` each version has a folder of its own; the link ``current`` is moved from
the old to the new in one step, so that there is always a whole program. Books, settings and logs lie elsewhere.
"""

from __future__ import annotations

import ctypes
import json
import lzma
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

NAME = "xinfang-desk"
NEEDS = "needs.json"
"""In the program's folder: libraries of the system it needs → the package to install for each."""
_UNINSTALL = """\
#!/bin/sh
root=$(dirname "$(dirname "$(readlink -f "$0")")")
exec "$root/runtime/bin/python3.11" -I -B -X utf8 "$root/install.py" uninstall "$(dirname "$root")"
"""


class Refused(Exception):
    """The program cannot be installed; the message is for the person."""


def main(arguments: Sequence[str]) -> int:
    """Run ``install ROOT FRESH FILE OFFSET`` or ``uninstall ROOT``; print one sentence; return 0 when done."""
    try:
        if arguments[0] == "install":
            root, fresh, file, offset = arguments[1:]
            print(install(Path(root), Path(fresh), Path(file), int(offset)))
        else:
            print(uninstall(Path(arguments[1])))
    except Refused as refusal:
        print(refusal)
        return 1
    except OSError as error:
        print(f"写不了 {error.filename or '文件'}（{error.strerror}）。原来的程序和账册没有动。")
        return 1
    return 0


def install(root: Path, fresh: Path, file: Path, offset: int) -> str:
    """Unpack the program's part of *file* into *fresh*, make it the current one, and tell the desktop.

    Raises:
        Refused: the file is damaged, or the machine lacks a library.
        OSError: the disk is full or not writable; the old version stays as it was.
    """
    _unpack(fresh, file, offset)
    missing = missing_libraries(json.loads((fresh / NEEDS).read_text("utf-8")))
    if missing:
        names = "、".join(missing)
        raise Refused(f"这台电脑缺少显示窗口要用的系统库：{names}。请管理员安装软件包 {' '.join(sorted(set(missing.values())))}，再运行一次。")
    (fresh / "bin" / "uninstall").write_text(_UNINSTALL, "utf-8")
    (fresh / "bin" / "uninstall").chmod(0o755)
    version = (fresh / "VERSION").read_text("ascii").strip()
    link = root / "current"
    before = _version(link)
    old = link.resolve() if link.is_symlink() else None
    place = _free_name(root, version)
    fresh.rename(place)
    try:
        _point(link, place)
    except OSError:
        shutil.rmtree(place, ignore_errors=True)
        raise
    tell_desktop(root.parent, link)
    kept = _remove_old(root, place, old)
    return _sentence(version, before, root, kept)


def uninstall(root: Path) -> str:
    """Take the program and its desktop entries away; books, settings and logs stay.

    Raises:
        OSError: something cannot be removed.
    """
    share = root.parent
    for name in _desktop_files():
        (share / name).unlink(missing_ok=True)
    command = Path.home() / ".local" / "bin" / NAME
    if command.is_symlink() and str(root) in str(command.readlink()):
        command.unlink()
    shutil.rmtree(root)
    refresh_desktop(share)
    return "已卸载预算公开编制台。您的账册、设置和备份都留在原处，没有动。"


def missing_libraries(needs: dict[str, str]) -> dict[str, str]:
    """Return those of *needs* (library → package) that this machine cannot load."""
    missing = {}
    for soname, package in needs.items():
        try:
            ctypes.CDLL(soname)
        except OSError:
            missing[soname] = package
    return missing


def tell_desktop(share: Path, program: Path) -> None:
    """Put menu entry, file type and icon of *program* under *share*, and a command into ``~/.local/bin``."""
    for name in _desktop_files():
        source = program / "desktop" / name
        file = share / name
        file.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text("utf-8")
        if name.endswith(".desktop"):
            text = text.replace("@PROGRAM@", quoted(str(program / "bin" / NAME)))
        file.write_text(text, "utf-8")
    command = Path.home() / ".local" / "bin" / NAME
    if not command.exists() or command.is_symlink():
        command.parent.mkdir(parents=True, exist_ok=True)
        command.unlink(missing_ok=True)
        command.symlink_to(program / "bin" / NAME)
    refresh_desktop(share)


def quoted(path: str) -> str:
    """Return *path* as an ``Exec=`` line of a desktop entry takes it, blanks and all."""
    for character in ("\\", '"', "`", "$"):
        path = path.replace(character, "\\" + character)
    # The value as a whole is a string in which a backslash is itself escaped, and % begins a field.
    return '"' + path.replace("\\", "\\\\").replace("%", "%%") + '"'


def refresh_desktop(share: Path) -> None:
    """Let the desktop read its lists anew; one that has no such program reads them at the next login."""
    for command in (["update-mime-database", str(share / "mime")],
                    ["update-desktop-database", str(share / "applications")],
                    ["gtk-update-icon-cache", "-q", "-t", "-f", str(share / "icons" / "hicolor")]):
        if shutil.which(command[0]):
            subprocess.run(command, check=False, capture_output=True)


def _desktop_files() -> tuple[str, ...]:
    return (f"applications/{NAME}.desktop", f"mime/packages/{NAME}.xml", f"icons/hicolor/scalable/apps/{NAME}.svg")


def _unpack(fresh: Path, file: Path, offset: int) -> None:
    try:
        with file.open("rb") as stream:
            stream.seek(offset)
            with lzma.open(stream) as plain, tarfile.open(fileobj=plain, mode="r|") as archive:
                for member in archive:
                    archive.extract(member, fresh, numeric_owner=True)
    except (lzma.LZMAError, tarfile.TarError, EOFError) as error:
        raise Refused(f"安装文件损坏，解不开（{error}）。请重新复制一份。") from error


def _version(link: Path) -> str | None:
    try:
        return (link / "VERSION").read_text("ascii").strip()
    except OSError:
        return None


def _free_name(root: Path, version: str) -> Path:
    place, number = root / version, 2
    while place.exists():
        place, number = root / f"{version}-{number}", number + 1
    return place


def _point(link: Path, place: Path) -> None:
    beside = link.with_name("current.new")
    beside.unlink(missing_ok=True)
    beside.symlink_to(place.name)
    beside.replace(link)


def _remove_old(root: Path, place: Path, old: Path | None) -> bool:
    """Remove every other version that no process runs; say whether one is still running."""
    running = {entry for entry in _running_programs() if entry.is_relative_to(root.resolve())}
    kept = False
    for folder in root.iterdir():
        if folder.is_symlink() or not folder.is_dir() or folder.resolve() == place.resolve():
            continue
        if any(entry.is_relative_to(folder.resolve()) for entry in running):
            kept = kept or folder.resolve() == old
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return kept


def _running_programs() -> set[Path]:
    found = set()
    for process in Path("/proc").glob("[0-9]*/exe"):
        try:
            found.add(process.readlink())
        except OSError:
            continue
    return found


def _sentence(version: str, before: str | None, root: Path, kept: bool) -> str:
    if before is None:
        done = f"已安装预算公开编制台 {version}"
    elif before == version:
        done = f"已重新安装预算公开编制台 {version}"
    else:
        done = f"预算公开编制台已由 {before} 换成 {version}"
    more = "旧版本还开着，请关掉后重新打开。" if kept else ""
    return f"{done}，在开始菜单的“办公”里可以找到，也可以双击账册（.xfb）打开。账册和设置没有动。{more}程序在 {root}。"


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main(sys.argv[1:]))
