"""What every test may ask for: the shared samples, the outside programs, a window without a screen."""

from __future__ import annotations

import atexit
import gc
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path

import pytest

from xinfang_desk import packs
from xinfang_desk.__main__ import calm_collector
from xinfang_desk.model.pack import Pack
from xinfang_desk.places import forms_dir

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# What this user of the machine has put into the program is none of the tests' business.
os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="xinfang-tests-")
atexit.register(shutil.rmtree, os.environ["XDG_DATA_HOME"], ignore_errors=True)
# Nor is an input method that happens to run here; and where no bus is named, a window would start one that stays behind.
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI") == "true"
HAS_QT = importlib.util.find_spec("PySide6") is not None

_MEMORY = Path("/dev/shm")
_ROOM = 2 * 1024**3
if "PYTEST_DEBUG_TEMPROOT" not in os.environ and _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
    # Books are put on disk thousands of times in a run: on a busy disk half of its time went into waiting for it.
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(_MEMORY)

_load_pack = packs.load_pack


@lru_cache
def _ready_made(pack_id: str, known_rules: frozenset[str] | None) -> Pack:
    return _load_pack(pack_id, forms_dir(), known_rules=known_rules)


@wraps(_load_pack)
def _load_once(pack_id: str, forms: packs.Forms, *, known_rules: frozenset[str] | None = None) -> Pack:
    if forms != forms_dir():
        return _load_pack(pack_id, forms, known_rules=known_rules)
    return _ready_made(pack_id, known_rules)


# Hundreds of tests open a book, and reading and judging its pack, which nothing can change afterwards, took a fifth
# of their time. A pack that comes with the program is read once in a run; one that a test makes, each time.
packs.load_pack = _load_once

# Every room but gui is tested where PySide6 is not installed.
collect_ignore = [] if HAS_QT else ["gui", "tour"]


def pytest_collection_finish() -> None:
    """Collect garbage as the program does; what is there now stays to the end and need not be walked over."""
    calm_collector()
    gc.freeze()


def pytest_report_header() -> str:
    """Say at the top what this run leaves out."""
    return "PySide6 在，测试全部部分" if HAS_QT else "没有安装 PySide6：不运行 tests/gui 和 tests/tour"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever is in tests/bench measures speed, and runs only when asked for."""
    for item in items:
        if item.path.is_relative_to(ROOT / "tests" / "bench"):
            item.add_marker("bench")


@pytest.fixture(scope="session")
def project_dir() -> Path:
    """The checkout's root."""
    return ROOT


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of published samples beside the project (``XINFANG_SHARED`` names another one)."""
    folder = Path(os.environ.get("XINFANG_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"没有样本文件夹 {folder}（可用环境变量 XINFANG_SHARED 指定），依赖它的测试跳过")
    return folder


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """Find an outside program by name; where it is missing, skip, but fail in CI."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None and IN_CI:
            pytest.fail(f"持续集成环境缺少程序 {name}，make test 应当已经装好它")
        if path is None:
            pytest.skip(f"没有安装程序 {name}，依赖它的测试跳过")
        return path

    return find
