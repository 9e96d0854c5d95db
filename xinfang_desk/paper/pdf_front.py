"""Cover and contents of the complete document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xinfang_desk.model.edition import Edition
from xinfang_desk.paper.cn_para import Line, Shape, balanced, break_lines
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
    shape = Shape("title", 34, 50, align="center")
    title = one_line(edition.title)
    lines: list[Line] = []
    if title.startswith(edition.unit) and len(title) > len(edition.unit):
        lines += balanced(edition.unit, shape, inner)
        title = title[len(edition.unit) :]
    lines += balanced(title, shape, inner)

    def draw(ink: Ink, folio: Folio) -> None:
        y = _HEIGHT - 95 * MM
        with ink.tagged(Node("P", root)):
            for line in lines:
                for piece in line.pieces:
                    ink.run(_LEFT + piece.x, y, piece.face, shape.size, piece.text, spacing=piece.spacing)
                y -= shape.leading
        _centred(ink, Node("P", root), 62 * MM, "kai", 18, edition.unit)
        _centred(ink, Node("P", root), 50 * MM, "kai", 18, chinese_date(edition.date))

    return Planned(_WIDTH, _HEIGHT, draw, "cover", [Mark("cover", "封面", 0, _HEIGHT, listed=False)])


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


_PITCH = 22.5
_TOP = 37 * MM
_ROOM = int((225 * MM - 50) / _PITCH)


def plan_contents(entries: Sequence[Entry], root: Node) -> list[Planned]:
    """The pages of the contents; each line is a link."""
    toc = Node("TOC", root)
    pages = []
    for start in range(0, max(len(entries), 1), _ROOM):
        draw = _contents_drawer(entries[start : start + _ROOM], toc, root, first=start == 0)
        marks = [Mark("contents", "目录", 0, _HEIGHT, listed=False)] if start == 0 else []
        pages.append(Planned(_WIDTH, _HEIGHT, draw, "contents", marks))
    return pages


def _contents_drawer(
    entries: Sequence[Entry], toc: Node, root: Node, *, first: bool
) -> Callable[[Ink, Folio], None]:
    def draw(ink: Ink, folio: Folio) -> None:
        y = _HEIGHT - _TOP
        width = stack("title").width("目　录", 22)
        if first:
            caption = Node("P")
            caption.parent = root
            root.kids.insert(root.kids.index(toc), caption)
            with ink.tagged(caption):
                ink.text((_WIDTH - width) / 2, y, "title", 22, "目　录")
        y -= 50
        for entry in entries:
            _entry(ink, entry, y, toc)
            y -= _PITCH

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
    while fonts.width(title, size) > room:
        title = title[:-2] + "…"
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
        ((left, y - 4, right, y + size), entry.mark.key, f"{entry.mark.title}，第{number}页", link)
    )
