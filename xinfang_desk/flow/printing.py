"""Which pages are to be printed, on which paper, and the same pages as a PDF file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.preview import PrintPreview
from xinfang_desk.messages import marks
from xinfang_desk.messages import printing as words
from xinfang_desk.model.pages import PagesMap, PrintedPage
from xinfang_desk.paper import WriteRefused, write_file

What = Literal["all", "table", "text", "pages"]
Paper = Literal["A4", "A3"]
_A4_LONG = 297 * 72 / 25.4
_PART = re.compile(r"(\d+)(?:[-－~～至](\d+))?$")
_COMMAS = re.compile(r"[,，、;；\s]+")


def pages_of(pages: PagesMap, what: What, *, sheet: str = "", typed: str = "") -> tuple[int, ...]:
    """The pages (from 0) to be printed. ``typed``: page numbers as the clerk writes them, ``1-3,8``, counted from 1.

    Raises :class:`DeskError` with a sentence where what is typed names no pages of the document.
    """
    numbered = range(len(pages.pages))
    if what == "all":
        return tuple(numbered)
    if what == "table":
        return tuple(number for number in numbered if pages.pages[number].sheet == sheet)
    if what == "text":
        return tuple(number for number in numbered if pages.pages[number].kind in ("text", "chart"))
    return parse_pages(typed, len(pages.pages))


def parse_pages(typed: str, count: int) -> tuple[int, ...]:
    """Pages (from 0, each once, in order) from ``1-3,8``; also with Chinese marks. Raises :class:`DeskError`."""
    parts = [part for part in _COMMAS.split(typed.translate(_PLAIN_DIGITS).strip()) if part]
    if not parts:
        raise DeskError(words.NO_PAGES)
    wanted: set[int] = set()
    for part in parts:
        found = _PART.match(part)
        if found is None:
            raise DeskError(words.NOT_PAGES.format(part=part))
        first, last = int(found[1]), int(found[2] or found[1])
        if last < first:
            raise DeskError(words.PAGES_REVERSED.format(part=part, right=f"{last}-{first}"))
        for page in (first, last):
            if not 1 <= page <= count:
                raise DeskError(words.PAGE_BEYOND.format(page=page, count=count))
        wanted.update(range(first - 1, last))
    return tuple(sorted(wanted))


_PLAIN_DIGITS = str.maketrans({0xFF10 + n: str(n) for n in range(10)})


def paper_of(page: PrintedPage) -> Paper:
    """The paper a page is laid out for."""
    return "A3" if max(page.width, page.height) > _A4_LONG + 1 else "A4"


@dataclass(frozen=True, slots=True)
class Planned:
    """A page to be printed: which, on which paper, whether that lies across, and how much it is reduced."""

    page: int
    paper: Paper
    across: bool
    scale: float


def plan(pages: PagesMap, wanted: Sequence[int], *, large_on_a4: bool) -> tuple[Planned, ...]:
    """Paper and orientation of each page; ``large_on_a4``: A3 pages are reduced to A4."""
    planned = []
    for number in wanted:
        page = pages.pages[number]
        own = paper_of(page)
        paper: Paper = "A4" if large_on_a4 else own
        scale = 0.5 ** 0.5 if paper != own else 1.0
        planned.append(Planned(number, paper, page.width > page.height, scale))
    return tuple(planned)


def summary(planned: Sequence[Planned], copies: int) -> str:
    """How many pages go onto which paper, in a sentence."""
    papers = []
    for paper in ("A4", "A3"):
        here = [one for one in planned if one.paper == paper]
        shrunk = sum(one.scale < 1 for one in here)
        if here:
            note = words.SHRUNK.format(count=shrunk) if shrunk else ""
            papers.append(words.PAPER.format(paper=paper, count=len(here)) + note)
    if copies > 1:
        papers.append(words.COPIED.format(copies=copies))
    return words.SUMMARY.format(count=len(planned), papers=marks.COMMA.join(papers))


def picture(preview: PrintPreview, planned: Planned, dpi: int, band: int,
            take: Callable[[int, int, int, bytes], None]) -> tuple[int, int]:
    """A page at this resolution, band by band from the top so that little memory is needed: ``take`` gets the top,
    width and height of each band in pixels and its pixels (as :meth:`PrintPreview.tile`). Returns the whole size."""
    page = preview.map.pages[planned.page]
    scale = dpi / 72 * planned.scale
    width, height = round(page.width * scale), round(page.height * scale)
    for top in range(0, height, band):
        part = min(band, height - top)
        take(top, width, part, preview.tile(planned.page, scale, (0, top, width, part)))
    return width, height


def save_pdf(preview: PrintPreview, wanted: Sequence[int], target: Path) -> None:
    """The pages as a PDF file, written beside its place and moved there whole. Raises :class:`DeskError`."""
    whole = len(wanted) == len(preview.map.pages)
    data = preview.data if whole else preview.subset(wanted)
    try:
        write_file(target, data)
    except WriteRefused as error:
        raise DeskError(str(error)) from error
