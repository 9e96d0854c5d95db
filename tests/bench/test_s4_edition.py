"""S4: a whole edition (workbook, Word, two PDFs, signature) against a warm LibreOffice making the workbook's PDF.

``make bench`` runs it. It reports ratios; it asserts only that everything was made. What one more document costs a
LibreOffice that is already running is taken from converting one copy of the workbook and five in one run.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from xinfang_desk import signing
from xinfang_desk.flow.build import build
from xinfang_desk.flow.library import new_sample, open_desk

pytestmark = pytest.mark.bench

_ROUNDS = 9
_COPIES = 5


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def _convert(soffice: str, folder: Path, files: list[Path]) -> float:
    begin = time.perf_counter()
    subprocess.run([soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
                    "--outdir", str(folder / "pdf"), *map(str, files)], check=True, capture_output=True)
    return time.perf_counter() - begin


def test_edition_against_libreoffice(tmp_path: Path) -> None:
    new_sample("004", tmp_path / "账册.xfb")
    desk = open_desk(tmp_path / "账册.xfb")
    secret = signing.Passphrase("演示-123456")
    signing.make_demo_key(tmp_path / "k.p12", "演示", secret)
    key = signing.open_key(tmp_path / "k.p12", secret)
    out = tmp_path / "公开稿"
    made = build(desk, out, key=key)
    workbook = next(Path(file.path) for file in made.files if file.kind == "workbook")
    copies = [tmp_path / f"{n}.xlsx" for n in range(_COPIES)]
    for copy in copies:
        shutil.copy(workbook, copy)
    soffice = shutil.which("soffice")
    ours: list[tuple[float, float]] = []
    theirs: list[float] = []
    if soffice:
        _convert(soffice, tmp_path, copies[:1])
    for n in range(_ROUNDS):
        ours.append(_timed(lambda: build(desk, out, key=key)))
        if soffice and n < 3:
            one = _convert(soffice, tmp_path, copies[:1])
            theirs.append((_convert(soffice, tmp_path, copies) - one) / (_COPIES - 1))
    desk.close()
    wall, cpu = (statistics.median(values) for values in zip(*ours, strict=True))
    print(f"\nS4 whole edition, read back and signed: {wall:.2f} s wall, {cpu:.2f} s cpu (median of {_ROUNDS})")
    if theirs:
        print(f"S4 LibreOffice, already running, the workbook's PDF alone: {statistics.median(theirs):.2f} s; "
              f"ours / theirs = {wall / statistics.median(theirs):.2f}")
    assert {file.kind for file in made.files} == {"workbook", "narrative", "narrative_pdf", "document", "signed"}
