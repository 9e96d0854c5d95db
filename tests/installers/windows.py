"""Tries setup.exe under wine 10 in a Debian 13 root without a network, and says in one line what each trial showed.

Outside the ordinary suite: it needs root, debootstrap, unshare, makensis, mingw-w64 and some twenty minutes. From the
checkout::

    python build_installer.py --target windows --out build/installers
    python -m tests.installers.windows --setup build/installers/xinfang-desk-0.1.0-setup.exe [--work DIR]

The Windows user is 王 晓梅, with a blank in the name, on a Chinese system (code page 936). Screenshots and the program's
own words are left in ``WORK/shown``. Exit code 0 only when every trial passed. wine is not Windows: what only a real one
can show (SmartScreen, virus scanners, its input methods, printers) is not tried here.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.installers.wine import USER, Wine
from tools.installer import tree, windows_launcher, windows_setup
from tools.installer.fetch import sha256

ROOT = Path(__file__).resolve().parents[2]
OLDER = "0.0.9"
STALE = "app/xinfang_desk/flow/left_from_before.py"
TITLE = "预算公开编制台"
HOME = rf"C:\users\{USER}"
PROGRAM = rf"{HOME}\AppData\Local\Programs\XinfangDesk"
BOOKS = rf"{HOME}\Documents\我的 账册"
BOOK = rf"{BOOKS}\县信访局 二〇二三年.xfb"
TRY = rf"{HOME}\Documents\自检 一"
UNINSTALL_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\XinfangDesk"
WINDOW_SECONDS = 90
RUNNING, UNFIT, NEWER = 3, 4, 5


class Failed(Exception):
    """A trial did not show what it should."""


class Trials:
    """The trials, each said in one line."""

    def __init__(self, wine: Wine, setup: Path, shown: Path) -> None:
        self.wine, self.setup, self.shown = wine, setup, shown
        self.version = re.split("-", setup.stem)[2]
        self.older = wine.share / f"xinfang-desk-{OLDER}-setup.exe"
        self.books_before: dict[str, str] = {}
        self.bad = 0

    def show(self, what: str, trial: Callable[[], str]) -> None:
        """Run one trial and print one line; a failure is counted and the others go on."""
        try:
            told, mark = trial(), "✓"
        except (Failed, subprocess.TimeoutExpired, OSError, ValueError, KeyError) as error:
            told, mark = f"{type(error).__name__} {error}", "✗"
            self.bad += 1
        print(f"{mark} wine 10 · {what}：{told}", flush=True)

    # ---- installing

    def no_network(self) -> str:
        """Only ``lo`` is there, and this is the wine that is meant."""
        told = self.wine.run("cut -d: -f1 /proc/net/dev | tail -n +3; wine --version; wine cmd /c chcp").out
        names = set(told.split("wine-")[0].split())
        if names != {"lo"} or "wine-10" not in told:
            raise Failed(told)
        return f"只有 lo，没有网络；{told.split(chr(10))[1]}，用户“{USER}”，中文系统（代码页 936）"

    def unfit(self) -> str:
        """A 32-bit Windows and an old one refuse, in Chinese, and nothing is installed."""
        told = []
        for what, arch, version, sentence in (("32 位", "win32", "win10", "32 位的"), ("Windows 7", "win64", "win7", "太旧")):
            other = self.wine.beside(arch, version)
            done = other.run(f"wine {shlex.quote(self._share(self.setup))} /S")
            if done.code != UNFIT:
                raise Failed(f"{what}：返回码 {done.code}，应是 {UNFIT}")
            if other.path(rf"{HOME}\AppData\Local\Programs\XinfangDesk").exists():
                raise Failed(f"{what}：装进去了东西")
            picture = self.shown / f"refused-{arch}.png"
            other.picture(f"wine {shlex.quote(self._share(self.setup))}", picture, seconds=8)
            told.append(f"{what}拒绝安装（返回码 {UNFIT}，{sentence}……），什么也没装，截图 {picture.name}")
            other.drop()
        return "；".join(told)

    def install(self) -> str:
        """Silent, per user, into a path with Chinese and a blank."""
        done = self.wine.run(f"wine {shlex.quote(self._share(self.setup))} /S")
        folder = self.wine.path(PROGRAM)
        if done.code or not (folder / "uninstall.exe").is_file():
            raise Failed(f"返回码 {done.code}；{done.out[-500:]}")
        files = [file for file in folder.rglob("*") if file.is_file()]
        if len([file for file in self._links() if file.exists()]) != 2:
            raise Failed("开始菜单或桌面上没有图标")
        size = sum(file.stat().st_size for file in files) / 1e6
        return f"静默安装 {done.seconds:.0f} 秒，{len(files)} 个文件 {size:.0f} MB；{self._version()}；开始菜单和桌面上有图标"

    def _version(self) -> str:
        told = self.wine.run(f"wine {shlex.quote(PROGRAM)}'\\xinfang-desk-cli.exe' --version").out.strip().splitlines()
        kept = self.wine.registry(UNINSTALL_KEY, "DisplayVersion")
        if not told or told[-1] != f"xinfang-desk {self.version}" or kept != self.version:
            raise Failed(f"说自己是 {told}，“应用和功能”里写 {kept}，应是 {self.version}")
        return f"版本 {kept}"

    def make_older(self) -> str:
        """An installer of a lower version from what was just installed, with one file more that is gone since."""
        before = self.wine.work / "older"
        shutil.rmtree(before, ignore_errors=True)
        shutil.copytree(self.wine.path(PROGRAM), before)
        (before / "uninstall.exe").unlink()
        (before / STALE).write_text("LEFT = True\n", "utf-8")
        scratch = tree.fresh(self.wine.work / "nsis")
        (before / "VERSION").write_text(OLDER, "ascii")
        windows_launcher.make_launchers(OLDER, tree.fresh(self.wine.work / "launcher"), before)
        windows_setup.pack(before, OLDER, 1_750_000_000, scratch, self.older, quick=True)
        shutil.rmtree(before)
        done = self._remove()
        if done or self.wine.path(PROGRAM).exists():
            raise Failed(f"第一次卸载不干净，返回码 {done}")
        code = self.wine.run(f"wine {shlex.quote(self._share(self.older))} /S").code
        if code or not (self.wine.path(PROGRAM) / STALE).is_file():
            raise Failed(f"旧版本装不上，返回码 {code}")
        return f"先卸载干净，再装上 {OLDER}（多一个以后没有的文件）"

    def upgrade(self) -> str:
        """A newer one over an older one: stale files go, the clerk's stay, the icon thrown away does not come back."""
        folder = self.wine.path(PROGRAM)
        (folder / "我的便条.txt").write_text("别删", "utf-8")
        self._links()[1].unlink()
        self._note_books()
        done = self.wine.run(f"wine {shlex.quote(self._share(self.setup))} /S")
        if done.code:
            raise Failed(f"返回码 {done.code}")
        version = self._version()
        if (folder / STALE).exists() or not (folder / "我的便条.txt").is_file() or self._links()[1].exists():
            raise Failed("旧文件还在，或别人的文件没了，或桌面图标又回来了")
        self._books_same()
        return f"{OLDER} 换成{version}（{done.seconds:.0f} 秒）：旧文件换下，放在里面的便条还在，扔掉的桌面图标没有再来，账册和设置一字未变"

    # ---- working

    def self_test(self) -> str:
        """The main job on sample 004, its figures and files against those known from Linux."""
        done = self.wine.run(f"wine {shlex.quote(PROGRAM)}'\\xinfang-desk-cli.exe' --self-test {shlex.quote(TRY)}")
        (self.shown / "self-test.txt").write_text(done.out, "utf-8")
        report = json.loads((self.wine.path(TRY) / "report.json").read_text("utf-8"))
        if done.code:
            raise Failed(f"返回码 {done.code}；{[line for line in report['lines'] if line['state'] != 'ok']}")
        return f"{len(report['lines'])} 项全部通过，文件与 Linux 上的逐字节一致（{done.seconds:.0f} 秒）"

    def own_window(self) -> str:
        """The self-test with the window, on Windows' own platform plug-in."""
        place = rf"{HOME}\Documents\自检 二"
        command = f"wine {shlex.quote(PROGRAM)}'\\xinfang-desk-cli.exe' --self-test {shlex.quote(place)} --window"
        done = self.wine.run(f"{self.wine.SCREEN}\n{command}")
        picture = self.shown / "self-test-window.png"
        shutil.copyfile(self.wine.path(place) / "window.png", picture)
        found = [line for line in done.out.splitlines() if "windows" in line]
        if done.code or not found:
            raise Failed(f"返回码 {done.code}；{done.out[-600:]}")
        return f"{found[-1].strip()}（图 {picture.name}）"

    def double_click(self) -> str:
        """A book with blanks and Chinese in its path, opened through the file type as a double click does."""
        self.wine.path(BOOKS).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.wine.path(TRY) / "自检.xfb", self.wine.path(BOOK))
        self.wine.own(self.wine.path(BOOKS))
        picture = self.shown / "double-click.png"
        # wine 10 looks for file types under HKLM only, Windows under HKCU first: what setup.exe wrote is copied as it is.
        copy = ("for key in .xfb XinfangDesk.Book; do wine reg copy 'HKCU\\Software\\Classes\\'$key 'HKLM\\Software\\Classes\\'$key "
                "/s /f >/dev/null 2>&1; done")
        self.wine.run(copy)
        ask = f"import os; os.startfile(r'{BOOK}')"  # ShellExecute, as the desktop asks it
        title = self.wine.picture(f"wine {shlex.quote(PROGRAM)}'\\runtime\\python.exe' -X utf8 -c {shlex.quote(ask)}", picture,
                                  seconds=WINDOW_SECONDS, title="紫阳县信访局")
        for key in (".xfb", "XinfangDesk.Book"):
            self.wine.run(f"wine reg delete 'HKLM\\Software\\Classes\\{key}' /f >/dev/null 2>&1")
        if "紫阳县信访局" not in title:
            raise Failed(f"标题是“{title}”")
        return f"经文件类型打开（wine 只认 HKLM，把 setup 写的登记原样抄过去），标题“{title}”，截图 {picture.name}"

    def book_in_use(self) -> str:
        """A book that lies open in the window is not written by a second program; after a kill it opens again."""
        build = f"wine {shlex.quote(PROGRAM)}'\\xinfang-desk-cli.exe' build {shlex.quote(BOOK)} --out {shlex.quote(BOOKS)}'\\公开稿'"
        done = self.wine.run(
            f"{self.wine.SCREEN}\nwine {shlex.quote(PROGRAM)}'\\xinfang-desk.exe' {shlex.quote(BOOK)} >/dev/null 2>&1 &\n"
            f"timeout {WINDOW_SECONDS} xdotool search --sync --onlyvisible --name 紫阳县信访局 >/dev/null\n"
            f"{build} 2>&1; echo first=$?; wineserver -k; {build} 2>&1; echo second=$?")
        first, second = done.out.split("first=")
        if not second.startswith("2") or "second=0" not in second:
            raise Failed(done.out[-600:])
        return f"窗口里开着时，另一个程序说：“{first.strip().splitlines()[-1]}”；窗口被强行结束以后，照常打开并生成公开稿"

    def start_times(self) -> str:
        """From the command to the first window that can be seen: files not in memory, then five times warm."""
        folder = self.wine.path(PROGRAM)
        cold = self.wine.seconds_to_window(f"wine {shlex.quote(PROGRAM)}'\\xinfang-desk.exe'", TITLE, before=lambda: _forget(folder))
        warm = sorted(self.wine.seconds_to_window(f"wine {shlex.quote(PROGRAM)}'\\xinfang-desk.exe'", TITLE) for _ in range(5))
        return (f"首个窗口：文件不在内存时 {cold:.2f} 秒，之后 {warm[2]:.2f} 秒（五次的中位数，最快 {warm[0]:.2f}）；"
                "含 wine 自己的启动，真的 Windows 上要另量")

    def workbook(self) -> str:
        """A workbook read by the helper process: the plain Python beside the program, no second window."""
        code = ("import openpyxl, sys; from pathlib import Path; from xinfang_desk import places; "
                "from xinfang_desk.intake.workbook import read_workbook; book = openpyxl.Workbook(); "
                "book.active.append(['科目', 12]); file = Path(r'C:\\来 件.xlsx'); book.save(file); "
                "print(places.python().name, read_workbook(file)[0].rows)")
        told = self.wine.run(f"wine {shlex.quote(PROGRAM)}'\\runtime\\python.exe' -X utf8 -c {shlex.quote(code)}").out
        if "python.exe (('科目', '12'),)" not in told:
            raise Failed(told[-600:])
        return "由随带的 python.exe 作帮手读出了 .xlsx"

    def broken(self) -> str:
        """A file taken away, as a virus scanner does: a Chinese sentence, not a riddle."""
        dll = self.wine.path(PROGRAM) / "runtime" / "python311.dll"
        hidden = dll.with_suffix(".away")
        dll.rename(hidden)
        try:
            picture = self.shown / "broken.png"
            self.wine.picture(f"wine {shlex.quote(PROGRAM)}'\\xinfang-desk.exe'", picture, seconds=10, title=TITLE)
            done = self.wine.run(f"wine {shlex.quote(PROGRAM)}'\\xinfang-desk-cli.exe' --version 2>&1")
        finally:
            hidden.rename(dll)
        if done.code != 2 or "重新运行安装程序" not in done.out:
            raise Failed(f"返回码 {done.code}：{done.out[-400:]}")
        return f"缺了 python311.dll 时说：{done.out.strip().splitlines()[0][:40]}……（窗口截图 {picture.name}）"

    # ---- refusing, removing

    def running(self) -> str:
        """While the program runs neither a newer one goes in nor the program out."""
        before = self._files()
        setup, remove = self._share(self.setup), f"{PROGRAM}\\uninstall.exe"
        done = self.wine.run(
            f"{self.wine.SCREEN}\nwine {shlex.quote(PROGRAM)}'\\xinfang-desk.exe' >/dev/null 2>&1 &\n"
            f"timeout {WINDOW_SECONDS} xdotool search --sync --onlyvisible --name {TITLE} >/dev/null\n"
            f"wine {shlex.quote(setup)} /S; echo install=$?\nwine {shlex.quote(remove)} /S; sleep 8\n"
            f"wine {shlex.quote(setup)} >/dev/null 2>&1 &\nsleep 8; import -window root /share/running.png")
        shutil.copyfile(self.wine.share / "running.png", self.shown / "running.png")
        if f"install={RUNNING}" not in done.out:
            raise Failed(done.out[-400:])
        if self._files() != before:
            raise Failed("程序文件被动过了")
        return f"正在运行时，安装停下（返回码 {RUNNING}），卸载也停下，{len(before)} 个文件一个没动，截图 running.png"

    def newer_stays(self) -> str:
        """An older installer does not silently replace a newer program."""
        code = self.wine.run(f"wine {shlex.quote(self._share(self.older))} /S").code
        if code != NEWER:
            raise Failed(f"返回码 {code}，应是 {NEWER}")
        return f"{OLDER} 的安装程序不覆盖 {self._version()}（返回码 {NEWER}）"

    def untouched(self) -> str:
        """Work leaves nothing behind in the program's folder."""
        folder = self.wine.path(PROGRAM)
        strange = [file.name for file in folder.rglob("*") if file.is_file() and file.suffix == ".pyc" and self._newer(file)]
        if strange:
            raise Failed(f"多出了 {strange[:8]}")
        return "用过以后，程序文件夹里没有多出文件"

    def remove(self) -> str:
        """Only shipped files go; the clerk's note, the books and the settings stay."""
        self._note_books()
        code = self._remove()
        left = sorted(file.name for file in self.wine.path(PROGRAM).rglob("*"))
        if code or left != ["我的便条.txt"]:
            raise Failed(f"返回码 {code}，剩下 {left[:10]}")
        if any(file.exists() for file in self._links()) or self.wine.registry(UNINSTALL_KEY, "DisplayName"):
            raise Failed("图标或“应用和功能”里的条目还在")
        if self.wine.registry(r"HKCU\Software\Classes\.xfb", "/ve") or self.wine.registry(r"HKCU\Software\Classes\XinfangDesk.Book", "/ve"):
            raise Failed("文件类型还登记着")
        self._books_same()
        return f"只剩放在里面的便条；图标、登记都清了；{len(self.books_before)} 个账册、备份、公开稿和设置文件一字未变"

    # ---- what several use

    def _share(self, file: Path) -> str:
        if not (self.wine.share / file.name).exists():
            shutil.copyfile(file, self.wine.share / file.name)
        return f"Z:\\share\\{file.name}"

    def _links(self) -> tuple[Path, Path]:
        menu = rf"{HOME}\AppData\Roaming\Microsoft\Windows\Start Menu\Programs\{TITLE}.lnk"
        return self.wine.path(menu), self.wine.path(rf"{HOME}\Desktop\{TITLE}.lnk")

    def _remove(self) -> int:
        # As Windows' own list of programs does it; the uninstaller goes on from a copy of itself, which is waited for.
        code = self.wine.run(f"wine {shlex.quote(PROGRAM)}'\\uninstall.exe' /S; code=$?; wineserver -w; (exit $code)").code
        return code

    def _files(self) -> dict[str, int]:
        return {str(file): file.stat().st_mtime_ns for file in self.wine.path(PROGRAM).rglob("*") if file.is_file()}

    def _newer(self, file: Path) -> bool:
        return file.stat().st_mtime > (self.wine.path(PROGRAM) / "uninstall.exe").stat().st_mtime + 1

    def _note_books(self) -> None:
        self.books_before = self._books()

    def _books_same(self) -> None:
        if self._books() != self.books_before or not self.books_before:
            raise Failed("账册或设置变了")

    def _books(self) -> dict[str, str]:
        places = (rf"{HOME}\Documents", rf"{HOME}\AppData\Roaming\xinfang-desk", rf"{HOME}\AppData\Local\xinfang-desk\practice")
        return {str(file): sha256(file) for place in places for file in sorted(self.wine.path(place).rglob("*")) if file.is_file()}


def _forget(folder: Path) -> None:
    """Put the files of a folder out of memory, so that the next start reads the disk."""
    os.sync()
    for file in folder.rglob("*"):
        if file.is_file():
            with file.open("rb") as stream:
                os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def main() -> int:
    """Run every trial; return 0 when all passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--setup", type=Path, required=True, help="the setup.exe to try")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "trials")
    asked = parser.parse_args()
    work = asked.work.resolve()
    shown = work / "shown"
    shown.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    trials = Trials(Wine.fresh(work), asked.setup.resolve(), shown)
    trials.show("断网", trials.no_network)
    trials.show("不合适的系统", trials.unfit)
    trials.show("安装", trials.install)
    trials.show("装旧版本", trials.make_older)
    trials.show("自检（旧版本）", trials.self_test)
    trials.show("升级", trials.upgrade)
    trials.show("自检", trials.self_test)
    trials.show("自检的窗口", trials.own_window)
    trials.show("双击账册", trials.double_click)
    trials.show("账册正开着", trials.book_in_use)
    trials.show("启动时间", trials.start_times)
    trials.show("读工作簿", trials.workbook)
    trials.show("缺文件", trials.broken)
    trials.show("运行中", trials.running)
    trials.show("旧换新", trials.newer_stays)
    trials.show("程序文件夹", trials.untouched)
    trials.show("卸载", trials.remove)
    passed = "全部通过" if not trials.bad else f"{trials.bad} 项没有通过"
    print(f"{passed}（{(time.monotonic() - begun) / 60:.0f} 分钟）；截图和自检的话在 {shown}")
    return 1 if trials.bad else 0


if __name__ == "__main__":
    sys.exit(main())
