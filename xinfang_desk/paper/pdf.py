"""PDF papers: the 公开说明 alone, and the one complete document with cover, contents, narrative and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from xinfang_desk.messages import paper as words
from xinfang_desk.messages import printed
from xinfang_desk.model.edition import Edition, SignatureArea
from xinfang_desk.model.pages import FigureSpot, PagesMap, PrintedPage
from xinfang_desk.model.sheet import Sheet
from xinfang_desk.paper.dates import day_of
from xinfang_desk.paper.fonts import check_glyphs
from xinfang_desk.paper.pdf_base import PdfFile
from xinfang_desk.paper.pdf_charts import plan_charts
from xinfang_desk.paper.pdf_front import SIGNATURE, Entry, plan_contents, plan_cover
from xinfang_desk.paper.pdf_plan import Folio, Mark, Planned
from xinfang_desk.paper.pdf_table import plan_sheet, sheet_title
from xinfang_desk.paper.pdf_tags import Node
from xinfang_desk.paper.pdf_text import TextFlow
from xinfang_desk.paper.text import one_line


@dataclass(frozen=True, slots=True)
class MadePdf:
    """A finished PDF: its bytes, how many pages it has, and the room kept for the visible signature."""

    data: bytes
    pages: int
    area: SignatureArea | None = None
    text_pages: tuple[int, ...] = ()
    """pages (from 0) of the narrative"""
    sheet_pages: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """pages (from 0) of each sheet, by its id"""
    map: PagesMap = field(default_factory=lambda: PagesMap((), ()))
    """the pages and where each figure stands on them; no part of the file"""
    chart_pages: tuple[int, ...] = ()
    """pages (from 0) of the pictures"""


def printed_texts(edition: Edition) -> Iterator[tuple[str, str]]:
    """Every text the papers print, and where it stands, in words."""
    yield edition.title, words.AT_COVER
    yield edition.unit, words.AT_UNIT
    for sheet in edition.sheets:
        name = sheet_title(sheet)
        yield sheet.number + sheet.title + sheet.corner + sheet.unit_label, words.AT_HEAD.format(name=name)
        yield "".join(cell.text for cell in sheet.header), words.AT_COLUMNS.format(name=name)
        yield "".join(label + text for label, text in sheet.heads), words.AT_HEADS.format(name=name)
        yield "".join(sheet.notes), words.AT_NOTES.format(name=name)
        for number, row in enumerate(sheet.rows, 1):
            yield "".join(cell.text for cell in row.cells), words.AT_ROW.format(name=name, number=number)
    yield edition.document.title, words.AT_NARRATIVE
    for passage in edition.document.passages:
        yield passage.heading, words.AT_HEADING.format(heading=passage.heading)
        for paragraph in passage.paragraphs:
            yield paragraph.text, words.AT_SECTION.format(heading=passage.heading)
    for chart in edition.charts:
        named = "".join((chart.title, chart.sentence, *chart.categories, *(one.name for one in chart.series)))
        yield named, words.AT_CHART.format(title=chart.title)
    for one in edition.explained:
        yield one.sentence + one.explanation, printed.EXPLAINED


def _flow(edition: Edition, root: Node) -> TextFlow:
    flow = TextFlow(root, {sheet.id: sheet for sheet in edition.sheets})
    flow.add_document(edition.document, edition.unit)
    return flow


def narrative_pdf(edition: Edition) -> MadePdf:
    """The 公开说明 alone, in 公文 format.

    Raises:
        MissingGlyph: a character is in none of our fonts; nothing is written.
    """
    check_glyphs(printed_texts(edition))
    pdf = PdfFile(one_line(edition.document.title), edition.unit, one_line(edition.title), day_of(edition))
    pages = _flow(edition, pdf.root).pages()
    spots = _draw(pdf, pages, front=0, draft=edition.draft)
    text_pages = tuple(range(len(pages)))
    return MadePdf(pdf.finish(), len(pages), text_pages=text_pages, map=_map(pages, spots, front=0))


def document_pdf(edition: Edition) -> MadePdf:
    """Cover, contents, narrative, tables and the explanations of warnings, in one file.

    Raises:
        MissingGlyph: a character is in none of our fonts; nothing is written.
    """
    check_glyphs(printed_texts(edition))
    pdf = PdfFile(one_line(edition.title), edition.unit, one_line(edition.document.title), day_of(edition))
    root = pdf.root
    cover_part, contents_part, body_part = Node("Part", root), Node("Part", root), Node("Part", root)
    body = _flow(edition, body_part).pages()
    text = len(body)
    body += plan_charts(edition.charts, body_part)
    body += _table_pages([sheet for sheet in edition.sheets if not sheet.inline], body_part)
    if edition.explained:
        flow = TextFlow(body_part, {})
        flow.add_explanations(edition.explained)
        body += flow.pages()
    entries = [
        Entry(mark, number) for number, page in enumerate(body, 1) for mark in page.marks if mark.listed
    ]
    front = [plan_cover(edition, cover_part), *plan_contents(entries, contents_part)]
    spots = _draw(pdf, front + body, front=len(front), draft=edition.draft)
    pdf.label_pages(0, None, prefix=printed.COVER)
    pdf.label_pages(1, "ROMAN_LOWER")
    pdf.label_pages(len(front), "ARABIC")
    sheet_pages: dict[str, tuple[int, ...]] = {}
    for at, page in enumerate(body, len(front)):
        if page.sheet:
            sheet_pages[page.sheet] = (*sheet_pages.get(page.sheet, ()), at)
    return MadePdf(
        pdf.finish(),
        len(front) + len(body),
        SignatureArea(0, SIGNATURE),
        tuple(range(len(front), len(front) + text)),
        sheet_pages,
        _map(front + body, spots, front=len(front)),
        tuple(at for at, page in enumerate(body, len(front)) if page.kind == "chart"),
    )


def _table_pages(sheets: list[Sheet], root: Node) -> list[Planned]:
    pages = [page for sheet in sheets for page in plan_sheet(sheet, root)]
    if pages:
        pages[0].marks.insert(0, Mark("tables", printed.TABLES, 0, pages[0].height))
    return pages


def _draw(pdf: PdfFile, pages: list[Planned], *, front: int, draft: bool) -> list[FigureSpot]:
    """Draw the pages; what stands where on them."""
    spots: list[FigureSpot] = []
    total = len(pages) - front
    level = -1
    for at, page in enumerate(pages):
        ink = pdf.page(page.width, page.height, draft=draft)
        page.draw(ink, Folio(at + 1 - front if at >= front else 0, total))
        pdf.close_page(ink, [(mark.key, mark.top) for mark in page.marks])
        for mark in page.marks:
            # An outline may go down only one level at a time.
            level = min(mark.level, level + 1)
            pdf.bookmark(mark.title, mark.key, level)
        spots += ink.spots
    return spots


def _map(pages: list[Planned], spots: list[FigureSpot], *, front: int) -> PagesMap:
    """The pages as the screen lists them."""
    printed: list[PrintedPage] = []
    passages: dict[str, tuple[int, float]] = {}
    for at, page in enumerate(pages):
        again = bool(page.sheet and printed and printed[-1].sheet == page.sheet)
        # The first table carries the mark of the whole set before its own.
        title = next((mark.title for mark in page.marks if mark.key != "tables"), "")
        number = max(0, at + 1 - front)
        part = printed[-1].part + 1 if again else 0
        printed.append(
            PrintedPage(
                page.width,
                page.height,
                page.kind,
                number,
                printed[-1].title if again else title,
                page.sheet,
                part,
            )
        )
        for mark in page.marks:
            if mark.key.startswith("text-") or mark.key == "explained":
                passages[mark.key.removeprefix("text-")] = (at, page.height - mark.top)
    return PagesMap(tuple(printed), tuple(spots), passages)
