"""A PDF file that archives take (PDF/A) and screen readers can read (tagged), drawn by hand on reportlab.

What reportlab 5.1.0 lacks for that is added here: the end of line before ``endstream``, the sRGB output intent,
XMP that agrees with the document information, composite fonts (``pdf_fonts``), the structure tree
(``pdf_tags``). All dates are the edition's, so the same edition gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab import Version, rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from xinfang_desk.messages import printed
from xinfang_desk.model.pages import FigureSpot
from xinfang_desk.model.sheet import CellAddress
from xinfang_desk.paper.fonts import Face, Role, face, stack
from xinfang_desk.paper.pdf_fonts import DocumentFont, Raw
from xinfang_desk.paper.pdf_tags import Node, write_tree

MM = 72 / 25.4
PRODUCER = "Xinfang Desk"
_REPORTLAB = "5.1.0"


def _stream_with_line_end(self: Any, document: Any) -> bytes:
    """PDF/A wants an end of line before ``endstream``, not counted in its length."""
    data: bytes = _plain_stream(self, document)
    return data[: -len(b"endstream\n")] + b"\nendstream\n"


if Version != _REPORTLAB:
    raise ImportError(f"the PDF writer extends internals of reportlab {_REPORTLAB}, found {Version}")
_library: Any = pdfdoc
_plain_stream = _library.PDFStream.format
_library.PDFStream.format = _stream_with_line_end
_library.PDFCatalog.__NoDefault__.append("OutputIntents")
_library.PDFPage.__NoDefault__ += ["StructParents", "Tabs"]
rl_config.useA85 = 0


class _Stamp:
    """The edition's date in the shape of reportlab's own time stamp: midnight, China time."""

    tzname = "CST"
    dhh = 8
    dmm = 0

    def __init__(self, day: date) -> None:
        self.YMDhms = (day.year, day.month, day.day, 0, 0, 0)
        self.lt = day.timetuple()
        self.t = 0.0


_PlainCanvas: Any = Canvas


class _Canvas(_PlainCanvas):  # type: ignore[misc]
    """reportlab's canvas without its Helvetica, and with tags on every page (internals: not in its stubs)."""

    def _make_preamble(self) -> None:
        self._preamble = ""

    def _setAnnotations(self, page: Any) -> None:  # noqa: N802 - reportlab calls it so
        super()._setAnnotations(page)
        page.StructParents = self._pageNumber - 1
        page.Tabs = pdfdoc.PDFName("S")


@dataclass(slots=True)
class Ink:
    """What is drawn on one page: coordinates in points from the lower left corner."""

    fonts: dict[Role, DocumentFont]
    number: int
    """the page, from 0"""
    code: list[str] = field(default_factory=list)
    marks: list[Node] = field(default_factory=list)
    """the tag of each marked piece, in the order of their numbers"""
    links: list[tuple[tuple[float, float, float, float], str, str, Node]] = field(default_factory=list)
    height: float = 0.0
    """of the page"""
    spots: list[FigureSpot] = field(default_factory=list)
    """what stands where, for the screen: nothing of it goes into the file"""
    _font: str = ""

    def spot(
        self,
        box: tuple[float, float, float, float],
        text: str,
        *,
        cell: CellAddress | None = None,
        cells: tuple[CellAddress, ...] = (),
        address: str = "",
    ) -> None:
        """Note that the box (left, bottom, right, top) shows this text and where that comes from."""
        left, bottom, right, top = box
        self.spots.append(
            FigureSpot(
                self.number,
                left,
                self.height - top,
                right - left,
                top - bottom,
                text,
                cell,
                cells,
                address,
            )
        )

    def text(self, x: float, y: float, role: Role, size: float, text: str, *, bold: bool = False) -> None:
        """Text from x on the base line y; ``bold`` thickens the outlines, the widths stay."""
        for one, part in stack(role).runs(text):
            self.run(x, y, one, size, part, bold=bold)
            x += stack(role).width(part, size)

    def run(
        self,
        x: float,
        y: float,
        one: Face,
        size: float,
        text: str,
        *,
        spacing: float = 0.0,
        bold: bool = False,
    ) -> None:
        """Text of one face, with ``spacing`` points added after each character."""
        font = self.fonts[one.role]
        select = f"/{font.name} {size:.4g} Tf "
        if select == self._font:
            select = ""
        else:
            self._font = select
        shown = "".join(map(font.hex, text))
        extra = f"{spacing:.3f} Tc " if spacing else ""
        after = " 0 Tc" if spacing else ""
        if bold:
            extra += f"2 Tr {size * 0.028:.2f} w "
            after += " 0 Tr"
        self.code.append(f"BT {select}{extra}1 0 0 1 {x:.2f} {y:.2f} Tm <{shown}> Tj{after} ET")

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        """A black rule."""
        self.code.append(f"{width:.2f} w {x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S")

    def box(self, left: float, bottom: float, right: float, top: float, width: float = 0.5) -> None:
        """A black frame."""
        self.code.append(f"{width:.2f} w {left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re S")

    def area(self, x: float, y: float, width: float, height: float, colour: tuple[float, float, float]) -> None:
        """A filled rectangle; red, green and blue from 0 to 1."""
        red, green, blue = colour
        self.code.append(f"q {red:.3f} {green:.3f} {blue:.3f} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f Q")

    def coloured(self, colour: tuple[float, float, float]) -> None:
        """The colour of the text that follows, until it is set again."""
        red, green, blue = colour
        self.code.append(f"{red:.3f} {green:.3f} {blue:.3f} rg")

    def rules(self, xs: list[float], ys: list[float], width: float = 0.5) -> None:
        """The rules of a grid: a vertical at each x, a horizontal at each y."""
        out = [f"{width:.2f} w"]
        out += [f"{x:.2f} {ys[0]:.2f} m {x:.2f} {ys[-1]:.2f} l" for x in xs]
        out += [f"{xs[0]:.2f} {y:.2f} m {xs[-1]:.2f} {y:.2f} l" for y in ys]
        self.code.append(" ".join(out) + " S")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn inside is decoration: rules, page numbers, repeated heads."""
        self.code.append("/Artifact BMC")
        yield
        self.code.append("EMC")

    @contextmanager
    def tagged(self, node: Node) -> Iterator[None]:
        """What is drawn inside is the content of this tag."""
        self.code.append(f"/{node.tag} <</MCID {len(self.marks)}>> BDC")
        node.kids.append((self.number, len(self.marks)))
        self.marks.append(node)
        yield
        self.code.append("EMC")

    def draft_mark(self, width: float, height: float) -> None:
        """A pale 草稿 across the page, under everything else."""
        size = min(width, height) * 0.36
        one = face("hei")
        font = self.fonts[one.role]
        shown = "".join(map(font.hex, printed.DRAFT))
        x = width / 2 - size * 0.7071 + size * 0.25
        y = height / 2 - size * 0.7071 - size * 0.25
        self.code.append(
            "/Artifact BMC q 0.9 g BT "
            f"/{font.name} {size:.2f} Tf 0.7071 0.7071 -0.7071 0.7071 {x:.2f} {y:.2f} Tm <{shown}> Tj ET Q EMC"
        )


class PdfFile:
    """One PDF in the making."""

    def __init__(self, title: str, author: str, subject: str, day: date) -> None:
        self._buffer = BytesIO()
        self._canvas: Any = _Canvas(
            self._buffer, pageCompression=1, invariant=1, lang="zh-CN", pdfVersion=(1, 7)
        )
        self._day = day
        self._about = (title, author, subject)
        self.fonts: dict[Role, DocumentFont] = _Fonts(self._canvas._doc)
        self.root = Node("Document")
        self._marks: list[list[Node]] = []
        self._links: list[Node] = []
        canvas = self._canvas
        canvas.setTitle(title)
        canvas.setAuthor(author)
        canvas.setSubject(subject)
        canvas.setKeywords("")
        canvas.setCreator(PRODUCER)
        canvas.setProducer(PRODUCER)
        canvas._doc._timeStamp = _Stamp(day)
        canvas.setViewerPreference("DisplayDocTitle", "true")

    def page(self, width: float, height: float, *, draft: bool = False) -> Ink:
        """Begin a page of this size in points."""
        self._canvas.setPageSize((width, height))
        ink = Ink(self.fonts, len(self._marks), height=height)
        if draft:
            ink.draft_mark(width, height)
        return ink

    def close_page(self, ink: Ink, keys: list[tuple[str, float]]) -> None:
        """Finish the page; ``keys`` names places on it (key, height) that links and bookmarks lead to."""
        canvas = self._canvas
        for key, top in keys:
            canvas.bookmarkPage(key, fit="XYZ", left=0, top=top, zoom=0)
        for rect, key, contents, node in ink.links:
            self._link(rect, key, contents, node)
        canvas._code.extend(ink.code)
        self._marks.append(ink.marks)
        canvas.showPage()

    def _link(self, rect: tuple[float, float, float, float], key: str, contents: str, node: Node) -> None:
        canvas = self._canvas
        corners = " ".join(f"{value:.2f}" for value in rect)
        annotation = Raw(
            f"<</Type /Annot /Subtype /Link /Rect [{corners}] /Border [0 0 0] /F 4"
            f" /StructParent {_LINK_BASE + len(self._links)} /Contents ",
            pdfdoc.PDFString(contents),
            " /Dest ",
            canvas._bookmarkReference(key),
            ">>",
        )
        reference = canvas._doc.Reference(annotation)
        canvas._annotationrefs = [*(canvas._annotationrefs or ()), reference]
        self._links.append(node)
        node.objects.append((len(self._marks), reference))

    def bookmark(self, title: str, key: str, level: int) -> None:
        """An entry of the outline shown beside the pages."""
        self._canvas.addOutlineEntry(title, key, level, closed=level > 0)

    def label_pages(self, start: int, style: str | None, first: int = 1, prefix: str | None = None) -> None:
        """Number the pages from ``start`` (0 = first) on in the viewer: style ARABIC, ROMAN_LOWER or None."""
        self._canvas.addPageLabel(start, style, first, prefix)

    def finish(self) -> bytes:
        """The finished file."""
        canvas = self._canvas
        canvas.showOutline()
        document = canvas._doc
        write_tree(document, self.root, self._marks, self._links, _LINK_BASE)
        catalog = document.Catalog
        catalog.MarkInfo = Raw("<</Marked true>>")
        catalog.OutputIntents = Raw(
            "[<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1)"
            " /Info (sRGB IEC61966-2.1) /DestOutputProfile ",
            document.Reference(_icc_stream()),
            ">>]",
        )
        packet = _xmp(*self._about, self._day)
        catalog.Metadata = pdfdoc.XMP(creator=lambda _document: packet)
        data = document.GetPDFData(canvas)
        return data if isinstance(data, bytes) else data.encode("latin-1")


_LINK_BASE = 100_000


class _Fonts(dict[Role, DocumentFont]):
    """The faces used in one document; one is announced to reportlab when first asked for."""

    def __init__(self, document: Any) -> None:
        super().__init__()
        self._document = document

    def __missing__(self, role: Role) -> DocumentFont:
        self[role] = font = DocumentFont(face(role))
        self._document.delayedFonts.append(font)
        return font


@lru_cache(maxsize=1)
def _srgb_profile() -> bytes:
    from PIL import ImageCms

    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # The profile carries the moment it was made (bytes 24 to 35): one moment for every copy.
    data[24:36] = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
    # And the system it was made on (bytes 40 to 43, MSFT on Windows): the same paper comes out everywhere.
    data[40:44] = b"APPL"
    return bytes(data)


def _icc_stream() -> pdfdoc.PDFStream:
    stream = pdfdoc.PDFStream(content=_srgb_profile())
    stream.dictionary["N"] = 3
    stream.filters = [pdfdoc.PDFZCompress]
    return stream


def _xmp(title: str, author: str, subject: str, day: date) -> bytes:
    """The XMP packet: the same facts as in the document information, and which standards are claimed."""
    moment = f"{day.isoformat()}T00:00:00+08:00"
    text = _XMP.format(
        title=escape(title), author=escape(author), subject=escape(subject), moment=moment, producer=PRODUCER
    )
    return re.sub(r">\s+<", "><", text).encode()


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
   <dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
   <xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
   <xmp:CreatorTool>{producer}</xmp:CreatorTool>
   <pdf:Producer>{producer}</pdf:Producer><pdf:Keywords></pdf:Keywords>
   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>part of ISO 14289</pdfaProperty:description>
     <pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
