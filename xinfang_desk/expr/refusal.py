"""Why an expression cannot be read, in one Chinese sentence: what was found, where, what was expected."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from xinfang_desk.messages import expr as said

FUNCTIONS = ("lines", "incomes", "fact", "prior", "approved", "total", "count", "sum", "abs", "min", "max", "filled",
             "ceil", "floor", "default", "band", "reach")


class FormulaError(Exception):
    """An expression of a pack cannot be read. ``position``: offset in ``text``, from 0. ``message_cn`` is Chinese."""

    def __init__(self, text: str, position: int, message_cn: str) -> None:
        super().__init__(said.AT.format(text=text, position=position + 1, message=message_cn))
        self.text = text
        self.position = position
        self.message_cn = message_cn

    @property
    def sentence(self) -> str:
        """The message with the expression and the place in it."""
        return str(self)


_FULL_WIDTH = dict(zip(said.FULL_WIDTH_CHARS, "(),\"\"[]=+-*/.|\"\"", strict=True))


def refusal(text: str, error: UnexpectedInput, start: str) -> FormulaError:
    """The sentence for what lark found."""
    place = said.PLACES[start]
    if not text.strip():
        return FormulaError(text, 0, said.EMPTY.format(place=place))
    at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    position = len(text) if at_end else int(getattr(error, "pos_in_stream", 0))
    special = None if at_end else _special(text, position, start)
    if special:
        return FormulaError(text, position, special)
    expected = _expected(error)
    unfinished, unexpected = ((said.UNFINISHED_EXPECTED, said.EXPECTED) if expected
                              else (said.UNFINISHED, said.NOTHING_MORE))
    sentence = unfinished if at_end else unexpected
    return FormulaError(text, position, sentence.format(place=place, word=_word(text, position), expected=expected))


def _word(text: str, position: int) -> str:
    match = re.match(r"\w+|[=!<>]+|\S", text[position:])
    return match[0] if match else text[position: position + 1]


def _special(text: str, position: int, start: str) -> str | None:
    """A sentence of its own for the slips people make most."""
    char = text[position]
    if char in _FULL_WIDTH:
        return said.FULL_WIDTH.format(char=char, full_width=_FULL_WIDTH[char])
    if char == "=" and text[position: position + 2] != "==":
        return said.TWO_EQUALS
    if char == "[":
        return said.BRACKET_OPEN
    if char == '"' and text.count('"', position) == 1:
        return said.QUOTES_OPEN
    if char == "(":
        name = re.search(r"([^\W\d]\w*)\s*$", text[:position])
        if name and name[1] not in (*FUNCTIONS, "and", "or", "not", "in", "under"):
            return said.NO_FUNCTION.format(name=name[1]) + did_you_mean(name[1], FUNCTIONS)
        if name and name[1] in FUNCTIONS:  # elsewhere it would have been read as a call
            return said.NO_FUNCTION_HERE.format(name=name[1])
    if char == "." and start != "start_condition" and re.search(r"[^\W\d]\w*\s*$", text[:position]):
        return said.WRITE_THE_ROW
    if start == "start_value" and re.match(r"==|!=|[<>]", text[position:]):
        return said.NUMBER_NOT_TEST
    if start == "start_condition" and (char.isdigit() or char in "<>+-*/["):
        return said.CONDITION_WORD.format(word=_word(text, position))
    return None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """``是不是想写“…”？`` where a known name is near, else the empty string."""
    close = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return said.DID_YOU_MEAN.format(name=close[0]) if close else ""


def _expected(error: UnexpectedInput) -> str:
    names: set[str] = set()
    if isinstance(error, UnexpectedToken):
        names = set(error.accepts or error.expected or ())
    elif isinstance(error, UnexpectedCharacters):
        names = set(error.allowed or ())
    if "NUMBER" in names:
        return said.OPERAND
    if "NAME" in names:
        names.discard("LPAR")
    return said.OR_INSTEAD.join(word for word, group in said.TOKENS if names.intersection(group))
