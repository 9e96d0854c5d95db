"""A workbook from elsewhere is read as texts, or refused with a sentence; it never brings the program down."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from xinfang_desk.intake import workbook as limits
from xinfang_desk.intake.errors import IntakeError
from xinfang_desk.intake.workbook import RawSheet, cell_text, read_workbook

SHEET = "xl/worksheets/sheet1.xml"


def plain(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("科目")
    sheet.write_row(0, 0, ["科目编码", "科目名称"])
    sheet.write_row(1, 0, [2010301, "行政运行"])
    sheet.write_row(2, 0, ["2010302", " 一般行政管理事务 "])
    book.close()
    return path


def with_member(path: Path, member: str, change: tuple[bytes, bytes]) -> Path:
    """The plain workbook with bytes of one member changed."""
    source = io.BytesIO(plain(path).read_bytes())
    with zipfile.ZipFile(source) as package:
        assert change[0] in package.read(member)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == member:
                data = data.replace(*change, 1)
            new.writestr(info.filename, data)
    return path


def compound(*names: str, stream: bytes = b"") -> bytes:
    """A smallest compound file with streams of these names, the first one holding ``stream`` (at least 4096 bytes)."""
    def entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le") + b"\0\0"
        return struct.pack("<64sHBBIII16sIQQIQ", text, len(text), kind, 1, 0xFFFFFFFF, right, child, b"", 0, 0, 0, start,
                           size)

    none, end = 0xFFFFFFFF, 0xFFFFFFFE
    head = struct.pack("<8s16sHHHHH6sIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
                       0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<I", 0) + b"\xff" * (512 - len(head) - 4)
    sectors = -(-len(stream) // 512)
    chain = [n + 3 if n + 1 < sectors else end for n in range(sectors)]
    fat = struct.pack(f"<II{sectors}I", 0xFFFFFFFD, end, *chain).ljust(512, b"\xff")
    entries = [entry("Root Entry", 5, 1, none, end, 0)]
    entries += [entry(name, 2, none, n + 2 if n + 1 < len(names) else none, 2 if stream and not n else end,
                      0 if n else len(stream)) for n, name in enumerate(names)]
    return head + fat + b"".join(entries).ljust(512, b"\0") + stream.ljust(sectors * 512, b"\0")


def old_workbook(*cells: tuple[int, int, float | str]) -> bytes:
    """An .xls with one sheet 科目 and these cells (row and column from 0)."""
    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def written(row: int, column: int, value: float | str) -> bytes:
        at = struct.pack("<HHH", row, column, 0)
        if isinstance(value, str):
            return record(0x0204, at + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
        return record(0x0203, at + struct.pack("<d", value))

    name = "科目"
    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    begin = record(0x0809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    start = len(begin) + 4 + 6 + len(title) + 4
    book = begin + record(0x0085, struct.pack("<IH", start, 0) + title) + record(0x000A, b"")
    book += record(0x0809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    book += b"".join(written(*cell) for cell in cells) + record(0x000A, b"")
    return compound("Workbook", stream=book.ljust(4096, b"\0"))


def refusal(path: Path) -> str:
    with pytest.raises(IntakeError) as caught:
        read_workbook(path)
    sentence = str(caught.value)
    assert path.name in sentence
    assert sentence.endswith("。")
    return sentence


def test_cells_become_texts(tmp_path: Path) -> None:
    sheets = read_workbook(plain(tmp_path / "a.xlsx"))
    assert [sheet.name for sheet in sheets] == ["科目"]
    assert sheets[0].rows == (("科目编码", "科目名称"), ("2010301", "行政运行"), ("2010302", "一般行政管理事务"))


@pytest.mark.parametrize(("cell", "text"), [
    (2010301.0, "2010301"), (12.5, "12.5"), (7, "7"), (True, "是"), ("２０１０３", "20103"), ("\u3000行政\u00a0运行\r\n", "行政\u00a0运行"),
    ("a\0\u200bb", "ab"), ("x" * 9999, "x" * limits.MAX_TEXT), (float("nan"), "nan"), (1e300, "1e+300"),
])
def test_what_a_cell_says(cell: float | str, text: str) -> None:
    assert cell_text(cell) == text


def test_rows_count_from_the_top_of_the_sheet_and_hidden_sheets_are_left_out(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    seen, hidden = book.add_worksheet("看得见"), book.add_worksheet("藏着")
    seen.write(4, 2, "乙")
    seen.write_formula(5, 2, '=HYPERLINK("http://x","y")', None, "丙")
    hidden.write(0, 0, "甲")
    hidden.hide()
    book.close()
    (sheet,) = read_workbook(tmp_path / "a.xlsx")
    assert sheet.name == "看得见"
    assert len(sheet.rows) == 6
    assert sheet.rows[4] == ("", "", "乙")
    assert sheet.rows[5] == ("", "", "丙")


def test_the_old_format_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "旧.xls"
    path.write_bytes(old_workbook((0, 0, "科目编码"), (0, 1, "科目名称"), (1, 0, 2010301.0), (1, 1, "行政运行")))
    assert read_workbook(path)[0].rows == (("科目编码", "科目名称"), ("2010301", "行政运行"))
    path.write_bytes(old_workbook((0, 0, 1.0), (65535, 255, 2.0)))
    assert "用到的区域太大" in refusal(path)


def test_far_cells_with_only_a_style_do_no_harm(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    sheet.write(0, 0, 201)
    sheet.write_blank(1_048_575, 16_383, None, bold)
    book.close()
    assert read_workbook(tmp_path / "a.xlsx")[0].rows == (("201",),)


@pytest.mark.parametrize("cell", ["A1048576", "XFD1", "XFD1048576", "IV20000"])
def test_an_area_that_would_not_fit_is_refused_before_it_is_laid_out(tmp_path: Path, cell: str) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = 1
    sheet[cell] = 2
    book.save(tmp_path / "远.xlsx")
    assert "用到的区域太大" in refusal(tmp_path / "远.xlsx")


def test_a_far_cell_cannot_hide_behind_its_row(tmp_path: Path) -> None:
    path = with_member(tmp_path / "a.xlsx", SHEET, (b'r="A2"', b"r='xfd1048576'"))
    assert "用到的区域太大" in refusal(path)


def test_much_in_little_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = plain(tmp_path / "胀.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/a.bin", bytes(2_000_000))
    monkeypatch.setattr(limits, "MAX_UNPACKED", 1_000_000)
    assert "展开以后太大" in refusal(path)
    monkeypatch.setattr(limits, "MAX_BYTES", 1_000)
    assert "超过" in refusal(path)


def test_a_count_that_lies_ends_only_the_helper(tmp_path: Path) -> None:
    path = with_member(tmp_path / "a.xlsx", "xl/sharedStrings.xml", (b'uniqueCount="', b'uniqueCount="99999999'))
    assert "已损坏" in refusal(path)


def test_a_reader_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HELPER_SECONDS", 0.001)
    assert "已损坏" in refusal(plain(tmp_path / "a.xlsx"))


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    assert "已损坏" in refusal(with_member(tmp_path / "a.xlsx", SHEET, (b'"UTF-8"', b'"UTF-9"')))


def test_entities_are_refused(tmp_path: Path) -> None:
    path = with_member(tmp_path / "a.xlsx", SHEET, (b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "cccc">]><worksheet'))
    assert "已损坏" in refusal(path)


@pytest.mark.parametrize(("data", "word"), [
    (b"<html><body><table><tr><td>201</td></tr></table></body></html>", "网页"),
    (b"\xef\xbb\xbf\r\n<?xml version='1.0'?><Workbook/>", "网页"),
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "网页"),
    (b"", "是空的"),
    (b"2010301,\xd0\xd0\xd5\xfe", "不是 .xlsx 或 .xls 工作簿"),
    (b"PK\x03\x04 not a package", "已损坏"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "已损坏"),
    (compound("EncryptionInfo", "EncryptedPackage"), "打开密码"),
    (compound("Workbook"), "没有看得见的工作表"),
    (old_workbook((0, 0, 1.0))[:900], "已损坏"),
])
def test_what_only_calls_itself_a_workbook(tmp_path: Path, data: bytes, word: str) -> None:
    path = tmp_path / "科目.xls"
    path.write_bytes(data)
    assert word in refusal(path)


def test_other_packages_missing_files_and_folders(tmp_path: Path) -> None:
    path = tmp_path / "文.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    assert "不是 .xlsx 工作簿" in refusal(path)
    assert "找不到" in refusal(tmp_path / "没有.xlsx")
    assert "读不了" in refusal(tmp_path)


@settings(max_examples=30, deadline=None)
@given(at=st.integers(0, 10_000), change=st.binary(min_size=1, max_size=8), cut=st.booleans())
def test_a_damaged_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, at: int, change: bytes,
                                           cut: bool) -> None:
    path = tmp_path_factory.mktemp("坏") / "坏.xlsx"
    data = plain(path).read_bytes()
    at %= len(data)
    path.write_bytes(data[:at] if cut else data[:at] + change + data[at + len(change):])
    said = "坏.xlsx"
    sheets: tuple[RawSheet, ...] = ()
    try:
        sheets = read_workbook(path)
    except IntakeError as error:
        said = str(error)
    assert "坏.xlsx" in said
    assert all(isinstance(cell, str) for sheet in sheets for row in sheet.rows for cell in row)
