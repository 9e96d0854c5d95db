"""The rooms that promise to be pure functions: no clock, no files, no randomness, no process."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "xinfang_desk"
PURE_ROOMS = ("model", "expr", "engine", "passages")

IMPURE_MODULES = {
    "asyncio", "ctypes", "glob", "io", "locale", "logging", "multiprocessing", "os", "pathlib", "random",
    "secrets", "shutil", "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "urllib",
    "uuid",
}  # fmt: skip
HARMLESS_NAMES = {"pathlib.PurePath"}  # only a name, it cannot touch a file
IMPURE_CALLS = {"breakpoint", "compile", "eval", "exec", "input", "open", "print", "__import__"}
CLOCK_METHODS = {"now", "today", "utcnow", "fromtimestamp"}


def modules_of(room: str) -> list[Path]:
    return sorted((PACKAGE / room).rglob("*.py"))


def imported_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def impurities(source: str) -> list[str]:
    """What in *source* could read a clock, a file or chance, each with its line."""
    tree = ast.parse(source)
    found = [
        f"{line}: imports {name}"
        for line, name in imported_names(tree)
        if name.split(".")[0] in IMPURE_MODULES and name not in HARMLESS_NAMES
    ]
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id in IMPURE_CALLS:
            found.append(f"{node.lineno}: calls {called.id}")
        if isinstance(called, ast.Attribute) and called.attr in CLOCK_METHODS:
            found.append(f"{node.lineno}: asks the clock ({called.attr})")
    return found


@pytest.mark.parametrize("room", PURE_ROOMS)
def test_pure_rooms_have_no_clock_no_files_and_no_chance(room: str) -> None:
    sources = modules_of(room)
    assert sources, f"the room {room} is gone"
    bad = [
        f"{path.relative_to(PACKAGE)}:{problem}"
        for path in sources
        for problem in impurities(path.read_text(encoding="utf-8"))
    ]
    assert bad == []


@pytest.mark.parametrize(
    "source",
    [
        "import random",
        "from pathlib import Path",
        "import os.path",
        "import datetime\nx = datetime.datetime.now()",
        "from datetime import date\nx = date.today()",
        "open('a')",
        "eval('1')",
    ],
)
def test_the_scan_sees_each_kind_of_impurity(source: str) -> None:
    assert impurities(source) != []


def test_the_scan_lets_pure_code_pass() -> None:
    assert impurities("import re\nfrom pathlib import PurePath\nfrom decimal import Decimal\nx = re.compile('a')\ny = max(1, 2)") == []


OWN_TO_MODEL = ("xinfang_desk.model", "xinfang_desk.messages")


def test_model_uses_the_standard_library_and_the_catalogue_only() -> None:
    foreign = [
        f"{path.relative_to(PACKAGE)}:{line}: {name}"
        for path in modules_of("model")
        for line, name in imported_names(ast.parse(path.read_text(encoding="utf-8")))
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith(OWN_TO_MODEL)
    ]
    assert foreign == []


def test_nothing_runs_text_as_code() -> None:
    bad = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"eval", "exec"}
    ]
    assert bad == []
