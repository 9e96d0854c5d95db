from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from xinfang_desk.places import resources_dir

pytest.importorskip("fontTools", reason="没有安装 fontTools，字体裁剪脚本的测试跳过")

from tools import cut_fonts


def test_the_script_pins_what_the_record_says() -> None:
    text = (resources_dir() / "fonts" / "PROVENANCE.toml").read_text(encoding="utf-8")
    record = tomllib.loads(text)
    assert record["tool"] == f"fontTools {cut_fonts.FONTTOOLS}"
    assert record["characters"]["archive_sha256"] == cut_fonts.UNICODE.sha256
    pinned = {font.file: font for font in cut_fonts.FONTS}
    assert set(pinned) == {one["file"] for one in record["font"]}
    for one in record["font"]:
        font = pinned[one["file"]]
        assert (one["role"], one["family"], one["weight"]) == (font.role, font.family, font.weight)
        assert (one["package"], one["version"]) == (font.package.name, font.package.version)
        assert (one["archive_sha256"], one["member"]) == (font.package.sha256, font.member)


def test_a_package_with_another_digest_is_refused(tmp_path: Path) -> None:
    for package in cut_fonts.PACKAGES:
        (tmp_path / package.file).write_bytes(b"something else")
    with pytest.raises(cut_fonts.CutError, match="not the pinned one"):
        cut_fonts.Archives(tmp_path, may_fetch=False)


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(cut_fonts.CutError, match=cut_fonts.PACKAGES[0].file):
        cut_fonts.Archives(tmp_path, may_fetch=False)
