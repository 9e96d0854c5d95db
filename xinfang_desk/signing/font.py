"""A small embedded font for stamps: cut once, then written into each PDF as it is.

pyHanko's own OpenType engine cuts and packs the font anew for each signature, with fontTools and HarfBuzz; Chinese
and digits set in a row need no shaping.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.font.api import FontEngine, FontEngineFactory, ShapeResult
from pyhanko.pdf_utils.writer import BasePdfFileWriter

_name = generic.NameObject
_number = generic.NumberObject
# Bits 2 and 3 of the flags: serif, and glyphs outside the Latin set.
_SERIF_SYMBOLIC = 0b110


class MissingCharacterError(Exception):
    """A font has no glyph for ``character``."""

    def __init__(self, character: str) -> None:
        super().__init__(character)
        self.character = character


@dataclass(frozen=True, slots=True)
class SmallFont:
    """A cut font: its program, packed, and what a PDF has to say about it. Widths and metrics in 1/1000 em."""

    name: str
    glyphs: dict[str, tuple[int, int]]
    program: bytes
    program_length: int
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int


@lru_cache(maxsize=16)
def cut(path: Path, wanted: frozenset[str]) -> SmallFont:
    """The TrueType font at *path* with the characters *wanted* only.

    :raises MissingCharacterError: the font lacks one. Also OSError and TTLibError.
    """
    with TTFont(path, lazy=True, recalcTimestamp=False) as font:
        cmap = font.getBestCmap()
        missing = sorted(char for char in wanted if ord(char) not in cmap)
        if missing:
            raise MissingCharacterError(missing[0])
        options = subset.Options()
        options.hinting = False
        options.layout_features = []
        options.notdef_outline = True
        options.name_IDs = [1, 2, 4, 6]
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=sorted(ord(char) for char in wanted))
        cutter.subset(font)
        out = BytesIO()
        font.save(out)
    return _measured(out.getvalue())


def _measured(program: bytes) -> SmallFont:
    with TTFont(BytesIO(program)) as font:
        head, hhea, metrics = font["head"], font["hhea"], font["hmtx"]
        per_em: int = head.unitsPerEm

        def scaled(value: int) -> int:
            return round(value * 1000 / per_em)

        glyphs = {
            chr(code): (font.getGlyphID(glyph), scaled(metrics[glyph][0]))
            for code, glyph in font.getBestCmap().items()
        }
        return SmallFont(
            name=str(font["name"].getDebugName(6)),
            glyphs=glyphs,
            program=zlib.compress(program, 9),
            program_length=len(program),
            box=(scaled(head.xMin), scaled(head.yMin), scaled(head.xMax), scaled(head.yMax)),
            ascent=scaled(hhea.ascent),
            descent=scaled(hhea.descent),
            cap_height=scaled(getattr(font["OS/2"], "sCapHeight", 0) or hhea.ascent),
        )


class SmallFontFactory(FontEngineFactory):
    """Hands a cut font to pyHanko's text boxes."""

    def __init__(self, font: SmallFont) -> None:
        self._font = font

    def create_font_engine(self, writer: BasePdfFileWriter, obj_stream: object = None) -> FontEngine:
        """Write the font into *writer* and return what sets text in it."""
        return _SmallFontEngine(writer, self._font)


class _SmallFontEngine(FontEngine):
    def __init__(self, writer: BasePdfFileWriter, font: SmallFont) -> None:
        super().__init__(writer, font.name, embedded_subset=True)
        self._small = font
        self._resource = _embed(writer, font, f"{self.subset_prefix}+{font.name}")

    @property
    def uses_complex_positioning(self) -> bool:
        """False: lines follow each other by the leading."""
        return False

    def shape(self, txt: str) -> ShapeResult:
        """One glyph a character, side by side."""
        glyphs = [self._small.glyphs[char] for char in txt]
        shown = "".join(f"{glyph:04x}" for glyph, _ in glyphs)
        return ShapeResult(f"<{shown}> Tj".encode("ascii"), sum(width for _, width in glyphs) / 1000, 0)

    def as_resource(self) -> generic.PdfObject:
        """The reference to the font."""
        return self._resource


def _embed(writer: BasePdfFileWriter, font: SmallFont, base_font: str) -> generic.IndirectObject:
    program = _packed(font.program, {_name("/Length1"): _number(font.program_length)})
    descriptor: dict[str, generic.PdfObject] = {
        "/Type": _name("/FontDescriptor"),
        "/FontName": _name("/" + base_font),
        "/Flags": _number(_SERIF_SYMBOLIC),
        "/FontBBox": generic.ArrayObject([_number(value) for value in font.box]),
        "/ItalicAngle": _number(0),
        "/Ascent": _number(font.ascent),
        "/Descent": _number(font.descent),
        "/CapHeight": _number(font.cap_height),
        "/StemV": _number(80),
        "/FontFile2": writer.add_object(program),
    }
    system = {
        "/Registry": generic.pdf_string("Adobe"),
        "/Ordering": generic.pdf_string("Identity"),
        "/Supplement": _number(0),
    }
    cid_font: dict[str, generic.PdfObject] = {
        "/Type": _name("/Font"),
        "/Subtype": _name("/CIDFontType2"),
        "/BaseFont": _name("/" + base_font),
        "/CIDSystemInfo": _dictionary(system),
        "/CIDToGIDMap": _name("/Identity"),
        "/FontDescriptor": writer.add_object(_dictionary(descriptor)),
        "/W": _widths(font),
    }
    whole: dict[str, generic.PdfObject] = {
        "/Type": _name("/Font"),
        "/Subtype": _name("/Type0"),
        "/BaseFont": _name(f"/{base_font}-Identity-H"),
        "/Encoding": _name("/Identity-H"),
        "/DescendantFonts": generic.ArrayObject([writer.add_object(_dictionary(cid_font))]),
        "/ToUnicode": writer.add_object(_packed(zlib.compress(_to_unicode(font)), {})),
    }
    return writer.add_object(_dictionary(whole))


def _dictionary(entries: Mapping[str, generic.PdfObject]) -> generic.DictionaryObject:
    return generic.DictionaryObject({_name(key): entry for key, entry in entries.items()})


def _packed(data: bytes, entries: dict[generic.NameObject, generic.PdfObject]) -> generic.StreamObject:
    return generic.StreamObject({_name("/Filter"): _name("/FlateDecode")} | entries, encoded_data=data)


def _widths(font: SmallFont) -> generic.ArrayObject:
    by_glyph = dict(sorted(set(font.glyphs.values())))
    entries: list[generic.PdfObject] = []
    for glyph, width in by_glyph.items():
        entries += [_number(glyph), generic.ArrayObject([_number(width)])]
    return generic.ArrayObject(entries)


def _to_unicode(font: SmallFont) -> bytes:
    """The map back to characters, so that a reader can copy and search; at most 100 entries a block."""
    pairs = sorted((glyph, char) for char, (glyph, _) in font.glyphs.items())
    blocks = []
    for start in range(0, len(pairs), 100):
        block = pairs[start : start + 100]
        rows = "".join(f"<{glyph:04x}> <{char.encode('utf-16-be').hex()}>\n" for glyph, char in block)
        blocks.append(f"{len(block)} beginbfchar\n{rows}endbfchar\n")
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{''.join(blocks)}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
