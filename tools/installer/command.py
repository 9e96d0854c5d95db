"""The command line of ``build_installer.py``: what can be built here, building it, and the checksums beside it."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, cast

from tools.installer import fetch
from tools.installer.request import ROOT, Request, program_version, release_epoch
from tools.installer.words import BuildTrouble, Say

TARGETS = {
    "windows": ("tools.installer.windows", Say("Windows 10/11 安装程序（setup.exe）", "installer for Windows 10/11")),
    "deb": ("tools.installer.deb", Say("Debian、统信UOS、麒麟的安装包（.deb，x86_64）", "package for Debian and its kin")),
    "run": ("tools.installer.run", Say("不用管理员的 Linux 自解压安装（.run，x86_64）", "self-extracting, no root needed")),
}
SUMS = "SHA256SUMS"
CANNOT = 1


class Builder(Protocol):
    """What a target's module has."""

    def obstacles(self) -> list[Say]:
        """Return why it cannot be built here; empty when it can."""
        ...

    def notes(self) -> list[Say]:
        """Return what a person should know of it before, such as what is not checked here."""
        ...

    def build(self, request: Request) -> list[Path]:
        """Build it and return the files for the user, the installer first."""
        ...


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return 0 only when everything asked for was built."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    asked = _arguments(argv)
    targets = list(TARGETS) if "all" in asked.target else list(dict.fromkeys(asked.target))
    builders = {name: builder(name) for name in TARGETS}
    announce(builders)
    version = program_version()
    request = Request(asked.out.resolve(), asked.cache.resolve(), version, release_epoch(version), 0 if asked.quick else 6)
    failed = []
    built: list[Path] = []
    for name in targets:
        if name in builders and not _blocked(builders[name]):
            try:
                request.out.mkdir(parents=True, exist_ok=True)
                built += cast(Builder, builders[name]).build(request)
            except BuildTrouble as trouble:
                print(f"{trouble.say}", file=sys.stderr)
                failed.append(name)
        else:
            failed.append(name)
    if built:
        write_sums(request.out)
        _report(built, request.out)
    if failed:
        print(Say(f"没有生成：{'、'.join(failed)}。", f"not built: {', '.join(failed)}"), file=sys.stderr)
    return CANNOT if failed else 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="build_installer.py", description="生成安装程序 / build the installers")
    parser.add_argument("--target", nargs="+", choices=[*TARGETS, "all"], default=["all"], help="做哪一种 / which")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="放到哪个文件夹 / where to")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "cache", metavar="DIR",
                        help="下载和编译的东西留在哪里（默认 build/cache） / downloads and compiled parts")
    parser.add_argument("--quick", action="store_true",
                        help="打包快而文件大，只供试验 / packed fast and large, for trials only")
    return parser.parse_args(argv)


def builder(name: str) -> Builder | None:
    """Return the module that builds the target *name*, or ``None`` where this checkout has none."""
    module = TARGETS[name][0]
    return cast(Builder, importlib.import_module(module)) if importlib.util.find_spec(module) else None


def announce(builders: dict[str, Builder | None]) -> None:
    """Say for each target whether it can be built on this machine, and why not."""
    print("这台机器上 / on this machine:")
    for name, (_, title) in TARGETS.items():
        one = builders[name]
        reasons = _blocked(one)
        print(f"  {'✗' if reasons else '✓'} {name}：{title.zh} / {title.en}")
        for reason in reasons:
            print(f"      做不了：{reason.zh}。\n      cannot: {reason.en}.")
        for note in one.notes() if one else ():
            print(f"      {note.zh}\n      {note.en}")
    sys.stdout.flush()


def _blocked(one: Builder | None) -> list[Say]:
    if one is None:
        return [Say("这份源码里没有它的生成程序", "this checkout has no builder for it")]
    return one.obstacles()


def write_sums(out: Path) -> None:
    """Write ``SHA256SUMS`` of every file in *out*, in the form ``sha256sum -c`` reads."""
    files = sorted(file for file in out.iterdir() if file.is_file() and file.name != SUMS)
    text = "".join(f"{fetch.sha256(file)}  {file.name}\n" for file in files)
    (out / SUMS).write_bytes(text.encode("utf-8"))


def _report(built: Sequence[Path], out: Path) -> None:
    print(f"\n已生成，在 {out} / built, in {out}:")
    for file in built:
        print(f"  {file.stat().st_size / 1e6:7.1f} MB  {file.name}")
    print(f"  校验值写在 {SUMS} / checksums in {SUMS}")
