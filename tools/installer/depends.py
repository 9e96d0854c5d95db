"""The Debian packages an installed program needs, computed from the files that are shipped."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tools.installer import elf
from tools.installer.words import BuildTrouble
from xinfang_desk.system_libraries import DEBIAN_PACKAGES

_C_LIBRARY = {"libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1",
              "libresolv.so.2", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}
_MORE = {"libstdc++.so.6": "libstdc++6", "libgcc_s.so.1": "libgcc-s1", "libSM.so.6": "libsm6", "libICE.so.6": "libice6"}
# GCC's library of this symbol version first came with this release; Debian numbers the package by it.
_GLIBCXX = {"3.4.21": "5", "3.4.22": "6", "3.4.23": "7", "3.4.24": "7", "3.4.25": "8", "3.4.26": "9", "3.4.28": "9",
            "3.4.29": "11", "3.4.30": "12"}
_OPTIONAL = {"libcups.so.2": "libcups2"}
"""Only a plug-in that is left out of use where it is missing needs these: recommended, not required."""


def packages(files: dict[Path, elf.Elf]) -> tuple[list[str], list[str]]:
    """Return (Depends, Recommends) for the shipped *files*.

    Raises:
        BuildTrouble: a needed library belongs to no package known here, so the list would be short.
    """
    glibc = elf.floor(files.values(), "GLIBC")
    cxx = elf.floor(files.values(), "GLIBCXX")
    depends, recommends, unknown = set(), set(), []
    for soname, users in elf.wanted_from_system(files).items():
        if soname in _C_LIBRARY:
            depends.add(f"libc6 (>= {glibc})")
        elif soname in _OPTIONAL:
            recommends.add(_OPTIONAL[soname])
        elif soname == "libstdc++.so.6" and cxx in _GLIBCXX:
            depends.add(f"libstdc++6 (>= {_GLIBCXX[cxx]})")
        elif soname in DEBIAN_PACKAGES or soname in _MORE:
            depends.add({**DEBIAN_PACKAGES, **_MORE}[soname])
        else:
            unknown.append(f"{soname} ({users[0]})")
    if unknown:
        raise BuildTrouble(
            f"要装的文件还用到这些库，不知道在哪个软件包：{'、'.join(unknown)}。请补进 tools/installer/depends.py。",
            f"shipped files need libraries of no known package: {', '.join(unknown)}",
        )
    return sorted(depends), sorted(recommends)


def sonames_of_system(files: dict[Path, elf.Elf], but: Iterable[str] = ()) -> list[str]:
    """Return the libraries a machine must have besides the C library, for a check before installing."""
    left_out = {*_C_LIBRARY, *_OPTIONAL, *but}
    return [name for name in elf.wanted_from_system(files) if name not in left_out]
