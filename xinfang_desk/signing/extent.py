"""What a signature covers, read from the bytes themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xinfang_desk.messages import signing as words

_HEX_HOLE = re.compile(rb"<[0-9A-Fa-f\s]*>")


@dataclass(frozen=True, slots=True)
class Extent:
    """The signed range: all of the file up to ``end`` but the signature itself.

    ``fault`` is '' or the sentence that tells why the range is not of that shape; then nothing may be concluded.
    """

    end: int
    fault: str = ""


def extent(data: bytes, byte_range: Sequence[object], contents: bytes) -> Extent:
    """Judge a ``/ByteRange``: two parts from the first byte on, parted by the signature's ``/Contents`` and no more.

    The gap is where a forger puts what nobody signed, so it must be the hexadecimal string that was verified.
    """
    numbers = [n for n in byte_range if isinstance(n, int)]
    if len(byte_range) != 4 or len(numbers) != 4:
        return Extent(0, words.NO_EXTENT)
    start, length, resume, rest = numbers
    end = resume + rest
    if start != 0 or length <= 0 or rest <= 0 or resume <= length or end > len(data):
        return Extent(0, words.EXTENT_WRONG)
    hole = data[length:resume]
    if not _HEX_HOLE.fullmatch(hole):
        return Extent(
            end, words.EXTENT_GAP.format(length=length + 1, resume=resume)
        )
    digits = bytes(hole[1:-1].translate(None, b" \t\r\n\x0b\x0c\x00"))
    if len(digits) % 2:
        digits += b"0"
    if bytes.fromhex(digits.decode("ascii")) != contents:
        return Extent(end, words.EXTENT_NOT_OWN)
    return Extent(end)


def bytes_after_end(data: bytes) -> int:
    """How many bytes stand after the last ``%%EOF`` and its line end; 0 for a file that ends as it should."""
    at = data.rfind(b"%%EOF")
    if at < 0:
        return 0
    tail = data[at + len(b"%%EOF") :]
    for line_end in (b"\r\n", b"\n", b"\r"):
        if tail.startswith(line_end):
            return len(tail) - len(line_end)
    return len(tail)
