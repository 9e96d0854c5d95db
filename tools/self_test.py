"""Writes the hashes in resources/self_test/expected.json anew from what the program makes now. ``--check`` only compares.

The figures in that file are those of the published document and are never written by a program.
"""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from xinfang_desk.flow.build import build  # noqa: E402
from xinfang_desk.flow.library import new_sample, open_desk  # noqa: E402
from xinfang_desk.flow.self_test import made_files  # noqa: E402

DATA = ROOT / "resources" / "self_test" / "expected.json"


def files(sample: str) -> list[dict[str, object]]:
    """The unsigned files of the sample's edition, as they are made now."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        new_sample(sample, folder / "a.xfb")
        with closing(open_desk(folder / "a.xfb")) as desk:
            return made_files(folder, build(desk, folder / "out"))


def text(known: dict[str, Any], made: list[dict[str, object]]) -> str:
    """The file as it should read: one figure and one file a line."""
    def rows(items: list[Any]) -> str:
        return ",\n".join(f"  {json.dumps(item, ensure_ascii=False)}" for item in items)

    return (f'{{\n "sample": {json.dumps(known["sample"])},\n "figures": [\n{rows(known["figures"])}\n ],\n'
            f' "findings": {json.dumps(known["findings"])},\n "files": [\n{rows(made)}\n ]\n}}\n')


def main() -> int:
    """Write the file, or with ``--check`` say whether it is as it should be."""
    known = json.loads(DATA.read_text(encoding="utf-8"))
    wanted = text(known, files(known["sample"]))
    if "--check" in sys.argv[1:]:
        return int(DATA.read_text(encoding="utf-8") != wanted)
    DATA.write_text(wanted, encoding="utf-8")
    print(DATA.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
