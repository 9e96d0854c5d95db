"""Types 中文 into the running program by real input methods, on a virtual screen, and reads the book to see what came.

    python tests/installers/input_methods.py --program /opt/xinfang-desk/bin/xinfang-desk --pictures DIR

Not part of the suite: it wants Debian's packages ``xvfb openbox xdotool dbus imagemagick`` and, for the routes,
``ibus ibus-libpinyin``, ``fcitx5 fcitx5-pinyin``; fcitx 4 cannot stand beside fcitx 5, so it is run out of a Debian root
of its own, made by root with::

    debootstrap --variant=minbase --include=dbus,fcitx-bin,fcitx-data,fcitx-modules,fcitx-pinyin,fcitx-module-dbus,\
fcitx-module-x11,fcitx-ui-classic,fcitx-config-common,fonts-wqy-microhei bullseye DIR

and named by ``--fcitx4-root``. Prints one line for each route; leaves with 1 where one failed, and with 2 where nothing
could be tried. Standard library only.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

SAMPLE = "004"
PAUSE = 0.4
SLOW = 15.0
TYPED, WORDS = "zhongwen", "中文"
LETTER_MS = 90
EDUCATION = "205"
"""The codes of 教育支出 begin so."""


class Refused(Exception):
    """A route that cannot be tried here, or did not do what it must. The text says which and why."""


@dataclass
class Session:
    """A screen, a session bus and a home of their own."""

    folder: Path
    environment: dict[str, str]
    pictures: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *command: str, **more: str) -> subprocess.Popen[bytes]:
        """Run something until the session ends; its words go to a file."""
        with (self.folder / f"{Path(command[0]).name}.log").open("ab") as log:
            process = subprocess.Popen(command, env=self.environment | more, stdout=log, stderr=log,
                                       stdin=subprocess.DEVNULL, start_new_session=True)
        self.running.append(process)
        return process

    def ask(self, *command: str, timeout: float = SLOW) -> str:
        """Run something that ends, and return its words."""
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=timeout, check=False)
        return done.stdout

    def keys(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.ask("xdotool", "key", key)
            time.sleep(PAUSE)

    def type(self, letters: str) -> None:
        """Type letters as a person does."""
        self.ask("xdotool", "type", "--delay", str(LETTER_MS), letters)
        time.sleep(2 * PAUSE)

    def shoot(self, name: str) -> None:
        """A picture of the whole screen."""
        self.ask("import", "-window", "root", str(self.pictures / f"{name}.png"))

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """End a process of this session, and what it started."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def waits(self, until: Callable[[], bool], what: str, seconds: float = SLOW) -> None:
        """Wait for something.

        Raises:
            Refused: it did not come.
        """
        stop = time.monotonic() + seconds
        while not until():
            if time.monotonic() > stop:
                raise Refused(f"{what} did not come in {seconds:.0f} s")
            time.sleep(0.2)


@contextmanager
def session(pictures: Path, number: int) -> Iterator[Session]:
    """A fresh screen of 1366 x 768 with a window manager; everything ends with the block."""
    folder = Path(tempfile.mkdtemp(prefix="xinfang-input-"))
    home, runtime = folder / "home", folder / "run"
    home.mkdir()
    runtime.mkdir(mode=0o700)
    bus = f"unix:abstract=/tmp/{folder.name}"
    kept = {name: os.environ[name] for name in ("PATH", "XINFANG_SHARED", "PYTHONPATH") if name in os.environ}
    one = Session(folder, kept | {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "LANG": "C.UTF-8",
                                  "DISPLAY": f":{number}", "DBUS_SESSION_BUS_ADDRESS": bus}, pictures)
    try:
        one.start("dbus-daemon", "--session", f"--address={bus}", "--nofork", "--nopidfile")
        one.start("Xvfb", f":{number}", "-screen", "0", "1366x768x24", "-nolisten", "tcp")
        one.waits(lambda: "1366" in one.ask("xdotool", "getdisplaygeometry"), "the screen")
        one.start("openbox")
        time.sleep(2)
        yield one
    finally:
        for process in reversed(one.running):
            one.end(process)
        shutil.rmtree(folder, ignore_errors=True)


def names(one: Session) -> str:
    """Who is on the session bus."""
    return one.ask("dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/",
                   "org.freedesktop.DBus.ListNames")


def need(*programs: str) -> None:
    """Refuse where a program is missing."""
    missing = [program for program in programs if not shutil.which(program)]
    if missing:
        raise Refused(f"not installed here: {', '.join(missing)}")


def start_ibus(one: Session, _: argparse.Namespace) -> None:
    """ibus with 拼音 (libpinyin) as the engine in use."""
    need("ibus-daemon", "ibus", "gsettings")
    one.ask("gsettings", "set", "org.freedesktop.ibus.general", "preload-engines", "['libpinyin']")
    one.start("ibus-daemon", "--xim", "--panel", "/usr/libexec/ibus-ui-gtk3")
    one.waits(lambda: "unix:" in one.ask("ibus", "address"), "ibus")
    one.waits(lambda: one.ask("ibus", "engine", "libpinyin") == "" and "libpinyin" in one.ask("ibus", "engine"),
              "ibus's pinyin engine")


def start_fcitx5(one: Session, _: argparse.Namespace) -> None:
    """fcitx 5 with 拼音 switched on from the start."""
    need("fcitx5", "fcitx5-remote")
    config = Path(one.environment["HOME"], ".config", "fcitx5")
    config.mkdir(parents=True)
    (config / "profile").write_text(
        "[Groups/0]\nName=Default\nDefault Layout=us\nDefaultIM=pinyin\n\n[Groups/0/Items/0]\nName=keyboard-us\nLayout=\n\n"
        "[Groups/0/Items/1]\nName=pinyin\nLayout=\n\n[GroupOrder]\n0=Default\n")
    (config / "config").write_text("[Behavior]\nActiveByDefault=True\n")
    one.start("fcitx5", "-r", "--disable=wayland")
    one.waits(lambda: "org.freedesktop.portal.Fcitx" in names(one), "fcitx 5")
    time.sleep(3)  # its words are loaded after it has answered


def start_fcitx4(one: Session, asked: argparse.Namespace) -> None:
    """fcitx 4 out of a root of its own."""
    root: Path | None = asked.fcitx4_root
    if root is None:
        raise Refused("no --fcitx4-root was named")
    if os.getuid() != 0:
        raise Refused("only root can run fcitx 4 out of another root")
    config = root / "root" / ".config" / "fcitx"
    shutil.rmtree(config, ignore_errors=True)
    config.mkdir(parents=True)
    (config / "profile").write_text(
        "[Profile]\nIMName=pinyin\nPreeditStringInClientWindow=True\nEnabledIMList=pinyin:True,fcitx-keyboard-us:True\n")
    off = [f"--disable={asked.fcitx4_disable}"] if asked.fcitx4_disable else []
    one.start("chroot", str(root), "env", "-i", "PATH=/usr/bin:/bin", "HOME=/root", "LANG=C.UTF-8",
              f"DISPLAY={one.environment['DISPLAY']}",
              f"DBUS_SESSION_BUS_ADDRESS={one.environment['DBUS_SESSION_BUS_ADDRESS']}", "fcitx", "-D", *off)
    one.waits(lambda: "org.fcitx.Fcitx-" in names(one), "fcitx 4")
    time.sleep(2)


def start_none(one: Session, _: argparse.Namespace) -> None:
    """No input method at all."""


@dataclass(frozen=True)
class Route:
    """An input method and what the session says about it."""

    name: str
    start: Callable[[Session, argparse.Namespace], None]
    says: dict[str, str]
    chinese: bool = True
    disable: str = ""


ROUTES = (
    Route("ibus", start_ibus, {"QT_IM_MODULE": "ibus"}),
    Route("ibus-unset", start_ibus, {}),
    Route("ibus-fcitx-asked", start_ibus, {"QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}),
    Route("fcitx5", start_fcitx5, {"QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}),
    Route("fcitx5-as-ibus", start_fcitx5, {"QT_IM_MODULE": "ibus"}),
    Route("fcitx5-unset", start_fcitx5, {}),
    Route("fcitx4", start_fcitx4, {"QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}),
    Route("fcitx4-older", start_fcitx4, {"QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}, disable="fcitx-ipcportal"),
    Route("none", start_none, {"QT_IM_MODULE": "fcitx"}, chinese=False),
)


def stored(book: Path, query: str) -> str:
    """One value out of the open book; '' where there is none."""
    with sqlite3.connect(f"file:{book}?mode=ro", uri=True) as connection:
        row = connection.execute(query).fetchone()
    return "" if row is None else str(row[0])


ADDRESS = "SELECT json_extract(value, '$') FROM facts WHERE address = 'unit.address'"
FIRST_NOTE = "SELECT note FROM lines ORDER BY rank LIMIT 1"
FIRST_FUNCTION = "SELECT function FROM lines ORDER BY rank LIMIT 1"


def expect(what: str, found: Callable[[], str], right: Callable[[str], bool]) -> str:
    """Wait a moment for the book to hold what was typed.

    Raises:
        Refused: it holds something else.
    """
    stop = time.monotonic() + 6
    while not right(found()):
        if time.monotonic() > stop:
            raise Refused(f"{what}: {found()!r}")
        time.sleep(0.2)
    return found()


def to_address(one: Session) -> None:
    """Into the line 单位地址 of the first page, emptied."""
    one.keys("ctrl+1", "Tab", "Tab", "Tab", "Tab", "ctrl+a", "Delete")


def in_a_line(one: Session, book: Path, words: str) -> str:
    to_address(one)
    one.type(TYPED)
    one.shoot("line-composing")
    one.keys("space", "Tab")
    one.shoot("line")
    return expect("in a line", lambda: stored(book, ADDRESS), lambda got: got.strip() == words)


def in_a_cell(one: Session, book: Path, words: str) -> str:
    one.keys("ctrl+5", "ctrl+Home", "End")
    one.type(TYPED)
    one.shoot("cell-composing")
    one.keys("space", "Return")
    one.shoot("cell")
    return expect("in a cell", lambda: stored(book, FIRST_NOTE), lambda got: got.strip() == words)


def in_the_picker(one: Session, book: Path, words: str) -> str:
    before = stored(book, FIRST_FUNCTION)
    one.keys("ctrl+5", "ctrl+Home", "Right", "F4")
    one.type("jiaoyu")
    one.shoot("picker-composing")
    one.keys("space")
    one.shoot("picker")
    one.keys("Return")
    return expect("in the list of codes", lambda: stored(book, FIRST_FUNCTION),
                  lambda got: got.startswith(EDUCATION) and got != before)


def in_the_find_box(one: Session, book: Path, words: str) -> str:
    """What was searched for is cut out and put into a line, where the book shows it."""
    one.keys("ctrl+f", "ctrl+a", "Delete")
    one.type(TYPED)
    one.shoot("find-composing")
    one.keys("space")
    one.shoot("find")
    one.keys("ctrl+a", "ctrl+c", "Escape")
    to_address(one)
    one.keys("ctrl+v", "Tab")
    return expect("in the find box", lambda: stored(book, ADDRESS), lambda got: got.strip() == words)


def left_half_way(one: Session, book: Path, words: str) -> str:
    """Half a word, then a click on another page: what was typed is kept in one form or the other."""
    to_address(one)
    one.keys("Tab", "shift+Tab")
    one.type(TYPED)
    one.shoot("half-way")
    one.ask("xdotool", "mousemove", "100", "150", "click", "1")
    time.sleep(2 * PAUSE)
    one.shoot("half-way-left")
    return expect("left half-way", lambda: stored(book, ADDRESS),
                  lambda got: got.replace(" ", "").replace("'", "") in (TYPED, words))


def cell_left_half_way(one: Session, book: Path, words: str) -> str:
    """Half a word in a cell, then a click on another page."""
    before = stored(book, FIRST_NOTE)
    one.keys("ctrl+5", "ctrl+Home", "End")
    one.type(TYPED[:-3])
    one.shoot("cell-half-way")
    one.ask("xdotool", "mousemove", "100", "150", "click", "1")
    time.sleep(2 * PAUSE)
    return expect("a cell left half-way", lambda: stored(book, FIRST_NOTE), lambda got: got not in ("", before))


SCENES: tuple[tuple[str, Callable[[Session, Path, str], str]], ...] = (
    ("line", in_a_line), ("cell", in_a_cell), ("F4 list", in_the_picker), ("find", in_the_find_box),
    ("left half-way", left_half_way), ("cell left half-way", cell_left_half_way))


def run(route: Route, program: Sequence[str], asked: argparse.Namespace, number: int) -> str:
    """One route from an empty home on; returns what it showed."""
    pictures = asked.pictures / route.name
    pictures.mkdir(parents=True, exist_ok=True)
    with session(pictures, number) as one:
        asked.fcitx4_disable = route.disable
        route.start(one, asked)
        book = one.folder / "book.xfb"
        done = subprocess.run([*program, "sample", "new", SAMPLE, str(book)], env=one.environment, check=False,
                              capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise Refused(f"no sample book: {done.stderr.strip()}")
        process = one.start(*program, str(book), **route.says)
        one.waits(lambda: "公开编制台" in one.ask("xdotool", "getactivewindow", "getwindowname") and
                  "紫阳" in one.ask("xdotool", "getactivewindow", "getwindowname"), "the window with the book", 40)
        time.sleep(2)
        if not route.chinese:
            return "letters stay letters: " + in_a_line(one, book, TYPED)
        found = []
        for name, scene in SCENES:
            found.append(f"{name} {scene(one, book, WORDS)}")
            if process.poll() is not None:
                raise Refused(f"the program ended after: {found[-1]}")
        return "; ".join(found)


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description="Types 中文 into the program by real input methods.")
    parser.add_argument("--program", required=True, help="the program's command; a checkout: 'PYTHON -m xinfang_desk'")
    parser.add_argument("--pictures", type=Path, default=Path(tempfile.gettempdir()) / "xinfang-input-pictures")
    parser.add_argument("--fcitx4-root", type=Path)
    parser.add_argument("--route", action="append", choices=[route.name for route in ROUTES])
    parser.add_argument("--display", type=int, default=91)
    asked = parser.parse_args()
    tried = failed = 0
    try:
        need("Xvfb", "openbox", "xdotool", "dbus-daemon", "dbus-send", "import")
    except Refused as refused:
        print(f"nothing tried: {refused}")
        return 2
    for number, route in enumerate(ROUTES, asked.display):
        if asked.route and route.name not in asked.route:
            continue
        says = " ".join(f"{name}={value}" for name, value in route.says.items()) or "nothing named"
        with ExitStack() as told:
            told.callback(sys.stdout.flush)
            try:
                print(f"PASS {route.name} ({says}): {run(route, asked.program.split(), asked, number)}")
                tried += 1
            except Refused as refused:
                missing = "not installed" in str(refused) or "--fcitx4-root" in str(refused) or "only root" in str(refused)
                print(f"{'NOT TRIED' if missing else 'FAIL'} {route.name} ({says}): {refused}")
                failed += not missing
    return 1 if failed else 0 if tried else 2


if __name__ == "__main__":
    sys.exit(main())
