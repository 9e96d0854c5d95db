"""Writes the locks of the installers anew: ``tools/lock.sh`` calls it, and only who changes a dependency does.

Needs ``uv`` on the path (it resolves for another platform than this) and apt. What is locked are the versions of
``requirements.lock``, which the tests run with, except where a platform has no wheel of one.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.installer import fetch
from tools.installer.locks import LINUX_AARCH64, LINUX_X86_64, LOCKS, WINDOWS_AMD64, Target
from tools.installer.request import ROOT

_UV_PLATFORM = {
    LINUX_X86_64.name: "x86_64-manylinux_2_28",
    LINUX_AARCH64.name: "aarch64-manylinux_2_31",
    WINDOWS_AMD64.name: "x86_64-pc-windows-msvc",
}
# The last Qt with wheels for a glibc older than 2.39 on this machine type.
_OVERRIDES = {LINUX_AARCH64.name: {"pyside6-essentials": "6.8.0.2", "shiboken6": "6.8.0.2"}}
BUILD_TOOLS = ("ziglang==0.17.1",)

_SOURCES = ("python3.11=3.11.2-6+deb12u8", "openssl=3.0.20-1~deb12u2", "sqlite3=3.46.1-7+deb13u2", "libffi=3.4.4-1",
            "zlib=1:1.3.dfsg+really1.3.1-1", "xz-utils=5.8.1-1+deb13u1", "bzip2=1.0.8-5")
_LIBRARIES = ("libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-render-util0",
              "libxcb-util1", "libxkbcommon0", "libxkbcommon-x11-0")
_DEBIAN_HEAD = """\
# What the Linux installers take from Debian's archive: sources of the runtime, and the libraries that older
# desktops lack (Debian 11's, for their old glibc). Written by tools/lock.sh: sha256, archive, path.
"""


def main() -> int:
    """Write every lock; return 0."""
    for target in (LINUX_X86_64, LINUX_AARCH64, WINDOWS_AMD64):
        _write_wheels(target, _resolved(target), f"# The wheels of the {target.name} installer. Written by tools/lock.sh.\n")
    _write_wheels(Target("build-tools", LINUX_X86_64.platforms), list(BUILD_TOOLS),
                  "# What runs at build time only. Written by tools/lock.sh.\n")
    _write_debian()
    return 0


def _resolved(target: Target) -> list[str]:
    with tempfile.TemporaryDirectory() as scratch:
        overrides = _OVERRIDES.get(target.name, {})
        tested = Path(scratch) / "tested.txt"
        tested.write_text("".join(
            f"{name}=={version}\n" for name, version in _tested() if name not in overrides
        ), "utf-8")
        replaced = Path(scratch) / "replaced.txt"
        replaced.write_text("".join(f"{name}=={version}\n" for name, version in overrides.items()), "utf-8")
        done = subprocess.run(
            ["uv", "pip", "compile", str(ROOT / "pyproject.toml"), "--quiet", "--no-config", "--no-header",
             "--no-annotate", "--no-emit-index-url", "--only-binary", ":all:", "--python-version", target.python,
             "--python-platform", _UV_PLATFORM[target.name], "--constraint", str(tested),
             "--override", str(replaced)],
            check=True, capture_output=True, text=True,
            env={name: value for name, value in os.environ.items() if not name.startswith("UV_")},
        )
    return [line.strip() for line in done.stdout.splitlines() if "==" in line]


def _tested() -> list[tuple[str, str]]:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    return re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.MULTILINE)


def _write_wheels(target: Target, pins: list[str], head: str) -> None:
    lines = []
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
                   "--implementation", "cp", "--python-version", target.python]
        for platform in target.platforms:
            command += ["--platform", platform]
        for pin in pins:
            folder = Path(scratch) / pin
            subprocess.run([*command, "--dest", str(folder), pin], check=True)
            (file,) = folder.iterdir()
            lines.append(f"{pin} --hash=sha256:{fetch.sha256(file)}  # {file.name}\n")
    target.lock.write_text(head + "".join(lines), "utf-8")


def _write_debian() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        options = _private_apt(Path(scratch))
        lines = [line for source in _SOURCES for line in _source_lines(options, source)]
        lines += [_library_line(options, name) for name in _LIBRARIES]
    (LOCKS / "debian.lock").write_text(_DEBIAN_HEAD + "".join(lines), "utf-8")


def _private_apt(folder: Path) -> list[str]:
    """Set up an apt of its own in *folder*, for releases other than this machine's; return its options."""
    base = fetch.mirrors()["debian"]
    for part in ("lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True)
    (folder / "status").touch()
    (folder / "sources.list").write_text(
        f"deb-src {base} bookworm main\ndeb-src {base} trixie main\ndeb {base} bullseye main\n", "utf-8"
    )
    options = []
    for setting in ("Dir::Etc::sourceparts=/dev/null", f"Dir::Etc::sourcelist={folder}/sources.list",
                    f"Dir::State::lists={folder}/lists", f"Dir::State::status={folder}/status",
                    f"Dir::Cache={folder}/cache", "APT::Sandbox::User=root", "APT::Architecture=amd64"):
        options += ["-o", setting]
    subprocess.run(["apt-get", *options, "-qq", "update"], check=True)
    return options


def _source_lines(options: list[str], wanted: str) -> list[str]:
    name, _, version = wanted.partition("=")
    told = subprocess.run(["apt-cache", *options, "showsrc", "--only-source", name], check=True, capture_output=True, text=True)
    for stanza in told.stdout.split("\n\n"):
        if f"\nVersion: {version}\n" not in f"\n{stanza}\n":
            continue
        folder = re.search(r"^Directory: (\S+)", stanza, re.MULTILINE)
        sums = re.search(r"^Checksums-Sha256:\s*\n((?: .+\n?)+)", stanza, re.MULTILINE)
        if folder is None or sums is None:
            break
        return [
            f"{digest} debian {folder[1]}/{file}\n"
            for digest, _, file in (line.split() for line in sums[1].splitlines())
            if re.search(r"\.(orig|debian)\.tar\.\w+$", file)
        ]
    raise SystemExit(f"Debian's archive has no source {wanted}")


def _library_line(options: list[str], name: str) -> str:
    told = subprocess.run(["apt-cache", *options, "show", name], check=True, capture_output=True, text=True).stdout
    digest, path = (re.search(rf"^{field}: (\S+)", told, re.MULTILINE) for field in ("SHA256", "Filename"))
    if digest is None or path is None:
        raise SystemExit(f"Debian's archive has no package {name}")
    return f"{digest[1]} debian {path[1]}\n"


if __name__ == "__main__":
    sys.exit(main())
