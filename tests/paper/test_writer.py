from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from xinfang_desk import paper
from xinfang_desk.model.edition import Edition
from xinfang_desk.model.sheet import Cell
from xinfang_desk.paper import writer


def test_all_three_files_are_written_with_their_digests(edition: Edition, tmp_path: Path) -> None:
    said: list[str] = []
    folder = tmp_path / "公开稿" / "2023"
    files = paper.write_edition(edition, folder, progress=said.append)
    assert [file.kind for file in files] == ["workbook", "narrative", "document"]
    for file in files:
        data = Path(file.path).read_bytes()
        assert len(data) == file.size
        assert hashlib.sha256(data).hexdigest() == file.sha256
    assert files[2].pages > 10
    assert files[2].area is not None
    assert {path.name for path in folder.iterdir()} == set(edition.names.values())
    assert any("核对" in sentence for sentence in said)


def test_a_second_build_is_byte_for_byte_the_same(edition: Edition, tmp_path: Path) -> None:
    first = paper.write_edition(edition, tmp_path / "a")
    second = paper.write_edition(edition, tmp_path / "b")
    assert [file.sha256 for file in first] == [file.sha256 for file in second]


def test_a_failed_check_leaves_the_former_files_and_nothing_else(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in edition.names.values():
        (tmp_path / name).write_bytes(b"former")

    def spoil(data: bytes, made_edition: Edition, file: str) -> None:
        raise paper.ReadbackError(file, "1.00", "2.00")

    monkeypatch.setattr("xinfang_desk.paper.readback.check_narrative", spoil)
    with pytest.raises(paper.ReadbackError):
        paper.write_edition(edition, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(edition.names.values())
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"former"}


def test_a_missing_character_writes_nothing(edition: Edition, tmp_path: Path) -> None:
    sheet = edition.sheets[0]
    row = replace(sheet.rows[0], cells=(Cell("\U0001f600", "\U0001f600", "label"), *sheet.rows[0].cells[1:]))
    spoiled = replace(edition, sheets=(replace(sheet, rows=(row, *sheet.rows[1:])), *edition.sheets[1:]))
    with pytest.raises(paper.MissingGlyph, match="U\\+1F600"):
        paper.write_edition(spoiled, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "磁盘满了"), (errno.EACCES, "权限"), (errno.EROFS, "权限"), (errno.EIO, "系统说")],
)
def test_what_the_system_refuses_is_said_in_chinese(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def fail(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(paper.WriteRefused, match=words):
        paper.write_edition(edition, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_open_in_another_program_is_said_in_chinese(tmp_path: Path) -> None:
    class SharingError(OSError):
        winerror = 32

    sentence = str(writer._refused(SharingError(errno.EACCES, "sharing"), tmp_path / "公开表.xlsx"))
    assert "正被别的程序打开" in sentence
    assert "公开表.xlsx" in sentence


def test_a_folder_in_the_way_of_a_file_stops_before_anything_is_moved(
    edition: Edition, tmp_path: Path
) -> None:
    (tmp_path / edition.names["document"]).mkdir()
    with pytest.raises(paper.WriteRefused, match="同名"):
        paper.write_edition(edition, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [edition.names["document"]]


def test_a_file_in_the_way_of_the_folder_is_said(edition: Edition, tmp_path: Path) -> None:
    (tmp_path / "公开").write_text("", encoding="utf-8")
    with pytest.raises(paper.WriteRefused, match="同名"):
        paper.write_edition(edition, tmp_path / "公开")


def test_an_unknown_kind_of_paper_is_refused(edition: Edition, tmp_path: Path) -> None:
    with pytest.raises(paper.PaperError, match="poster"):
        paper.write_edition(replace(edition, names={"poster": "a.svg"}), tmp_path)


def test_the_door_of_the_room_is_cheap_to_open() -> None:
    code = (
        "import sys, xinfang_desk.paper;"
        "print([m for m in ('reportlab','docx','openpyxl','xlsxwriter','pypdfium2','PIL') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_preview_shows_every_page(edition: Edition) -> None:
    preview = paper.preview(edition)
    try:
        pages = preview.map.pages
        assert len(pages) > 10
        number = preview.map.page_of("balance")
        assert number is not None
        width, height = round(pages[number].width / 2), round(pages[number].height / 2)
        pixels = preview.tile(number, 0.5, (0, 0, width, height))
        assert len(pixels) == width * height * 4
        assert width > height
        assert min(pixels[0::4]) < 80
        lower = preview.tile(number, 0.5, (10, height // 2, 40, 30))
        row = (height // 2 * width + 10) * 4
        assert lower[:160] == pixels[row:row + 160]
        assert preview.subset([number]).startswith(b"%PDF")
    finally:
        preview.close()
