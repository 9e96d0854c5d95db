"""Icons for Windows: the pixels of the PNG come out, in the form Windows reads."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from tools.installer import ico, windows_launcher

ICONS = Path(windows_launcher.__file__).parent / "icons"


def _png(side: int, rows: list[tuple[int, bytes]], *, colour: int = 6) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    raw = b"".join(bytes((kind,)) + line for kind, line in rows)
    head = struct.pack(">IIBBBBB", side, side, 8, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


def test_every_filter_of_png_is_undone() -> None:
    # Each row states the same two pixels, 10 20 30 40 and 50 60 70 80, in the words of another filter.
    first, second = bytes((10, 20, 30, 40)), bytes((50, 60, 70, 80))
    plain = first + second
    left = first + bytes((40, 40, 40, 40))
    rows = [(0, plain), (1, left), (2, bytes(8)), (3, bytes((5, 10, 15, 20, 20, 20, 20, 20))), (4, bytes(8))]
    assert ico.rgba(_png(2, rows[:2])) == (2, plain * 2)
    assert ico.rgba(_png(2, [rows[0], rows[2]])) == (2, plain * 2)
    assert ico.rgba(_png(2, [rows[0], rows[3]])) == (2, plain * 2)
    assert ico.rgba(_png(2, [rows[0], rows[4]])) == (2, plain * 2)


@pytest.mark.parametrize("data", [b"GIF89a", _png(2, [(0, bytes(6)), (0, bytes(6))], colour=2)])
def test_another_picture_is_refused(data: bytes) -> None:
    with pytest.raises(ico.NotOurPng):
        ico.rgba(data)


def test_small_ones_are_bitmaps_from_the_bottom_and_the_largest_stays_png(tmp_path: Path) -> None:
    top, bottom = bytes((1, 2, 3, 4)) * 2, bytes((5, 6, 7, 8)) * 2
    small, large = tmp_path / "small.png", tmp_path / "large.png"
    small.write_bytes(_png(2, [(0, top), (0, bottom)]))
    large.write_bytes(_png(256, [(0, bytes(1024))] * 256))
    data = ico.ico([large, small])
    assert struct.unpack_from("<HHH", data) == (0, 1, 2)
    side, _, _, _, _, bits, length, offset = struct.unpack_from("<BBBBHHII", data, 6)
    assert (side, bits) == (2, 32)
    assert struct.unpack_from("<Iii", data, offset) == (40, 2, 4)
    assert data[offset + 40:offset + 48] == bytes((7, 6, 5, 8)) * 2
    assert data[offset + 48:offset + 56] == bytes((3, 2, 1, 4)) * 2
    assert length == 40 + 16 + 8
    side, *_, length, offset = struct.unpack_from("<BBBBHHII", data, 22)
    assert (side, data[offset:offset + length]) == (0, large.read_bytes())


def test_a_picture_lies_on_its_ground() -> None:
    half, full = bytes((200, 100, 0, 0)), bytes((10, 20, 30, 255))
    data = ico.on_ground(_png(2, [(0, half + full), (0, full + half)]), 4, 3, 1, (1, 2, 3))
    assert struct.unpack_from("<2sI", data) == (b"BM", len(data))
    rows = [data[54 + 12 * row:][:12] for row in (2, 1, 0)]
    ground, drawn = bytes((3, 2, 1)), bytes((30, 20, 10))
    assert rows == [ground * 4, ground * 2 + drawn + ground, ground + drawn + ground * 2]


@pytest.mark.parametrize("picture", sorted(ICONS.glob("*.png")), ids=lambda file: file.stem)
def test_the_committed_pictures_have_the_size_of_their_name(picture: Path) -> None:
    side, pixels = ico.rgba(picture.read_bytes())
    assert side == int(picture.stem.rpartition("-")[2])
    assert any(pixels[3::4])
    assert not all(pixels[3::4])  # the corners are seen through
