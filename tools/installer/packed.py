"""Archives that come out the same twice: tar with settled owners and times, and Debian's ``ar`` around it."""

from __future__ import annotations

import io
import lzma
import tarfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tools.installer.tree import walk

_AR = b"!<arch>\n"


def tar(tree: Path, out: io.BufferedIOBase, epoch: int, keep: Callable[[str], bool] = lambda _name: True) -> None:
    """Write everything under *tree* that *keep* wants (asked with its path, ``/``-separated) to *out* as a tar.

    Owner is root, times are *epoch* and the order is by name, so that the bytes depend on names and contents alone.
    """
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for path in _folders_first(tree):
            name = path.relative_to(tree).as_posix()
            if path != tree and not keep(name):
                continue
            info = archive.gettarinfo(path, arcname="." if path == tree else f"./{name}")
            info.uid = info.gid = 0
            info.uname = info.gname = "root"
            info.mtime = epoch
            if info.isreg():
                with path.open("rb") as stream:
                    archive.addfile(info, stream)
            else:
                archive.addfile(info)


def _folders_first(tree: Path) -> Iterator[Path]:
    return iter(sorted(walk(tree), key=lambda path: path.relative_to(tree).parts))


def xz(data: bytes, preset: int = 6) -> bytes:
    """Return *data* packed by xz in one piece, whatever the number of processors."""
    return lzma.compress(data, format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC64, preset=preset)


def tar_xz(tree: Path, epoch: int, keep: Callable[[str], bool] = lambda _name: True, preset: int = 6) -> bytes:
    """Return the tar of *tree* (see :func:`tar`) packed by xz."""
    plain = io.BytesIO()
    tar(tree, plain, epoch, keep)
    return xz(plain.getvalue(), preset)


def write_ar(file: Path, members: Sequence[tuple[str, bytes]], epoch: int) -> None:
    """Write an ``ar`` archive, the envelope of a .deb."""
    with file.open("wb") as out:
        out.write(_AR)
        for name, data in members:
            out.write(f"{name:<16}{epoch:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n".encode("ascii"))
            out.write(data + b"\n" * (len(data) % 2))


def read_ar(data: bytes) -> dict[str, bytes]:
    """Return the members of an ``ar`` archive by name.

    Raises:
        ValueError: *data* is none.
    """
    if not data.startswith(_AR):
        raise ValueError("not an ar archive")
    members, at = {}, len(_AR)
    while at + 60 <= len(data):
        head = data[at : at + 60]
        length = int(head[48:58])
        members[head[:16].decode("ascii").rstrip(" /")] = data[at + 60 : at + 60 + length]
        at += 60 + length + length % 2
    return members


def open_deb(file: Path) -> tarfile.TarFile:
    """Return the files inside a .deb.

    Raises:
        ValueError: it holds no data part.
    """
    for name, data in read_ar(file.read_bytes()).items():
        if name.startswith("data.tar"):
            return tarfile.open(fileobj=io.BytesIO(data))
    raise ValueError(f"{file.name} has no data.tar")
