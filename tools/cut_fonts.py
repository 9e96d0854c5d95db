"""Cut the fonts in ``resources/fonts`` from pinned packages, the same bytes every time.

    python tools/cut_fonts.py --archives DIR          cut from the packages lying in DIR
    python tools/cut_fonts.py --archives DIR --fetch  fetch what is missing first
    python tools/cut_fonts.py --archives DIR --check  cut into a scratch folder and compare

Needs fontTools (a tool of the developers, not of the program), ``npm`` and ``apt-get`` for
``--fetch`` and ``dpkg-deb`` to open Debian's packages. Every package is pinned by its version and
SHA-256; a package with another digest is refused.

What is done, and why:

* Only the characters of the 通用规范汉字表 (8,105, property kTGH of Unicode's Unihan), GB 2312,
  ASCII, punctuation, full-width forms, numbers in circles, box drawing: 21 MB instead of 62.
* TrueType outlines only, because reportlab refuses CFF: FandolFang is converted.
* The digits of Noto Serif SC are proportional, so decimal points would not line up in a table;
  the half-width digits of its ``hwid`` feature take their place, because reportlab applies no
  OpenType features.
* ☐ ☑ ☒ are put together from the outlines of □ ✓ × where the font lacks them.
* The family names are ours: the OFL asks for it where a name is reserved, and a changed font
  should not pass for the original.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import fontTools
from fontTools import subset
from fontTools.misc.transform import Transform
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

FONTTOOLS = "4.68.0"  # another version may lay the same outlines out in other bytes
HALF_WIDTH = "0123456789.,-+%()"
FONTS_DIR = Path(__file__).resolve().parent.parent / "resources" / "fonts"


@dataclass(frozen=True, slots=True)
class Package:
    """A pinned package: who serves it, its name and version, its file and that file's digest."""

    registry: str  # "npm" or "debian"
    name: str
    version: str
    file: str
    sha256: str


SERIF = Package(
    "npm",
    "@expo-google-fonts/noto-serif-sc",
    "0.4.3",
    "expo-google-fonts-noto-serif-sc-0.4.3.tgz",
    "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
)
SANS = Package(
    "npm",
    "@expo-google-fonts/noto-sans-sc",
    "0.4.3",
    "expo-google-fonts-noto-sans-sc-0.4.3.tgz",
    "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
)
WENKAI = Package(
    "debian",
    "fonts-lxgw-wenkai",
    "1.250+repack-1",
    "fonts-lxgw-wenkai_1.250+repack-1_all.deb",
    "6d1e4c4aac78ad32062aefa2c836ee4d6e58f9dcf8b3f4407c9eefe304615318",
)
TEXLIVE = Package(
    "debian",
    "texlive-lang-chinese",
    "2022.20230122-1",
    "texlive-lang-chinese_2022.20230122-1_all.deb",
    "9cfa07bd44e7b9098e26f0ecac1b5ad210d2249d474c8074d53de92d650b0ec0",
)
UNICODE = Package(
    "debian",
    "unicode-data",
    "15.0.0-1",
    "unicode-data_15.0.0-1_all.deb",
    "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc",
)
PACKAGES = (SERIF, SANS, WENKAI, TEXLIVE, UNICODE)

_FANDOL_DOC = "./usr/share/doc/texlive-doc/fonts/fandol"


@dataclass(frozen=True, slots=True)
class Font:
    """One font to cut: where it comes from, what it is called after, and under which licence."""

    role: str
    file: str
    family: str
    weight: int
    package: Package
    member: str
    licence: str
    licence_members: tuple[tuple[str, str], ...]  # (file beside the font, member of the package)
    changes: str
    half_width_digits: bool = False


FONTS = (
    Font(
        "宋",
        "XinfangSong-Regular.ttf",
        "Xinfang Song",
        400,
        SERIF,
        "package/400Regular/NotoSerifSC_400Regular.ttf",
        "OFL-1.1",
        (("LICENSE-NotoSerifSC.txt", "package/LICENSE_FONT"),),
        "cut to the character set; digits and number signs from hwid; ☐ ☑ ☒ composed; renamed",
        half_width_digits=True,
    ),
    Font(
        "标题",
        "XinfangTitle-Bold.ttf",
        "Xinfang Title",
        700,
        SERIF,
        "package/700Bold/NotoSerifSC_700Bold.ttf",
        "OFL-1.1",
        (("LICENSE-NotoSerifSC.txt", "package/LICENSE_FONT"),),
        "cut to the character set; renamed",
    ),
    Font(
        "黑",
        "XinfangHei-Medium.ttf",
        "Xinfang Hei",
        500,
        SANS,
        "package/500Medium/NotoSansSC_500Medium.ttf",
        "OFL-1.1",
        (("LICENSE-NotoSansSC.txt", "package/LICENSE_FONT"),),
        "cut to the character set; renamed",
    ),
    Font(
        "楷",
        "XinfangKai-Regular.ttf",
        "Xinfang Kai",
        400,
        WENKAI,
        "./usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
        "OFL-1.1",
        (("LICENSE-WenKai.txt", "./usr/share/doc/fonts-lxgw-wenkai/copyright"),),
        "cut to the character set; renamed, as its licence reserves the original names",
    ),
    Font(
        "仿宋",
        "XinfangFang-Regular.ttf",
        "Xinfang Fang",
        400,
        TEXLIVE,
        "./usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf",
        "GPL-3.0 with font exception",
        (
            ("LICENSE-FandolFang.txt", f"{_FANDOL_DOC}/COPYING.gz"),
            ("README-FandolFang.txt", f"{_FANDOL_DOC}/README"),
        ),
        "CFF outlines converted to TrueType; cut to the character set; renamed",
    ),
)

# (first, last): blocks wanted beside the Chinese characters.
BLOCKS = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # ° ± · × ÷ ©
    (0x2010, 0x2027),  # dashes, quotation marks, …
    (0x2030, 0x203B),  # ‰ ′ ″ ※
    (0x20AC, 0x20AC),  # €
    (0x2100, 0x2116),  # ℃ №
    (0x2150, 0x2189),  # fractions, Roman numbers
    (0x2190, 0x2199),  # arrows
    (0x2200, 0x22BF),  # mathematics
    (0x2460, 0x24FF),  # ① ⑴ ㈠ in circles and brackets
    (0x2500, 0x257F),  # box drawing
    (0x2580, 0x25FF),  # blocks, □ ■ ▲ ● ◎
    (0x2605, 0x2642),  # ★ ☆ ☐ ☑ ☒
    (0x2713, 0x2717),  # ✓ ✗
    (0x2776, 0x2793),  # ❶
    (0x3000, 0x303F),  # CJK punctuation, 〇
    (0x3041, 0x30FF),  # kana
    (0x3105, 0x312F),  # bopomofo
    (0x3200, 0x33FF),  # ㈠ ㎡ ㎏
    (0xFE30, 0xFE6B),  # compatibility forms
    (0xFF01, 0xFFE6),  # full-width forms
)


class CutError(Exception):
    """A package is missing or is not the pinned one, or a result differs from the record."""


def sha256_of(data: bytes) -> str:
    """The digest by which packages and results are pinned."""
    return hashlib.sha256(data).hexdigest()


def fetch(package: Package, folder: Path) -> None:
    """Fetch a package into the folder with its registry's own client."""
    if package.registry == "npm":
        command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    else:
        command = ["apt-get", "download", f"{package.name}={package.version}"]
    subprocess.run(command, cwd=folder, check=True)


class Archives:
    """The pinned packages in one folder, each proved by its digest before it is opened."""

    def __init__(self, folder: Path, may_fetch: bool) -> None:
        self._tars: dict[str, bytes] = {}
        for package in PACKAGES:
            path = folder / package.file
            if not path.exists() and may_fetch:
                fetch(package, folder)
            if not path.exists():
                raise CutError(f"{package.file} is not in {folder}; --fetch fetches it")
            data = path.read_bytes()
            if sha256_of(data) != package.sha256:
                raise CutError(f"{package.file} is not the pinned one: {sha256_of(data)}")
            self._tars[package.file] = data if package.registry == "npm" else _deb_tar(path)

    def read(self, package: Package, member: str) -> bytes:
        """A member of a package; one that ends in .gz or .bz2 is unpacked."""
        with tarfile.open(fileobj=BytesIO(self._tars[package.file])) as tar:
            handle = tar.extractfile(member)
            if handle is None:
                raise CutError(f"{package.file} has no file {member}")
            data = handle.read()
        if member.endswith(".gz"):
            return gzip.decompress(data)
        return bz2.decompress(data) if member.endswith(".bz2") else data


def _deb_tar(path: Path) -> bytes:
    command = ["dpkg-deb", "--fsys-tarfile", str(path)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def wanted_characters(archives: Archives) -> set[int]:
    """The code points to keep: 8,105 table, GB 2312 and ``BLOCKS``."""
    member = "./usr/share/unicode/Unihan_OtherMappings.txt.bz2"
    lines = archives.read(UNICODE, member).decode("utf-8").splitlines()
    table = {int(line.split("\t")[0][2:], 16) for line in lines if "\tkTGH\t" in line}
    if len(table) != 8105:
        raise CutError(f"the 通用规范汉字表 should have 8105 characters, found {len(table)}")
    gb2312 = {
        ord(bytes((high, low)).decode("gb2312", errors="replace")[0])
        for high in range(0xA1, 0xF8)
        for low in range(0xA1, 0xFF)
    } - {0xFFFD}
    blocks = {code for first, last in BLOCKS for code in range(first, last + 1)}
    return table | gb2312 | blocks


def to_truetype(font: TTFont) -> None:
    """Replace cubic CFF outlines by quadratic TrueType ones, at most one unit off."""
    glyph_set = font.getGlyphSet()
    order = font.getGlyphOrder()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(glyph_set)
        glyph_set[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = glyphs
    del font["CFF "]
    glyf.compile(font)
    for name, (advance, _bearing) in list(font["hmtx"].metrics.items()):
        font["hmtx"][name] = (advance, getattr(glyphs[name], "xMin", 0))
    font["maxp"] = maxp = newTable("maxp")
    maxp.tableVersion = 0x00010000
    for field in _MAXP_FIELDS:
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    maxp.numGlyphs = len(order)
    post = font["post"]
    post.formatType = 3.0
    post.glyphOrder = None
    font.sfntVersion = "\000\001\000\000"


_MAXP_FIELDS = (
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
    "maxPoints",
    "maxContours",
    "maxCompositePoints",
    "maxCompositeContours",
    "maxComponentDepth",
)


def take_half_width_digits(font: TTFont) -> None:
    """Let ``HALF_WIDTH`` point to the glyphs that the ``hwid`` feature would put there."""
    gsub = font["GSUB"].table
    lookups = {
        index
        for record in gsub.FeatureList.FeatureRecord
        if record.FeatureTag == "hwid"
        for index in record.Feature.LookupListIndex
    }
    mapping: dict[str, str] = {}
    for index in lookups:
        for sub in gsub.LookupList.Lookup[index].SubTable:
            mapping.update(getattr(sub, "ExtSubTable", sub).mapping)
    for table in font["cmap"].tables:
        for char in HALF_WIDTH:
            if ord(char) in getattr(table, "cmap", {}):
                name = table.cmap[ord(char)]
                # platforms share one mapping, so it may be done already
                table.cmap[ord(char)] = mapping.get(name, name)


def add_check_boxes(font: TTFont) -> None:
    """Compose ☐ ☑ ☒ from □ and ✓ or ×."""
    cmap = font.getBestCmap()
    for code, mark in ((0x2610, None), (0x2611, 0x2713), (0x2612, 0x00D7)):
        if code not in cmap:
            _compose(font, code, cmap[0x25A1], None if mark is None else cmap[mark])


def _compose(font: TTFont, code: int, box: str, mark: str | None) -> None:
    glyph_set = font.getGlyphSet()
    pen = TTGlyphPen(None)
    glyph_set[box].draw(pen)
    if mark is not None:
        inner, outer = BoundsPen(glyph_set), BoundsPen(glyph_set)
        glyph_set[mark].draw(inner)
        glyph_set[box].draw(outer)
        (ax, ay, bx, by), (px, py, qx, qy) = inner.bounds, outer.bounds
        scale = 0.72 * min((qx - px) / (bx - ax), (qy - py) / (by - ay))
        move = Transform(1, 0, 0, 1, (px + qx) / 2, (py + qy) / 2).scale(scale)
        glyph_set[mark].draw(TransformPen(pen, move.translate(-(ax + bx) / 2, -(ay + by) / 2)))
    name = f"uni{code:04X}"
    font["glyf"][name] = pen.glyph()
    font["hmtx"][name] = (font["hmtx"][box][0], font["hmtx"][box][1])
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def rename(font: TTFont, cut: Font) -> None:
    """Put our family name in and keep copyright, licence and source of the original."""
    table = font["name"]
    keep = {0: "", 13: "", 14: ""}
    for name_id in keep:
        record = table.getDebugName(name_id)
        keep[name_id] = record or ""
    style = "Bold" if cut.weight == 700 else "Regular"
    post_script = cut.file.removesuffix(".ttf")
    table.names = []
    names = {
        **keep,
        1: cut.family,
        2: style,
        3: f"{post_script};1.0",
        4: cut.family if style == "Regular" else f"{cut.family} {style}",
        5: "Version 1.000",
        6: post_script,
        10: f"Cut from {cut.package.name} {cut.package.version}: {cut.changes}",
    }
    for name_id, text in sorted(names.items()):
        if text:
            table.setName(text, name_id, 3, 1, 0x409)


def cut_font(cut: Font, data: bytes, wanted: set[int]) -> bytes:
    """The finished font file for one entry of ``FONTS``."""
    font = TTFont(BytesIO(data), recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG", "meta"]
    options.recalc_timestamp = False
    if cut.half_width_digits:
        take_half_width_digits(font)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    if "CFF " in font:
        to_truetype(font)
    if cut.half_width_digits:
        add_check_boxes(font)
    rename(font, cut)
    font["OS/2"].usWeightClass = cut.weight
    out = BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue()


def provenance_entry(cut: Font, source: bytes, result: bytes) -> str:
    """The record of one font in ``PROVENANCE.toml``: what it is and what it was cut from."""
    characters = len(TTFont(BytesIO(result)).getBestCmap())
    package = cut.package
    licences = ", ".join(f'"{file}"' for file, _ in cut.licence_members)
    return f"""
[[font]]
role = "{cut.role}"
file = "{cut.file}"
family = "{cut.family}"
weight = {cut.weight}
bytes = {len(result)}
characters = {characters}
sha256 = "{sha256_of(result)}"
licence = "{cut.licence}"
licence_files = [{licences}]
changes = "{cut.changes}"
registry = "{package.registry}"
package = "{package.name}"
version = "{package.version}"
archive = "{package.file}"
archive_sha256 = "{package.sha256}"
member = "{cut.member}"
member_sha256 = "{sha256_of(source)}"
"""


def cut_all(archives: Archives, out: Path, say: Callable[[str], None]) -> None:
    """Write every font, its licence and ``PROVENANCE.toml`` into ``out``."""
    wanted = wanted_characters(archives)
    entries = [
        "# Written by tools/cut_fonts.py; do not edit by hand.\n"
        f'tool = "fontTools {FONTTOOLS}"\n'
        "\n[characters]\n"
        f'package = "{UNICODE.name}"\nversion = "{UNICODE.version}"\n'
        f'archive_sha256 = "{UNICODE.sha256}"\nwanted = {len(wanted)}\n'
    ]
    for cut in FONTS:
        source = archives.read(cut.package, cut.member)
        result = cut_font(cut, source, wanted)
        (out / cut.file).write_bytes(result)
        for file, member in cut.licence_members:
            (out / file).write_bytes(archives.read(cut.package, member))
        entries.append(provenance_entry(cut, source, result))
        say(f"{cut.role}  {cut.file}  {len(result):,} bytes")
    (out / "PROVENANCE.toml").write_text("".join(entries), encoding="utf-8", newline="\n")


def compare(made: Path, kept: Path) -> None:
    """Refuse if any file in ``made`` differs from its namesake in ``kept``."""
    for path in sorted(made.iterdir()):
        other = kept / path.name
        if not other.exists() or other.read_bytes() != path.read_bytes():
            raise CutError(f"{path.name} differs from the one in {kept}")


def main() -> int:
    """Cut or check the fonts; 0 when done, 1 with a sentence when not."""
    parser = argparse.ArgumentParser(description="cut resources/fonts from pinned packages")
    parser.add_argument("--archives", type=Path, required=True, help="folder of the packages")
    parser.add_argument("--fetch", action="store_true", help="fetch the packages not there")
    parser.add_argument("--check", action="store_true", help="compare, change nothing")
    args = parser.parse_args()
    if fontTools.version != FONTTOOLS:
        print(f"fontTools {fontTools.version}, pinned is {FONTTOOLS}: bytes may differ")
    try:
        archives = Archives(args.archives, args.fetch)
        if args.check:
            with tempfile.TemporaryDirectory() as scratch:
                cut_all(archives, Path(scratch), print)
                compare(Path(scratch), FONTS_DIR)
        else:
            FONTS_DIR.mkdir(parents=True, exist_ok=True)
            cut_all(archives, FONTS_DIR, print)
    except CutError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
