from __future__ import annotations

import pytest

from xinfang_desk.signing.extent import bytes_after_end, extent

DATA = b"head<0aff00>tail"


def test_a_proper_range() -> None:
    found = extent(DATA, [0, 4, 12, 4], b"\x0a\xff\x00")
    assert (found.end, found.fault) == (len(DATA), "")


def test_white_space_and_an_odd_last_digit_are_hexadecimal_too() -> None:
    data = b"head<0a f\n0>tail"
    assert not extent(data, [0, 4, 12, 4], b"\x0a\xf0").fault
    assert not extent(b"head<0af>tail", [0, 4, 9, 4], b"\x0a\xf0").fault


@pytest.mark.parametrize("numbers", [[], [0, 4, 12], [0, 4, 12, 4, 0, 0], [0, 4, 12, 4.0], ["0", 4, 12, 4]])
def test_four_whole_numbers(numbers: list[object]) -> None:
    assert "没有写明" in extent(DATA, numbers, b"\x0a\xff\x00").fault


@pytest.mark.parametrize(
    "numbers",
    [[1, 3, 12, 4], [0, 0, 12, 4], [0, 4, 12, 0], [0, 4, 4, 12], [0, 12, 4, 12], [0, 4, 12, 5], [0, -4, 12, 4], [0, 4, 12, -4]],
)
def test_numbers_that_do_not_fit_the_file(numbers: list[int]) -> None:
    assert "对不上" in extent(DATA, numbers, b"\x0a\xff\x00").fault


@pytest.mark.parametrize("numbers", [[0, 3, 12, 4], [0, 4, 13, 3], [0, 5, 12, 4], [0, 4, 11, 5]])
def test_a_gap_that_is_not_just_the_signature(numbers: list[int]) -> None:
    assert "没有覆盖的内容" in extent(DATA, numbers, b"\x0a\xff\x00").fault


def test_a_gap_that_holds_another_string() -> None:
    assert "不是这个签名本身" in extent(DATA, [0, 4, 12, 4], b"\x0a\xff").fault


@pytest.mark.parametrize(
    ("tail", "count"),
    [(b"", 0), (b"\n", 0), (b"\r\n", 0), (b"\r", 0), (b"\n\n", 1), (b"x", 1), (b"\nmore", 4), (b"\n\0\0", 2)],
)
def test_what_stands_after_the_end(tail: bytes, count: int) -> None:
    assert bytes_after_end(b"%PDF-1.7 %%EOF old %%EOF" + tail) == count


def test_a_file_without_end_mark() -> None:
    assert bytes_after_end(b"%PDF-1.7") == 0
