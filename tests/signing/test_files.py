from __future__ import annotations

import errno
from pathlib import Path

import pytest

from xinfang_desk.signing.errors import SigningError
from xinfang_desk.signing.files import written_beside


def test_the_target_appears_only_when_all_went_well(tmp_path: Path) -> None:
    target = tmp_path / "文件.bin"
    with written_beside(target, b"whole") as beside:
        assert not target.exists()
        assert beside.read_bytes() == b"whole"
        assert beside.parent == tmp_path
    assert target.read_bytes() == b"whole"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failed_check_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "文件.bin"
    target.write_bytes(b"old")
    with pytest.raises(SigningError, match="不对"), written_beside(target, b"new"):
        raise SigningError("不对")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_an_existing_target_may_be_kept(tmp_path: Path) -> None:
    target = tmp_path / "文件.bin"
    target.write_bytes(b"old")
    with pytest.raises(SigningError, match="已经存在"), written_beside(target, b"new", replace=False):
        pass
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_without_hard_links_an_existing_target_is_kept_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    monkeypatch.setattr("os.link", no_links)
    target = tmp_path / "文件.bin"
    with written_beside(target, b"first", replace=False):
        pass
    assert target.read_bytes() == b"first"
    with pytest.raises(SigningError, match="已经存在"), written_beside(target, b"second", replace=False):
        pass
    assert target.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_explained(tmp_path: Path) -> None:
    with pytest.raises(SigningError, match="不能写入"), written_beside(tmp_path / "没有" / "文件.bin", b"x"):
        pass


def test_a_folder_in_the_way_is_explained(tmp_path: Path) -> None:
    (tmp_path / "文件.bin").mkdir()
    (tmp_path / "文件.bin" / "内").write_text("x")
    with pytest.raises(SigningError, match="不能写入"), written_beside(tmp_path / "文件.bin", b"x"):
        pass
    assert [p.name for p in tmp_path.iterdir()] == ["文件.bin"]
