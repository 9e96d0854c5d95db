"""公开稿: what is handed to the papers, and what they hand back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from xinfang_desk.model.chart import Chart
from xinfang_desk.model.passage import Document
from xinfang_desk.model.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Explained:
    """A warning and the 说明 written for it, printed in the edition's appendix."""

    sentence: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything the papers print, frozen.

    ``date`` is the printed date (ISO ``2023-03-13``), also used for every file date so that two builds of one edition are
    byte for byte the same. ``names``: file names keyed workbook, narrative, narrative_pdf, document (with suffix).
    ``draft``: 草稿 is printed across every page. ``number``: running number of the edition in its book.
    """

    unit: str
    year: int
    title: str
    date: str
    sheets: tuple[Sheet, ...]
    document: Document
    names: dict[str, str]
    explained: tuple[Explained, ...] = ()
    draft: bool = False
    number: int = 1
    charts: tuple[Chart, ...] = ()
    """pictures printed behind the narrative; () where the clerk wants none"""


@dataclass(frozen=True, slots=True)
class SignatureArea:
    """Room kept for the visible signature: page from 0, rectangle in points from the lower left (x0, y0, x1, y1)."""

    page: int
    rect: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that was written, read back and moved into place. ``kind``: workbook, narrative, document, signed."""

    kind: str
    path: PurePath
    size: int
    sha256: str
    pages: int = 0
    area: SignatureArea | None = None
