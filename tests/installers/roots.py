"""Fresh Debian systems in folders, without a network: made by debootstrap from Debian's packages only.

Needs root, debootstrap, unshare and a network while the systems are made; the trials themselves run without one.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

RELEASES = {"11": "bullseye", "12": "bookworm", "13": "trixie"}

# What the desktop of a county office has long before: X, the libraries of a Qt 5 desktop (as DDE and UKUI are) and
# the programs that read menus and file types; and, for the trial, a screen in memory and something to photograph it.
DESKTOP = ("libqt5widgets5", "libqt5gui5", "libgl1", "libegl1", "libgtk-3-0", "dbus", "shared-mime-info",
           "desktop-file-utils", "appstream", "xdg-utils", "libglib2.0-bin")
TRIAL = ("xvfb", "xauth", "x11-utils", "x11-apps", "xdotool", "procps")
USER = "clerk"


@dataclass(frozen=True)
class Done:
    """What a command in a root said."""

    code: int
    out: str
    seconds: float


class Root:
    """One system in a folder, used by commands that see no network but ``lo``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, script: str, user: str = "root", timeout: float = 600) -> Done:
        """Run a shell script inside as *user*; everything it starts ends with it."""
        home = "/root" if user == "root" else f"/home/{user}"
        environment = {"HOME": home, "USER": user, "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                       "LANG": "C.UTF-8", "XINFANG_QUIET": "1", "XDG_RUNTIME_DIR": f"/tmp/run-{user}"}
        settings = " ".join(f"{name}={shlex.quote(value)}" for name, value in environment.items())
        inner = f"mkdir -p -m 700 $XDG_RUNTIME_DIR; cd {shlex.quote(home)}; {script}"
        become = f"chroot --userspec={user}:{user}" if user != "root" else "chroot"
        where = shlex.quote(str(self.folder))
        outer = (
            f"ip link set lo up && mount -t proc proc {where}/proc && mount --bind /dev {where}/dev && "
            f"mount -t tmpfs tmpfs {where}/dev/shm && "
            f"exec {become} {where} /usr/bin/env -i {settings} /bin/sh -c {shlex.quote(inner)}"
        )
        before = os.times().elapsed
        done = subprocess.run(
            ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", outer],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", timeout=timeout, check=False,
            stdin=subprocess.DEVNULL,
        )
        return Done(done.returncode, done.stdout, os.times().elapsed - before)

    def put(self, file: Path, place: str, user: str = "root") -> None:
        """Copy a file in, owned by *user*."""
        target = self.folder / place.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
        if user != "root":
            self.run(f"chown {user}:{user} {shlex.quote(place)}")


def template(release: str, work: Path) -> Path:
    """Return a desktop of the Debian *release* (``11``…), made once and then kept."""
    folder = work / f"debian-{release}"
    if (folder / "ready").exists():
        return folder
    print(f"正在建立 Debian {release} 的系统…… / making a Debian {release} root", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["debootstrap", "--variant=minbase", RELEASES[release], str(folder)], check=True, stdout=subprocess.DEVNULL)
    (folder / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n", "ascii")
    (folder / "usr/sbin/policy-rc.d").chmod(0o755)
    shutil.copyfile("/etc/resolv.conf", folder / "etc/resolv.conf")
    install = f"apt-get update -qq && apt-get install -y -qq --no-install-recommends {' '.join(DESKTOP + TRIAL)}"
    subprocess.run(
        ["chroot", str(folder), "/usr/bin/env", "DEBIAN_FRONTEND=noninteractive", "/bin/sh", "-c",
         f"{install} && apt-get clean && useradd --create-home --shell /bin/sh {USER}"],
        check=True, stdout=subprocess.DEVNULL,
    )
    (folder / "ready").touch()
    return folder


def fresh(release: str, work: Path, name: str) -> Root:
    """Return a new copy of the desktop of *release*, thrown away by :func:`drop`."""
    folder = work / f"trial-{release}-{name}"
    drop(Root(folder))
    subprocess.run(["cp", "-a", "--reflink=auto", f"{template(release, work)}/.", str(folder)], check=True)
    return Root(folder)


def drop(root: Root) -> None:
    """Remove a copy."""
    if root.folder.exists():
        subprocess.run(["rm", "-rf", "--one-file-system", str(root.folder)], check=True)
