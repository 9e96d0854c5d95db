"""How the window looks: all colours, the fonts and the style sheet, in one place."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from functools import lru_cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from xinfang_desk.places import resources_dir

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Colours:
    """The light theme. Text on its ground has a contrast of at least 4.5 : 1."""

    window: str = "#f3f5f7"
    base: str = "#ffffff"
    raised: str = "#e9edf1"
    text: str = "#1f2933"
    dim: str = "#566370"
    line: str = "#d3dae0"
    line_strong: str = "#aeb9c3"
    accent: str = "#1f6f8b"
    accent_dark: str = "#17566c"
    accent_soft: str = "#dceef3"
    error: str = "#b3261e"
    error_soft: str = "#fdecea"
    warning: str = "#8a5a00"
    warning_soft: str = "#fff5da"
    hint: str = "#2f639c"
    hint_soft: str = "#e8f0fa"
    done: str = "#25693f"
    done_soft: str = "#e6f4ea"
    flash: str = "#ffe98a"
    lit: str = "#cfe6ff"
    total: str = "#edf1f4"
    ghost: str = "#8491a0"


COLOURS = Colours()

_WANTED_FAMILIES = ("Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC",
                    "Source Han Sans CN", "PingFang SC", "HarmonyOS Sans SC", "MiSans", "WenQuanYi Micro Hei",
                    "WenQuanYi Zen Hei")
_OWN_SANS = "XinfangHei-Medium.ttf"
_OWN_SERIF = "XinfangSong-Regular.ttf"
_SERIF_FAMILIES = ("SimSun", "Noto Serif CJK SC", "Source Han Serif SC")


@lru_cache(maxsize=32)
def colour(name: str) -> QColor:
    """The colour of that name in :class:`Colours`."""
    return QColor(getattr(COLOURS, name))


@lru_cache(maxsize=64)
def icon(name: str) -> QIcon:
    """One of the program's own icons, ``resources/icons/<name>.svg``."""
    return QIcon(str(resources_dir() / "icons" / f"{name}.svg"))


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


def ui_font() -> QFont:
    """The font of the window: the system's Chinese one where it has one, else the one that comes with the program.

    Digits have one width, so that columns of figures line up.
    """
    font = QFont()
    family = _chinese_family(_WANTED_FAMILIES, _OWN_SANS)
    if family:
        font.setFamilies([family])
    font.setPointSizeF(9.75)
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
    """The style sheet with its ``@names`` replaced by colours."""
    text = (resources_dir() / "style" / "xinfang.qss").read_text(encoding="utf-8")
    icons = (resources_dir() / "icons").as_posix()
    for name, value in sorted(asdict(COLOURS).items(), key=lambda item: -len(item[0])):
        text = text.replace(f"@{name}", value)
    return text.replace("@@icons", icons)


def dress(app: QApplication) -> None:
    """Give the program its style, palette, font and style sheet."""
    app.setStyle("Fusion")
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, name in ((roles.Window, "window"), (roles.Base, "base"), (roles.AlternateBase, "window"),
                       (roles.Text, "text"), (roles.WindowText, "text"), (roles.ButtonText, "text"),
                       (roles.Button, "raised"), (roles.Highlight, "accent"), (roles.HighlightedText, "base"),
                       (roles.ToolTipBase, "base"), (roles.ToolTipText, "text"), (roles.PlaceholderText, "ghost"),
                       (roles.Link, "accent"), (roles.Mid, "line"), (roles.Dark, "line_strong")):
        palette.setColor(role, colour(name))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colour("ghost"))
    app.setPalette(palette)
    app.setFont(ui_font())
    app.setStyleSheet(style_sheet())
    app.setWindowIcon(icon("app"))
