"""What a Windows library asks for is read from it, and nothing is shipped without it."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from tools.installer import pe

_ADDRESS, _PLACE = 0x1000, 0x400


def library(*names: str, magic: int = 0x20B) -> bytes:
    """The least a 64-bit DLL with these imports consists of."""
    table = 20 * (len(names) + 1)
    texts, entries = b"", b""
    for name in names:
        entries += struct.pack("<5I", 0, 0, 0, _ADDRESS + table + len(texts), 0)
        texts += name.encode() + b"\0"
    section = entries + bytes(20) + texts
    head = bytearray(_PLACE)
    head[:2] = b"MZ"
    struct.pack_into("<I", head, 0x3C, 0x80)
    head[0x80:0x84] = b"PE\0\0"
    struct.pack_into("<HH12xHH", head, 0x84, 0x8664, 1, 240, 0)
    struct.pack_into("<H", head, 0x98, magic)
    struct.pack_into("<II", head, 0x98 + 112 + 8, _ADDRESS if names else 0, len(section))
    struct.pack_into("<8sIIII", head, 0x98 + 240, b".rdata", len(section), _ADDRESS, len(section), _PLACE)
    return bytes(head) + section


def test_the_imports_are_read_in_their_order(tmp_path: Path) -> None:
    file = tmp_path / "Qt6Core.dll"
    file.write_bytes(library("KERNEL32.dll", "VCRUNTIME140.dll"))
    assert pe.imported(file) == ("kernel32.dll", "vcruntime140.dll")
    file.write_bytes(library())
    assert pe.imported(file) == ()


@pytest.mark.parametrize("data", [b"MZ", b"\x7fELF" + bytes(200), library("a.dll", magic=0x10B)])
def test_what_is_no_64_bit_library_is_refused(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "odd.dll"
    file.write_bytes(data.ljust(0x400, b"\0"))
    with pytest.raises(ValueError, match=r"odd\.dll"):
        pe.imported(file)


def test_what_is_neither_shipped_nor_of_windows_is_named(tmp_path: Path) -> None:
    (tmp_path / "plugins").mkdir()
    (tmp_path / "plugins" / "one.dll").write_bytes(library("two.DLL", "kernel32.dll", "api-ms-win-core-path-l1-1-0.dll"))
    (tmp_path / "Two.dll").write_bytes(library("icuuc.dll", "user32.dll"))
    assert pe.unresolved(tmp_path) == {"Two.dll": ["icuuc.dll"]}
