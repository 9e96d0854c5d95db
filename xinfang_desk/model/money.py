"""Money as a whole number of 分, and how people write it.

``Fen`` is the only amount type of the program: ``int`` for an amount, ``None`` for a blank.
Blank is not nought. 万元 and 元 exist only at the edges: in what is typed and what is printed.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

from xinfang_desk.messages import money as words

Fen = int
FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000
MAX_FEN = 10**15
"""Ten trillion 元: more than any department; protects SQLite's 64-bit integers from slips."""


class MoneyUnit(Enum):
    """The unit in which an amount is typed or printed."""

    YUAN = "元"
    WAN = "万元"

    @property
    def fen(self) -> int:
        """How many 分 one of this unit is."""
        return FEN_PER_YUAN if self is MoneyUnit.YUAN else FEN_PER_WAN


TYPED_UNITS = (("万元", MoneyUnit.WAN), ("万", MoneyUnit.WAN), ("元", MoneyUnit.YUAN))
"""The unit words a clerk types behind a figure to be found."""


class AmountRefused(Exception):
    """What was typed cannot be an amount; ``text`` is kept as typed, ``reason`` is a Chinese sentence."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(reason)
        self.text = text
        self.reason = reason


UNIT_WORDS = {"亿元": FEN_PER_WAN * 10_000, "亿": FEN_PER_WAN * 10_000, "万元": FEN_PER_WAN, "万": FEN_PER_WAN,
              "元": FEN_PER_YUAN}
"""What stands behind an amount → how many 分 it is; longer words before those they end in."""
_SUFFIXES = {**UNIT_WORDS, "分": 1}
POINT_WORD = "分"
COUNT_WORDS = "人辆台套个户次件"
"""What may stand behind a score, and behind a whole number."""
_NUMBER = re.compile(r"^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d*))?$")
_SHORT = 9  # digits of a bare number that is no too great amount in any unit
_SIGNS = "¥￥"
_BLANKS = {"", "-", "—", "——", "－", "/", "无"}


def parse_amount(text: str, unit: MoneyUnit) -> Fen | None:
    """The amount in 分 of what a person typed; ``None`` for blank.

    Takes full-width digits, thousands separators, ¥, a unit word at the end (``12.5万``), brackets for a
    negative amount. A bare number is in ``unit``. Raises :class:`AmountRefused` with a sentence that says why.
    """
    if text.isascii() and text.isdigit() and len(text) < _SHORT:  # nearly always, and at every key
        return int(text) * unit.fen
    plain = unicodedata.normalize("NFKC", text).strip().replace(" ", "").replace("，", ",")
    if plain in _BLANKS:
        return None
    sign = 1
    if plain.startswith("(") and plain.endswith(")"):
        sign, plain = -1, plain[1:-1]
    plain = plain.replace("−", "-").replace("–", "-")
    if plain[:1] in "+-" and plain[1:2] in _SIGNS:
        plain = plain[0] + plain[1:].lstrip(_SIGNS)
    plain = plain.lstrip(_SIGNS).removeprefix("人民币")
    scale = unit.fen
    for word, fen in sorted(_SUFFIXES.items(), key=lambda item: -len(item[0])):
        if plain.endswith(word):
            plain, scale = plain[: -len(word)], fen
            break
    match = _NUMBER.match(plain)
    if match is None or (match[2] is None and not match[3]):
        raise AmountRefused(text, _why_not_a_number(text, plain))
    digits = (match[2] or "0").replace(",", "")
    decimals = match[3] or ""
    whole = int(digits + decimals) * scale
    parts: int = 10 ** len(decimals)
    fen, rest = divmod(whole, parts)
    if rest:
        raise AmountRefused(text, words.BELOW_FEN.format(text=text))
    if fen > MAX_FEN:
        raise AmountRefused(text, words.TOO_LARGE.format(text=text))
    return sign * (-fen if match[1] == "-" else fen)


def _why_not_a_number(text: str, plain: str) -> str:
    if plain.count(".") > 1:
        return words.TWO_POINTS.format(text=text)
    if "," in plain and re.fullmatch(r"[+-]?[\d,]+(\.\d*)?", plain):
        return words.COMMAS.format(text=text)
    if plain and not plain.strip("#"):
        return words.TOO_NARROW.format(text=text)
    if plain.startswith("#"):
        return words.WRONG_FORMULA.format(text=text)
    if plain.endswith("%"):
        return words.PERCENTAGE.format(text=text)
    if re.fullmatch(r"[+-]?\d(\.\d+)?[Ee][+-]\d+", plain):
        return words.SCIENTIFIC.format(text=text)
    if plain.startswith("="):
        return words.FORMULA.format(text=text)
    return words.NO_AMOUNT.format(text=text)


def round_div(value: int, divisor: int) -> int:
    """``value / divisor`` rounded half away from nought, as accountants round (四舍五入)."""
    quotient, rest = divmod(abs(value), divisor)
    quotient += 2 * rest >= divisor
    return quotient if value >= 0 else -quotient


def print_plain(fen: Fen, step: int) -> str:
    """An amount with two decimals, of which the last stands for ``step`` 分: what :func:`format_amount` gives in the
    unit of 100 such steps, without its choices. For what is printed at every key."""
    scaled, rest = divmod(abs(fen), step)
    scaled += 2 * rest >= step
    whole, part = divmod(scaled, 100)
    return f"-{whole}.{part:02d}" if fen < 0 and scaled else f"{whole}.{part:02d}"


def format_amount(fen: Fen | None, unit: MoneyUnit, *, decimals: int = 2, trim: bool = False,
                  thousands: bool = False) -> str:
    """The printed amount: ``226.70`` for 226,700,000 分 in 万元; blank for ``None``; ``trim`` gives ``226.7``."""
    if fen is None:
        return ""
    scaled = round_div(fen * 10**decimals, unit.fen)
    whole, part = divmod(abs(scaled), 10**decimals)
    text = f"{whole:,}" if thousands else str(whole)
    if decimals:
        text += f".{part:0{decimals}d}"
        if trim:
            text = text.rstrip("0").rstrip(".")
    return f"-{text}" if scaled < 0 else text


def format_percent(part: Fen, base: Fen, *, decimals: int = 2, trim: bool = False) -> str | None:
    """``part / base`` as a percentage, ``7.69%``; ``None`` when the base is nought (no percent from nought)."""
    if base == 0:
        return None
    scaled = round_div(part * 100 * 10**decimals * (1 if base > 0 else -1), abs(base))
    whole, rest = divmod(abs(scaled), 10**decimals)
    text = f"{whole}.{rest:0{decimals}d}" if decimals else str(whole)
    if trim and decimals:
        text = text.rstrip("0").rstrip(".")
    return f"{'-' if scaled < 0 else ''}{text}%"
