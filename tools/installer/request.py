"""What one run was asked for, and the date that stands for "now" in everything it writes."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_VERSION = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)
_RELEASE = re.compile(r"^## (?P<version>\S+?)\s*（(?P<date>\d{4}-\d{2}-\d{2})）", re.MULTILINE)


@dataclass(frozen=True)
class Request:
    """Where the installers go, where downloads and compiled parts are kept, which version and date they carry."""

    out: Path
    cache: Path
    version: str
    epoch: int
    """Seconds since 1970: the time of every file shipped."""
    preset: int = 6
    """How hard the archives are packed, 0 to 9."""


def program_version(root: Path = ROOT) -> str:
    """Return the version in ``xinfang_desk/__init__.py``.

    Raises:
        ValueError: there is none.
    """
    found = _VERSION.search((root / "xinfang_desk" / "__init__.py").read_text("utf-8"))
    if found is None:
        raise ValueError("xinfang_desk/__init__.py states no __version__")
    return found[1]


def release_epoch(version: str, root: Path = ROOT) -> int:
    """Return the time every shipped file carries.

    ``SOURCE_DATE_EPOCH`` if set; else the day CHANGES.md gives for *version*; else the last commit; else 2026-01-01.

    Raises:
        ValueError: ``SOURCE_DATE_EPOCH`` is not a number.
    """
    stated = os.environ.get("SOURCE_DATE_EPOCH")
    if stated:
        return int(stated)
    for found in _RELEASE.finditer((root / "CHANGES.md").read_text("utf-8")):
        if found["version"] == version:
            return _seconds(found["date"])
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False
        )
    except OSError:
        return _seconds("2026-01-01")
    return int(done.stdout) if done.returncode == 0 and done.stdout.strip() else _seconds("2026-01-01")


def _seconds(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
