"""The tree: our code with its data, and the same bytes, modes and times whatever the folder and umask were."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tools.installer import tree
from tools.installer.request import release_epoch
from tools.installer.words import BuildTrouble


def _checkout(root: Path) -> Path:
    (root / "tools").mkdir(parents=True)
    (root / "tools" / "hatch_build.py").write_text('DATA_FOLDERS = ("forms", "docs/manual")\n', "utf-8")
    for name, text in {"xinfang_desk/__init__.py": "", "xinfang_desk/expr/grammar.lark": "start:", "forms/a.toml": "a = 1",
                       "docs/manual/page.md": "页", "docs/other.md": "no"}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    (root / "xinfang_desk" / "__pycache__").mkdir()
    return root


def test_the_code_travels_with_its_data(tmp_path: Path) -> None:
    app = tree.put_app(tmp_path / "tree", _checkout(tmp_path / "checkout"))
    assert sorted(str(file.relative_to(app)) for file in app.rglob("*") if file.is_file()) == [
        "xinfang_desk/__init__.py", "xinfang_desk/_data/docs/manual/page.md", "xinfang_desk/_data/forms/a.toml",
        "xinfang_desk/expr/grammar.lark",
    ]


def test_the_list_of_data_is_the_one_of_the_wheel() -> None:
    assert "forms" in tree.data_folders()
    assert "resources" in tree.data_folders()


@pytest.mark.skipif(os.name != "posix", reason="umask and modes are of POSIX")
def test_two_builds_in_other_folders_with_other_umasks_are_the_same(tmp_path: Path) -> None:
    seen = []
    for name, umask in (("one", 0o022), ("two", 0o077)):
        before = os.umask(umask)
        try:
            root = tmp_path / name / "tree"
            (root / "app").mkdir(parents=True)
            (root / "app" / "thing.py").write_text('"""A thing."""\n\nNAMES = {"a", "b", "c"}\n', "utf-8")
            (root / "run").write_text("#!/bin/sh\n", "utf-8")
            (root / "run").chmod(0o700)
            tree.compile_all(sys.executable, root, ["app"])
            tree.settle(root, 1_700_000_000)
        finally:
            os.umask(before)
        seen.append({
            str(path.relative_to(root)): (path.stat().st_mode, path.stat().st_mtime, path.read_bytes() if path.is_file() else b"")
            for path in tree.walk(root)
        })
    assert seen[0] == seen[1]
    assert len(seen[0]) == 6
    assert seen[0]["run"][0] & 0o777 == 0o755


def test_a_module_that_does_not_compile_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "bad.py").write_text("def (", "utf-8")
    with pytest.raises(BuildTrouble, match=r"bad\.py"):
        tree.compile_all(sys.executable, tmp_path, ["app"])


def test_the_date_is_stated_or_the_release_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "CHANGES.md").write_text("# x\n\n## 1.2.0（2026-11-01）\n\n- y\n", "utf-8")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert release_epoch("1.2.0", tmp_path) == 1_793_491_200
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "42")
    assert release_epoch("1.2.0", tmp_path) == 42
