"""The marks that stand between the parts of a list, and around a name."""

from __future__ import annotations

AND = "、"
COMMA = "，"
SEMICOLON = "；"
STOP = "。"
CUT = "…"
MORE = "……"
SPACE = "\u3000"
QUOTED = "“{text}”"
TITLED = "《{title}》"
BRACKETED = "（{text}）"
BRACKET = "（"
SAID_OF = "{name}：{text}"
WITH = "{name}（{detail}）"
"""A name and what is told of it, with the field's or the list's own words put in."""
