"""Walking the pages of a PDF that may have been made to mislead: loops, wrong types and endless trees end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.rw_common import PdfHandler

_MOST_PAGES = 20_000
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")


@dataclass(frozen=True, slots=True)
class PageBox:
    """What shows of a page, in points."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page dictionary with what it inherits, and the number of its object (0: it has none)."""

    number: int
    dictionary: generic.DictionaryObject
    inherited: dict[str, generic.PdfObject]

    def entry(self, key: str) -> generic.PdfObject | None:
        """The page's own entry, else the inherited one, not dereferenced."""
        own: generic.PdfObject | None = self.dictionary.raw_get(key) if key in self.dictionary else None
        return own if own is not None else self.inherited.get(key)


def value(dictionary: generic.DictionaryObject, key: str) -> generic.PdfObject | None:
    """The entry, references followed; None if there is none. pyHanko's ``get`` may hand back the bare reference."""
    found: generic.PdfObject | None = dictionary.raw_get(key).get_object() if key in dictionary else None
    return found


def pages(handler: PdfHandler) -> Iterator[Page]:
    """The pages in order.

    :raises ValueError: the page tree is no tree.
    """
    root = handler.root.raw_get("/Pages")
    stack: list[tuple[generic.PdfObject, dict[str, generic.PdfObject]]] = [(root, {})]
    seen: set[int] = set()
    found = 0
    while stack:
        raw, inherited = stack.pop()
        number = raw.idnum if isinstance(raw, generic.IndirectObject) else 0
        if number in seen or found > _MOST_PAGES:
            raise ValueError("the page tree is no tree")
        if number:
            seen.add(number)
        node = raw.get_object()
        if not isinstance(node, generic.DictionaryObject):
            raise ValueError("a page is not a dictionary")
        if "/Kids" in node:
            below = inherited | {key: node.raw_get(key) for key in _INHERITED if key in node}
            kids = node["/Kids"]
            if not isinstance(kids, generic.ArrayObject):
                raise ValueError("the page tree is no tree")
            stack.extend((kids.raw_get(i), below) for i in reversed(range(len(kids))))
        else:
            found += 1
            yield Page(number, node, inherited)


def page_box(page: Page) -> PageBox:
    """What shows of *page*.

    :raises ValueError: a page without a box.
    """
    raw = page.entry("/CropBox") or page.entry("/MediaBox")
    box = raw.get_object() if raw is not None else None
    if not isinstance(box, generic.ArrayObject) or len(box) != 4:
        raise ValueError("a page has no MediaBox")
    a, b, c, d = (float(value) for value in box)
    return PageBox(min(a, c), min(b, d), max(a, c), max(b, d))
