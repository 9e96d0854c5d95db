"""How the window looks: all colours, icons, sizes, the fonts and the style sheet, in one place.

Everything can change while the program runs (light or dark, size of type). Whoever paints asks :func:`colour` and
:func:`px` when painting; whoever has set a size or an icon as a picture hears ``watch().changed``.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from xinfang_desk.gui import icons
from xinfang_desk.gui.palettes import DARK, LIGHT, Colours
from xinfang_desk.places import resources_dir

logger = logging.getLogger(__name__)

_WANTED_FAMILIES = ("Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC",
                    "Source Han Sans CN", "PingFang SC", "HarmonyOS Sans SC", "MiSans", "WenQuanYi Micro Hei",
                    "WenQuanYi Zen Hei")
_OWN_SANS = "XinfangHei-Medium.ttf"
_OWN_SERIF = "XinfangSong-Regular.ttf"
_SERIF_FAMILIES = ("SimSun", "Noto Serif CJK SC", "Source Han Serif SC")
_TYPE = 9.75
"""Points of the window's type at 100 %: 13 pixels on a usual screen, the least at which 汉字 are drawn in full."""
_COLOUR = re.compile(r"(?<!@)@(\w+)")
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(px|pt)\b")


@dataclass(frozen=True, slots=True)
class _Look:
    dark: bool = False
    percent: int = 100


class Watch(QObject):
    """``changed``: colours or sizes are others now; widgets have their new font and style already. Connect bound
    methods of widgets, not lambdas: those live on after the widget."""

    changed = Signal()


_look = _Look()


@lru_cache(maxsize=1)
def watch() -> Watch:
    """The one :class:`Watch`."""
    return Watch()


def is_dark() -> bool:
    """Whether the dark set is worn."""
    return _look.dark


def percent() -> int:
    """The size of type in percent."""
    return _look.percent


def colours() -> Colours:
    """The set of colours worn now."""
    return DARK if _look.dark else LIGHT


@lru_cache(maxsize=64)
def colour(name: str) -> QColor:
    """The colour of that name in :class:`Colours`, of the set worn now."""
    return QColor(getattr(colours(), name))


@lru_cache(maxsize=64)
def paper_colour(name: str) -> QColor:
    """The colour of that name on paper, which is white in the dark set also."""
    return QColor(getattr(LIGHT, name))


@lru_cache(maxsize=128)
def icon(name: str) -> QIcon:
    """One of the program's own icons, ``resources/icons/<name>.svg``; it follows the colours by itself."""
    return QIcon(icons.LiveIcon(name, lambda token: str(getattr(colours(), token))))


def px(length: float) -> int:
    """A length in pixels at 100 %, at the present size of type."""
    return round(length * _look.percent / 100)


def dialog_size(dialog: QWidget, width: float, height: float) -> QSize:
    """A size in pixels at 100 % for a dialog: grown with the type, and no larger than the screen has room for."""
    room = dialog.screen().availableGeometry()
    return QSize(min(px(width), room.width() - 40), min(px(height), room.height() - 60))


def points(size: float) -> float:
    """A size of type in points at 100 %, at the present size."""
    return size * _look.percent / 100


def _own_family(file: str) -> str:
    number = QFontDatabase.addApplicationFont(str(resources_dir() / "fonts" / file))
    families = QFontDatabase.applicationFontFamilies(number)
    if not families:
        logger.error("the font %s cannot be loaded", file)
        return ""
    return families[0]


def _chinese_family(wanted: tuple[str, ...], own: str) -> str:
    here = set(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
    return next((family for family in wanted if family in here), "") or _own_family(own)


@lru_cache(maxsize=1)
def ui_family() -> str:
    """The family of the window: the system's Chinese one where it has one, else the one that comes along."""
    return _chinese_family(_WANTED_FAMILIES, _OWN_SANS)


def ui_font() -> QFont:
    """The font of the window at the present size. Digits have one width, so that columns of figures line up."""
    font = QFont()
    family = ui_family()
    if family:
        font.setFamilies([family])
    font.setPointSizeF(points(_TYPE))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


@lru_cache(maxsize=1)
def paper_family() -> str:
    """The family in which the preview shows what will be printed. Loaded when the preview first asks."""
    return _chinese_family(_SERIF_FAMILIES, _OWN_SERIF)


@lru_cache(maxsize=1)
def chart_family() -> str:
    """Our own 黑体, in which pictures of the budget are measured and drawn."""
    return _own_family(_OWN_SANS)


def style_sheet() -> str:
    """The style sheet: ``@names`` are replaced by colours, lengths brought to the present size of type."""
    text = (resources_dir() / "style" / "xinfang.qss").read_text(encoding="utf-8")
    values = colours()._asdict()
    text = _COLOUR.sub(lambda found: values.get(found[1], found[0]), text)
    text = _LENGTH.sub(_sized, text)
    return text.replace("@@icons", (resources_dir() / "icons").as_posix()).replace(
        "@@set", "-dark" if _look.dark else "")


def _sized(found: re.Match[str]) -> str:
    number, unit = float(found.group(1)), found.group(2)
    if unit == "pt":
        return f"{points(number):.2f}pt"
    return f"{max(1, px(number)) if number else 0}px"  # the thinnest line must not vanish below 100 %


def dress(app: QApplication, *, dark: bool = False, percent: int = 100) -> None:
    """Give the program its palette, font and style sheet, all made for Fusion; called again, change them."""
    global _look
    _look = _Look(dark, percent)
    colour.cache_clear()
    icons.forget()
    if app.windowIcon().isNull():
        app.setWindowIcon(icon("app"))
    app.setPalette(palette())
    app.setFont(ui_font())
    app.setStyleSheet(style_sheet())
    if QGuiApplication.platformName() == "windows":
        # There Qt gives lists, menus and the status bar fonts of the system's own again when the style changes,
        # which neither fit the Chinese one beside them nor grow with the size of type.
        app.setFont(ui_font())
    watch().changed.emit()


def palette() -> QPalette:
    """The palette of the set worn now."""
    made = QPalette()
    roles = QPalette.ColorRole
    for role, name in ((roles.Window, "window"), (roles.Base, "base"), (roles.AlternateBase, "window"),
                       (roles.Text, "text"), (roles.WindowText, "text"), (roles.ButtonText, "text"),
                       (roles.Button, "raised"), (roles.Highlight, "accent"), (roles.HighlightedText, "on_accent"),
                       (roles.ToolTipBase, "base"), (roles.ToolTipText, "text"), (roles.PlaceholderText, "dim"),
                       (roles.Link, "accent"), (roles.LinkVisited, "accent"), (roles.Accent, "accent"),
                       (roles.BrightText, "on_accent"), (roles.Light, "base"), (roles.Midlight, "raised"),
                       (roles.Mid, "line"), (roles.Dark, "line_strong"), (roles.Shadow, "edge")):
        made.setColor(role, colour(name))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, colour("ghost"))
    return made
