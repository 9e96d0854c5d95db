"""Zips of small packs, good and hostile ones."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.packs.good_pack import CHECKS, CODES, FILES, PACK
from tests.packs.test_cases import BASE

CASES = """[[case]]
check = "T-01"
base = "base_county"
title = "少填一条收入"
[case.fail]
[[case.fail.edit]]
set = "incomes.1.amount"
to = "7万元"
[case.pass]
[[case.pass.edit]]
set = "lines.1.note"
to = ""
"""


def pack_files(pack_id: str = "test/2023", title: str = "测试县报表包", **pack_lines: str) -> dict[str, str]:
    """A pack that can be put in: one rule with its examples. ``pack_lines``: further keys of ``[pack]``."""
    more = "".join(f"{key} = {value}\n" for key, value in pack_lines.items())
    manifest = PACK.replace('id = "test/2023"\n', f'id = "{pack_id}"\n{more}').replace("测试报表包", title)
    return {**FILES, "pack.toml": manifest, "checks.toml": CHECKS.partition("[[check]]\nid = \"X-01\"")[0],
            "cases/base_county.toml": BASE.replace('"test/2023"', f'"{pack_id}"'), "cases/all.toml": CASES}


def child_files(pack_id: str, parent: str) -> dict[str, str]:
    """A pack of its own that only inherits."""
    return {"pack.toml": f'[pack]\nid = "{pack_id}"\ntitle = "{pack_id} 子包"\nregion = "测试"\nyears = [2023, 2023]\n'
                         f'extends = "{parent}"\n'}


def codes_files(year: int) -> dict[str, str]:
    """Code tables small enough to read; those of the good pack."""
    return {f"codes/{year}/{name}": text for name, text in CODES.items()}


def under(folder: str, files: Mapping[str, str]) -> dict[str, str]:
    return {f"{folder}/{name}": text for name, text in files.items()}


def zipped(path: Path, files: Mapping[str, str | bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def good_zip(path: Path, pack_id: str = "test/2023", title: str = "测试县报表包") -> Path:
    return zipped(path, under(pack_id, pack_files(pack_id, title)))
