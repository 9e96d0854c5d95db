"""The data folders are found in a checkout and in an installed program."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs
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


def test_a_helper_is_started_with_the_running_python() -> None:
    assert places.python() == Path(sys.executable)


def test_installed_on_windows_a_helper_is_started_with_the_plain_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path.parent / "xinfang-desk.exe"))
    assert places.python() == tmp_path.parent / "xinfang-desk.exe"
    (tmp_path / "python.exe").touch()
    assert places.python() == tmp_path / "python.exe"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere platformdirs is asked")
@pytest.mark.parametrize("shared", [None, "", " ", "/tmp/anderswo"])
def test_the_users_folder_is_where_platformdirs_says(shared: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if shared is None:
        monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    else:
        monkeypatch.setenv("XDG_DATA_HOME", shared)
    assert places.user_dir() == Path(platformdirs.user_data_path("xinfang-desk", appauthor=False))
