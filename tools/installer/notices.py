"""The licences and the bill of materials of one tree: collected, written into the tree and beside the installer."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tools.installer import sbom
from tools.installer.locks import Locked
from tools.installer.request import ROOT, Request
from tools.installer.tree import ABOUT
from tools.installer.wheels import Unpacked

INDEX = "LICENCES.txt"
BILL = "sbom.cdx.json"
_TEXTS = ("licen[cs]e*", "copying*", "notice*", "authors*", "LICEN[CS]E*", "COPYING*", "NOTICE*", "AUTHORS*", "*.md")

_HEAD = """\
预算公开编制台（Xinfang Desk）{version} 随带的全部部件及其许可
Everything shipped with Xinfang Desk {version}, and its licence

本程序按 GPL-3.0-or-later 发布，全文见 licences/xinfang-desk.txt。
Qt 和 PySide6 按 LGPL-3.0 使用：它们以动态库放在 pkgs/PySide6 和 pkgs/shiboken6，可以换成您自己编译的同版本。
各部件的许可全文在旁边的 licences 文件夹里；部件清单（CycloneDX）是 {bill}。

"""

def part_of_wheel(wheel: Unpacked, locked: Locked) -> sbom.Part:
    """Return the bill's entry of a wheel."""
    return sbom.Part(wheel.name, wheel.version, wheel.licence, f"pkg:pypi/{locked.name.lower()}@{wheel.version}", locked.sha256)


def parts_of_fonts(root: Path = ROOT) -> list[sbom.Part]:
    """Return the bill's entries of the shipped fonts, from their record of origin."""
    told = tomllib.loads((root / "resources" / "fonts" / "PROVENANCE.toml").read_text("utf-8"))
    return [
        sbom.Part(font["family"], font["version"], font["licence"], sha256=font["sha256"], kind="file",
                  note=f"{font['file']}: {font['package']} {font['version']}; {font['changes']}")
        for font in told["font"]
    ]


def write(tree: Path, request: Request, parts: Sequence[sbom.Part], texts: Mapping[str, Iterable[Path]]) -> None:
    """Write bill, licence texts and their index into the tree's ``about`` folder.

    *texts* has the licence files of the parts that are no wheel, by the part's name; those of wheels lie in
    ``pkgs/*.dist-info``.
    """
    about = tree / ABOUT
    kept = about / "licences"
    kept.mkdir(parents=True)
    shutil.copyfile(ROOT / "LICENSE", kept / "xinfang-desk.txt")
    for name, files in texts.items():
        (kept / f"{name}.txt").write_bytes(_joined(files))
    for folder in sorted((tree / "pkgs").glob("*.dist-info")):
        found = sorted({file for pattern in _TEXTS for file in folder.rglob(pattern) if file.is_file()})
        if found:
            (kept / f"{folder.name.partition('-')[0]}.txt").write_bytes(_joined(found))
    # Qt's and PySide6's wheels carry no licence text. LGPL 3 adds permissions to GPL 3, which lies there as ours.
    for name in ("LGPL-3.0.txt", "Qt-third-party.txt", "ICU.txt"):
        shutil.copyfile(ROOT / "tools" / "installer" / "texts" / name, kept / name)
    for file in sorted((ROOT / "resources" / "fonts").glob("LICENSE-*")):
        shutil.copyfile(file, kept / f"font-{file.name.removeprefix('LICENSE-')}")
    program = sbom.Part("xinfang-desk", request.version, "GPL-3.0-or-later", f"pkg:generic/xinfang-desk@{request.version}",
                        kind="application")
    sbom.write(about / BILL, sbom.bill(program, parts, request.epoch))
    (about / INDEX).write_bytes(index(request.version, parts).encode("utf-8"))


def index(version: str, parts: Sequence[sbom.Part]) -> str:
    """Return the list a person reads: one line a part."""
    lines = [f"{part.name} {part.version} — {part.licence or '见其许可全文'}\n"
             for part in sorted(parts, key=lambda part: part.name.lower())]
    return _HEAD.format(version=version, bill=BILL) + "".join(lines)


def beside(tree: Path, out: Path, stem: str) -> list[Path]:
    """Copy bill and licences out of the tree beside the installer *stem*; return both files."""
    bill = out / f"{stem}.{BILL}"
    shutil.copyfile(tree / ABOUT / BILL, bill)
    listed = out / f"{stem}.{INDEX}"
    texts = b"".join(
        b"\n" + b"=" * 100 + b"\n" + file.name.encode() + b"\n\n" + file.read_bytes()
        for file in sorted((tree / ABOUT / "licences").iterdir())
    )
    listed.write_bytes((tree / ABOUT / INDEX).read_bytes() + texts)
    return [bill, listed]


def _joined(files: Iterable[Path]) -> bytes:
    return b"\n\n".join(file.read_bytes() for file in files)
