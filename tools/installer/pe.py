"""Reads which DLLs a Windows program or library asks for, so that nothing is shipped without what it needs."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

SUFFIXES = (".exe", ".dll", ".pyd")

SYSTEM = frozenset({
    "advapi32.dll", "authz.dll", "bcrypt.dll", "bcryptprimitives.dll", "comdlg32.dll", "crypt32.dll",
    "d3d11.dll", "d3d12.dll", "d3d9.dll", "dwmapi.dll", "dwrite.dll", "dxgi.dll", "gdi32.dll", "imm32.dll",
    "iphlpapi.dll", "kernel32.dll", "mpr.dll", "msvcrt.dll", "netapi32.dll", "ntdll.dll", "ole32.dll",
    "oleaut32.dll", "rpcrt4.dll", "setupapi.dll", "shell32.dll", "shlwapi.dll", "uiautomationcore.dll",
    "user32.dll", "userenv.dll", "usp10.dll", "uxtheme.dll", "version.dll", "winmm.dll", "winspool.drv",
    "ws2_32.dll", "wtsapi32.dll"})
"""What we ship asks for these of Windows; every 64-bit Windows 10 has them.

icuuc.dll is not among them on purpose: Windows 10 has it from version 1703 on only.
"""


def imported(file: Path) -> tuple[str, ...]:
    """The DLLs *file* asks for when it is loaded, in small letters.

    Raises:
        ValueError: it is no 64-bit program of Windows.
    """
    data = file.read_bytes()
    at = _number(data, 0x3C) if data[:2] == b"MZ" else 0
    if data[at:at + 4] != b"PE\0\0" or struct.unpack_from("<H", data, at + 24)[0] != 0x20B:
        raise ValueError(f"{file.name} is no 64-bit program of Windows")
    sections = list(_sections(data, at))
    address = _number(data, at + 24 + 112 + 8)  # the second directory: imports
    if address == 0:
        return ()
    entry = _offset(sections, address)
    names = []
    while _number(data, entry + 12):
        name = _offset(sections, _number(data, entry + 12))
        names.append(data[name:data.index(b"\0", name)].decode("ascii").lower())
        entry += 20
    return tuple(names)


def unresolved(tree: Path) -> dict[str, list[str]]:
    """Each file under *tree* that asks for a DLL which is neither shipped nor part of Windows, and which."""
    files = [file for file in sorted(tree.rglob("*")) if file.suffix.lower() in SUFFIXES]
    shipped = {file.name.lower() for file in files}
    found = {}
    for file in files:
        wanted = [name for name in imported(file) if name not in shipped and not _of_windows(name)]
        if wanted:
            found[file.relative_to(tree).as_posix()] = wanted
    return found


def _of_windows(name: str) -> bool:
    return name.startswith(("api-ms-win-", "ext-ms-win-")) or name in SYSTEM


def _sections(data: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Address, length and place in the file of each section."""
    count, optional = struct.unpack_from("<H12xH", data, at + 6)
    first = at + 24 + optional
    for number in range(count):
        length, address, stored, place = struct.unpack_from("<IIII", data, first + 40 * number + 8)
        yield address, max(length, stored), place


def _offset(sections: list[tuple[int, int, int]], address: int) -> int:
    for start, length, place in sections:
        if start <= address < start + length:
            return address - start + place
    raise ValueError(f"no section has the address {address:#x}")


def _number(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])
