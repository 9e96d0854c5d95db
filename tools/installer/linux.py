"""Assembles the folder tree of an installed program on Linux, the same for the .deb and the .run."""

from __future__ import annotations

import platform
import re
import shutil
import tarfile
from functools import cache
from pathlib import Path

from tools.installer import elf, fetch, linux_runtime, locks, notices, packed, sbom, tree, wheels
from tools.installer.request import ROOT, Request
from tools.installer.words import BuildTrouble, Say

TARGET = locks.LINUX_X86_64
GLIBC_FLOOR = (2, 28)
QT_LIBRARIES = Path("pkgs") / "PySide6" / "Qt" / "lib"
_TEXTS = ROOT / "tools" / "installer" / "texts"
_LIBRARY = re.compile(r"^\./usr/lib/x86_64-linux-gnu/(?P<name>lib[\w-]+\.so\.\d+)(?:\.\d+)*$")
_SOURCE_LICENCES = {"python3.11": "PSF-2.0", "openssl": "Apache-2.0", "zlib": "Zlib", "bzip2": "bzip2-1.0.6",
                    "xz-utils": "0BSD", "libffi": "MIT", "sqlite3": "SQLite is in the public domain"}
_CALLED = {"python3.11": "CPython", "openssl": "OpenSSL", "sqlite3": "SQLite", "xz-utils": "XZ Utils"}


def obstacles() -> list[Say]:
    """Return why the Linux tree cannot be assembled on this machine; empty when it can."""
    if platform.system() != "Linux":
        return [Say("Linux 版只能在 x86_64 的 Linux 上做", "the Linux installers are built on x86_64 Linux only")]
    return [*fetch.obstacles(), *linux_runtime.obstacles()]


def notes() -> list[Say]:
    """Return what is said before: what is not built, and not tried."""
    return [Say(
        "只做 x86_64；arm64（飞腾、鲲鹏）的锁文件备好了，安装包没有做。统信UOS、麒麟没有在真机上试过。",
        "x86_64 only; arm64 has its lock but no package yet. Not tried on a real UOS or Kylin.",
    )]


@cache
def assemble(request: Request) -> Path:
    """Return the finished tree: runtime, packages, our code, launcher, licences, all compiled and settled.

    Raises:
        BuildTrouble: a download or compile step failed, or a shipped file needs a newer glibc than promised.
    """
    if re.search(r"[^\w./+-]", str(request.cache), re.ASCII):
        raise BuildTrouble(
            f"缓存文件夹的路径里有空格或汉字（{request.cache}），编译用的 make 认不得。请用 --cache 换一个。",
            f"make cannot work in a path with blanks or Chinese ({request.cache}); choose another with --cache",
        )
    runtime = linux_runtime.build(request.cache)
    root = tree.fresh(request.cache / "tree" / TARGET.name)
    shutil.copytree(runtime, root / "runtime", symlinks=True, ignore=shutil.ignore_patterns("licences", "__pycache__"))
    locked = locks.read_wheels(TARGET.lock)
    unpacked = wheels.unpack(fetch.wheels(locked, TARGET, request.cache), root / "pkgs", "linux")
    archived = locks.read_archived(locks.LOCKS / "debian.lock")
    files = fetch.archived(archived, request.cache)
    texts = {file.stem: [file] for file in sorted((runtime / "licences").iterdir())}
    debs = [entry for entry in archived if entry.file.endswith(".deb")]
    scratch = tree.fresh(request.cache / "tree" / "copyright")
    for entry in debs:
        name = entry.file.partition("_")[0]
        texts[name] = [_put_library(files[entry.file], root / QT_LIBRARIES, scratch / name)]
    tree.put_app(root)
    _put_launcher(root, request)
    parts = [notices.part_of_wheel(one, lock) for one, lock in zip(unpacked, locked, strict=True)]
    parts += [*_source_parts(archived), *map(_library_part, debs), *notices.parts_of_fonts(), qt_part(unpacked), _icu_part(root)]
    notices.write(root, request, parts, texts)
    tree.compile_all(root / "runtime" / "bin" / "python3.11", root, ["runtime/lib/python3.11", "pkgs", "app"])
    tree.settle(root, request.epoch)
    check_floor(root)
    return root


def qt_part(unpacked: list[wheels.Unpacked]) -> sbom.Part:
    """Return the bill's entry of Qt itself, which has the version of its wheel."""
    version = next(one.version for one in unpacked if one.name.lower().replace("-", "_") == "pyside6_essentials")
    return sbom.Part("Qt", version, "LGPL-3.0-only", f"pkg:generic/qt@{version}",
                     note="Core, Gui, Widgets, PrintSupport, Svg and their plug-ins, inside PySide6-Essentials")


def _icu_part(root: Path) -> sbom.Part:
    (library,) = (root / QT_LIBRARIES).glob("libicuuc.so.*")
    version = library.name.rpartition(".")[2]
    return sbom.Part("ICU", version, "Unicode-3.0", f"pkg:generic/icu@{version}", note="inside PySide6-Essentials, for Qt")


def check_floor(root: Path) -> tuple[str, str]:
    """Return the (glibc, GLIBCXX) the tree needs.

    Raises:
        BuildTrouble: glibc newer than 2.28 would be needed.
    """
    files = elf.scan(root).values()
    glibc, cxx = elf.floor(files, "GLIBC") or "0", elf.floor(files, "GLIBCXX") or "0"
    if tuple(map(int, glibc.split("."))) > GLIBC_FLOOR:
        raise BuildTrouble(
            f"装好的程序会要求 glibc {glibc}，比约定的 2.28 新，统信UOS 20 上打不开。",
            f"the tree would need glibc {glibc}, newer than the promised 2.28",
        )
    return glibc, cxx


def _put_library(deb: Path, folder: Path, copyright_file: Path) -> Path:
    """Put the library of a Debian package into *folder* under the name it is loaded by; return its licence text."""
    with packed.open_deb(deb) as inside:
        for member in inside.getmembers():
            found = _LIBRARY.match(member.name)
            if found and member.isreg():
                (folder / found["name"]).write_bytes(_content(inside, member))
            elif member.name.endswith("/copyright") and member.isreg():
                copyright_file.write_bytes(_content(inside, member))
    return copyright_file


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(member)
    if stream is None:
        raise ValueError(f"{member.name} is no file")
    return stream.read()


def _put_launcher(root: Path, request: Request) -> None:
    (root / "bin").mkdir()
    launcher = root / "bin" / "xinfang-desk"
    shutil.copyfile(_TEXTS / "launcher.sh", launcher)
    launcher.chmod(0o755)
    (root / "VERSION").write_text(f"{request.version}\n", "ascii")


def _source_parts(archived: tuple[locks.Archived, ...]) -> list[sbom.Part]:
    parts = []
    for entry in archived:
        found = re.fullmatch(r"(?P<name>[a-z0-9.-]+)_(?P<version>.+)\.orig\.tar\.\w+", entry.file)
        if found:
            name = found["name"]
            patched = next(
                one.file for one in archived if one.file.startswith(f"{name}_") and ".debian.tar." in one.file
            ).partition(".debian.tar.")[0]
            mended = any(source.name == name and source.patches for source in linux_runtime.SOURCES)
            version = found["version"].partition("+really")[2] or found["version"]
            parts.append(sbom.Part(
                _CALLED.get(name, name), version, _SOURCE_LICENCES[name], f"pkg:deb/debian/{name}@{found['version']}?arch=source",
                entry.sha256, note=f"compiled in, with Debian's mending patches of {patched}" if mended else "compiled in",
            ))
    return parts


def _library_part(entry: locks.Archived) -> sbom.Part:
    name, version, _ = entry.file.removesuffix(".deb").split("_")
    return sbom.Part(name, version, "X11", f"pkg:deb/debian/{name}@{version}?arch=amd64", entry.sha256,
                     note="beside Qt, because older desktops lack it")
