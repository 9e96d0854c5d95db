"""A planned page: laid out, not yet drawn, so that page numbers are known before the first page is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from xinfang_desk.paper.pdf_base import MM, Ink

A4 = (210 * MM, 297 * MM)
A3 = (297 * MM, 420 * MM)


@dataclass(frozen=True, slots=True)
class Folio:
    """The printed page number and how many numbered pages there are; number 0 where none is printed."""

    number: int
    total: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that contents and bookmarks lead to: its key, title, level (0 outermost) and height on the page."""

    key: str
    title: str
    level: int
    top: float
    listed: bool = True
    """whether the contents list it too"""


@dataclass(slots=True)
class Planned:
    """One page. ``draw`` is called once, in the order of the pages."""

    width: float
    height: float
    draw: Callable[[Ink, Folio], None]
    kind: Literal["cover", "contents", "text", "table", "chart"]
    marks: list[Mark] = field(default_factory=list)
    sheet: str = ""
    """the id of the sheet of which a table page shows a part"""
