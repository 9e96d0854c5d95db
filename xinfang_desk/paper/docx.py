"""The 公开说明 as a Word file in 公文 format, opened by Word and WPS without a question.

Fonts are named (仿宋, 楷体, 黑体, 宋体), not embedded: every office computer has them. Dates inside and in the
archive are the edition's, so the same edition gives the same bytes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import docx as library
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from xinfang_desk.messages import printed
from xinfang_desk.model.edition import Edition
from xinfang_desk.model.passage import Paragraph, Style
from xinfang_desk.model.sheet import Cell, Sheet
from xinfang_desk.paper.dates import day_of
from xinfang_desk.paper.text import one_line, printable, title_lines

_PITCH = Pt(28.95)
"""22 lines in 225 mm, as Word takes it (twentieths of a point)."""
_SIZES = {"title": 22.0}
_SONG, _HEI, _KAI, _FANG = (printed.FACES[name] for name in ("song", "hei", "kai", "fang"))
_FACES: dict[Style, str] = {
    "title": _SONG,
    "h1": _HEI,
    "h2": _KAI,
    "h3": _FANG,
    "h4": _FANG,
    "body": _FANG,
    "center": _FANG,
    "right": _FANG,
}
_HEADINGS: dict[Style, int] = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}
_BOLD = frozenset(("title", "h3"))
_NUMERIC = frozenset(("money", "count", "percent"))


def narrative_docx(edition: Edition) -> bytes:
    """The 公开说明 with its tables. The same edition gives the same bytes."""
    doc: Any = library.Document()
    day = day_of(edition)
    _set_up(doc, edition, day)
    sheets = {sheet.id: sheet for sheet in edition.sheets}
    body = _Body(doc)
    for line in title_lines(edition.document.title, edition.unit):
        body.add(line, "title")
    body.add("", "body")
    for passage in edition.document.passages:
        if passage.heading and passage.level < 1:
            body.add(passage.heading, "h1", centred=True)
        elif passage.heading:
            styles: tuple[Style, ...] = ("h1", "h2", "h3", "h4")
            body.add(passage.heading, styles[min(passage.level, 4) - 1])
        for paragraph in passage.paragraphs:
            _add(body, paragraph, sheets)
    if edition.explained:
        _paragraph(doc, printed.EXPLAINED, "h1").paragraph_format.page_break_before = True
        for number, one in enumerate(edition.explained, 1):
            body.add(f"{number}. {one.sentence}", "body")
            body.add(printed.EXPLANATION.format(text=one.explanation), "body")
    buffer = BytesIO()
    doc.save(buffer)
    return fixed_dates(buffer.getvalue(), day)


class _Body:
    """Adds paragraphs and cell texts by copying a finished one of the same kind: python-docx looks every style
    up anew, which takes ten times as long."""

    def __init__(self, doc: Any) -> None:
        self.doc = doc
        self._models: dict[tuple[Style, bool], Any] = {}
        self._cells: dict[tuple[Any, str, bool], Any] = {}

    def add(self, text: str, style: Style, *, centred: bool = False) -> None:
        """A paragraph in this style."""
        if not text:
            _paragraph(self.doc, "", style)
            return
        model = self._models.get((style, centred))
        if model is None:
            added = _paragraph(self.doc, text, style, centred=centred)
            self._models[style, centred] = deepcopy(added._p)
            return
        element = deepcopy(model)
        _replace_text(element, text)
        self.doc.element.body._insert_p(element)

    def fill(self, cell: Any, text: str, side: Any, face: str, *, bold: bool) -> None:
        """The text of a table cell."""
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        model = self._cells.get((side, face, bold))
        if model is None or not text or "\n" in text:
            _cell(cell, text, side, face, bold=bold)
            if text and "\n" not in text:
                self._cells[side, face, bold] = deepcopy(cell.paragraphs[0]._p)
            return
        element = deepcopy(model)
        _replace_text(element, text)
        cell._tc.replace(cell._tc.p_lst[0], element)


def _replace_text(element: Any, text: str) -> None:
    piece = next(element.iter(qn("w:t")))
    piece.text = printable(text)
    piece.set(qn("xml:space"), "preserve")


def _add(body: _Body, paragraph: Paragraph, sheets: Mapping[str, Sheet]) -> None:
    if not paragraph.sheet:
        for line in paragraph.text.split("\n"):
            body.add(line, paragraph.style)
    elif paragraph.sheet in sheets:
        _table(body, sheets[paragraph.sheet])


def _set_up(doc: Any, edition: Edition, day: date) -> None:
    section = doc.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24)
    doc.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    if edition.draft:
        for header in (section.header, section.even_page_header):
            run = header.paragraphs[0].add_run(printed.DRAFT)
            header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            _font(run, _HEI, 36)
    normal = doc.styles["Normal"]
    normal.font.size = Pt(16)
    _faces(normal.element.get_or_add_rPr(), _FANG)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "zh-CN")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties = normal.element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(language)
    for level in range(1, 5):
        _plain_heading(doc.styles[f"Heading {level}"])
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    core = doc.core_properties
    core.title, core.author, core.subject = (
        one_line(edition.document.title),
        edition.unit,
        one_line(edition.title),
    )
    core.last_modified_by, core.comments, core.language = edition.unit, "", "zh-CN"
    core.created = core.modified = moment
    core.revision = 1
    for relation in list(doc.part.rels.values()):
        # The default template brings a part of Word 2007 that validators object to.
        if relation.reltype.endswith("/stylesWithEffects"):
            doc.part.drop_rel(relation.rId)
            doc.part.rels.pop(relation.rId, None)


def _plain_heading(style: Any) -> None:
    """A built-in heading (so that the outline shows it) without Word's blue type and spacing."""
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    _faces(properties, _FANG)
    style.font.size = Pt(16)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.keep_with_next = True


def _faces(properties: Any, face: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    latin = _SONG if face in (_FANG, _KAI) else face
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), latin)
    fonts.set(qn("w:eastAsia"), face)


def _font(run: Any, face: str, size: float, *, bold: bool = False) -> None:
    _faces(run._r.get_or_add_rPr(), face)
    run.font.size = Pt(size)
    if bold:
        run.font.bold = True


def _paragraph(doc: Any, text: str, style: Style, *, centred: bool = False) -> Any:
    level = _HEADINGS.get(style)
    paragraph = doc.add_paragraph(style=f"Heading {level}" if level else None)
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(36) if style == "title" else _PITCH
    if style in ("title", "center") or centred:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif style == "right":
        form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    else:
        if style == "body":
            form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        # Two characters, whatever the size: python-docx knows lengths only.
        indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLineChars"), "200")
        indent.set(qn("w:firstLine"), "640")
    if text:
        _font(paragraph.add_run(printable(text)), _FACES[style], _SIZES.get(style, 16.0), bold=style in _BOLD)
    return paragraph


def _page_number(footer: Any, side: Any) -> None:
    """``— 1 —`` in 宋体 14, one character in from the outer edge."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    edge = "right" if side == WD_ALIGN_PARAGRAPH.RIGHT else "left"
    indent.set(qn(f"w:{edge}Chars"), "100")
    indent.set(qn(f"w:{edge}"), "280")
    for kind, text in (
        ("", "— "),
        ("begin", ""),
        ("instr", " PAGE "),
        ("separate", ""),
        ("", "1"),
        ("end", ""),
        ("", " —"),
    ):
        run = paragraph.add_run(text if not kind else "")
        _font(run, _SONG, 14)
        if kind == "instr":
            field = OxmlElement("w:instrText")
            field.set(qn("xml:space"), "preserve")
            field.text = text
            run._r.append(field)
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _table(body: _Body, sheet: Sheet) -> None:
    doc = body.doc
    if sheet.title:
        caption = _paragraph(doc, "", "center")
        _font(caption.add_run(printable(sheet.title)), _HEI, 12)
        caption.paragraph_format.keep_with_next = True
    if sheet.unit_label and any(column.kind == "money" for column in sheet.columns):
        unit = _paragraph(doc, "", "right")
        _font(unit.add_run(printable(sheet.unit_label)), _SONG, 10.5)
        unit.paragraph_format.keep_with_next = True
    table = doc.add_table(
        rows=sheet.header_rows + len(sheet.rows), cols=len(sheet.columns), style="Table Grid"
    )
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    total = sum(max(column.width, 8.0) for column in sheet.columns)
    widths = [Mm(156 * max(column.width, 8.0) / total) for column in sheet.columns]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    grid = [list(row.cells) for row in table.rows]
    for row in grid:
        for cell, width in zip(row, widths, strict=True):
            cell.width = width
    for head in sheet.header:
        corner = grid[head.row][head.column]
        if head.row_span > 1 or head.column_span > 1:
            corner = corner.merge(grid[head.row + head.row_span - 1][head.column + head.column_span - 1])
        body.fill(corner, head.text, WD_ALIGN_PARAGRAPH.CENTER, _HEI, bold=False)
    for i, line in enumerate(sheet.rows):
        for j, cell in enumerate(line.cells):
            body.fill(
                grid[sheet.header_rows + i][j],
                cell.text,
                _side(cell, sheet.columns[j].kind),
                _SONG,
                bold=line.bold,
            )
    for at, row in enumerate(table.rows):
        row.height, row.height_rule = Pt(20), WD_ROW_HEIGHT_RULE.AT_LEAST
        properties = row._tr.get_or_add_trPr()
        properties.insert(0, OxmlElement("w:cantSplit"))
        if at < sheet.header_rows:
            properties.append(OxmlElement("w:tblHeader"))


def _side(cell: Cell, kind: str) -> Any:
    if kind in ("index", "code"):
        return WD_ALIGN_PARAGRAPH.CENTER
    return WD_ALIGN_PARAGRAPH.RIGHT if cell.kind in _NUMERIC else WD_ALIGN_PARAGRAPH.LEFT


def _cell(cell: Any, text: str, side: Any, face: str, *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    form = paragraph.paragraph_format
    form.alignment = side
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    # Else rows take the pitch of the page's line grid, 29 points.
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        snap,
        "w:spacing",
        "w:ind",
        "w:contextualSpacing",
        "w:mirrorIndents",
        "w:suppressOverlap",
        "w:jc",
        "w:textDirection",
        "w:textAlignment",
        "w:textboxTightWrap",
        "w:outlineLvl",
        "w:divId",
        "w:cnfStyle",
        "w:rPr",
        "w:sectPr",
        "w:pPrChange",
    )
    for at, part in enumerate(text.split("\n")):
        run = paragraph.add_run(printable(part))
        _font(run, face, 10.5, bold=bold)
        if at < text.count("\n"):
            run.add_break()


def fixed_dates(data: bytes, day: date) -> bytes:
    """The same archive with every entry dated ``day``, in the order it came."""
    moment = (max(day.year, 1980), day.month, day.day, 0, 0, 0)
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            target.writestr(entry, source.read(name))
    return out.getvalue()
