"""A Windows to try things on: wine 10 of Debian 13 in a folder, without a network, for a user with a Chinese name."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

USER = "王 晓梅"
_UID = 2000
_HOME = "/home/clerk"
_PACKAGES = ("wine", "wine64", "wine32:i386", "xvfb", "xauth", "x11-utils", "xdotool", "imagemagick", "fonts-wqy-microhei",
             "iproute2", "procps", "locales", "tzdata")


@dataclass(frozen=True)
class Done:
    """What a command said."""

    code: int
    out: str
    seconds: float


@dataclass(frozen=True)
class Wine:
    """One Windows: a folder of Debian 13 and a prefix of wine in it, seen by commands that know no network but ``lo``."""

    work: Path
    prefix: str = "prefix"
    arch: str = "win64"

    SCREEN = ("Xvfb :7 -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &\nexport DISPLAY=:7\n"
              "for i in $(seq 50); do xdpyinfo >/dev/null 2>&1 && break; sleep 0.1; done")
    """Shell lines that give a command a screen in memory."""

    @property
    def root(self) -> Path:
        """Return the folder of the Debian system."""
        return self.work / "wine-13"

    @property
    def share(self) -> Path:
        """Return a folder both sides see; inside it is ``/share``, for Windows ``Z:\\share``."""
        return self.work / "share"

    @staticmethod
    def fresh(work: Path) -> Wine:
        """Return a new Windows; the Debian under it is made once and kept."""
        wine = Wine(work)
        _make_root(wine.root)
        shutil.rmtree(wine.share, ignore_errors=True)
        wine.share.mkdir()
        wine.share.chmod(0o777)
        shutil.rmtree(wine.root / _HOME.lstrip("/") / "prefix", ignore_errors=True)
        wine.run("wineboot -i && wineserver -w", timeout=300)
        return wine

    def beside(self, arch: str, version: str) -> Wine:
        """Return another Windows for the same user, of another kind (``win32``) or age (``win7``)."""
        other = Wine(self.work, f"prefix-{arch}-{version}", arch)
        other.drop()
        other.run(f"wineboot -i && wine reg add 'HKCU\\Software\\Wine' /v Version /d {version} /f && wineserver -w", timeout=300)
        return other

    def drop(self) -> None:
        """Remove it, as far as it is not the Debian under it."""
        shutil.rmtree(self.root / _HOME.lstrip("/") / self.prefix, ignore_errors=True)

    def run(self, script: str, timeout: float = 900) -> Done:
        """Run a shell script as the clerk; everything it starts ends with it."""
        environment = {"HOME": _HOME, "PATH": "/usr/bin:/bin:/usr/games", "LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8",
                       "WINEDEBUG": "-all", "WINEPREFIX": f"{_HOME}/{self.prefix}", "WINEARCH": self.arch,
                       "WINEDLLOVERRIDES": "mscoree,mshtml=", "XDG_RUNTIME_DIR": "/tmp/clerk"}
        settings = " ".join(f"{name}={shlex.quote(value)}" for name, value in environment.items())
        # wine writes its registry down when its server ends in peace.
        inner = f"mkdir -p -m 700 $XDG_RUNTIME_DIR; cd {_HOME}\n{script}\ncode=$?; wineserver -k; wineserver -w; exit $code"
        where = shlex.quote(str(self.root))
        outer = (f"ip link set lo up && mount -t proc proc {where}/proc && mount --rbind /dev {where}/dev && "
                 f"mount -t tmpfs -o mode=1777 tmpfs {where}/tmp && "
                 f"mount --bind {shlex.quote(str(self.share))} {where}/share && "
                 f"exec chroot --userspec={_UID}:{_UID} {where} /usr/bin/env -i {settings} /bin/bash -c {shlex.quote(inner)}")
        begun = time.monotonic()
        done = subprocess.run(["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", outer],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=timeout, check=False)
        return Done(done.returncode, done.stdout.decode("utf-8", "replace").replace("\r", ""), time.monotonic() - begun)

    def path(self, windows: str) -> Path:
        """Return where a path of drive C lies for us."""
        return self.root / _HOME.lstrip("/") / self.prefix / "drive_c" / windows.removeprefix("C:\\").replace("\\", "/")

    def own(self, folder: Path) -> None:
        """Give what we put there to the clerk."""
        for one in (folder, *folder.rglob("*")):
            shutil.chown(one, _UID, _UID)

    def registry(self, key: str, value: str) -> str:
        """Return a value of the registry, '' where there is none. ``/ve`` for the value without a name."""
        which = "/ve" if value == "/ve" else f"/v {value}"
        told = self.run(f"wine reg query {shlex.quote(key)} {which} 2>/dev/null").out
        found = re.search(r"REG_SZ\s+(.*)", told)
        return found[1].strip() if found else ""

    def picture(self, command: str, target: Path, *, seconds: float, title: str = "") -> str:
        """Run *command* with a screen, photograph it into *target* and return the title of its window.

        With *title* the window of that name is waited for, *seconds* at most; without, *seconds* pass.
        """
        wait = (f"timeout {seconds} xdotool search --sync --onlyvisible --name {shlex.quote(title)} >/tmp/found; sleep 3\n"
                "xdotool getwindowname $(head -n 1 /tmp/found)") if title else f"sleep {seconds}"
        done = self.run(f"{self.SCREEN}\n{command} >/dev/null 2>&1 &\n{wait}\nimport -window root /share/{target.name}")
        shutil.copyfile(self.share / target.name, target)
        return done.out.strip()

    def seconds_to_window(self, command: str, title: str, before: Callable[[], None] = lambda: None) -> float:
        """Return the seconds from *command* to the first window of that name. wine's own server runs already."""
        before()
        done = self.run(
            f"{self.SCREEN}\nwineserver -p; wine cmd /c exit >/dev/null 2>&1\nbegin=$(date +%s%N)\n{command} >/dev/null 2>&1 &\n"
            f"timeout 120 xdotool search --sync --onlyvisible --name {shlex.quote(title)} >/dev/null && "
            "echo WINDOW $(( ($(date +%s%N) - begin) / 1000000 ))")
        found = re.search(r"WINDOW (\d+)", done.out)
        if found is None:
            raise ValueError(f"窗口没有出现：{done.out[-400:]}")
        return int(found[1]) / 1000


def _make_root(root: Path) -> None:
    if (root / "ready").exists():
        return
    print("正在建立 Debian 13 和 wine…… / making a Debian 13 root with wine", flush=True)
    shutil.rmtree(root, ignore_errors=True)
    subprocess.run(["debootstrap", "--variant=minbase", "trixie", str(root)], check=True, stdout=subprocess.DEVNULL)
    (root / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n", "ascii")
    (root / "usr/sbin/policy-rc.d").chmod(0o755)
    shutil.copyfile("/etc/resolv.conf", root / "etc/resolv.conf")
    script = (f"dpkg --add-architecture i386 && apt-get update -qq && apt-get install -y -qq --no-install-recommends {' '.join(_PACKAGES)}"
              " && apt-get clean && localedef -i zh_CN -f UTF-8 zh_CN.UTF-8 && ln -sf /usr/share/zoneinfo/Asia/Shanghai /etc/localtime")
    subprocess.run(["chroot", str(root), "/usr/bin/env", "DEBIAN_FRONTEND=noninteractive", "/bin/sh", "-c", script],
                   check=True, stdout=subprocess.DEVNULL)
    with (root / "etc/passwd").open("a", encoding="utf-8") as users:
        users.write(f"{USER}:x:{_UID}:{_UID}::{_HOME}:/bin/bash\n")
    home = root / _HOME.lstrip("/")
    home.mkdir(parents=True)
    shutil.chown(home, _UID, _UID)
    (root / "share").mkdir()
    (root / "ready").touch()
