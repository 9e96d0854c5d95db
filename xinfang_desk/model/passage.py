"""The narrative, frozen: paragraphs whose figures are bound to cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xinfang_desk.model.sheet import CellAddress

Style = Literal["title", "h1", "h2", "h3", "h4", "body", "center", "right"]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text. ``cells``: the cells its figure comes from; ``address``: the fact or prior it comes from
    (``facts:duties``, ``ledger:`` for a sum over the entered lines); both empty for the template's own words."""

    text: str
    cells: tuple[CellAddress, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of runs; or a sheet set into the text, when ``sheet`` names one (then ``runs`` is empty)."""

    runs: tuple[Run, ...]
    style: Style = "body"
    sheet: str = ""
    key: str = ""
    """names the paragraph as long as the pack stays the same; '' where it cannot be rewritten by hand"""
    figures: tuple[str, ...] = ()
    """the figures that the template binds here, as they read now, in order"""
    rewritten: bool = False
    stale: bool = False
    """rewritten by hand, and a figure in it has changed since: to be looked at again"""

    @property
    def text(self) -> str:
        """The paragraph as plain text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Passage:
    """说明段落: one section. ``heading`` carries its generated number (``一、…``); '' for an unheaded lead."""

    id: str
    heading: str
    level: int
    paragraphs: tuple[Paragraph, ...]
    page: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The whole 公开说明: title and sections in order."""

    title: str
    passages: tuple[Passage, ...]
