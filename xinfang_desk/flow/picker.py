"""Find an account by code, by name, or by the first letters of its name's pinyin."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from xinfang_desk.model.codes import Code, CodeKind, Codes


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """Pinyin initials of a Chinese name, lower case: ``行政运行`` → ``xzyx``. Other characters are kept."""
    from pypinyin import Style, lazy_pinyin

    return "".join(part[:1] for part in lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()


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
