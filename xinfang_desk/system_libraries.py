"""The libraries of a Linux system that Qt needs, which Debian package has each, and what is missing.

Standard library only: ``tools/setup.py`` uses it before anything is installed.
"""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from xinfang_desk.messages import program as words

DEBIAN_PACKAGES: Mapping[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""Shared object name → Debian/Ubuntu package, for what the Qt of ``PySide6-Essentials`` links to."""

_CANNOT_OPEN = re.compile(r"(?P<soname>lib[\w.+-]+\.so[\w.]*): cannot open shared object file")


def missing_soname(message: str) -> str | None:
    """Return the library the dynamic loader named in *message*, or ``None`` when it named none."""
    found = _CANNOT_OPEN.search(message)
    return found["soname"] if found else None


def missing_library_sentence(soname: str) -> str:
    """Return the sentence a clerk reads when the shared object *soname* is not there."""
    package = DEBIAN_PACKAGES.get(soname)
    if package is None:
        return words.LIBRARY_ASK.format(soname=soname)
    return words.LIBRARY_INSTALL.format(soname=soname, package=package)


def window_obstacle() -> str | None:
    """Return a sentence that says why Qt cannot open a window on this system, or ``None``.

    Qt itself ends the process when it finds no screen or cannot load its X11 plugin, without a
    chance for Python to explain; so both are tried beforehand.
    """
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return None
    if os.environ.get("WAYLAND_DISPLAY"):
        return None
    if not os.environ.get("DISPLAY"):
        return words.NO_SCREEN
    import ctypes

    plugin = qt_folder() / "plugins" / "platforms" / "libqxcb.so"
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        soname = missing_soname(str(error))
        return missing_library_sentence(soname) if soname else words.NO_WINDOW.format(error=error)
    return None


def qt_folder() -> Path:
    """Return the folder of the installed Qt, without importing it.

    Raises:
        ModuleNotFoundError: PySide6 is not installed.
    """
    spec = importlib.util.find_spec("PySide6")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("No module named 'PySide6'", name="PySide6")
    return Path(next(iter(spec.submodule_search_locations))) / "Qt"
