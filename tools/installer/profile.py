"""Measures which ways through CPython the program's own work takes, and writes ``python.profdata.xz`` anew.

Only who changes the runtime's sources or its compiler runs it, and commits the file: ``python -m tools.installer.profile``
with the Python of ``.venv``, whose packages the measured runtime works with. Besides what compiling the runtime needs, it
needs LLVM's library and tool for profiles, of the release Zig's clang is made from. The code is compiled by Zig's clang
here too: a profile fits only what the same compiler makes of the same sources.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.installer import linux_runtime
from tools.installer.linux_runtime import PROFILE, Tuning
from tools.installer.packed import xz
from tools.installer.request import ROOT
from tools.installer.tree import compile_all, fresh
from tools.installer.words import BuildTrouble, Say

_LLVM = "22"
_LIBRARY = Path(f"/usr/lib/llvm-{_LLVM}/lib/clang/{_LLVM}/lib/linux/libclang_rt.profile-x86_64.a")
_MERGE = f"llvm-profdata-{_LLVM}"
_PACKAGES = {_LIBRARY.name: f"libclang-rt-{_LLVM}-dev", _MERGE: f"llvm-{_LLVM}"}
_COUNTING = Tuning(("-fprofile-instr-generate",), ("-Wl,-u,__llvm_profile_runtime", str(_LIBRARY)))

_STARTS = 6
_BENCHES = ("s1_engine", "s2_keystroke", "s4_edition", "s5_signing", "s6_save")
_PATH = re.compile(rb"(?<![\w.-])/[\w.-]{3,}/[\w.-]{3,}")


def main(argv: Sequence[str] | None = None) -> int:
    """Write the profile; return 0 when it was written."""
    parser = argparse.ArgumentParser(prog="python -m tools.installer.profile", description="重做剖析数据 / profile anew")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "cache", metavar="DIR",
                        help="下载和编译的东西留在哪里（默认 build/cache） / downloads and compiled parts")
    cache = parser.parse_args(argv).cache.resolve()
    reasons = obstacles()
    for reason in reasons:
        print(reason, file=sys.stderr)
    if reasons:
        return 1
    try:
        _write(cache)
    except BuildTrouble as trouble:
        print(trouble.say, file=sys.stderr)
        return 1
    print(f"{PROFILE.relative_to(ROOT)}: {PROFILE.stat().st_size} bytes")
    return 0


def obstacles() -> list[Say]:
    """Return why no profile can be made here; empty when one can."""
    found = linux_runtime.obstacles()
    there = {_LIBRARY.name: _LIBRARY.is_file(), _MERGE: shutil.which(_MERGE) is not None}
    missing = [_PACKAGES[name] for name, present in there.items() if not present]
    if missing:
        found.append(Say(f"请先安装：apt-get install {' '.join(missing)}", f"first apt-get install {' '.join(missing)}"))
    if sys.version_info[:2] != (3, 11):
        found.append(Say("请用 .venv 里的 Python 3.11 运行", "run it with the Python 3.11 of .venv"))
    return found


def _write(cache: Path) -> None:
    shop = linux_runtime.workshop(cache / "profile" / "work", cache)
    installed = linux_runtime.compiled(shop, cache, _COUNTING)
    compile_all(sys.executable, installed, ["lib/python3.11"])
    counts = fresh(cache / "profile" / "counts")
    scratch = fresh(cache / "profile" / "scratch")
    for number, command in enumerate(work(scratch)):
        print(" ".join(command), flush=True)
        told = subprocess.run(
            [str(installed / "bin" / "python3.11"), *command], cwd=ROOT, check=False,
            env={**surroundings(os.environ, scratch, sysconfig.get_path("purelib")),
                 "LLVM_PROFILE_FILE": str(counts / f"{number}-%p.profraw")},
        )
        if told.returncode:
            raise BuildTrouble(f"这一步没有成功：{' '.join(command)}", f"this step failed: {' '.join(command)}")
    merged = counts / "merged.profdata"
    shop.run([_MERGE, "merge", "--sparse", "-o", str(merged), *map(str, sorted(counts.glob("*.profraw")))], counts)
    data = merged.read_bytes()
    if strays := paths_in(data):
        raise BuildTrouble(f"剖析数据里有本机的路径：{strays}", f"the profile has paths of this machine: {strays}")
    made = counts / PROFILE.name
    made.write_bytes(packed(data))
    linux_runtime.tuned(shop, made)
    shutil.copyfile(made, PROFILE)
    shutil.rmtree(cache / "profile")


def work(scratch: Path) -> list[list[str]]:
    """Return what is done to be measured, as arguments of Python: the self-test, and what the benches measure."""
    starts = [["-m", "xinfang_desk", "--self-test", str(scratch / f"{number}"), "--window"] for number in range(_STARTS)]
    benches = [["-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "-m", "bench", f"tests/bench/test_{name}.py"]
               for name in _BENCHES]
    return [*starts, *benches]


def surroundings(given: Mapping[str, str], scratch: Path, packages: str) -> dict[str, str]:
    """Return the environment it is done in: this checkout, the packages of .venv, no screen, nobody's settings."""
    kept = {name: value for name, value in given.items() if not name.startswith(("PYTHON", "XDG_", "QT_", "XINFANG_"))}
    return {**kept, "PYTHONPATH": f"{ROOT}{os.pathsep}{packages}", "HOME": str(scratch), "XDG_RUNTIME_DIR": str(scratch),
            "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}


def paths_in(data: bytes) -> list[str]:
    """Return the absolute paths in a profile; the names of functions have paths in Python's sources only."""
    return sorted({found.group().decode("ascii", "replace") for found in _PATH.finditer(data)})


def packed(data: bytes) -> bytes:
    """Pack a profile for the repository: clang reads only the indexed form, of which xz leaves a fifth."""
    return xz(data, 9)


if __name__ == "__main__":
    sys.exit(main())
