"""The colours of the window by name: one light set, one dark. Nothing here needs Qt.

Every pair that is used together is held by a test to WCAG 2.1: text on its ground at least 4.5 : 1; signs, the
frames of things to type into, the focus frame and greyed words at least 3 : 1. The tones of error, warning, hint and
done also stay apart for readers who do not see red or green.
"""

from __future__ import annotations

from typing import NamedTuple


class Colours(NamedTuple):
    """``…_soft``: the ground on which words of that tone stand. The defaults are the light set."""

    window: str = "#f3f5f7"
    base: str = "#ffffff"
    raised: str = "#e9edf1"
    text: str = "#1f2933"
    dim: str = "#52606d"
    line: str = "#d6dde3"
    line_strong: str = "#b4bfc8"
    edge: str = "#7c8a97"
    accent: str = "#1b6a86"
    accent_dark: str = "#13526a"
    accent_soft: str = "#dceef3"
    on_accent: str = "#ffffff"
    hover: str = "#eef3f6"
    pressed: str = "#d3dfe6"
    error: str = "#ad1f3b"
    error_soft: str = "#fdeaed"
    warning: str = "#875800"
    warning_soft: str = "#fff4d6"
    hint: str = "#2b5f9e"
    hint_soft: str = "#e7f0fa"
    done: str = "#04696c"
    done_soft: str = "#dff2f2"
    flash: str = "#ffe98a"
    lit: str = "#cfe6ff"
    total: str = "#edf1f4"
    ghost: str = "#7b8793"
    icon: str = "#3a4a57"
    paper: str = "#ffffff"
    desktop: str = "#aeb9c3"


LIGHT = Colours()
DARK = Colours(
    window="#1b2026", base="#21272e", raised="#2b333b", text="#e4e9ee", dim="#aab6c1",
    line="#38424c", line_strong="#4c5864", edge="#7f8e9c",
    accent="#62bbd8", accent_dark="#8dd0e6", accent_soft="#21434f", on_accent="#0f1a20",
    hover="#2d353e", pressed="#3a4550",
    error="#ff9c8d", error_soft="#4a2323", warning="#f0bd52", warning_soft="#41320f",
    hint="#93c1f5", hint_soft="#1f3551", done="#4fd0c8", done_soft="#123b3b",
    flash="#6e5c12", lit="#23507c", total="#2a323a", ghost="#7d8a96", icon="#c3ced8",
    paper="#ffffff", desktop="#3a434d")


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb`` after WCAG 2.1, 0 to 1."""
    parts = (int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours after WCAG 2.1, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
