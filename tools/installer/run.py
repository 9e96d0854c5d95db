"""The self-extracting .run: for one user, no root, needs only sh, tar, gzip and coreutils of the machine.

After the shell script come two archives: the runtime packed by gzip, which every machine can open, and everything
else packed by xz, which the runtime's own Python opens. So it is small and needs no xz on the machine.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import shutil
from pathlib import Path

from tools.installer import depends, desktop, elf, linux, notices, packed, resident, tree
from tools.installer.request import ROOT, Request
from tools.installer.words import Say
from xinfang_desk.system_libraries import DEBIAN_PACKAGES

_HEAD = ROOT / "tools" / "installer" / "texts" / "run-head.sh"


def obstacles() -> list[Say]:
    """Return why the .run cannot be built here; empty when it can."""
    return linux.obstacles()


def notes() -> list[Say]:
    """Return what is said before."""
    return linux.notes()


def build(request: Request) -> list[Path]:
    """Build the file and return it with its bill of materials and licences.

    Raises:
        BuildTrouble: the tree could not be assembled.
    """
    program = linux.assemble(request)
    root = tree.fresh(request.cache / "tree" / "run")
    shutil.copytree(program, root, symlinks=True, dirs_exist_ok=True)
    desktop.put(root / "desktop", "@PROGRAM@", request)
    shutil.copyfile(ROOT / "tools" / "installer" / "resident.py", root / "install.py")
    (root / resident.NEEDS).write_text(json.dumps(needed(program), indent=1), "utf-8")
    tree.settle(root, request.epoch)
    first = _gzipped(root, request.epoch)
    second = packed.tar_xz(root, request.epoch, keep=lambda name: not _first(name), preset=request.preset)
    file = request.out / f"xinfang-desk_{request.version}_x86_64.run"
    file.write_bytes(head(request.version, first, second, tree.size_mb([root])) + first + second)
    file.chmod(0o755)
    shutil.rmtree(root)
    return [file, *notices.beside(program, request.out, file.stem)]


def needed(program: Path) -> dict[str, str]:
    """Return the libraries a machine must have besides the C library → Debian's package of each."""
    known = {**DEBIAN_PACKAGES, "libstdc++.so.6": "libstdc++6", "libgcc_s.so.1": "libgcc-s1"}
    return {soname: known[soname] for soname in depends.sonames_of_system(elf.scan(program))}


def head(version: str, first: bytes, second: bytes, installed_mb: float) -> bytes:
    """Return the shell script in front, with the archives' sizes, checksum and its own length filled in."""
    text = _HEAD.read_text("utf-8")
    for name, value in {
        "VERSION": version, "RUNTIME": str(len(first)),
        "SUM": hashlib.sha256(first + second).hexdigest(),
        # the new version beside the old one, and some air
        "NEEDS_KB": str(int(installed_mb * 1000 * 1.2)),
    }.items():
        text = text.replace(f"@{name}@", value)
    # Its own length stands in it too: six digits, whatever it is.
    length = len(text.replace("@HEAD@", "000000").encode("utf-8"))
    return text.replace("@HEAD@", f"{length:6d}".replace(" ", "")).encode("utf-8").ljust(length, b"\n")


def _first(name: str) -> bool:
    return name == "install.py" or name == "runtime" or name.startswith("runtime/")


def _gzipped(root: Path, epoch: int) -> bytes:
    plain, out = io.BytesIO(), io.BytesIO()
    packed.tar(root, plain, epoch, _first)
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0, compresslevel=9) as stream:
        stream.write(plain.getvalue())
    return out.getvalue()
