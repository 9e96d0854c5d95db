from __future__ import annotations

import hashlib
import tomllib
from typing import Any

import pytest

from xinfang_desk.paper.errors import MissingGlyph
from xinfang_desk.paper.fonts import check_glyphs, face, stack
from xinfang_desk.paper.text import one_line, printable, squeezed
from xinfang_desk.places import resources_dir


def _records() -> list[dict[str, Any]]:
    text = (resources_dir() / "fonts" / "PROVENANCE.toml").read_text(encoding="utf-8")
    fonts: list[dict[str, Any]] = tomllib.loads(text)["font"]
    return fonts


def test_every_font_is_the_recorded_one_with_its_licence() -> None:
    folder = resources_dir() / "fonts"
    records = _records()
    assert {record["role"] for record in records} == {"宋", "标题", "黑", "楷", "仿宋"}
    for record in records:
        data = (folder / record["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == record["sha256"], record["file"]
        assert len(data) == record["bytes"]
        assert record["version"]
        assert record["archive_sha256"]
        for name in record["licence_files"]:
            assert (folder / name).stat().st_size > 500
    assert {path.name for path in folder.glob("*.ttf")} == {record["file"] for record in records}


def test_fonts_hold_truetype_outlines_and_may_be_embedded() -> None:
    for record in _records():
        data = (resources_dir() / "fonts" / record["file"]).read_bytes()
        assert data[:4] == b"\x00\x01\x00\x00", record["file"]


def test_digits_of_the_table_font_are_equally_wide() -> None:
    song = stack("song")
    assert {song.width(char, 100) for char in "0123456789.,-+%()"} == {50.0}


@pytest.mark.parametrize("char", "𬭎〇①⑳㈠□☑☐☒√×÷±℃％‰—…“”‘’《》【】·￥№→")
def test_song_stack_has_signs_and_rare_characters(char: str) -> None:
    assert stack("song").has(char)


def test_all_gb2312_characters_are_there() -> None:
    every = "".join(
        bytes((high, low)).decode("gb2312", errors="ignore")
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
    )
    assert len(every) == 6763
    check_glyphs([(every, "GB 2312")])


def test_fangsong_takes_latin_from_song_and_missing_characters_too() -> None:
    fang = stack("fang")
    runs = fang.runs("收入226.70万元啰")
    assert [(one.role, text) for one, text in runs] == [
        ("fang", "收入"),
        ("song", "226.70"),
        ("fang", "万元"),
        ("song", "啰"),
    ]
    assert fang.width("收入226.70", 16) == pytest.approx(2 * 16 + 6 * 8)


def test_kai_takes_full_width_quotation_marks_from_song() -> None:
    assert stack("kai").width("“”", 10) == pytest.approx(20)


def test_missing_character_is_named_with_its_place() -> None:
    with pytest.raises(MissingGlyph) as caught:
        check_glyphs([("好", "“表1”第1行"), ("张\U0001f600", "“表1”第2行")])
    assert caught.value.char == "\U0001f600"
    assert "“表1”第2行" in str(caught.value)
    assert "U+1F600" in str(caught.value)
    with pytest.raises(MissingGlyph):
        stack("hei").runs("\U0001f600")


def test_invisible_characters_are_dropped_and_blanks_are_plain() -> None:
    assert printable("预\u200b算\ufeff\t表\xa0一") == "预算 表 一"
    assert squeezed(" 预 算\n表　") == "预算表"
    assert one_line("青山县信访局\n 2023年预算") == "青山县信访局2023年预算"


def test_a_face_is_parsed_once() -> None:
    assert face("song") is face("song")
