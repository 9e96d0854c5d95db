"""Tries the Linux installers in fresh Debian 11, 12 and 13 systems without a network, and says what each trial showed.

Outside the ordinary suite: it needs root, debootstrap, unshare, ImageMagick and half an hour. From the checkout::

    python build_installer.py --target deb run --out build/installers
    python -m tests.installers.linux --out build/installers [--releases 11 12 13] [--work DIR]

Screenshots and the programs' own words are left in ``WORK/shown``. Exit code 0 only when every trial passed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.installers.roots import RELEASES, USER, Root, drop, fresh

ROOT = Path(__file__).resolve().parents[2]
OLDER = "0.0.9"
BOOKS = f"/home/{USER}/我的 账册"
BOOK = f"{BOOKS}/县信访局 二〇二三年.xfb"
TITLE = "预算公开编制台"

# From the command to the first window that can be seen, with the processor time the program had used by then.
_WINDOW = """
Xvfb :7 -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &
for i in $(seq 300); do DISPLAY=:7 xdpyinfo >/dev/null 2>&1 && break; sleep 0.1; done
export DISPLAY=:7
measure() {{
    begin=$(date +%s%N)
    {program} '{book}' >/tmp/window.txt 2>&1 &
    pid=$!
    window=$(timeout 60 xdotool search --sync --onlyvisible --pid $pid --name '{title}' 2>/dev/null | head -n 1)
    end=$(date +%s%N)
    set -- $(sed 's/.*) //' /proc/$pid/stat)
    cpu=$(( (${{12}} + ${{13}}) * 1000 / $(getconf CLK_TCK) ))
    [ -n "$window" ] && echo "WINDOW $(( (end - begin) / 1000000 )) $cpu $(xdotool getwindowname $window)"
}}
measure; sleep 6; xwd -root -silent -out /tmp/shot.xwd; kill $pid; wait $pid
for i in 1 2 3 4 5; do measure; kill $pid; wait $pid; done 2>/dev/null
cat /tmp/window.txt
"""


class Failed(Exception):
    """A trial did not show what it should."""


class Trials:
    """The trials in one release, each said in one line."""

    def __init__(self, release: str, kind: str, root: Root, shown: Path) -> None:
        self.release, self.kind, self.root, self.shown = release, kind, root, shown
        self.bad = 0

    def show(self, what: str, trial: Callable[[], str]) -> None:
        """Run one trial and print one line; a failure is counted and the others go on."""
        try:
            told, mark = trial(), "✓"
        except (Failed, subprocess.TimeoutExpired, OSError) as error:
            told, mark = str(error), "✗"
            self.bad += 1
        print(f"{mark} Debian {self.release} {self.kind} · {what}：{told}", flush=True)

    def must(self, script: str, user: str = USER, code: int = 0, timeout: float = 600) -> str:
        """Run a script inside and return what it said.

        Raises:
            Failed: it ended with another code; the message has its last words.
        """
        done = self.root.run(script, user, timeout)
        if done.code != code:
            raise Failed(f"“{script[:80]}”的返回码是 {done.code}：{done.out.strip()[-600:]}")
        return done.out

    def no_network(self) -> str:
        """Only ``lo`` is there."""
        devices = self.must("ls /sys/class/net 2>/dev/null; cat /proc/net/dev | tail -n +3 | cut -d: -f1")
        names = set(devices.split())
        if not names <= {"lo"}:
            raise Failed(f"还有网卡 {names}")
        return "只有 lo，没有网络"

    def self_test(self, program: str) -> str:
        """The main job on sample 004, its figures and files against the known ones."""
        done = self.root.run(f"mkdir -p '{BOOKS}' && {program} --self-test '{BOOKS}/自检' --window 2>&1", USER)
        (self.shown / f"{self.release}-{self.kind.strip('.')}-self-test.txt").write_text(done.out, "utf-8")
        passed, failed = done.out.count("\n通过"), re.findall(r"^不符.*|^失败.*", done.out, re.MULTILINE)
        if done.code:
            raise Failed(f"返回码 {done.code}，{'；'.join(failed) or done.out.strip()[-500:]}")
        return f"{passed} 项全部通过，文件与已知的逐字节一致（{done.seconds:.0f} 秒）"

    def workbook(self, prefix: str) -> str:
        """A workbook read by the helper process, which is a second Python of the installed tree."""
        code = (
            "import openpyxl, sys; from xinfang_desk.intake.workbook import read_workbook; from pathlib import Path; "
            "book = openpyxl.Workbook(); book.active.append(['科目', 12]); book.save('/tmp/来 件.xlsx'); "
            "print(read_workbook(Path('/tmp/来 件.xlsx')))"
        )
        told = self.must(f'{prefix}/runtime/bin/python3.11 -I -B -c "{code}"')
        if "科目" not in told:
            raise Failed(told)
        return "自带的 Python 作为帮手进程读出了 .xlsx"

    def window(self, program: str) -> str:
        """The first window, with a book whose path has blanks and Chinese in it; a picture is kept."""
        told = self.must(f"cp '{BOOKS}/自检/自检.xfb' '{BOOK}' && " + _WINDOW.format(program=program, book=BOOK, title=TITLE))
        found = re.findall(r"^WINDOW (\d+) (\d+) (.*)$", told, re.MULTILINE)
        if len(found) != 6:
            raise Failed(f"窗口没有出现：{told.strip()[-600:]}")
        picture = self.shown / f"{self.release}-{self.kind.strip('.')}-window.png"
        shot = self.root.folder / "tmp" / "shot.xwd"
        subprocess.run(["convert", f"xwd:{shot}", str(picture)], check=True)
        wall, cpu = (sorted(int(one[field]) for one in found[1:]) for field in (0, 1))
        return (f"首个窗口 {wall[2]} 毫秒（处理器 {cpu[2]} 毫秒，五次的中位数；头一次 {found[0][0]} 毫秒），"
                f"标题“{found[0][2]}”，截图 {picture.name}")

    def books_left(self, program_folder: str) -> str:
        """After removal the books are as they were and the program is gone."""
        told = self.must(f"test ! -e {program_folder} && ls '{BOOKS}' && test -s '{BOOK}'", "root")
        return f"程序已删净，账册还在：{'、'.join(told.split(chr(10))[:4])}"


def try_deb(trials: Trials, new: Path, old: Path) -> None:
    """The .deb: install the older one, replace it, work, remove."""
    root, prefix = trials.root, "/opt/xinfang-desk"
    root.put(old, "/tmp/old.deb")
    root.put(new, "/tmp/new.deb")
    trials.show("断网", trials.no_network)
    trials.show("安装旧版本", lambda: _installed(trials, "dpkg -i /tmp/old.deb", "xinfang-desk", OLDER))
    trials.show("自检（旧版本，先有账册）", lambda: trials.self_test("xinfang-desk"))
    trials.show("升级", lambda: _installed(trials, "dpkg -i /tmp/new.deb", "xinfang-desk", _version(new)))
    trials.show("菜单和文件类型", lambda: _desktop_of_all(trials))
    trials.show("自检", lambda: trials.self_test("xinfang-desk"))
    trials.show("读工作簿", lambda: trials.workbook(prefix))
    trials.show("打开中文和空格路径的账册", lambda: trials.window("xinfang-desk"))
    trials.show("没有改动程序文件夹", lambda: _verified(trials))
    trials.show("卸载", lambda: trials.must("dpkg -r xinfang-desk >/dev/null 2>&1; dpkg -P xinfang-desk 2>&1", "root") and "dpkg -r 完成")
    trials.show("账册", lambda: trials.books_left(prefix))


def try_run(trials: Trials, new: Path, old: Path) -> None:
    """The .run as an ordinary user: install the older one, replace it, work, remove."""
    root = trials.root
    place = f"/home/{USER}/下载 的/安装.run"
    root.put(old, "/tmp/old.run")
    root.put(new, place, USER)
    home = f"/home/{USER}/.local/share/xinfang-desk-program"
    program = f"{home}/current/bin/xinfang-desk"
    trials.show("断网", trials.no_network)
    trials.show("残缺的文件", lambda: _refused(trials, place))
    trials.show("安装旧版本（普通用户）", lambda: _installed(trials, "sh /tmp/old.run", program, OLDER, USER))
    trials.show("自检（旧版本，先有账册）", lambda: trials.self_test(program))
    trials.show("升级", lambda: _installed(trials, f"sh '{place}'", program, _version(new), USER))
    trials.show("只剩新版本", lambda: _only(trials, home))
    trials.show("菜单和文件类型", lambda: _desktop_of_user(trials))
    trials.show("自检", lambda: trials.self_test(program))
    trials.show("读工作簿", lambda: trials.workbook(f"{home}/current"))
    trials.show("打开中文和空格路径的账册", lambda: trials.window(program))
    trials.show("卸载", lambda: trials.must(f"sh '{place}' --uninstall").strip().splitlines()[-1])
    trials.show("账册", lambda: trials.books_left(home))


def _installed(trials: Trials, command: str, program: str, version: str, user: str = "root") -> str:
    done = trials.root.run(command, user)
    if done.code:
        raise Failed(done.out.strip()[-800:])
    told = trials.must(f"{program} --version").strip()
    if told != f"xinfang-desk {version}":
        raise Failed(f"装好后说自己是“{told}”，应是 {version}")
    return f"{told}（{done.seconds:.0f} 秒）；{done.out.strip().splitlines()[-1]}"


def _desktop_of_all(trials: Trials) -> str:
    trials.must("desktop-file-validate /usr/share/applications/xinfang-desk.desktop")
    # The program has no home page, and newer judges warn of that; of anything else they may not.
    judged = trials.root.run("appstreamcli validate --no-net /usr/share/metainfo/cn.xinfang.desk.metainfo.xml", USER)
    faults = [line for line in re.findall(r"^[EW]: .*", judged.out, re.MULTILINE) if "url-homepage-missing" not in line]
    if faults or (judged.code and "url-homepage-missing" not in judged.out):
        raise Failed(judged.out.strip())
    kind = trials.must(f"gio info -a standard::content-type '{BOOKS}/自检/自检.xfb' | grep -o 'application/.*'").strip()
    offers = trials.must("gio mime application/x-xinfang-book")
    if kind != "application/x-xinfang-book" or "xinfang-desk.desktop" not in offers:
        raise Failed(f"{kind}；{offers}")
    return "菜单项和 AppStream 说明合格，.xfb 归本程序打开"


def _desktop_of_user(trials: Trials) -> str:
    trials.must("desktop-file-validate ~/.local/share/applications/xinfang-desk.desktop")
    kind = trials.must(f"gio info -a standard::content-type '{BOOKS}/自检/自检.xfb' | grep -o 'application/.*'").strip()
    offers = trials.must("gio mime application/x-xinfang-book")
    if kind != "application/x-xinfang-book" or "xinfang-desk.desktop" not in offers:
        raise Failed(f"{kind}；{offers}")
    return "当前用户的菜单项合格，.xfb 归本程序打开"


def _verified(trials: Trials) -> str:
    changed = trials.must(
        "dpkg --verify xinfang-desk; find /opt/xinfang-desk -type f | sort > /tmp/there; "
        "sort /var/lib/dpkg/info/xinfang-desk.list | comm -23 /tmp/there -", "root"
    )
    if changed.strip():
        raise Failed(changed.strip()[:400])
    return "用过以后，装好的文件一个没变、一个没多"


def _refused(trials: Trials, place: str) -> str:
    told = trials.must(f"head -c 3000000 '{place}' > /tmp/short.run; sh /tmp/short.run", code=1)
    trials.must("test ! -e ~/.local/share/xinfang-desk-program")
    return told.strip().splitlines()[-1]


def _only(trials: Trials, home: str) -> str:
    names = sorted(trials.must(f"ls {home}").split())
    if len(names) != 2 or names[1] != "current":
        raise Failed(f"{home} 里有 {names}")
    return f"旧版本的文件夹已删去，只有 {names[0]}"


def _version(installer: Path) -> str:
    return installer.name.split("_")[1]


def older(work: Path, cache: Path) -> Path:
    """Build both installers of an older version, from a copy of this checkout; return their folder."""
    out = work / "older"
    if len(list(out.glob("xinfang-desk_*.*"))) >= 2:
        return out
    copy = work / "checkout"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv*", "build", "__pycache__", ".*_cache", "dist"))
    stated = copy / "xinfang_desk" / "__init__.py"
    stated.write_text(re.sub(r'__version__ = ".*"', f'__version__ = "{OLDER}"', stated.read_text("utf-8")), "utf-8")
    subprocess.run([sys.executable, "build_installer.py", "--quick", "--target", "deb", "run", "--out", str(out),
                    "--cache", str(cache)], cwd=copy, check=True, env={**os.environ, "SOURCE_DATE_EPOCH": "1750000000"})
    shutil.rmtree(copy)
    return out


def main() -> int:
    """Run every trial asked for; return 0 when all passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="where the installers lie")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "trials")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "cache")
    parser.add_argument("--releases", nargs="+", choices=list(RELEASES), default=list(RELEASES))
    parser.add_argument("--kinds", nargs="+", choices=["deb", "run"], default=["deb", "run"])
    asked = parser.parse_args()
    work = asked.work.resolve()
    shown = work / "shown"
    shown.mkdir(parents=True, exist_ok=True)
    before = older(work, asked.cache.resolve())
    bad = 0
    for release in asked.releases:
        for kind in asked.kinds:
            (new,) = asked.out.resolve().glob(f"xinfang-desk_*.{kind}")
            (old,) = before.glob(f"xinfang-desk_*.{kind}")
            root = fresh(release, work, kind)
            trials = Trials(release, f".{kind}", root, shown)
            try:
                {"deb": try_deb, "run": try_run}[kind](trials, new, old)
            finally:
                drop(root)
            bad += trials.bad
    print(f"{'全部通过' if not bad else f'{bad} 项没有通过'}；截图和自检的话在 {shown}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
