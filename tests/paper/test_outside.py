"""The papers judged by programs that are not ours: LibreOffice, qpdf, poppler, an Open XML validator."""

from __future__ import annotations

import csv
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from xinfang_desk.model.edition import Edition
from xinfang_desk.paper.pdf import MadePdf
from xinfang_desk.paper.readback import check_workbook
from xinfang_desk.paper.xlsx import amount, layout, table_sheets, worksheet_names

Find = Callable[[str], str]


@pytest.fixture
def files(tmp_path: Path, workbook: bytes, narrative: bytes, document: MadePdf) -> dict[str, Path]:
    made = {"xlsx": workbook, "docx": narrative, "pdf": document.data}
    paths = {}
    for suffix, data in made.items():
        paths[suffix] = tmp_path / f"made.{suffix}"
        paths[suffix].write_bytes(data)
    return paths


def _run(*command: str | Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, timeout=180
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_open_xml_validator_finds_no_error(files: dict[str, Path], suffix: str) -> None:
    openxml_audit = pytest.importorskip(
        "openxml_audit", reason="没有安装 openxml-audit，Office 文件的格式检查跳过"
    )
    result = openxml_audit.OpenXmlValidator().validate(files[suffix])
    assert [str(error) for error in result.errors] == []
    assert result.is_valid


def test_libreoffice_recalculates_to_our_cached_values(
    files: dict[str, Path], edition: Edition, program: Find, tmp_path: Path
) -> None:
    office = program("soffice")
    stripped = _without_cached_values(files["xlsx"], tmp_path / "stripped.xlsx")
    _run(
        office,
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        tmp_path / "out",
        stripped,
    )
    book = load_workbook(tmp_path / "out" / "stripped.xlsx", data_only=True)
    names = worksheet_names(table_sheets(edition))
    compared = 0
    for sheet in table_sheets(edition):
        worksheet = book[names[sheet.id]]
        place = layout(sheet, names[sheet.id])
        for i, row in enumerate(sheet.rows):
            for j, cell in enumerate(row.cells):
                if cell.formula is not None:
                    found = worksheet[place.body_cell(i, j)].value
                    assert Decimal(repr(float(found))) == Decimal(repr(float(amount(cell, sheet.unit) or 0)))
                    compared += 1
    assert compared > 50


def _without_cached_values(source: Path, target: Path) -> Path:
    """openpyxl keeps formulas and drops cached values: whoever opens the copy has to calculate."""
    load_workbook(source).save(target)
    values = load_workbook(target, data_only=True)
    assert all(cell.value is None for cell in values["表3一般公共预算支出表"]["C"][4:6])
    return target


def test_libreoffice_reads_the_texts_as_texts(files: dict[str, Path], program: Find, tmp_path: Path) -> None:
    _run(
        program("soffice"),
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,6",
        "--outdir",
        tmp_path / "out",
        files["xlsx"],
    )
    [made] = (tmp_path / "out").glob("*.csv")
    with made.open(encoding="utf-8", newline="") as lines:
        cells = {cell for row in csv.reader(lines) for cell in row}
    assert {"=1+1", "+86 办结", "-5℃", "@部门", "刘𬭎同志"} <= cells


def test_qpdf_finds_no_fault(files: dict[str, Path], program: Find) -> None:
    assert "No syntax or stream encoding errors" in _run(program("qpdf"), "--check", files["pdf"])


def test_poppler_sees_every_font_embedded_cut_and_readable(files: dict[str, Path], program: Find) -> None:
    rows = _run(program("pdffonts"), files["pdf"]).splitlines()[2:]
    assert len(rows) == 5
    for row in rows:
        assert row.split()[-5:-2] == ["yes", "yes", "yes"], row


def test_poppler_extracts_every_figure(
    files: dict[str, Path], edition: Edition, document: MadePdf, program: Find
) -> None:
    tool = program("pdftotext")
    for sheet in table_sheets(edition):
        first, last = document.sheet_pages[sheet.id][0] + 1, document.sheet_pages[sheet.id][-1] + 1
        words = Counter(_run(tool, "-layout", "-f", str(first), "-l", str(last), files["pdf"], "-").split())
        wanted = Counter(
            cell.text for row in sheet.rows for cell in row.cells if cell.kind == "money" and cell.text
        )
        assert wanted - words == Counter(), sheet.title


def test_decimal_points_stand_under_each_other(
    files: dict[str, Path], edition: Edition, document: MadePdf, program: Find
) -> None:
    """The right edges of all figures of a column, as poppler places them."""
    page = str(document.sheet_pages["function"][0] + 1)
    boxes = _run(program("pdftotext"), "-bbox", "-f", page, "-l", page, files["pdf"], "-")
    edges = Counter(
        round(float(line.split('xMax="')[1].split('"')[0]))
        for line in boxes.splitlines()
        if line.strip().startswith("<word")
        and line.split(">")[1].split("<")[0].replace("-", "").replace(".", "").isdigit()
        and "." in line.split(">")[1]
    )
    assert sorted(edges.values()) == [7, 7, 7, 7]


def test_two_editions_of_the_same_text_differ_only_where_they_differ(
    edition: Edition, workbook: bytes
) -> None:
    other = replace(edition, explained=())
    check_workbook(workbook, other, "a.xlsx")
