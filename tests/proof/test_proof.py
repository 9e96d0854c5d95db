"""Nothing that was acknowledged is ever lost: killed at any moment, with a full disk, with every write failing in turn.

The ordinary suite takes samples; ``make test-long`` does the whole of it and prints the figures.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="fork, SIGKILL and LD_PRELOAD")

_SHIM = Path(__file__).with_name("failing_writes.c")


def _run(project_dir: Path, module: str, *lanes: tuple[object, ...], preload: str = "") -> Counter[str]:
    """Run a part of this folder, once for each set of arguments and all at the same time; the sum of their figures."""
    environment = dict(os.environ, **({"LD_PRELOAD": preload} if preload else {}))
    running = [subprocess.Popen([sys.executable, "-m", f"tests.proof.{module}", *map(str, lane)], cwd=project_dir, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) for lane in lanes]
    figures: Counter[str] = Counter()
    for process in running:
        out, err = process.communicate()
        assert process.returncode == 0, out + err
        figures.update(json.loads(out.splitlines()[-1]))
    print(f"\n{module}: {', '.join(f'{name} {count}' for name, count in figures.items())}")
    return figures


def _folders(tmp_path: Path, count: int) -> list[Path]:
    folders = [tmp_path / str(number) for number in range(count)]
    for folder in folders:
        folder.mkdir()
    return folders


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> str:
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        pytest.skip("没有 C 编译器（gcc），无法让写盘逐次失败")
    library = tmp_path_factory.mktemp("shim") / "failing_writes.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", library, _SHIM, "-ldl"], check=True)
    return str(library)


@pytest.mark.parametrize("kills", [12, pytest.param(500, marks=[pytest.mark.long, pytest.mark.timeout(900)])])
def test_killed_at_any_moment(project_dir: Path, tmp_path: Path, kills: int) -> None:
    lanes = 2 if kills > 100 else 1
    figures = _run(project_dir, "killing", *((kills // lanes, 2023 + number, folder)
                                             for number, folder in enumerate(_folders(tmp_path, lanes))))
    assert figures["kills"] == kills
    assert figures["opened before the kill"] > kills / 2
    assert figures["acknowledgements"] > 0


@pytest.mark.parametrize("stride", [29, pytest.param(1, marks=[pytest.mark.long, pytest.mark.timeout(900)])])
def test_every_write_fails_in_turn(project_dir: Path, tmp_path: Path, shim: str, stride: int) -> None:
    lanes = 2 if stride == 1 else 1
    figures = _run(project_dir, "failing", *((stride, 2023, folder, number, lanes)
                                             for number, folder in enumerate(_folders(tmp_path, lanes))), preload=shim)
    assert figures["calls made to fail"] >= figures["sessions"]
    assert figures["sessions with the sentence in the bar"] > 0


def test_a_disk_that_is_really_full(project_dir: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", small], capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"这里不能挂载小磁盘（{mounted.stderr.strip()}）")
    try:
        figures = _run(project_dir, "filling", (2023, small))
    finally:
        subprocess.run(["umount", small], check=True)
    assert figures["sessions with the sentence in the bar"] > 0
