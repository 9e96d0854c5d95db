"""Which way Chinese gets into the program, decided at start on Linux: through Qt's own plug-in, or by ourselves.

Qt looks for a plug-in of the name in ``QT_IM_MODULE``. The Qt of PySide6 6.9 brings ``ibus`` and ``compose``, has no XIM,
and says nothing where the plug-in named is not there: then no Chinese can be typed at all. 统信UOS and 麒麟 name
``fcitx``. What was tried with which system: the manual's page ``input.md``.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QPluginLoader
from PySide6.QtWidgets import QApplication

from xinfang_desk.processes import lives

logger = logging.getLogger(__name__)

_PLUGIN = re.compile(r"lib(\w+?)platforminputcontextplugin\.so")
_MODIFIER = re.compile(r"@im=(\w+)")
_NO_METHOD = frozenset({"compose", "none", "simple"})
_SCREENS = frozenset({"xcb", "wayland", "wayland-egl"})


class Way(Enum):
    """How an input method is reached."""

    AS_ASKED = "as asked"
    """Qt finds what it is asked for (or nobody wants one)."""
    IBUS = "ibus"
    """Qt is to use its plug-in for ibus."""
    FCITX = "fcitx"
    """The program speaks to fcitx itself (:mod:`xinfang_desk.gui.fcitx_input`), now or as soon as one runs."""


def choose(environment: Mapping[str, str], plugins: Collection[str], ibus_runs: bool,
           fcitx_runs: Callable[[], bool]) -> Way:
    """Decide. ``plugins``: names of the plug-ins there are; ``fcitx_runs`` is only asked where it matters."""
    for_qt, asked = _asked_of_qt(environment), wanted(environment)
    first = for_qt[0] if for_qt else ""
    if first in plugins or first in _NO_METHOD or (is_fcitx(first) and any(map(is_fcitx, plugins))):
        return Way.AS_ASKED
    if any(map(is_fcitx, asked)):
        return Way.IBUS if ibus_runs and "ibus" in plugins and not fcitx_runs() else Way.FCITX
    if "ibus" in plugins and (ibus_runs or "ibus" in asked):
        return Way.IBUS
    return Way.FCITX


def wanted(environment: Mapping[str, str]) -> list[str]:
    """The input methods this session names, first choice first: for Qt, then for X."""
    for_x = _MODIFIER.search(environment.get("XMODIFIERS", ""))
    return [*_asked_of_qt(environment), *([for_x[1]] if for_x else [])]


def _asked_of_qt(environment: Mapping[str, str]) -> list[str]:
    listed = [*environment.get("QT_IM_MODULES", "").split(";"), environment.get("QT_IM_MODULE", "")]
    return [name for name in listed if name and name != "xim"]


def is_fcitx(name: str) -> bool:
    """Whether a name stands for fcitx, old or new."""
    return name.startswith("fcitx")


def ibus_runs(environment: Mapping[str, str], folder: Path | None = None) -> bool:
    """Whether ibus, or fcitx5 in its place, has written where it can be reached, and lives.

    Args:
        folder: where such notes lie; the user's own by default.
    """
    if environment.get("IBUS_ADDRESS"):
        return True
    place = folder or Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "ibus" / "bus"
    number = environment.get("DISPLAY", "").rpartition(":")[2].partition(".")[0]
    return any(lives(pid) is not False for file in place.glob(f"*-unix-{number}") for pid in _pids(file))


def prepare(environment: MutableMapping[str, str]) -> Way:
    """To be called before Qt starts: name the plug-in it is to take, where the one asked for is not there."""
    if not sys.platform.startswith("linux"):
        return Way.AS_ASKED
    way = choose(environment, plugins_of(environment), ibus_runs(environment), lambda: _fcitx_runs(environment))
    if way is Way.IBUS:
        environment.pop("QT_IM_MODULES", None)
        environment["QT_IM_MODULE"] = "ibus"
    return way


def start(app: QApplication, way: Way) -> None:
    """After the first window is painted: speak to fcitx where that is the way."""
    if way is Way.FCITX and app.platformName() in _SCREENS:
        from xinfang_desk.gui.fcitx_input import FcitxInput

        FcitxInput(app)


def plugins_of(environment: Mapping[str, str]) -> frozenset[str]:
    """The input methods Qt has plug-ins for: its own, and those in the folders of ``QT_PLUGIN_PATH`` that fit this Qt.
    (Debian 12's plug-in of fcitx5 does not: it was built for another one.)"""
    own = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
    others = filter(None, environment.get("QT_PLUGIN_PATH", "").split(":"))
    found = [*_plugins(own), *((name, file) for folder in others for name, file in _plugins(folder) if _fits(file))]
    return frozenset(name for name, _ in found)


def _plugins(folder: str) -> list[tuple[str, Path]]:
    files = Path(folder, "platforminputcontexts").glob("lib*.so")
    return [(found[1], file) for file in files if (found := _PLUGIN.fullmatch(file.name))]


def _fits(file: Path) -> bool:
    loader = QPluginLoader(str(file))
    fits = loader.load()
    loader.unload()
    return fits


def _pids(file: Path) -> Iterator[int]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        logger.info("%s: %s", file, error)
        return
    yield from (int(pid) for pid in re.findall(r"^IBUS_DAEMON_PID=(\d{1,9})$", text, re.MULTILINE))


def _fcitx_runs(environment: Mapping[str, str]) -> bool:
    from xinfang_desk.gui.dbus_line import CallFailed, Line, LineLost
    from xinfang_desk.gui.fcitx_context import fcitx_answers

    try:
        line = Line(environment)
    except LineLost:
        return False
    try:
        return fcitx_answers(line, environment) is not None
    except (LineLost, CallFailed):
        return False
    finally:
        line.close()
