"""A chart as one reportlab drawing, which the PDF prints and the screen shows as SVG.

For print in black and white and for eyes that mix up colours: each series has a lightness and a hatching of its
own, and every bar carries its figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import Color, HexColor

from xinfang_desk.messages import charts as words
from xinfang_desk.model.chart import Chart
from xinfang_desk.model.money import Fen, MoneyUnit, format_amount
from xinfang_desk.paper.cn_para import Shape, break_lines
from xinfang_desk.paper.fonts import stack

FONT = "Xinfang Hei"
"""The family a viewer of the SVG looks for; widths are those of our own 黑体."""
WIDTH = 442.0
_SVG = "{http://www.w3.org/2000/svg}"
_TITLE, _SIZE, _SMALL = 12.0, 9.0, 8.0
_LEADING = 11.5
_BAR, _THICK, _GAP = 12.0, 16.0, 3.0
_LABELS = 118.0
_ROOM = 52.0
"""points kept at the right of the longest bar for its figure"""
_HEAD, _LEGEND, _BETWEEN = 22.0, 16.0, 9.0
_STEP = 4.0
_TEXT, _RULE = HexColor(0x1F2933), HexColor(0x8A97A3)


@dataclass(frozen=True, slots=True)
class _Fill:
    """The ground of a bar, the hatching over it (none, up, level, cross) and the ink that reads on it."""

    ground: Color
    hatch: str
    ink: Color


# Okabe and Ito's blue, sky and orange (told apart with every kind of colour blindness), and paper white.
_FILLS = (_Fill(HexColor(0x0B4F7D), "", HexColor(0xFFFFFF)), _Fill(HexColor(0xF3C56B), "up", _TEXT),
          _Fill(HexColor(0xB8DDF3), "level", _TEXT), _Fill(HexColor(0xFFFFFF), "cross", _TEXT))


def drawing(chart: Chart, width: float = WIDTH) -> Drawing:
    """The picture of a chart, ``width`` points wide and as high as it needs.

    Raises :class:`~xinfang_desk.paper.errors.MissingGlyph` for a character that none of our fonts has.
    """
    labels = [[line.text for line in break_lines(name, Shape("hei", _SIZE, _LEADING, align="left"), _LABELS - 8)]
              for name in chart.categories]
    bars = _GAP * (len(chart.series) - 1) + _BAR * len(chart.series) if chart.form == "grouped" else _THICK
    heights = [max(bars, len(lines) * _LEADING) for lines in labels]
    legend = _LEGEND if len(chart.series) > 1 or chart.form == "stacked" else 0.0
    height = _HEAD + legend + sum(heights) + _BETWEEN * len(heights)
    made = Drawing(width, height)
    _say(made, 0, height - _TITLE, chart.title, _TITLE)
    _say(made, width - _wide(words.UNIT, _SMALL), height - _TITLE, words.UNIT, _SMALL)
    if legend:
        _legend(made, chart, height - _HEAD - _SMALL)
    scale = _Scale.of(chart, _LABELS, width - _LABELS - _ROOM)
    top = height - _HEAD - legend
    bottom = top - sum(heights) - _BETWEEN * len(heights) + _BETWEEN / 2
    made.add(Line(scale.zero, bottom, scale.zero, top, strokeColor=_RULE, strokeWidth=0.6))
    for at, (lines, tall) in enumerate(zip(labels, heights, strict=True)):
        middle = top - tall / 2
        for number, text in enumerate(lines):
            y = middle + (len(lines) / 2 - number) * _LEADING - _SIZE
            _say(made, _LABELS - 8 - _wide(text, _SIZE), y, text, _SIZE)
        (_grouped if chart.form == "grouped" else _stacked)(made, chart, at, scale, middle + bars / 2)
        top -= tall + _BETWEEN
    return made


def svg(chart: Chart, width: float = WIDTH) -> bytes:
    """The same picture for the screen. Raises :class:`~xinfang_desk.paper.errors.MissingGlyph`."""
    from reportlab.graphics import renderSVG

    text: str = renderSVG.drawToString(drawing(chart, width))
    root = ElementTree.fromstring(text)
    # Qt knows no clip paths and paints their rectangle black over everything.
    for clip in root.findall(f"{_SVG}clipPath"):
        root.remove(clip)
    for group in root.iter(f"{_SVG}g"):
        group.attrib.pop("style", None)
    ElementTree.register_namespace("", _SVG.strip("{}"))
    return ElementTree.tostring(root)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where an amount stands: ``zero`` and points for each 分."""

    zero: float
    each: float

    @classmethod
    def of(cls, chart: Chart, left: float, room: float) -> _Scale:
        ends = [value for one in chart.series for value in one.values if value is not None] \
            if chart.form == "grouped" else [value for value in chart.totals if value is not None]
        low, high = min(0, *ends, 0), max(0, *ends, 0)
        span = high - low or 1
        return cls(left + room * -low / span, room / span)


def _grouped(made: Drawing, chart: Chart, at: int, scale: _Scale, top: float) -> None:
    for number, one in enumerate(chart.series):
        value = one.values[at]
        y = top - _BAR - number * (_BAR + _GAP)
        if value is None:
            continue
        long = value * scale.each
        _bar(made, scale.zero + min(long, 0), y, abs(long), _BAR, _FILLS[number % len(_FILLS)])
        _say(made, scale.zero + max(long, 0) + 4, y + 3, _wan(value), _SIZE)


def _stacked(made: Drawing, chart: Chart, at: int, scale: _Scale, top: float) -> None:
    x, y = scale.zero, top - _THICK
    for number, one in enumerate(chart.series):
        value = one.values[at]
        if not value:
            continue
        long = abs(value) * scale.each
        fill = _FILLS[number % len(_FILLS)]
        _bar(made, x, y, long, _THICK, fill)
        text = _wan(value)
        if len(chart.series) > 1 and _wide(text, _SMALL) + 6 < long:
            start = x + (long - _wide(text, _SMALL)) / 2
            if fill.hatch:
                _ground(made, start - 2, y + 2.5, _wide(text, _SMALL) + 4, _THICK - 5, fill.ground)
            _say(made, start, y + 5, text, _SMALL, fill.ink)
        x += long
    total = chart.totals[at]
    if total is not None:
        _say(made, x + 4, y + 4, _wan(total), _SIZE)


def _legend(made: Drawing, chart: Chart, y: float) -> None:
    x = _LABELS
    for number, one in enumerate(chart.series):
        _bar(made, x, y, 14, 8, _FILLS[number % len(_FILLS)])
        _say(made, x + 18, y + 0.5, one.name, _SMALL)
        x += 18 + _wide(one.name, _SMALL) + 14


def _bar(made: Drawing, x: float, y: float, width: float, height: float, fill: _Fill) -> None:
    _ground(made, x, y, width, height, fill.ground)
    if fill.hatch == "level":
        for step in range(1, int(height / _STEP) + 1):
            if step * _STEP < height:
                _thin(made, x, y + step * _STEP, x + width, y + step * _STEP)
    if fill.hatch in ("up", "cross"):
        _slant(made, x, y, width, height, rising=True)
    if fill.hatch == "cross":
        _slant(made, x, y, width, height, rising=False)
    frame = Rect(x, y, width, height)
    frame.fillColor, frame.strokeColor, frame.strokeWidth = None, _TEXT, 0.5
    made.add(frame)


def _ground(made: Drawing, x: float, y: float, width: float, height: float, colour: Color) -> None:
    ground = Rect(x, y, width, height)
    ground.fillColor, ground.strokeColor = colour, None
    made.add(ground)


def _slant(made: Drawing, x: float, y: float, width: float, height: float, *, rising: bool) -> None:
    """Lines at 45° through the rectangle, cut where they leave it."""
    offset = -height + _STEP
    while offset < width:
        left, right = max(offset, 0.0), min(offset + height, width)
        low, high = left - offset, right - offset
        if rising:
            _thin(made, x + left, y + low, x + right, y + high)
        else:
            _thin(made, x + left, y + height - low, x + right, y + height - high)
        offset += _STEP


def _thin(made: Drawing, x0: float, y0: float, x1: float, y1: float) -> None:
    made.add(Line(x0, y0, x1, y1, strokeColor=_TEXT, strokeWidth=0.4))


def _say(made: Drawing, x: float, y: float, text: str, size: float, colour: Color = _TEXT) -> None:
    made.add(String(x, y, text, fontName=FONT, fontSize=size, fillColor=colour))


def _wide(text: str, size: float) -> float:
    return stack("hei").width(text, size)


def _wan(fen: Fen) -> str:
    return format_amount(fen, MoneyUnit.WAN, thousands=True)
