"""What a figure on a printed page is, in words, and where a click on it leads."""

from __future__ import annotations

from html import escape

from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.source_dialog import place_of
from xinfang_desk.messages import preview as words
from xinfang_desk.model.edition import Edition
from xinfang_desk.model.explain import Part
from xinfang_desk.model.pages import FigureSpot, PrintedPage
from xinfang_desk.model.sheet import CellAddress

_FIGURES = frozenset({"money", "count", "percent"})


def leads_back(spot: FigureSpot, edition: Edition) -> bool:
    """Whether a click on the spot leads anywhere: figures and typed words do, the words of a form do not."""
    if spot.cell is None:
        return bool(spot.cells or spot.address)
    sheet = next((sheet for sheet in edition.sheets if sheet.id == spot.cell.table), None)
    if sheet is None:
        return False
    cell = sheet.cell(spot.cell.row, spot.cell.column)
    return cell.kind in _FIGURES or (bool(cell.text) and cell.origin.kind in ("fact", "record", "prior"))


def what_it_is(hub: Hub, spot: FigureSpot) -> str:
    """What stands there, for the hover and for screen readers; '' where nothing is to be told."""
    cell = cell_of(spot)
    if cell is not None:
        try:
            what = hub.desk.explain(cell).sentence
        except KeyError:
            return spot.text  # the row has gone since; the pages are being laid out anew
        return words.SPOT_CLICK.format(what=what)
    if spot.address.startswith("ledger"):
        return words.SPOT_LEDGER
    return words.SPOT_FACT.format(name=_name_of(hub, spot.address)) if spot.address else ""


def cell_of(spot: FigureSpot) -> CellAddress | None:
    """The cell a spot shows or is taken from."""
    return spot.cell or (spot.cells[0] if spot.cells else None)


def choose(hub: Hub, spot: FigureSpot) -> None:
    """Go where a spot leads: to the explanation of its cell, or to where its words are typed."""
    cell = cell_of(spot)
    if cell is not None:
        try:
            hub.desk.explain(cell)
        except KeyError:
            return  # gone with the last edit
        hub.show_source(cell)
        return
    place = place_of(hub, Part("", "", address=spot.address))
    if place is not None:
        hub.go(place)
    else:
        hub.said.emit(words.NO_PLACE)


def wrapped(text: str) -> str:
    """A text for a tool tip: as rich text its long lines are wrapped, and nothing in it is read as markup."""
    return f"<qt>{escape(text).replace(chr(10), '<br/>')}</qt>" if text else ""


def page_title(page: PrintedPage) -> str:
    """How the list of pages calls a page."""
    if page.kind == "cover":
        return words.COVER
    if page.kind == "contents":
        return words.CONTENTS
    if page.kind == "text":
        return words.TEXT_AT.format(heading=page.title) if page.title else words.TEXT
    return words.AGAIN.format(title=page.title, part=page.part) if page.part else page.title


def _name_of(hub: Hub, address: str) -> str:
    space, _, wanted = address.partition(":")
    for page in hub.desk.pack.pages:
        for field in page.fields:
            star = field.address.endswith(".*") and wanted.startswith(field.address[:-1])
            if field.space == space and (star or field.address == wanted):
                return f"{page.title} · {field.label}"
    return wanted
