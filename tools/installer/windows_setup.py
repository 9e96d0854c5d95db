"""Packs a finished tree into setup.exe with Debian's makensis: the same tree gives the same bytes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tools.installer import windows_words
from tools.installer.windows_launcher import four_numbers, icon, side_picture
from tools.installer.words import BuildTrouble

MAKENSIS = "makensis"
PACKAGE = "nsis"

_SPARE_MB = 50
"""Room asked for beyond the files themselves."""

_SCRIPT = Path(__file__).resolve().parent / "setup.nsi"


def pack(tree: Path, version: str, epoch: int, scratch: Path, setup: Path, *, quick: bool = False) -> None:
    """Write the installer *setup* of the tree, with *scratch* (there, empty) for what lies between.

    *quick* packs loosely, in seconds instead of minutes, for installers that only a test runs.

    Raises:
        BuildTrouble: makensis is missing or refuses.
    """
    files = sorted(_files(tree))
    size = sum((tree / file).stat().st_size for file in files)
    defines = {"VERSION": version, "VERSION4": four_numbers(version), "OUT_FILE": str(setup),
                "SIZE_KB": str(size // 1024), "ROOM_MB": str(size // 1_000_000 + _SPARE_MB)}
    if quick:
        defines["QUICK"] = "1"
    # The sentences last: they may name what stands before them.
    defines |= {f"W_{name}": words for name, words in windows_words.defines(version).items()}
    (scratch / "app.ico").write_bytes(icon("app"))
    (scratch / "side.bmp").write_bytes(side_picture())
    _write(scratch / "build.nsh", [f'!define {name} {quoted(value)}' for name, value in defines.items()])
    _write(scratch / "put.nsh", put_lines(tree, files))
    _write(scratch / "remove.nsh", remove_lines(files))
    _write(scratch / "setup.nsi", _SCRIPT.read_text("utf-8").splitlines())
    for file in scratch.iterdir():
        os.utime(file, (epoch, epoch))
    command = [MAKENSIS, "-V2", "-INPUTCHARSET", "UTF8", "setup.nsi"]
    try:
        done = subprocess.run(command, cwd=scratch, capture_output=True, text=True, check=False,
                              env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch), "LC_ALL": "C.UTF-8"})
    except FileNotFoundError as error:
        raise BuildTrouble(f"没有 makensis，请安装 Debian 软件包 {PACKAGE}。",
                           f"makensis is missing: install Debian's package {PACKAGE}.") from error
    if done.returncode:
        said = (done.stdout + done.stderr).strip()[-800:]
        raise BuildTrouble(f"安装程序打包失败：{said}", f"makensis failed: {said}")
    setup.chmod(0o644)


def put_lines(tree: Path, files: list[str]) -> list[str]:
    """NSIS lines that lay down *files* (paths with ``/``, from *tree*), folder by folder in their order."""
    lines, here = [], None
    for file in files:
        folder = file.rpartition("/")[0]
        if folder != here:
            here = folder
            lines.append(f"SetOutPath {quoted(_in_place(folder))}")
        lines.append(f"File {quoted(str(tree / file))}")
    return lines


def remove_lines(files: list[str]) -> list[str]:
    """NSIS lines that delete exactly *files*, and then each of their folders if nothing else is in it."""
    folders = {folder for file in files for folder in _parents(file)}
    deepest_first = sorted(folders, key=lambda folder: (-folder.count("/"), folder))
    return [*(f"Delete {quoted(_in_place(file))}" for file in files),
            *(f"RMDir {quoted(_in_place(folder))}" for folder in deepest_first)]


def quoted(text: str) -> str:
    """A string of an NSIS script. Variables such as ``$INSTDIR`` stay alive in it."""
    return '"' + text.replace('"', '$\\"') + '"'


def _in_place(path: str) -> str:
    return "$INSTDIR\\" + path.replace("$", "$$").replace("/", "\\") if path else "$INSTDIR"


def _parents(file: str) -> Iterator[str]:
    folder = file.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def _files(tree: Path) -> Iterator[str]:
    for path in tree.rglob("*"):
        if path.is_file():
            yield path.relative_to(tree).as_posix()


def _write(file: Path, lines: list[str]) -> None:
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
