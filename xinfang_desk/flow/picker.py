"""Find an account by code, by name, or by the first letters of its name's pinyin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from xinfang_desk.model.codes import Code, CodeKind, Codes
from xinfang_desk.places import resources_dir

_FIRST = 0x4E00


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """Pinyin initials of a Chinese name, lower case: ``行政运行`` → ``xzyx``, a letter for each character. Other
    characters are kept."""
    return spelled(name, *_letters())


@lru_cache(maxsize=1)
def _letters() -> tuple[str, Mapping[str, str]]:
    """The letters of all characters, and words that read otherwise (made by ``tools/initials.py``)."""
    table, *rest = (resources_dir() / "pinyin" / "initials.txt").read_text(encoding="utf-8").splitlines()
    return table, dict(line.split() for line in rest)


def spelled(name: str, table: str, words: Mapping[str, str]) -> str:
    """The initials of a name by a table of characters (from U+4E00) and words that read otherwise."""
    whole = words.get(name)
    if whole is not None:
        return whole
    found: list[str] = []
    at = 0
    while at < len(name):
        pair = words.get(name[at:at + 2])
        if pair is not None:
            found.append(pair)
            at += 2
            continue
        place = ord(name[at]) - _FIRST
        letter = table[place] if 0 <= place < len(table) else "?"
        found.append(name[at].lower()[:1] if letter == "?" else letter)
        at += 1
    return "".join(found)


def search(codes: Codes, kind: CodeKind, query: str, *, recent: Sequence[str] = (), limit: int = 60) -> tuple[Code, ...]:
    """Accounts that fit ``query``, best first: code prefix, name prefix, initials prefix, then anywhere inside.

    With a blank query: the recently used ones, then the list in order.
    """
    table = codes.table(kind)
    wanted = query.strip().lower()
    if not wanted:
        first = [table.entries[code] for code in recent if code in table]
        return tuple((first + [entry for entry in table if entry not in first])[:limit])
    ranked = [(rank, entry) for entry in table if (rank := _rank(entry, wanted)) is not None]
    ranked.sort(key=lambda item: (item[0], item[1].code not in recent, item[1].code))
    return tuple(entry for _, entry in ranked[:limit])


def _rank(entry: Code, wanted: str) -> int | None:
    if entry.code.startswith(wanted):
        return 0
    if wanted.isdigit():
        return 5 if wanted in entry.code else None
    if entry.name.startswith(wanted):
        return 1
    if wanted in entry.name:
        return 3
    letters = initials(entry.name)
    if letters.startswith(wanted):
        return 2
    return 4 if wanted in letters else None
