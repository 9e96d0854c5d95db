"""The two sets of colours: contrast after WCAG 2.1, and tones that stay apart without red or green."""

from __future__ import annotations

import itertools
import re

import pytest

from xinfang_desk.gui.palettes import DARK, LIGHT, Colours, contrast, luminance
from xinfang_desk.places import resources_dir

SETS = {"light": LIGHT, "dark": DARK}
GROUNDS = ("window", "base", "raised", "accent_soft", "hover", "pressed", "total", "lit")
TONES = ("error", "warning", "hint", "done")
TEXTS = [*(("text", ground) for ground in GROUNDS), ("text", "flash"),
         *(("text", f"{tone}_soft") for tone in TONES),
         *(("dim", ground) for ground in ("window", "base", "raised", "hover", "accent_soft")),
         *((tone, f"{tone}_soft") for tone in TONES),
         *((tone, ground) for tone in TONES for ground in ("window", "base", "accent_soft", "hover")),
         ("accent", "base"), ("accent", "window"), ("on_accent", "accent"), ("on_accent", "accent_dark"),
         ("base", "text")]
SIGNS = [*((edge, ground) for edge in ("edge", "accent") for ground in ("window", "base", "raised")),
         ("icon", "window"), ("icon", "base"), ("icon", "hover"), ("icon", "raised"), ("icon", "accent_soft"),
         *((tone, f"{tone}_soft") for tone in TONES), ("accent", "accent_soft"), ("accent", "total"),
         ("accent", "error_soft"), ("accent", "warning_soft"), ("accent", "lit"),
         *(("ghost", ground) for ground in ("window", "base")),
         ("edge", "error_soft")]
# How people without red, green or blue receptors see linear RGB (Machado, Oliveira, Fernandes 2009, full strength).
EYES = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> list[float]:
    parts = (int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5))
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of linear RGB."""
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    x, y, z = (sum(a * max(0.0, min(1.0, b)) for a, b in zip(row, rgb, strict=True)) for row in to_xyz)

    def f(t: float) -> float:
        return float(t ** (1 / 3)) if t > 0.008856 else 7.787 * t + 16 / 116

    fx, fy, fz = f(x / 0.9505), f(y), f(z / 1.089)
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(one: str, other: str, eye: str) -> float:
    """How different two colours are to an eye (CIE 1976 colour difference; 2.3 is just noticeable)."""
    seen = [lab([sum(a * b for a, b in zip(row, linear(colour), strict=True)) for row in EYES[eye]])
            for colour in (one, other)]
    return float(sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_words_stand_out_from_their_ground(name: str, ink: str, ground: str) -> None:
    worn = SETS[name]
    assert contrast(getattr(worn, ink), getattr(worn, ground)) >= 4.5


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize(("ink", "ground"), SIGNS)
def test_signs_frames_and_greyed_words_can_be_seen(name: str, ink: str, ground: str) -> None:
    worn = SETS[name]
    assert contrast(getattr(worn, ink), getattr(worn, ground)) >= 3


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(("error", "warning", "done"), 2)))
def test_tones_stay_apart_for_every_eye(name: str, eye: str, one: str, other: str) -> None:
    worn = SETS[name]
    assert apart(getattr(worn, one), getattr(worn, other), eye) >= 15


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")
    assert luminance("#ff0000") == pytest.approx(0.2126)


def test_every_colour_of_the_style_sheet_and_icons_has_a_name() -> None:
    names = set(Colours._fields)
    sheet = (resources_dir() / "style" / "xinfang.qss").read_text(encoding="utf-8")
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)
    used = set(re.findall(r"(?<!@)@(\w+)", sheet))
    assert used <= names
    for file in (resources_dir() / "icons").glob("*.svg"):
        drawing = file.read_text(encoding="utf-8")
        assert set(re.findall(r"var\(--(\w+)", drawing)) <= names, file.name
        if not file.stem.startswith(("app", "arrow-", "mark-")):
            bare = re.sub(r"var\([^)]*\)", "", drawing)
            assert "#" not in bare, f"{file.name} has a colour that cannot follow the theme"
            assert 'viewBox="0 0 16 16"' in drawing, file.name
