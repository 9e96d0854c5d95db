"""What is read from executables: the running interpreter's own extension, and bytes that are none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools.installer import depends, elf
from tools.installer.words import BuildTrouble


def _elf(needed: tuple[str, ...], *versions: tuple[str, str]) -> elf.Elf:
    return elf.Elf(62, needed, None, (), frozenset(versions))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="an ELF file is found on Linux only")
def test_the_running_interpreter_says_what_it_needs() -> None:
    found = elf.read(Path(sys.executable).resolve().read_bytes())
    assert found is not None
    assert "libc.so.6" in found.needed
    floor = elf.floor([found], "GLIBC")
    assert floor is not None
    assert floor.startswith("2.")


@pytest.mark.parametrize("data", [b"", b"#!/bin/sh\n", b"\x7fELF\x01\x01" + bytes(80), b"\x7fELF\x02\x01" + bytes(80)])
def test_other_files_are_none(data: bytes) -> None:
    assert elf.read(data) is None


def test_the_floor_compares_numbers_not_letters() -> None:
    files = [_elf((), ("libc.so.6", "GLIBC_2.4"), ("libc.so.6", "GLIBC_2.28"), ("libc.so.6", "GLIBC_PRIVATE"))]
    assert elf.floor(files, "GLIBC") == "2.28"
    assert elf.floor(files, "GLIBCXX") is None


def test_what_is_shipped_is_not_asked_of_the_system() -> None:
    files = {
        Path("pkgs/Qt/lib/libQt6Core.so.6"): _elf(("libzstd.so.1", "libc.so.6"), ("libc.so.6", "GLIBC_2.28")),
        Path("pkgs/Qt/lib/libQt6Gui.so.6"): _elf(("libQt6Core.so.6", "libEGL.so.1", "libstdc++.so.6"),
                                                 ("libstdc++.so.6", "GLIBCXX_3.4.21")),
        Path("pkgs/cups.so"): _elf(("libcups.so.2",)),
    }
    needs, optional = depends.packages(files)
    assert needs == ["libc6 (>= 2.28)", "libegl1", "libstdc++6 (>= 5)", "libzstd1"]
    assert optional == ["libcups2"]
    assert depends.sonames_of_system(files) == ["libEGL.so.1", "libstdc++.so.6", "libzstd.so.1"]


def test_a_library_of_no_known_package_stops_the_build() -> None:
    with pytest.raises(BuildTrouble, match=r"libnew\.so\.7"):
        depends.packages({Path("pkgs/a.so"): _elf(("libnew.so.7",))})
