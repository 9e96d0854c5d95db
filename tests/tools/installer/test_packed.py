"""Archives: the same bytes from another folder, and what Debian's own tools read in them."""

from __future__ import annotations

import io
import lzma
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from tools.installer import packed, tree

EPOCH = 1_700_000_000


def _tree(root: Path, order: list[str]) -> Path:
    for name in order:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, "utf-8")
    (root / "usr").mkdir(exist_ok=True)
    (root / "usr" / "link").symlink_to("/opt/a")
    tree.settle(root, EPOCH)
    return root


def test_a_tar_is_the_same_from_another_folder_and_order(tmp_path: Path) -> None:
    names = ["opt/a", "opt/中文 名", "b"]
    first = packed.tar_xz(_tree(tmp_path / "one", names), EPOCH)
    second = packed.tar_xz(_tree(tmp_path / "two", list(reversed(names))), EPOCH)
    assert first == second
    with tarfile.open(fileobj=io.BytesIO(first)) as archive:
        members = {member.name: member for member in archive.getmembers()}
    assert list(members) == [".", "./b", "./opt", "./opt/a", "./opt/中文 名", "./usr", "./usr/link"]
    assert {(one.uid, one.gid, one.uname, one.mtime) for one in members.values()} == {(0, 0, "root", EPOCH)}
    assert members["./usr/link"].linkname == "/opt/a"


def test_a_part_of_the_tree_can_be_left_out(tmp_path: Path) -> None:
    data = packed.tar_xz(_tree(tmp_path, ["opt/a", "b"]), EPOCH, keep=lambda name: not name.startswith("opt"))
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        assert archive.getnames() == [".", "./b", "./usr", "./usr/link"]


def test_ar_gives_back_what_was_put_in(tmp_path: Path) -> None:
    members = [("debian-binary", b"2.0\n"), ("odd", b"123"), ("last", b"x" * 10)]
    packed.write_ar(tmp_path / "a", members, EPOCH)
    assert list(packed.read_ar((tmp_path / "a").read_bytes()).items()) == members
    with pytest.raises(ValueError, match="ar archive"):
        packed.read_ar(b"PK\x03\x04")


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="Debian's own reader is on Debian only")
def test_debian_reads_the_package(tmp_path: Path) -> None:
    control = tmp_path / "control"
    control.mkdir()
    (control / "control").write_text(
        "Package: thing\nVersion: 1\nArchitecture: all\nMaintainer: N <n@localhost>\nDescription: 中文\n", "utf-8"
    )
    deb = tmp_path / "thing.deb"
    packed.write_ar(deb, [
        ("debian-binary", b"2.0\n"), ("control.tar.xz", packed.tar_xz(control, EPOCH)),
        ("data.tar.xz", packed.tar_xz(_tree(tmp_path / "data", ["opt/a"]), EPOCH)),
    ], EPOCH)
    told = subprocess.run(["dpkg-deb", "--contents", str(deb)], capture_output=True, text=True, check=True,
                          env={"PATH": os.environ["PATH"], "TZ": "UTC"}).stdout
    assert "-rw-r--r-- root/root" in told
    assert "./opt/a" in told
    assert subprocess.run(["dpkg-deb", "-f", str(deb), "Package"], capture_output=True, check=True).stdout == b"thing\n"
    with packed.open_deb(deb) as inside:
        assert "./opt/a" in inside.getnames()
    packed.write_ar(deb, [("debian-binary", b"2.0\n")], EPOCH)
    with pytest.raises(ValueError, match="no data"):
        packed.open_deb(deb)


def test_xz_is_one_piece_on_any_number_of_processors() -> None:
    data = bytes(range(256)) * 10_000
    assert lzma.decompress(packed.xz(data)) == data
    assert packed.xz(data) == packed.xz(data)
