"""Builds setup.exe for Windows 10/11 x64 on Debian: one file, per user, no administrator rights, no network."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from tools.installer import (
    fetch,
    linux,
    locks,
    notices,
    pe,
    sbom,
    tree,
    wheels,
    windows_launcher,
    windows_runtime,
    windows_setup,
)
from tools.installer.request import Request
from tools.installer.words import BuildTrouble, Say

TARGET = locks.WINDOWS_AMD64
LARGEST_MB = 60.0

_INSIDE_PYTHON = (
    sbom.Part("OpenSSL", "3.0.13", "Apache-2.0", "pkg:generic/openssl@3.0.13", note="libcrypto-3.dll, libssl-3.dll"),
    sbom.Part("SQLite", "3.45.1", "SQLite is in the public domain", "pkg:generic/sqlite@3.45.1", note="sqlite3.dll"),
    sbom.Part("libffi", "3.4.4", "MIT", "pkg:generic/libffi@3.4.4", note="libffi-8.dll"),
    sbom.Part("bzip2", "1.0.8", "bzip2-1.0.6", "pkg:generic/bzip2@1.0.8", note="in _bz2.pyd"),
    sbom.Part("XZ Utils", "5.2.5", "0BSD", "pkg:generic/xz@5.2.5", note="in _lzma.pyd"),
    sbom.Part("zlib", "1.3.1", "Zlib", "pkg:generic/zlib@1.3.1", note="in python311.dll"),
    sbom.Part("Microsoft Visual C++ runtime", "14", "Microsoft's redistributable terms", note="vcruntime140*.dll, msvcp140*.dll"),
)


def obstacles() -> list[Say]:
    """Return why setup.exe cannot be built here; empty when it can."""
    found = []
    wanted = {windows_setup.MAKENSIS: windows_setup.PACKAGE, windows_launcher.COMPILER: windows_launcher.PACKAGE,
              windows_launcher.RESOURCES: windows_launcher.PACKAGE}
    for package in dict.fromkeys(package for program, package in wanted.items() if shutil.which(program) is None):
        found.append(Say(f"缺少 Debian 软件包 {package}，请用 apt-get install {package} 安装",
                         f"Debian's package {package} is missing: apt-get install {package}"))
    if tree.python_to_compile_with() is None:
        found.append(Say("没有 Python 3.11，编译不了随带的模块", "there is no Python 3.11 to compile the modules with"))
    return found


def notes() -> list[Say]:
    """Return what is said before: what is not tried, and how Chinese is typed."""
    return [Say(
        "只做 64 位的 Windows 10、11；没有代码签名证书，真的 Windows 上没有试过（在 wine 10 里试过）。中文输入用 Windows 自己的输入法，不用另装。",
        "64-bit Windows 10 and 11 only; not code-signed, not tried on a real Windows (tried under wine 10). Windows' own IME.",
    )]


@cache
def assemble(request: Request) -> Path:
    """Return the finished tree: runtime, packages, our code, launchers, licences, all compiled and settled.

    Raises:
        BuildTrouble: a download or compile step failed, or a shipped file asks for a DLL that is not there.
    """
    root = tree.fresh(request.cache / "tree" / TARGET.name)
    archive = fetch.source(windows_runtime.ARCHIVE, request.cache)
    windows_runtime.put_runtime(archive, root / "runtime")
    locked = locks.read_wheels(TARGET.lock)
    unpacked = wheels.unpack(fetch.wheels(locked, TARGET, request.cache), root / "pkgs", "windows")
    tree.put_app(root)
    windows_launcher.make_launchers(request.version, tree.fresh(request.cache / "tree" / "launcher"), root)
    (root / "book.ico").write_bytes(windows_launcher.icon("book"))
    (root / "VERSION").write_bytes(f"{request.version}\r\n".encode("ascii"))
    parts = [notices.part_of_wheel(one, lock) for one, lock in zip(unpacked, locked, strict=True)]
    parts += [_python_part(), *_INSIDE_PYTHON, *notices.parts_of_fonts(), linux.qt_part(unpacked)]
    texts = {"cpython": [root / "runtime" / "LICENSE.txt"]}
    notices.write(root, request, parts, texts)
    tree.compile_all(tree.python_to_compile_with() or "python3.11", root, ["pkgs", "app"])
    without_sources(root / "pkgs")
    tree.settle(root, request.epoch)
    _check_complete(root)
    return root


def build(request: Request) -> list[Path]:
    """Build setup.exe and return it with its bill of materials and licences.

    Raises:
        BuildTrouble: the tree could not be assembled, makensis refused, or the installer is larger than promised.
    """
    root = assemble(request)
    setup = request.out / f"xinfang-desk-{request.version}-setup.exe"
    quick = request.preset == 0
    windows_setup.pack(root, request.version, request.epoch, tree.fresh(request.cache / "tree" / "nsis"), setup, quick=quick)
    size = setup.stat().st_size / 1e6
    if size > LARGEST_MB and not quick:
        raise BuildTrouble(f"{setup.name} 有 {size:.1f} MB，超过约定的 {LARGEST_MB:.0f} MB，请看看 tools/installer/trim.py。",
                           f"{setup.name} has {size:.1f} MB, more than the promised {LARGEST_MB:.0f}: see trim.py.")
    return [setup, *notices.beside(root, request.out, setup.stem)]


def without_sources(folder: Path) -> None:
    """Put each compiled module in the place of its source: half the files, which a virus scanner looks at one by one.

    Only for other people's packages; our own sources stay beside what was compiled from them.
    """
    for cache_folder in sorted(folder.rglob("__pycache__")):
        for compiled in sorted(cache_folder.glob("*.cpython-311.pyc")):
            source = cache_folder.parent / f"{compiled.name.partition('.')[0]}.py"
            if source.is_file():
                compiled.replace(source.with_suffix(".pyc"))
                source.unlink()
        if not any(cache_folder.iterdir()):
            cache_folder.rmdir()


def _python_part() -> sbom.Part:
    archive = windows_runtime.ARCHIVE
    return sbom.Part("CPython", windows_runtime.CPYTHON, "PSF-2.0", f"pkg:generic/cpython@{windows_runtime.CPYTHON}",
                     archive.sha256, note=f"python.org's embeddable package, from PyPI's {archive.file}")


def _check_complete(root: Path) -> None:
    lacking = pe.unresolved(root)
    if lacking:
        told = "；".join(f"{file}: {', '.join(names)}" for file, names in lacking.items())
        raise BuildTrouble(f"有文件要用的 DLL 没有随带，Windows 里也不一定有：{told}",
                           f"DLLs are asked for that are neither shipped nor surely in Windows: {told}")
