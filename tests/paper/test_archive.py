"""The PDF papers judged by veraPDF: PDF/A-2a for archives, PDF/UA-1 for screen readers."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.paper import verapdf
from xinfang_desk.model.edition import Edition
from xinfang_desk.paper.pdf import MadePdf, document_pdf, narrative_pdf

MISSING = [name for name in verapdf.MODULES if importlib.util.find_spec(name) is None]

pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"没有安装 {'、'.join(MISSING)}，PDF/A 与 PDF/UA 的符合性检查跳过"
)


def _broken(path: Path) -> dict[str, list[str]]:
    command = [sys.executable, str(verapdf.__file__), str(path), "PDFA_2_A", "PDFUA_1"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    found: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_papers_conform(edition: Edition, document: MadePdf, tmp_path: Path) -> None:
    made = {
        "document": document,
        "draft": document_pdf(replace(edition, draft=True)),
        "narrative": narrative_pdf(edition),
    }
    for name, one in made.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(one.data)
        assert _broken(path) == {"PDFA_2_A": [], "PDFUA_1": []}, name


def test_the_judge_finds_a_broken_rule(document: MadePdf, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(document.data.replace(b"pdfaExtension:schemas", b"pdfaExtension:schemaz"))
    assert _broken(path)["PDFA_2_A"]
