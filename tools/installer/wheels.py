"""Unpacks wheels into one folder, trimmed, and reads what they say of themselves."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message
from email.parser import Parser
from pathlib import Path, PurePosixPath

from tools.installer.trim import shipped


@dataclass(frozen=True)
class Unpacked:
    """One wheel that is now in ``pkgs/``."""

    name: str
    version: str
    licence: str
    """As the wheel states it: an SPDX expression, or its own words."""
    home: str


def unpack(wheels: Iterable[Path], pkgs: Path, system: str) -> list[Unpacked]:
    """Unpack *wheels* into *pkgs* (made new), leaving out what is not shipped on *system*.

    Raises:
        ValueError: a wheel wants to write outside the folder, or two wheels bring the same file with other bytes.
    """
    pkgs.mkdir(parents=True)
    return [_unpack_one(wheel, pkgs, system) for wheel in wheels]


def _unpack_one(wheel: Path, pkgs: Path, system: str) -> Unpacked:
    with zipfile.ZipFile(wheel) as archive:
        for info in archive.infolist():
            name = placed(info.filename)
            if info.is_dir() or name is None or not shipped(name, system):
                continue
            if ".." in PurePosixPath(name).parts or name.startswith("/"):
                raise ValueError(f"{wheel.name} wants to write {name!r}")
            file = pkgs / name
            data = archive.read(info)
            if file.exists() and file.read_bytes() != data:
                raise ValueError(f"{wheel.name} brings {name} a second time, and it differs")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        stated = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return _described(Parser().parsestr(archive.read(stated).decode("utf-8")))


def placed(name: str) -> str | None:
    """Return where a wheel's file goes in ``pkgs/``; ``None`` for scripts, headers and other data."""
    top, _, rest = name.partition("/")
    if not top.endswith(".data"):
        return name
    scheme, _, inner = rest.partition("/")
    return inner if scheme in ("purelib", "platlib") and inner else None


def _described(metadata: Message) -> Unpacked:
    licence = metadata.get("License-Expression") or metadata.get("License") or ""
    if not licence or "\n" in licence or len(licence) > 80:
        named = [
            one.rpartition("::")[2].strip()
            for one in metadata.get_all("Classifier", [])
            if one.startswith("License ::") and not one.endswith("OSI Approved")
        ]
        licence = " OR ".join(named) or licence.partition("\n")[0][:80]
    pages = dict(page.split(", ", 1) for page in metadata.get_all("Project-URL", []) if ", " in page)
    home = metadata.get("Home-page") or next(iter(pages.values()), "")
    return Unpacked(metadata["Name"], metadata["Version"], licence, home)
