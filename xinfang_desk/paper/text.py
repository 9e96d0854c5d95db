"""What the papers do to a text before they print it."""

from __future__ import annotations

import re

from xinfang_desk.messages import marks

# Characters that print nothing anywhere: dropped, or turned into a plain space.
_INVISIBLE = dict.fromkeys((13, 173, 8203, 8204, 8205, 8288, 65279))
_SPACES = {0x09: " ", 0x0A: " ", 0xA0: " ", 0x2002: " ", 0x2003: marks.SPACE, 0x2009: " ", 0x202F: " "}
_TRANSLATION = {**_INVISIBLE, **_SPACES}


def printable(text: str) -> str:
    """The text without characters that print nothing; every kind of blank becomes a plain one."""
    return text.translate(_TRANSLATION)


def one_line(text: str) -> str:
    """A title without its line breaks, as file properties and contents show it."""
    return "".join(part.strip() for part in text.splitlines())


def is_total(text: str) -> bool:
    """Whether a row label says 合计, 总计, 小计: such labels stand in the middle."""
    return re.search(r"计\s*$", text) is not None


def title_lines(title: str, unit: str) -> list[str]:
    """A title too long for one line of 公文 begins a new line after the unit's name."""
    if "\n" not in title and len(title) > 20 and title.startswith(unit) and title != unit:
        return [unit, title[len(unit) :].strip()]
    return [line.strip() for line in title.split("\n")]


def squeezed(text: str) -> str:
    """The text without any blank or line break: what two readings of one page must share."""
    return "".join(printable(text).split())
