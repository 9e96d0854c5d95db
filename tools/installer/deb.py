"""The .deb for Debian, 统信UOS, 麒麟 and Ubuntu on x86_64, written without Debian's own tools, byte for byte the same."""

from __future__ import annotations

import gzip
import hashlib
import io
import shutil
from pathlib import Path

from tools.installer import depends, desktop, elf, linux, notices, packed, tree
from tools.installer.request import ROOT, Request
from tools.installer.words import Say

PREFIX = Path("opt") / "xinfang-desk"

_CONTROL = """\
Package: xinfang-desk
Version: {version}
Architecture: amd64
Maintainer: Xinfang Desk <xinfang-desk@localhost>
Installed-Size: {size}
Depends: {depends}
Recommends: {recommends}
Section: misc
Priority: optional
Description: 预算公开编制台：部门预算公开编制，离线完成
 从一份支出明细做出全部公开表、公开说明和签章文件，边填边核查。
 自带 Python、Qt 和中文字体，不用联网，不改动系统里的 Python。
 卸载不会删除您的账册。
 .
 Xinfang Desk: a department's budget disclosure from one list of lines, offline.
"""

_COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Xinfang Desk
Comment: 随带的每个部件及其许可，见 /opt/xinfang-desk/{about}/LICENCES.txt 和旁边的 licences 文件夹。

Files: *
Copyright: Xinfang Desk contributors
License: GPL-3.0-or-later
 On Debian systems the full text is in /usr/share/common-licenses/GPL-3; it is also in
 /opt/xinfang-desk/{about}/licences/xinfang-desk.txt.
"""


def obstacles() -> list[Say]:
    """Return why the .deb cannot be built here; empty when it can."""
    return linux.obstacles()


def notes() -> list[Say]:
    """Return what is said before."""
    return linux.notes()


def build(request: Request) -> list[Path]:
    """Build the package and return it with its bill of materials and licences.

    Raises:
        BuildTrouble: the tree could not be assembled, or a library belongs to no known package.
    """
    program = linux.assemble(request)
    root = tree.fresh(request.cache / "tree" / "deb")
    shutil.copytree(program, root / PREFIX, symlinks=True)
    desktop.put(root / "usr" / "share", "/usr/bin/xinfang-desk", request)
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / "xinfang-desk").symlink_to("/opt/xinfang-desk/bin/xinfang-desk")
    _put_documents(root / "usr" / "share" / "doc" / "xinfang-desk", request)
    tree.settle(root, request.epoch)
    file = request.out / f"xinfang-desk_{request.version}_amd64.deb"
    needs, optional = depends.packages(elf.scan(program))
    size = sum(path.lstat().st_size for path in tree.walk(root)) // 1024
    control = _CONTROL.format(version=request.version, size=size, depends=", ".join(needs),
                              recommends=", ".join([*optional, "fonts-noto-cjk | fonts-wqy-microhei"]))
    packed.write_ar(file, [
        ("debian-binary", b"2.0\n"),
        ("control.tar.xz", _control(request, control, root)),
        ("data.tar.xz", packed.tar_xz(root, request.epoch, preset=request.preset)),
    ], request.epoch)
    shutil.rmtree(root)
    return [file, *notices.beside(program, request.out, file.stem)]


def _put_documents(folder: Path, request: Request) -> None:
    folder.mkdir(parents=True)
    about = tree.ABOUT.as_posix()
    (folder / "copyright").write_text(_COPYRIGHT.format(about=about), "utf-8")
    plain = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=plain, mtime=request.epoch, compresslevel=9) as stream:
        stream.write((ROOT / "CHANGES.md").read_bytes())
    (folder / "changelog.gz").write_bytes(plain.getvalue())


def _control(request: Request, control: str, root: Path) -> bytes:
    folder = tree.fresh(request.cache / "tree" / "control")
    (folder / "control").write_text(control, "utf-8")
    sums = "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(root).as_posix()}\n"
        for path in tree.walk(root) if path.is_file() and not path.is_symlink()
    )
    (folder / "md5sums").write_text(sums, "utf-8")
    tree.settle(folder, request.epoch)
    return packed.tar_xz(folder, request.epoch)
