"""Our fonts inside one PDF: composite (Type 0, Identity-H) TrueType subsets.

reportlab by itself cuts a Chinese font into many simple fonts of 256 characters and writes a wrong ToUnicode
map above U+FFFF. One composite font a face is smaller and faster, and copies and searches right.
"""

from __future__ import annotations

from struct import pack
from typing import Any

from reportlab.pdfbase import pdfdoc

from xinfang_desk.paper.fonts import Face

_TAGS = {"song": "XFSONG", "title": "XFTITL", "hei": "XFHEIT", "kai": "XFKAIT", "fang": "XFFANG"}


class Raw(pdfdoc.PDFObject):
    """A top-level PDF object written as given: text, and references to other objects."""

    __RefOnly__ = 1

    def __init__(self, *parts: object) -> None:
        self.parts = parts

    def format(self, document: Any) -> bytes:
        """The bytes of the object, as reportlab asks for them."""
        return b"".join(pdfdoc.format(part, document) for part in self.parts)


class Codes(dict[str, str]):
    """Character → four hex digits in this document; numbered in the order of first use."""

    def __init__(self) -> None:
        super().__init__()
        self.chars: list[str] = []

    def __missing__(self, char: str) -> str:
        self.chars.append(char)
        self[char] = code = f"{len(self.chars):04X}"
        return code


class DocumentFont:
    """One face in one document: hands out codes while pages are drawn, then writes the font objects."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self.name = _TAGS[face.role]
        self.codes = Codes()
        self.hex = self.codes.__getitem__

    def addObjects(self, document: Any) -> None:  # noqa: N802 - reportlab calls it so
        """Write subset, widths and ToUnicode; called by reportlab when the document is put together."""
        chars = self.codes.chars
        base = f"{self.name}+{self.face.ttf.name.decode('ascii')}"
        subset = [0, *map(ord, chars)]
        descriptor = self.face.ttf.addSubsetObjects(document, base, subset)
        gids = pdfdoc.PDFStream(content=pack(f">{len(subset)}H", *self._glyph_numbers(subset)))
        gids.filters = [pdfdoc.PDFZCompress]
        to_unicode = pdfdoc.PDFStream(content=_to_unicode(chars))
        to_unicode.filters = [pdfdoc.PDFZCompress]
        widths = " ".join(f"{self.face.width(char) * 1000:g}" for char in chars)
        cid_font = Raw(
            f"<</Type /Font /Subtype /CIDFontType2 /BaseFont /{base} /CIDSystemInfo"
            " <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>"
            f" /DW 1000 /W [1 [{widths}]] /CIDToGIDMap ",
            document.Reference(gids),
            " /FontDescriptor ",
            descriptor,
            ">>",
        )
        font = Raw(
            f"<</Type /Font /Subtype /Type0 /BaseFont /{base} /Encoding /Identity-H /DescendantFonts [",
            document.Reference(cid_font),
            "] /ToUnicode ",
            document.Reference(to_unicode),
            ">>",
        )
        document.idToObject["BasicFonts"].dict[self.name] = document.Reference(font)

    def _glyph_numbers(self, subset: list[int]) -> list[int]:
        """Glyph numbers inside the subset font: reportlab numbers glyphs by first use, each only once."""
        glyph_of = self.face.ttf.charToGlyph
        numbers: dict[int, int] = {0: 0}
        return [numbers.setdefault(glyph_of.get(code, 0), len(numbers)) for code in subset]


def _to_unicode(chars: list[str]) -> str:
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    for start in range(0, len(chars), 100):
        part = chars[start : start + 100]
        lines.append(f"{len(part)} beginbfchar")
        lines += [
            f"<{start + at:04X}> <{char.encode('utf-16-be').hex().upper()}>"
            for at, char in enumerate(part, 1)
        ]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)
