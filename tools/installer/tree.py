"""Puts our own code and data into the tree, compiles it, and settles every file's mode and time."""

from __future__ import annotations

import ast
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tools.installer.request import ROOT
from tools.installer.words import BuildTrouble

PACKAGE = "xinfang_desk"
ABOUT = Path("app") / PACKAGE / "_data" / "about"
"""Where the bill of materials and the licences lie in the tree, for the About window."""

_NOT_OURS = shutil.ignore_patterns("__pycache__", "*.pyc", "*.pyo", ".*")
_PYTHON = (3, 11)


def data_folders(root: Path = ROOT) -> tuple[str, ...]:
    """Return the data folders the wheel carries, read from ``tools/hatch_build.py`` (one list for both).

    Raises:
        ValueError: the list is not there.
    """
    for node in ast.parse((root / "tools" / "hatch_build.py").read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "DATA_FOLDERS":
            return tuple(ast.literal_eval(node.value))
    raise ValueError("tools/hatch_build.py states no DATA_FOLDERS")


def put_app(tree: Path, root: Path = ROOT) -> Path:
    """Copy our package and its data to ``tree/app`` as a wheel has them; return that folder."""
    app = tree / "app"
    shutil.copytree(root / PACKAGE, app / PACKAGE, ignore=_NOT_OURS)
    for name in data_folders(root):
        if (root / name).is_dir():
            shutil.copytree(root / name, app / PACKAGE / "_data" / name, ignore=_NOT_OURS)
    return app


def python_to_compile_with() -> str | None:
    """Return a Python 3.11 of this machine (a compiled file fits one minor version), or ``None``."""
    if sys.version_info[:2] == _PYTHON:
        return sys.executable
    return shutil.which("python3.11")


def compile_all(python: str | Path, tree: Path, folders: Sequence[str]) -> None:
    """Compile every module under *folders* of *tree* with *python*.

    The files say by an unchecked hash that they fit, so their bytes depend on the source alone and no time is looked at.

    Raises:
        BuildTrouble: a module does not compile.
    """
    done = subprocess.run(
        [str(python), "-I", "-S", "-m", "compileall", "-q", "-f", "--invalidation-mode", "unchecked-hash",
         "-s", str(tree), "-x", _UNCOMPILABLE, *(str(tree / folder) for folder in folders)],
        capture_output=True, text=True, check=False,
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        raise BuildTrouble(f"有模块编译不了：{said[-400:]}", f"a module does not compile: {said[-400:]}")


# Templates that are no Python, and the parts of Python 2 some packages still carry.
_UNCOMPILABLE = r"(/templates/|\.mako$|/_py2)"


def settle(tree: Path, epoch: int) -> None:
    """Give every file and folder of *tree* the same owner rights and the time *epoch*, whatever the umask was."""
    for path in walk(tree):
        if path.is_symlink():
            os.utime(path, (epoch, epoch), follow_symlinks=False)
            continue
        executable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
        path.chmod(0o755 if executable else 0o644)
        os.utime(path, (epoch, epoch))


def walk(tree: Path) -> Iterator[Path]:
    """Yield everything under *tree*, files before the folder they are in, in one order on every machine."""
    for entry in sorted(tree.iterdir(), key=lambda path: path.name):
        if entry.is_dir() and not entry.is_symlink():
            yield from walk(entry)
        else:
            yield entry
    yield tree


def fresh(folder: Path) -> Path:
    """Return *folder*, empty."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def size_mb(paths: Iterable[Path]) -> float:
    """Return the size of files and folders in MB (1,000,000 bytes)."""
    total = 0
    for path in paths:
        total += sum(one.lstat().st_size for one in walk(path) if not one.is_dir()) if path.is_dir() else path.stat().st_size
    return total / 1e6
