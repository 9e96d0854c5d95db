"""What can go wrong on paper; every message is a Chinese sentence a clerk can act on."""

from __future__ import annotations


class PaperError(Exception):
    """A paper could not be made. ``str()`` is the sentence to show."""


class MissingGlyph(PaperError):
    """No font of ours has a character. ``char`` is the character, ``place`` where it stands."""

    def __init__(self, char: str, place: str) -> None:
        code = f"U+{ord(char):04X}"
        super().__init__(
            f"{place}里有一个字“{char}”（编码 {code}），随程序带的字体里没有它，印出来会是空白。"
            "请换成常用的写法，或把这个字告诉软件维护人员。"
        )
        self.char = char
        self.place = place


class ReadbackError(PaperError):
    """A file just written does not say what it should; it was not moved into place.

    ``file``, ``table``, ``row`` and ``column`` name the place, ``expected`` and ``found`` what differs.
    """

    def __init__(
        self, file: str, expected: str, found: str, *, table: str = "", row: str = "", column: str = ""
    ) -> None:
        place = "".join(
            part for part in (table, f"第“{row}”行" if row else "", f"“{column}”列" if column else "")
        )
        wanted, there = _around_difference(expected, found)
        super().__init__(
            f"核对刚写出的文件“{file}”时发现{place or '内容'}不一致：应为“{wanted}”，实际为“{there}”。"
            "这个文件没有采用，原有文件未动；请重新生成，若仍然如此请联系软件维护人员。"
        )
        self.file = file
        self.table = table
        self.row = row
        self.column = column
        self.expected = expected
        self.found = found


def _around_difference(expected: str, found: str, most: int = 40) -> tuple[str, str]:
    """Long texts cut down to where they begin to differ."""
    if max(len(expected), len(found)) <= most:
        return expected, found
    at = next((n for n, pair in enumerate(zip(expected, found, strict=False)) if pair[0] != pair[1]), 0)
    start = max(0, at - 10)
    lead = "…" if start else ""

    def cut(text: str) -> str:
        return lead + text[start : start + most] + ("…" if len(text) > start + most else "")

    return cut(expected), cut(found)


class WriteRefused(PaperError):
    """The folder or the file could not be written: full disk, no permission, open elsewhere."""
