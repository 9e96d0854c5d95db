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
        super().__init__(f"“{text}”第 {position + 1} 个字：{message_cn}")
        self.text = text
        self.position = position
        self.message_cn = message_cn

    @property
    def sentence(self) -> str:
        """The message with the expression and the place in it."""
        return str(self)


_OPERAND = "数、列名、“表[行].列”或函数"
_WORDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("加引号的文字", frozenset(("STRING",))),
    ("this", frozenset(("THIS",))),
    ("字段名", frozenset(("NAME",))),
    ("括号里的一组加引号的文字，例如 (\"人员\", \"公用\")", frozenset(("LPAR",))),
    ("“)”", frozenset(("RPAR",))),
    ("“,”", frozenset(("COMMA",))),
    ("“.”", frozenset(("DOT",))),
    ("“[行]”", frozenset(("ROW",))),
    ("比较符号（== != < <= > >=）", frozenset(("COMPARE",))),
    ("in、under", frozenset(("IN", "UNDER"))),
    ("and、or", frozenset(("AND", "OR"))),
    ("运算符号（+ - * /）", frozenset(("PLUS", "STAR"))),
)
_FULL_WIDTH = dict(zip("（），“”【】＝＋－＊／。｜‘’", "(),\"\"[]=+-*/.|\"\"", strict=True))
_PLACES = {"start_value": "式子", "start_test": "判断", "start_condition": "条件", "start_grade": "等级"}


def refusal(text: str, error: UnexpectedInput, start: str) -> FormulaError:
    """The sentence for what lark found."""
    place = _PLACES[start]
    if not text.strip():
        return FormulaError(text, 0, said.EMPTY.format(place=place))
    at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    position = len(text) if at_end else int(getattr(error, "pos_in_stream", 0))
    special = None if at_end else _special(text, position, start)
    if special:
        return FormulaError(text, position, special)
    found = f"{place}没有写完" if at_end else f"这里写着“{_word(text, position)}”"
    expected = _expected(error)
    return FormulaError(text, position, said.EXPECTED.format(
        found=found, expected=expected) if expected else said.NOTHING_MORE.format(
        found=found))


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
    return f"是不是想写“{close[0]}”？" if close else ""


def _expected(error: UnexpectedInput) -> str:
    names: set[str] = set()
    if isinstance(error, UnexpectedToken):
        names = set(error.accepts or error.expected or ())
    elif isinstance(error, UnexpectedCharacters):
        names = set(error.allowed or ())
    if "NUMBER" in names:
        return _OPERAND
    if "NAME" in names:
        names.discard("LPAR")
    words = [word for word, group in _WORDS if group & names]
    return "，或者".join(words)
