"""The data folders are found in a checkout and in an installed program."""

from __future__ import annotations

from pathlib import Path

import pytest

from xinfang_desk import places


def test_the_checkout_is_used_where_nothing_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "forms").mkdir()
    monkeypatch.setattr(places, "_PACKAGE", tmp_path / "xinfang_desk")
    assert places.forms_dir() == tmp_path / "forms"


def test_the_installed_folder_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    installed = tmp_path / "xinfang_desk" / "_data" / "resources"
    installed.mkdir(parents=True)
    monkeypatch.setattr(places, "_PACKAGE", tmp_path / "xinfang_desk")
    assert places.resources_dir() == installed


def test_a_missing_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_PACKAGE", tmp_path / "xinfang_desk")
    with pytest.raises(FileNotFoundError, match="forms"):
        places.forms_dir()
