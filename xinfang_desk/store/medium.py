"""Where a book lies: on a disk of this computer, in a network folder, in a folder that is synchronised.

SQLite's write-ahead file works through memory shared by all who have the book open, and that does not reach over a
network (https://www.sqlite.org/wal.html, "All processes using a database must be on the same host computer").
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from xinfang_desk.messages import safety as words

_MOUNTS = Path("/proc/self/mountinfo")

NETWORK_TYPES = frozenset({
    "9p", "acfs", "afs", "ceph", "cifs", "coda", "davfs", "fuse.ceph", "fuse.davfs2", "fuse.glusterfs",
    "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "gfs2", "glusterfs", "lustre", "ncp",
    "ncpfs", "nfs", "nfs4", "ocfs2", "prl_fs", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs", "fuse.vmhgfs-fuse"})
"""Types of file systems that lie on another machine, as in ``/proc/self/mountinfo``."""

_SERVICES = (
    ("nutstore", re.compile(r"坚果云|nutstore", re.IGNORECASE)),
    ("onedrive", re.compile(r"^onedrive", re.IGNORECASE)),
    ("baidu", re.compile(r"百度网盘|百度云|baidu ?(netdisk|yun|sync)", re.IGNORECASE)),
    ("wps", re.compile(r"WPS ?云盘|WPS ?Drive|wpsdrive|金山云盘|kingsoft ?cloud", re.IGNORECASE)),
    ("weiyun", re.compile(r"微云|weiyun", re.IGNORECASE)),
    ("aliyun", re.compile(r"阿里云盘|aliyun ?drive|aDrive", re.IGNORECASE)),
    ("ecloud", re.compile(r"天翼云盘|ecloud", re.IGNORECASE)),
    ("caiyun", re.compile(r"和彩云|中国移动云盘", re.IGNORECASE)),
    ("fangcloud", re.compile(r"亿方云|fangcloud", re.IGNORECASE)),
    ("dropbox", re.compile(r"^dropbox", re.IGNORECASE)),
    ("google", re.compile(r"^(google ?drive|my drive)$|谷歌云端硬盘", re.IGNORECASE)),
    ("icloud", re.compile(r"^(icloud ?drive|mobile documents)", re.IGNORECASE)),
    ("syncthing", re.compile(r"^(syncthing|sync)$", re.IGNORECASE)))

_DRIVE_REMOTE = 4


def on_network(path: Path) -> bool:
    """True where the book's folder lies on another machine. What cannot be told counts as here."""
    if sys.platform == "win32":
        return _remote_drive(path)
    return _mount_type(path.parent) in NETWORK_TYPES


def sync_service(path: Path) -> str | None:
    """The service that synchronises the folder, by the names folders are given; ``None`` for none that is known."""
    for folder in path.absolute().parent.parts:
        for name, pattern in _SERVICES:
            if pattern.search(folder):
                return words.SERVICES[name]
    return None


def _mount_type(folder: Path) -> str:
    """The type of the file system a folder is on, '' where the system does not tell."""
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    where = os.path.realpath(folder)
    best, found = -1, ""
    for line in lines:
        head, _, tail = line.partition(" - ")
        fields = head.split(" ")
        if len(fields) < 5 or not tail:
            continue
        mount = _unescaped(fields[4])
        # A later mount on the same point hides the earlier one.
        if len(mount) >= best and (where == mount or where.startswith(mount.rstrip("/") + "/")):
            best, found = len(mount), tail.split(" ")[0]
    return found


def _unescaped(text: str) -> str:
    """Blanks and backslashes stand in octal in ``mountinfo``."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)


def _remote_drive(path: Path) -> bool:
    where = str(path.absolute())
    if where.startswith(("\\\\", "//")):
        return not where.startswith(("\\\\?\\", "\\\\.\\")) or where[4:8].upper() == "UNC\\"
    import ctypes

    ask = getattr(ctypes, "windll").kernel32.GetDriveTypeW  # noqa: B009 - not there on other systems
    return bool(ask(f"{path.absolute().drive}\\") == _DRIVE_REMOTE)
