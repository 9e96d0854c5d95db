"""The locks of the installers: what is downloaded for each target, each file by its SHA-256.

``locks/TARGET.lock`` has one wheel a line, as pip reads it: ``name==version --hash=sha256:… # file.whl``.
``locks/debian.lock`` has one file of Debian's archive a line: ``sha256 archive pool/…``.
``locks/build-tools.lock`` names what runs at build time only (the compiler), in pip's form too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

LOCKS = Path(__file__).resolve().parent / "locks"

_WHEEL = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>\S+) --hash=sha256:(?P<sha256>[0-9a-f]{64})  # (?P<file>\S+)$"
)
_ARCHIVED = re.compile(r"^(?P<sha256>[0-9a-f]{64}) (?P<archive>debian|debian-security) (?P<path>pool/\S+)$")


@dataclass(frozen=True)
class Locked:
    """One file of PyPI: a wheel, or a source archive."""

    name: str
    version: str
    sha256: str
    file: str

    def requirement(self) -> str:
        """Return the line pip reads."""
        return f"{self.name}=={self.version} --hash=sha256:{self.sha256}"


@dataclass(frozen=True)
class Archived:
    """One file of Debian's package archive."""

    sha256: str
    archive: str
    """``debian`` or ``debian-security``."""
    path: str

    @property
    def file(self) -> str:
        """Return the file's own name."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Target:
    """One kind of machine the program is packed for."""

    name: str
    platforms: tuple[str, ...]
    """The platform tags of wheels that fit, best first."""
    python: str = "3.11"

    @property
    def lock(self) -> Path:
        """Return its lock file."""
        return LOCKS / f"{self.name}.lock"


LINUX_X86_64 = Target(
    "linux-x86_64",
    ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_26_x86_64", "manylinux_2_17_x86_64",
     "manylinux2014_x86_64", "manylinux_2_5_x86_64", "manylinux1_x86_64"),
)
LINUX_AARCH64 = Target(
    "linux-aarch64",
    ("manylinux_2_31_aarch64", "manylinux_2_28_aarch64", "manylinux_2_27_aarch64", "manylinux_2_26_aarch64",
     "manylinux_2_17_aarch64", "manylinux2014_aarch64"),
)
WINDOWS_AMD64 = Target("windows-amd64", ("win_amd64",))


def read_wheels(lock: Path) -> tuple[Locked, ...]:
    """Return the wheels of a lock in its order.

    Raises:
        ValueError: a line is neither a wheel nor a comment.
    """
    return tuple(
        Locked(found["name"], found["version"], found["sha256"], found["file"]) for found in _lines(lock, _WHEEL)
    )


def read_archived(lock: Path) -> tuple[Archived, ...]:
    """Return the files of Debian's archive a lock names, in its order.

    Raises:
        ValueError: a line is neither a file nor a comment.
    """
    return tuple(Archived(found["sha256"], found["archive"], found["path"]) for found in _lines(lock, _ARCHIVED))


def _lines(lock: Path, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    matches = []
    for number, line in enumerate(lock.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        found = pattern.match(line)
        if found is None:
            raise ValueError(f"{lock.name}, line {number}: {line!r}")
        matches.append(found)
    return matches
