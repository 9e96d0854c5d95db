"""Make resources/pinyin/initials.txt: the first letter of every character's pinyin, and words that read otherwise.

The first line gives the letters of U+4E00 to U+9FFF in order (``?`` where there is none); each further line a word and
its letters, where the characters by themselves would read otherwise (银行, 重庆). pypinyin knows all this, but takes
half a second to load, during which a window stands still.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from pypinyin import Style, lazy_pinyin
from pypinyin.phrases_dict import phrases_dict

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "resources" / "pinyin" / "initials.txt"
FIRST, LAST = 0x4E00, 0x9FFF


def letters_of(text: str) -> str:
    """The first letters as pypinyin reads the text as a whole."""
    return "".join(part[:1] for part in lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()


def plain() -> str:
    """The letter of each character by itself."""
    read = (letters_of(chr(code)) for code in range(FIRST, LAST + 1))
    return "".join(letter if letter.isascii() and letter.isalpha() else "?" for letter in read)


def names() -> Iterator[str]:
    """Names that must be found exactly: accounts of all years, counties."""
    for path in sorted((ROOT / "forms" / "codes").rglob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from (row["name"] for row in csv.DictReader(file) if row.get("name"))
    with (ROOT / "resources" / "regions" / "counties.csv").open(encoding="utf-8-sig", newline="") as file:
        yield from (row["name"] for row in csv.DictReader(file))


def words(table: str) -> dict[str, str]:
    """Words of two characters that read otherwise, and whole names that those do not put right."""
    def by_character(text: str) -> str:
        return "".join(table[ord(c) - FIRST] if FIRST <= ord(c) <= LAST else c for c in text)

    found = {phrase: letters for phrase in phrases_dict if len(phrase) == 2
             and all(FIRST <= ord(c) <= LAST for c in phrase)
             and (letters := letters_of(phrase)) != by_character(phrase) and len(letters) == 2}
    for name in sorted(set(names()), key=len):
        if all(FIRST <= ord(c) <= LAST for c in name) and read(name, table, found) != letters_of(name):
            found[name] = letters_of(name)
    return found


def read(text: str, table: str, known: Mapping[str, str]) -> str:
    """What the program will read with this table (xinfang_desk/flow/picker.py does the same)."""
    sys.path.insert(0, str(ROOT))
    from xinfang_desk.flow.picker import spelled

    return spelled(text, table, known)


def main() -> None:
    """Write the table."""
    table = plain()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    rest = "".join(f"{word} {letters}\n" for word, letters in sorted(words(table).items()))
    TARGET.write_text(f"{table}\n{rest}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
