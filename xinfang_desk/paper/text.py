"""What the papers do to a text before they print it."""

from __future__ import annotations

# Characters that print nothing anywhere: dropped, or turned into a plain space.
_INVISIBLE = dict.fromkeys((13, 173, 8203, 8204, 8205, 8288, 65279))
_SPACES = {0x09: " ", 0x0A: " ", 0xA0: " ", 0x2002: " ", 0x2003: "\u3000", 0x2009: " ", 0x202F: " "}
_TRANSLATION = {**_INVISIBLE, **_SPACES}


def printable(text: str) -> str:
    """The text without characters that print nothing; every kind of blank becomes a plain one."""
    return text.translate(_TRANSLATION)


def one_line(text: str) -> str:
    """A title without its line breaks, as file properties and contents show it."""
    return "".join(part.strip() for part in text.splitlines())


def squeezed(text: str) -> str:
    """The text without any blank or line break: what two readings of one page must share."""
    return "".join(printable(text).split())
