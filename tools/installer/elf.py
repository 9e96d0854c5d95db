"""Reads Linux executables and libraries: what they need of the system, and from which glibc on they start."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

_DYNAMIC, _STRTAB, _VERNEED, _LOAD = 2, 5, 0x6FFFFFFE, 1
_DT_NEEDED, _DT_SONAME, _DT_RPATH, _DT_RUNPATH, _DT_VERNEEDNUM = 1, 14, 15, 29, 0x6FFFFFFF


@dataclass(frozen=True)
class Elf:
    """What one file says of itself."""

    machine: int
    """62 is x86_64, 183 is aarch64."""
    needed: tuple[str, ...]
    soname: str | None
    runpath: tuple[str, ...]
    versions: frozenset[tuple[str, str]] = field(default=frozenset())
    """(library, symbol version) pairs, such as ``("libc.so.6", "GLIBC_2.28")``."""


def read(data: bytes) -> Elf | None:
    """Return what a 64-bit little-endian ELF file says, or ``None`` where *data* is none or has no dynamic part."""
    if data[:6] != b"\x7fELF\x02\x01" or len(data) < 64:
        return None
    machine = struct.unpack_from("<H", data, 18)[0]
    offset, = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    loads, dynamic = [], None
    for index in range(count):
        kind, _, at, address, _, length = struct.unpack_from("<IIQQQQ", data, offset + index * size)
        if kind == _LOAD:
            loads.append((address, at, length))
        elif kind == _DYNAMIC:
            dynamic = (at, length)
    if dynamic is None:
        return None
    tags = [struct.unpack_from("<qQ", data, at) for at in range(dynamic[0], dynamic[0] + dynamic[1], 16)]
    single = dict(tags)
    strings = _place(loads, single[_STRTAB])
    text = _Strings(data, strings)
    paths = single.get(_DT_RUNPATH, single.get(_DT_RPATH))
    return Elf(
        machine,
        tuple(text.at(value) for tag, value in tags if tag == _DT_NEEDED),
        text.at(single[_DT_SONAME]) if _DT_SONAME in single else None,
        tuple(text.at(paths).split(":")) if paths is not None else (),
        frozenset(_versions(data, _place(loads, single[_VERNEED]), single[_DT_VERNEEDNUM], text))
        if _VERNEED in single else frozenset(),
    )


class _Strings:
    def __init__(self, data: bytes, start: int) -> None:
        self._data, self._start = data, start

    def at(self, offset: int) -> str:
        begin = self._start + offset
        return self._data[begin : self._data.index(b"\0", begin)].decode("ascii")


def _place(loads: Iterable[tuple[int, int, int]], address: int) -> int:
    for start, at, length in loads:
        if start <= address < start + length:
            return at + address - start
    raise ValueError(f"address {address:#x} is in no loaded part")


def _versions(data: bytes, at: int, count: int, text: _Strings) -> Iterator[tuple[str, str]]:
    for _ in range(count):
        _, entries, library, first, following = struct.unpack_from("<HHIII", data, at)
        entry = at + first
        for _ in range(entries):
            _, _, _, name, next_entry = struct.unpack_from("<IHHII", data, entry)
            yield text.at(library), text.at(name)
            entry += next_entry
        at += following


def scan(tree: Path) -> dict[Path, Elf]:
    """Return every ELF file under *tree*, by its path in it."""
    found = {}
    for file in sorted(tree.rglob("*")):
        if file.is_symlink() or not file.is_file():
            continue
        with file.open("rb") as stream:
            if stream.read(4) != b"\x7fELF":
                continue
        read_file = read(file.read_bytes())
        if read_file is not None:
            found[file.relative_to(tree)] = read_file
    return found


def floor(files: Iterable[Elf], family: str) -> str | None:
    """Return the highest version of a symbol *family* (``GLIBC``, ``GLIBCXX``, ``CXXABI``) any file needs, or ``None``."""
    prefix = f"{family}_"
    numbers = [
        tuple(map(int, version.removeprefix(prefix).split(".")))
        for file in files
        for _, version in file.versions
        if version.startswith(prefix) and version.removeprefix(prefix).replace(".", "").isdecimal()
    ]
    return ".".join(map(str, max(numbers))) if numbers else None


def wanted_from_system(files: dict[Path, Elf]) -> dict[str, list[Path]]:
    """Return each library that no shipped file is (by soname or name) → who needs it."""
    shipped = {path.name for path in files} | {elf.soname for elf in files.values() if elf.soname}
    wanted: dict[str, list[Path]] = {}
    for path, elf in files.items():
        for name in elf.needed:
            if name not in shipped:
                wanted.setdefault(name, []).append(path)
    return dict(sorted(wanted.items()))
