"""Cover and contents of the complete document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xinfang_desk.messages import marks, printed
from xinfang_desk.model.edition import Edition
from xinfang_desk.paper.cn_para import Shape, balanced, break_lines
from xinfang_desk.paper.dates import chinese_date
from xinfang_desk.paper.fonts import Role, stack
from xinfang_desk.paper.pdf_base import MM, Ink
from xinfang_desk.paper.pdf_plan import A4, Folio, Mark, Planned
from xinfang_desk.paper.pdf_tags import Node
from xinfang_desk.paper.text import one_line

_WIDTH, _HEIGHT = A4
_LEFT, _RIGHT = 28 * MM, 26 * MM
SIGNATURE = (_WIDTH / 2 - 45 * MM, 74 * MM, _WIDTH / 2 + 45 * MM, 106 * MM)
"""Room on the cover for the visible signature."""


def plan_cover(edition: Edition, root: Node) -> Planned:
    """The cover: unit, title, room for the signature, date."""
    inner = _WIDTH - _LEFT - _RIGHT
    title = one_line(edition.title)
    parts = [title]
    if title.startswith(edition.unit) and len(title) > len(edition.unit):
        parts = [edition.unit, title[len(edition.unit) :]]
    widest = max(stack("title").width(part, 1) for part in parts)
    # A little smaller rather than on one line more.
    size = max(28.0, min(34.0, inner / widest))
    shape = Shape("title", size, size * 1.5, align="center")
    lines = [line for part in parts for line in balanced(part, shape, inner)]

    def draw(ink: Ink, folio: Folio) -> None:
        y = _HEIGHT - 95 * MM
        with ink.tagged(Node("P", root)):
            for line in lines:
                for piece in line.pieces:
                    ink.run(_LEFT + piece.x, y, piece.face, shape.size, piece.text, spacing=piece.spacing)
                y -= shape.leading
        _centred(ink, Node("P", root), 62 * MM, "kai", 18, edition.unit)
        _centred(ink, Node("P", root), 50 * MM, "kai", 18, chinese_date(edition.date))

    return Planned(_WIDTH, _HEIGHT, draw, "cover", [Mark("cover", printed.COVER, 0, _HEIGHT, listed=False)])


def _centred(ink: Ink, node: Node, y: float, role: Role, size: float, text: str) -> None:
    lines = break_lines(text, Shape(role, size, size, align="center"), _WIDTH - _LEFT - _RIGHT)
    with ink.tagged(node):
        for at, line in enumerate(reversed(lines)):
            for piece in line.pieces:
                ink.run(_LEFT + piece.x, y + at * size * 1.4, piece.face, size, piece.text)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: where it leads and the printed page number."""

    mark: Mark
    number: int


_WIDEST_PITCH, _CLOSEST_PITCH = 22.5, 17.5
_TOP = 37 * MM
_ROOM = 225 * MM - 50


def plan_contents(entries: Sequence[Entry], root: Node) -> list[Planned]:
    """The pages of the contents; each line is a link."""
    toc = Node("TOC", root)
    pages = []
    count = -(-len(entries) // int(_ROOM / _CLOSEST_PITCH)) or 1
    most = -(-len(entries) // count) or 1
    pitch = min(_WIDEST_PITCH, _ROOM / most)
    for start in range(0, max(len(entries), 1), most):
        draw = _contents_drawer(entries[start : start + most], toc, root, pitch, first=start == 0)
        marks = [Mark("contents", printed.CONTENTS, 0, _HEIGHT, listed=False)] if start == 0 else []
        pages.append(Planned(_WIDTH, _HEIGHT, draw, "contents", marks))
    return pages


def _contents_drawer(
    entries: Sequence[Entry], toc: Node, root: Node, pitch: float, *, first: bool
) -> Callable[[Ink, Folio], None]:
    def draw(ink: Ink, folio: Folio) -> None:
        y = _HEIGHT - _TOP
        width = stack("title").width(printed.CONTENTS_TITLE, 22)
        if first:
            caption = Node("P")
            caption.parent = root
            root.kids.insert(root.kids.index(toc), caption)
            with ink.tagged(caption):
                ink.text((_WIDTH - width) / 2, y, "title", 22, printed.CONTENTS_TITLE)
        y -= 50
        for entry in entries:
            _entry(ink, entry, y, toc)
            y -= pitch

    return draw


def _entry(ink: Ink, entry: Entry, y: float, toc: Node) -> None:
    level = entry.mark.level
    role: Role
    role, size = ("hei", 14.0) if level == 0 else ("song", 13.0 if level == 1 else 12.0)
    fonts = stack(role)
    indent = (0, 18, 36)[min(level, 2)]
    number = str(entry.number)
    right = _WIDTH - _RIGHT
    number_x = right - stack("song").width(number, 12)
    room = number_x - _LEFT - indent - 24
    title = entry.mark.title
    size = max(9.0, min(size, room / fonts.width(title, 1)))
    while fonts.width(title, size) > room + 0.01:
        title = title[:-2] + marks.CUT
    left = _LEFT + indent
    link = Node("Link", Node("Reference", Node("TOCI", toc)))
    with ink.tagged(link):
        ink.text(left, y, role, size, title)
        ink.text(number_x, y, "song", 12, number)
    dots_from = left + fonts.width(title, size) + 6
    with ink.artifact():
        step = 4.5
        # The dots stand on one raster over all lines.
        x = (int(dots_from / step) + 1) * step
        count = int((number_x - 5 - x) / step)
        if count > 0:
            one = stack("song").runs(".")[0][0]
            ink.run(x, y, one, 9, "." * count, spacing=step - 4.5)
    ink.links.append(
        ((left, y - 4, right, y + size), entry.mark.key, printed.CONTENTS_ENTRY.format(title=entry.mark.title, page=number), link)
    )
