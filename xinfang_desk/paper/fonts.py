"""The five fonts that travel with the program, and which of them prints which character.

A role (宋, 标题, 黑, 楷, 仿宋) names a stack: its own font first, then the others, so that a character the
仿宋 lacks is printed in 宋 rather than not at all. A character no font has is an error, never a blank.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal

from reportlab.pdfbase.ttfonts import TTFontFace

from xinfang_desk.messages import paper as words
from xinfang_desk.paper.errors import MissingGlyph
from xinfang_desk.paper.text import printable
from xinfang_desk.places import resources_dir

Role = Literal["song", "title", "hei", "kai", "fang"]

_FILES: dict[Role, str] = {
    "song": "XinfangSong-Regular.ttf",
    "title": "XinfangTitle-Bold.ttf",
    "hei": "XinfangHei-Medium.ttf",
    "kai": "XinfangKai-Regular.ttf",
    "fang": "XinfangFang-Regular.ttf",
}
_STACKS: dict[Role, tuple[Role, ...]] = {
    "song": ("song", "hei", "kai"),
    "title": ("title", "song", "hei", "kai"),
    "hei": ("hei", "song", "kai"),
    "kai": ("kai", "song", "hei"),
    "fang": ("fang", "song", "hei", "kai"),
}
_ASCII = frozenset(map(chr, range(0x20, 0x7F)))
# 仿宋's own Latin looks like a bold sans; 楷's is proportional and its quotation marks are Latin ones.
_FROM_SONG: dict[Role, frozenset[str]] = {"fang": _ASCII, "kai": _ASCII | frozenset(map(chr, (0x201C, 0x201D, 0x2018, 0x2019, 0x2026, 0x2014, 0xB7)))}


class Face:
    """One font file, parsed once: its characters and their widths (in em)."""

    def __init__(self, role: Role) -> None:
        self.role = role
        self.ttf = TTFontFace(str(resources_dir() / "fonts" / _FILES[role]))
        self.chars = frozenset(map(chr, self.ttf.charToGlyph))
        self._widths = self.ttf.charWidths
        self.default_width = self.ttf.defaultWidth

    def width(self, char: str) -> float:
        """The advance of a character in em."""
        return float(self._widths.get(ord(char), self.default_width)) / 1000


@cache
def face(role: Role) -> Face:
    """The face of a role; parsed at its first use and kept."""
    return Face(role)


class _Chosen(dict[str, Face]):
    """Which face prints a character in one role's stack; filled as characters turn up."""

    def __init__(self, role: Role) -> None:
        super().__init__()
        self._role = role

    def __missing__(self, char: str) -> Face:
        roles = _STACKS[self._role]
        if char in _FROM_SONG.get(self._role, ()):
            roles = ("song", *roles)
        for role in roles:
            if char in face(role).chars:
                self[char] = chosen = face(role)
                return chosen
        raise MissingGlyph(char, words.AT_TEXT)


class _Widths(dict[str, float]):
    """Widths in em of characters in one role's stack; filled as characters turn up."""

    def __init__(self, chosen: _Chosen) -> None:
        super().__init__()
        self._chosen = chosen

    def __missing__(self, char: str) -> float:
        self[char] = width = self._chosen[char].width(char)
        return width


class FontStack:
    """The fonts behind one role, taken character by character."""

    def __init__(self, role: Role) -> None:
        self.role = role
        self._chosen = _Chosen(role)
        self._widths = _Widths(self._chosen)
        self.em = self._widths.__getitem__
        """width of one character in em"""
        self.face_of = self._chosen.__getitem__
        """the face that prints one character"""
        self._one: Face | None = face(role) if role not in _FROM_SONG else None

    def runs(self, text: str) -> list[tuple[Face, str]]:
        """The text cut where the face changes. Raises :class:`MissingGlyph`."""
        if self._one is not None and self._one.chars.issuperset(text):
            return [(self._one, text)] if text else []
        out: list[tuple[Face, str]] = []
        start = 0
        chosen = self._chosen
        for at in range(1, len(text) + 1):
            if at == len(text) or chosen[text[at]] is not chosen[text[start]]:
                out.append((chosen[text[start]], text[start:at]))
                start = at
        return out

    def width(self, text: str, size: float) -> float:
        """The width of the text in points. Raises :class:`MissingGlyph`."""
        return sum(map(self._widths.__getitem__, text)) * size

    def has(self, char: str) -> bool:
        """Whether any font of the stack has the character."""
        return any(char in face(role).chars for role in _STACKS[self.role])


@cache
def stack(role: Role) -> FontStack:
    """The font stack of a role."""
    return FontStack(role)


def check_glyphs(texts: Iterable[tuple[str, str]]) -> None:
    """Refuse a text that cannot be printed, before anything is written.

    ``texts`` gives (text, where it stands). Raises :class:`MissingGlyph` for the first character that neither
    宋 nor 黑 nor 楷 has (every stack ends in those).
    """
    song = stack("song")
    known = face("song").chars
    for text, place in texts:
        plain = printable(text)
        if known.issuperset(plain):
            continue
        for char in plain:
            if not song.has(char):
                raise MissingGlyph(char, place)
