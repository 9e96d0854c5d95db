"""Text with slots in braces: the passages of a pack. The words between the slots are the pack's own.

Slots: ``{year}`` ``{year-1}`` ``{unit}``; in an ``each`` paragraph ``{name}`` ``{code}`` ``{number}`` ``{n}`` ``{cn}``
``{end}`` (； or 。 at the last) and ``{1}`` ``{2}`` … (columns of a table-valued fact); ``{text("…")}`` and
``{reason("…")}`` (``reason.`` + address) for typed text; ``{change(now, before)}`` → 增加1.5万元 / 减少… / 持平,
``{change_percent(now, before)}`` the same with the percentage, ``{percent(part, base)}``; a third argument in quotes,
``{change(now, before, "gpb|total")}``, adds ，主要原因是 and the text at ``reason.gpb`` (else ``reason.total``), unless
nothing changed. Anything else is a value:
``{summary[income_total]}``, with ``|yuan`` ``|count`` ``|fixed`` ``|wan`` ``|rate`` (a ratio as a percentage) for the
look; ``{grade(value, 90, "优", …, "差")}`` prints a word. ``{{`` prints a brace.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from xinfang_desk.expr.parse import FormulaError, parse_grade, parse_value
from xinfang_desk.messages import expr as said
from xinfang_desk.model.formula import Fetch, Function, Grade, Value

Look = Literal["", "wan", "yuan", "count", "fixed", "rate"]
WORDS = frozenset({"year", "unit", "name", "code", "number", "n", "cn", "end", "purpose", "result"})
_WORD = re.compile(r"^(year[+-]\d|\d{1,2}|[a-z]+)$")
_LOOK = re.compile(r"\|\s*(wan|yuan|count|fixed|rate)\s*$")
_PAIR = re.compile(r"^(change|change_percent|percent)(?=\s*\()")
_BECAUSE = re.compile(r',\s*"([^"]+)"\s*\)\s*$')
_TYPED = re.compile(r"^(text|reason)(?=\s*\()")
_GRADE = re.compile(r"^grade(?=\s*\()")


@dataclass(frozen=True, slots=True)
class Words:
    """The template's own words."""

    text: str


@dataclass(frozen=True, slots=True)
class WordSlot:
    """``{year-1}``, ``{unit}``, ``{name}`` …"""

    name: str


@dataclass(frozen=True, slots=True)
class TypedSlot:
    """``{text("duties")}``: a typed text at an address of the facts."""

    address: str


@dataclass(frozen=True, slots=True)
class ValueSlot:
    """A value and how it is printed."""

    value: Value
    look: Look


@dataclass(frozen=True, slots=True)
class PairSlot:
    """Two values told as one: change, change_percent, percent."""

    kind: Literal["change", "change_percent", "percent"]
    left: Value
    right: Value
    look: Look
    reasons: tuple[str, ...] = ()
    """addresses of the typed reason told after a change: the first that is filled"""


@dataclass(frozen=True, slots=True)
class GradeSlot:
    """A word that goes with a value: 优 良 中 差."""

    grade: Grade


Piece = Words | WordSlot | TypedSlot | ValueSlot | PairSlot | GradeSlot


@lru_cache(maxsize=8192)
def parse_template(text: str) -> tuple[Piece, ...]:
    """The pieces of a template. Raises :class:`FormulaError` (position counted in ``text``)."""
    pieces: list[Piece] = []
    words = ""
    at = 0
    while at < len(text):
        char = text[at]
        if char in "{}" and text[at:at + 2] == char * 2:
            words, at = words + char, at + 2
        elif char == "{":
            end = _closing(text, at)
            if words:
                pieces.append(Words(words))
                words = ""
            pieces.append(_slot(text[at + 1:end], at + 1))
            at = end + 1
        elif char == "}":
            raise FormulaError(text, at, said.BRACE_CLOSED)
        else:
            words, at = words + char, at + 1
    if words:
        pieces.append(Words(words))
    return tuple(pieces)


def _closing(text: str, start: int) -> int:
    depth = 0
    for at in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return at
    raise FormulaError(text, start, said.BRACE_OPEN)


def _slot(source: str, offset: int) -> Piece:
    inner = source.strip()
    if _WORD.match(inner) and (inner in WORDS or inner.isdigit() or inner.startswith("year")):
        return WordSlot(inner)
    look: Look = ""
    match = _LOOK.search(inner)
    if match is not None:
        look = match[1]  # type: ignore[assignment]
        inner = inner[:match.start()].strip()
    try:
        pair, typed = _PAIR.match(inner), _TYPED.match(inner)
        if pair is not None:
            because = _BECAUSE.search(inner) if pair[1] != "percent" else None
            if because is not None:
                inner = inner[:because.start()] + ")"
            # ``change(a, b)`` has the shape of a function of two values: let the one parser read it as such.
            read = parse_value("max" + inner[pair.end():])
            if isinstance(read, Function) and len(read.args) == 2:
                reasons = tuple(f"reason.{name}" for name in because[1].split("|")) if because else ()
                return PairSlot(pair[1], read.args[0], read.args[1], look, reasons)  # type: ignore[arg-type]
            raise FormulaError(source, 0, said.TWO_NUMBERS.format(pair=pair[1]))
        if typed is not None:
            fetched = parse_value("fact" + inner[typed.end():])
            if isinstance(fetched, Fetch):
                return TypedSlot(("reason." if typed[1] == "reason" else "") + fetched.address)
            raise FormulaError(source, 0, said.ONE_ADDRESS.format(typed=typed[1]))
        if _GRADE.match(inner):
            return GradeSlot(parse_grade(inner))
        return ValueSlot(parse_value(inner), look)
    except FormulaError as error:
        raise FormulaError(source, offset + error.position, error.message_cn) from error
