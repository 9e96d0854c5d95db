"""Chinese paragraphs: line breaking by 避头尾, justification, first-line indent.

Rules (GB/T 15834-2011 5.1, JLREQ/CLREQ): closing marks do not begin a line, opening marks do not end one; a
closing mark that just does not fit keeps its place at half width, because its right half is blank; a number
stays on one line with its sign and its %; —— and …… are not torn apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from xinfang_desk.paper.fonts import Face, Role, stack
from xinfang_desk.paper.text import printable

NOT_AT_START = frozenset("，。、；：？！）》〉」』】〕〗］｝”’…—·％‰℃,.;:?!)]}%»々ー～〜／/")
NOT_AT_END = frozenset("（《〈「『【〔〖［｛“‘([{￥¥＄$№＋")
HALF_BLANK = frozenset("，。、；：？！）》〉」』】〕〗］｝”’")
"""Full-width marks whose right half is blank: they may lose it at the end of a line."""

# A number with sign, separators and %, a Latin word, a pair of dashes or dots, else a single character.
_CLUSTER = re.compile(r"[+\-]?[0-9A-Za-z][0-9A-Za-z.,/_@:+\-]*[0-9A-Za-z%‰℃]?[%％‰℃]?|——|……|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one face on a line: its offset from the start of the paragraph's box, and extra space a character."""

    x: float
    face: Face
    text: str
    spacing: float


@dataclass(frozen=True, slots=True)
class Line:
    """A broken line: its pieces and its natural width."""

    pieces: tuple[Piece, ...]
    width: float
    text: str


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph is set: sizes in points; ``pitch`` is the advance of a Chinese character (0: the size)."""

    role: Role
    size: float
    leading: float
    indent: float = 0.0
    """of the first line, in characters"""
    align: str = "justify"
    """justify, left, center or right"""
    pitch: float = 0.0
    bold: bool = False


@dataclass(slots=True)
class _Cluster:
    text: str
    width: float
    wide: bool
    """set on the grid of Chinese characters, and stretched when the line is justified"""


def _clusters(text: str, shape: Shape) -> list[_Cluster]:
    fonts = stack(shape.role)
    extra = (shape.pitch or shape.size) - shape.size
    out = []
    size, em = shape.size, fonts.em
    for part in _CLUSTER.findall(text):
        wide = part[0] >= "\u2010"
        plain = em(part) * size if len(part) == 1 else fonts.width(part, size)
        out.append(_Cluster(part, plain + (extra * len(part) if wide else 0.0), wide))
    return out


def _split_long(cluster: _Cluster, room: float, shape: Shape) -> list[_Cluster]:
    """A word longer than a line, torn wherever it must be."""
    fonts = stack(shape.role)
    parts, start, used = [], 0, 0.0
    for at, char in enumerate(cluster.text):
        width = fonts.width(char, shape.size)
        if used + width > room and at > start:
            parts.append(_Cluster(cluster.text[start:at], used, False))
            start, used = at, 0.0
        used += width
    parts.append(_Cluster(cluster.text[start:], used, False))
    return parts


def _may_break(before: _Cluster, after: _Cluster) -> bool:
    return before.text[-1] not in NOT_AT_END and after.text[0] not in NOT_AT_START


def _may_break_at(clusters: list[_Cluster], end: int) -> bool:
    """Whether a line may end before ``end``: blanks there are dropped, so what counts stands around them."""
    before = next((clusters[at] for at in range(end - 1, -1, -1) if clusters[at].text != " "), None)
    after = next((clusters[at] for at in range(end, len(clusters)) if clusters[at].text != " "), None)
    return before is None or after is None or _may_break(before, after)


def _fill(clusters: list[_Cluster], start: int, room: float, shape: Shape) -> int:
    """Where the line that begins at ``start`` ends (exclusive)."""
    used = 0.0
    at = start
    while at < len(clusters):
        one = clusters[at]
        width = one.width
        if used + width > room + 0.01:
            if one.text == " ":
                at += 1
                continue
            ends = at + 1 == len(clusters) or _may_break(one, clusters[at + 1])
            if one.text in HALF_BLANK and used + width / 2 <= room + 0.01 and ends:
                return at + 1
            break
        used += width
        at += 1
    if at >= len(clusters) - (at == start):
        return max(at, start + 1)
    end = at = max(at, start + 1)
    while end > start + 1 and not _may_break_at(clusters, end):
        end -= 1
    # Nothing but forbidden places: rather a mark at the wrong end than text outside the column.
    return end if end > start + 1 or _may_break(clusters[start], clusters[start + 1]) else at


def break_lines(text: str, shape: Shape, width: float) -> list[Line]:
    """Break text into lines of ``width`` points. An empty text gives one empty line.

    Raises :class:`~xinfang_desk.paper.errors.MissingGlyph` where no font has a character.
    """
    plain = printable(text).rstrip()
    if not shape.indent and not shape.pitch and shape.align != "justify":
        natural = stack(shape.role).width(plain, shape.size)
        if natural <= width:
            return [_single(plain, shape, width, natural)]
    indent = shape.indent * (shape.pitch or shape.size)
    clusters: list[_Cluster] = []
    for cluster in _clusters(plain, shape):
        if cluster.width > width - indent and len(cluster.text) > 1:
            clusters += _split_long(cluster, width - indent, shape)
        else:
            clusters.append(cluster)
    lines: list[Line] = []
    start = 0
    while start < len(clusters):
        offset = indent if not lines else 0.0
        end = _fill(clusters, start, width - offset, shape)
        last = end >= len(clusters)
        part = clusters[start:end]
        while part and part[-1].text == " ":
            part.pop()
        if part or not lines:
            lines.append(_set(part, shape, width, offset, last))
        start = end
        while start < len(clusters) and clusters[start].text == " ":
            start += 1
    return lines or [Line((), 0.0, "")]


def _single(text: str, shape: Shape, width: float, natural: float) -> Line:
    """A text that fits on one line as it is."""
    fonts = stack(shape.role)
    x = {"center": (width - natural) / 2, "right": width - natural}.get(shape.align, 0.0)
    pieces = []
    for one, part in fonts.runs(text):
        pieces.append(Piece(x, one, part, 0.0))
        x += fonts.width(part, shape.size)
    return Line(tuple(pieces), natural, text)


def _set(part: list[_Cluster], shape: Shape, width: float, offset: float, last: bool) -> Line:
    natural = sum(one.width for one in part)
    hanging = part[-1].width / 2 if part and part[-1].text in HALF_BLANK else 0.0
    slack = width - offset - natural
    gap = 0.0
    if shape.align == "justify":
        if slack < 0 and hanging:
            slack = max(0.0, slack + hanging)
        if not last and len(part) > 1 and slack > 0:
            gap = slack / (len(part) - 1)
        if gap > shape.size:
            gap = 0.0
        x = offset
    elif shape.align == "center":
        x = offset + max(0.0, slack / 2)
    elif shape.align == "right":
        x = offset + max(0.0, slack)
    else:
        x = offset
    return Line(tuple(_pieces(part, shape, x, gap)), natural, "".join(one.text for one in part))


def _pieces(part: list[_Cluster], shape: Shape, x: float, gap: float) -> list[Piece]:
    """Neighbouring characters of one face and one spacing become one piece."""
    fonts = stack(shape.role)
    extra = (shape.pitch or shape.size) - shape.size
    out: list[Piece] = []
    texts: list[str] = []
    at = x
    begin, current, spacing = x, None, 0.0
    for one in part:
        single = one.wide and len(one.text) == 1
        own = (extra + gap) if single else (extra if one.wide else 0.0)
        runs = [(fonts.face_of(one.text), one.text)] if len(one.text) == 1 else fonts.runs(one.text)
        for chosen, text in runs:
            if chosen is not current or own != spacing or not single:
                if texts and current is not None:
                    out.append(Piece(begin, current, "".join(texts), spacing))
                texts, begin, current, spacing = [], at, chosen, own
            texts.append(text)
            if len(runs) == 1:
                at += one.width
            else:
                at += fonts.width(text, shape.size) + (extra * len(text) if one.wide else 0.0)
        at += gap
    if texts and current is not None:
        out.append(Piece(begin, current, "".join(texts), spacing))
    return out


def balanced(text: str, shape: Shape, width: float) -> list[Line]:
    """Lines of about equal length: a title does not end in a line of one character."""
    lines = break_lines(text, shape, width)
    if len(lines) < 2:
        return lines
    narrow = max(line.width for line in lines)
    step = shape.size / 2
    while narrow - step >= shape.size * 2 and len(break_lines(text, shape, narrow - step)) == len(lines):
        narrow -= step
    best = break_lines(text, shape, narrow)
    inset = (width - narrow) / 2 if shape.align == "center" else 0.0
    return [_moved(line, inset) for line in best]


def _moved(line: Line, by: float) -> Line:
    return replace(line, pieces=tuple(replace(piece, x=piece.x + by) for piece in line.pieces))
