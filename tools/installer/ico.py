"""Windows icon files (.ico) and pictures (.bmp) from PNGs, with nothing but the standard library.

Sizes below 256 go in as device-independent bitmaps, which every reader of an icon understands; 256 goes in as the
PNG itself (Windows Vista and later). The same pictures give the same bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LARGEST_BITMAP = 128
_RGBA = (8, 6, 0, 0, 0)
"""Bit depth, colour type, compression, filter, interlace of the PNGs taken here."""


class NotOurPng(ValueError):
    """The picture is not a square 8-bit RGBA PNG of at most 256 pixels."""


def ico(pictures: Sequence[Path]) -> bytes:
    """The bytes of an .ico file with these PNG pictures, smallest first. Raises :class:`NotOurPng`."""
    images = []
    for picture in pictures:
        data = picture.read_bytes()
        side, pixels = rgba(data)
        images.append((side, data if side > _LARGEST_BITMAP else _bitmap(side, pixels)))
    images.sort(key=lambda one: one[0])
    offset = 6 + 16 * len(images)
    head = [struct.pack("<HHH", 0, 1, len(images))]
    for side, data in images:
        # A side of 256 is written as 0.
        head.append(struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(data), offset))
        offset += len(data)
    return b"".join([*head, *(data for _, data in images)])


def on_ground(picture: bytes, width: int, height: int, top: int, ground: tuple[int, int, int]) -> bytes:
    """The bytes of a .bmp of that size, in the colour *ground* (R, G, B), with a PNG in its middle, *top* from above."""
    side, pixels = rgba(picture)
    left = (width - side) // 2
    rows = []
    for y in range(height):
        row = bytearray(bytes(reversed(ground)) * width)
        if top <= y < top + side:
            for x in range(side):
                *colour, alpha = pixels[((y - top) * side + x) * 4:][:4]
                for part in range(3):  # a bitmap has blue first
                    mixed = colour[2 - part] * alpha + ground[2 - part] * (255 - alpha)
                    row[(left + x) * 3 + part] = mixed // 255
        rows.append(bytes(row) + bytes(-len(row) % 4))
    body = b"".join(reversed(rows))
    return struct.pack("<2sIHHIIiiHHIIiiII", b"BM", 54 + len(body), 0, 0, 54, 40, width, height, 1, 24, 0, len(body), 0, 0, 0, 0) + body


def rgba(data: bytes) -> tuple[int, bytes]:
    """The side in pixels of a square PNG and its pixels, row by row from the top, four bytes each (R, G, B, A)."""
    if data[:8] != _SIGNATURE:
        raise NotOurPng("not a PNG")
    parts = dict.fromkeys((b"IHDR", b"IDAT"), b"")
    for kind, body in _chunks(data):
        if kind in parts:
            parts[kind] += body
    width, height, *form = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    if tuple(form) != _RGBA or width != height or not 0 < width <= 256:
        raise NotOurPng(f"{width}x{height}, {form}")
    raw = zlib.decompress(parts[b"IDAT"])
    length = width * 4
    rows = []
    former = bytes(length)
    for row in range(height):
        start = row * (length + 1)
        former = _unfiltered(raw[start], raw[start + 1:start + 1 + length], former)
        rows.append(former)
    return width, b"".join(rows)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        yield kind, data[at + 8:at + 8 + length]
        at += length + 12


def _unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    """One row without its filter (PNG specification, 9.2), four bytes a pixel."""
    out = bytearray(len(line))
    for i, value in enumerate(line):
        left = out[i - 4] if i >= 4 else 0
        corner = above[i - 4] if i >= 4 else 0
        predicted = (0, left, above[i], (left + above[i]) // 2, _paeth(left, above[i], corner))[kind]
        out[i] = (value + predicted) & 0xFF
    return bytes(out)


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda one: abs(guess - one))


def _bitmap(side: int, pixels: bytes) -> bytes:
    """A 32-bit bitmap as icons hold it: rows from the bottom, B G R A, then the mask of old, all zero."""
    header = struct.pack("<IiiHHIIiiII", 40, side, side * 2, 1, 32, 0, 0, 0, 0, 0, 0)
    length = side * 4
    body = bytearray()
    for row in range(side - 1, -1, -1):
        line = bytearray(pixels[row * length:(row + 1) * length])
        line[0::4], line[2::4] = line[2::4], line[0::4]
        body += line
    mask = bytes((side + 31) // 32 * 4 * side)
    return header + bytes(body) + mask
