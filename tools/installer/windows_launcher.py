"""Compiles the launcher: one C source, twice, with icon, version and manifest inside; the same bytes each time.

Debian's mingw-w64 does it (package ``gcc-mingw-w64-x86-64-win32``). The result needs nothing but what every Windows has.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tools.installer import windows_words as words
from tools.installer.ico import ico, on_ground
from tools.installer.words import BuildTrouble

COMPILER = "x86_64-w64-mingw32-gcc"
RESOURCES = "x86_64-w64-mingw32-windres"
PACKAGE = "gcc-mingw-w64-x86-64-win32"

WINDOW = "xinfang-desk.exe"
TERMINAL = "xinfang-desk-cli.exe"

_HERE = Path(__file__).resolve().parent
_SOURCE = _HERE / "launcher"
_ICONS = _HERE / "icons"
_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
_FLAGS = ("-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-municode", "-static", "-s", "-fno-ident",
          "-Wl,--no-insert-timestamp", "-Wl,--dynamicbase", "-Wl,--nxcompat", "-Wl,--high-entropy-va")


def icon(name: str) -> bytes:
    """The bytes of the icon *name* (``app``, ``book``) in every size Windows asks for."""
    return ico([_ICONS / f"{name}-{size}.png" for size in _SIZES])


def side_picture() -> bytes:
    """The picture at the side of the installer's first and last page."""
    return on_ground((_ICONS / "app-128.png").read_bytes(), 164, 314, 48, (0xE4, 0xF0, 0xF4))


def four_numbers(version: str) -> str:
    """A version as Windows writes it, four numbers: ``0.1.0`` and ``0.1.0rc1`` are both ``0.1.0.0``."""
    numbers = [int(part) for part in re.findall(r"\d+", re.split(r"[a-zA-Z+-]", version)[0])]
    return ".".join(str(number) for number in [*numbers, 0, 0, 0, 0][:4])


def make_launchers(version: str, scratch: Path, target: Path) -> None:
    """Compile both launchers into the folder *target*, with *scratch* (there, empty) for what lies between.

    Raises:
        BuildTrouble: the compiler is missing or refuses.
    """
    (scratch / "app.ico").write_bytes(icon("app"))
    (scratch / "launcher.c").write_bytes((_SOURCE / "launcher.c").read_bytes())
    filled = {"VERSION": version, "VERSION4": four_numbers(version),
              "VERSION_COMMAS": four_numbers(version).replace(".", ","), "PROGRAM": words.PROGRAM,
              "PUBLISHER": words.PUBLISHER, "BROKEN": words.BROKEN, "BROKEN_WHERE": words.BROKEN_WHERE}
    _fill("launcher.manifest", filled, scratch)
    for exe, flags in ((WINDOW, ("-mwindows",)), (TERMINAL, ("-mconsole", "-DTERMINAL"))):
        _fill("launcher.rc", {**filled, "EXE": exe}, scratch)
        _run([RESOURCES, "-O", "coff", "launcher.rc", "launcher.res.o"], scratch)
        _run([COMPILER, *_FLAGS, *flags, "launcher.c", "launcher.res.o", "-o", exe, "-lshell32"], scratch)
        (target / exe).write_bytes((scratch / exe).read_bytes())


def _fill(name: str, filled: dict[str, str], scratch: Path) -> None:
    text = (_SOURCE / name).read_text("utf-8")
    text = re.sub(r"@([A-Z0-9_]+)@", lambda found: filled[found[1]], text)
    if name.endswith(".rc"):
        # windres takes the bytes of a wide string one by one, so Chinese is written in numbers.
        text = re.sub(r"[^\x00-\x7f]", lambda found: f"\\x{ord(found[0]):04x}", text)
    (scratch / name).write_text(text, "utf-8")


def _run(command: list[str], folder: Path) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise BuildTrouble(f"没有 {command[0]}，请安装 Debian 软件包 {PACKAGE}。",
                           f"{command[0]} is missing: install Debian's package {PACKAGE}.") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip()[-600:]
        raise BuildTrouble(f"启动程序编译不了：{said}", f"the launcher does not compile: {said}")
