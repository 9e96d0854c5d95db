"""Where a figure comes from, told to the clerk."""

from __future__ import annotations

from dataclasses import dataclass

from xinfang_desk.model.sheet import CellAddress


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a figure is made of: what it is called, its amount as printed, and where to go: a cell, a record
    (``space`` and ``record``) or a typed address (``space:address``)."""

    label: str
    text: str
    cell: CellAddress | None = None
    space: str = ""
    record: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A sentence, and the parts it sums or compares. ``more``: how many further parts are not listed."""

    cell: CellAddress
    sentence: str
    parts: tuple[Part, ...] = ()
    more: int = 0
