"""Why an expression cannot be read, in one Chinese sentence: what was found, where, what was expected."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

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
        return FormulaError(text, 0, f"{place}是空的。")
    at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    position = len(text) if at_end else int(getattr(error, "pos_in_stream", 0))
    special = None if at_end else _special(text, position, start)
    if special:
        return FormulaError(text, position, special)
    found = f"{place}没有写完" if at_end else f"这里写着“{_word(text, position)}”"
    expected = _expected(error)
    return FormulaError(text, position, f"{found}，应该是{expected}。" if expected else f"{found}，这里不该再有内容。")


def _word(text: str, position: int) -> str:
    match = re.match(r"\w+|[=!<>]+|\S", text[position:])
    return match[0] if match else text[position: position + 1]


def _special(text: str, position: int, start: str) -> str | None:
    """A sentence of its own for the slips people make most."""
    char = text[position]
    if char in _FULL_WIDTH:
        return f"这里是全角的“{char}”，式子里请用半角的“{_FULL_WIDTH[char]}”。"
    if char == "=" and text[position: position + 2] != "==":
        return "判断相等要写两个等号“==”。"
    if char == "[":
        return "“[”没有配对的“]”，或方括号里有引号。"
    if char == '"' and text.count('"', position) == 1:
        return "引号没有成对。"
    if char == "(":
        name = re.search(r"([^\W\d]\w*)\s*$", text[:position])
        if name and name[1] not in (*FUNCTIONS, "and", "or", "not", "in", "under"):
            return f"没有叫“{name[1]}”的函数。" + did_you_mean(name[1], FUNCTIONS)
        if name and name[1] in FUNCTIONS:  # elsewhere it would have been read as a call
            return f"选行条件里不能用函数 {name[1]}()，只能写字段。"
    if char == "." and start != "start_condition" and re.search(r"[^\W\d]\w*\s*$", text[:position]):
        return "引用别的表要写出行，例如 gpb_function[total].basic。"
    if start == "start_value" and re.match(r"==|!=|[<>]", text[position:]):
        return "这里要算出一个数，不能写比较。"
    if start == "start_condition" and (char.isdigit() or char in "<>+-*/["):
        return f"这里写着“{_word(text, position)}”；选行条件只能比较字段和加引号的文字，例如 fund == \"gpb\"。"
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
