"""The visible part of a signature: who, for which unit, when by this machine's clock."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from fontTools.ttLib import TTLibError
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.stamp import TextStampStyle

from xinfang_desk.messages import signing as words
from xinfang_desk.model.signature import SignerRole, SigningIdentity
from xinfang_desk.places import resources_dir
from xinfang_desk.signing.errors import SigningError
from xinfang_desk.signing.font import MissingCharacterError, SmallFont, SmallFontFactory, cut

_FONT_SIZE = 9
_LEADING = 12
_DEMO_RED = (0.75, 0.0, 0.0)


def stamp_lines(identity: SigningIdentity, role: SignerRole, now: datetime) -> tuple[str, ...]:
    """The lines of the stamp. A 演示 signer's first line says so."""
    lines = [words.DEMO_MARK] if identity.is_demo else []
    lines.append(words.STAMP_SIGNER.format(holder=identity.holder, role=role.value))
    if identity.organization:
        lines.append(words.STAMP_UNIT.format(unit=identity.organization))
    lines.append(words.STAMP_TIME.format(moment=f"{now:%Y-%m-%d %H:%M:%S}"))
    return tuple(lines)


def stamp_style(identity: SigningIdentity, lines: tuple[str, ...], font: Path | None = None) -> TextStampStyle:
    """A pyHanko stamp that shows *lines*, in *font* or in the first shipped font that has all their characters.

    :raises SigningError: no font has one of the characters.
    """
    text = "\n".join(lines)
    return TextStampStyle(
        stamp_text=text.replace("%", "%%"),
        border_width=1,
        border_color=_DEMO_RED if identity.is_demo else None,
        inner_content_layout=SimpleBoxLayoutRule(
            x_align=AxisAlignment.ALIGN_MIN, y_align=AxisAlignment.ALIGN_MID, margins=Margins.uniform(4)
        ),
        text_box_style=TextBoxStyle(
            font=SmallFontFactory(small_font(text, font)),
            font_size=_FONT_SIZE,
            leading=_LEADING,
            box_layout_rule=SimpleBoxLayoutRule(
                x_align=AxisAlignment.ALIGN_MIN, y_align=AxisAlignment.ALIGN_MID, margins=Margins.uniform(2)
            ),
            text_color=_DEMO_RED if identity.is_demo else (0.0, 0.0, 0.0),
        ),
    )


def small_font(text: str, font: Path | None = None) -> SmallFont:
    """A TrueType font with just the characters of *text* and those every stamp needs. Kept for the next stamp."""
    wanted = frozenset(text.replace("\n", "")) | frozenset(words.STAMP_ALWAYS)
    candidates = (font,) if font is not None else _shipped_fonts()
    missing = ""
    for path in candidates:
        try:
            return cut(path, wanted)
        except MissingCharacterError as error:
            missing = missing or error.character
        except (OSError, TTLibError) as error:
            raise SigningError(words.FONT_UNREADABLE.format(name=path.name)) from error
    if missing:
        raise SigningError(words.FONT_LACKS_CHARACTER.format(missing=missing))
    raise SigningError(words.FONT_MISSING)


def _shipped_fonts() -> tuple[Path, ...]:
    """楷 first, as signatures are set in it; then the fonts with more characters, 宋 before the rest."""

    def rank(path: Path) -> tuple[int, str]:
        name = path.name.lower()
        order = next((i for i, word in enumerate(("kai", "song", "serif")) if word in name), 9)
        return order, name

    try:
        folder = resources_dir() / "fonts"
    except FileNotFoundError as error:
        raise SigningError(str(error)) from error
    return tuple(sorted(folder.glob("*.ttf"), key=rank))
