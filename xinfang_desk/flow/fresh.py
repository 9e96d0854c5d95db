"""Which findings the last edits brought or touched: those stand first in their section."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from xinfang_desk.model.finding import Finding, Number

Freshness = Literal["", "new", "touched"]
_Said = tuple[str, Number | None, Number | None]


class Fresh:
    """Told of each state of the findings in turn. Where nothing changes, nothing moves."""

    def __init__(self) -> None:
        self._said: dict[str, _Said] | None = None
        self._last: Sequence[Finding] = ()
        self._rank: dict[str, int] = {}
        self._new: dict[str, int] = {}
        self._edits = 0

    def note(self, findings: Sequence[Finding]) -> None:
        """The findings as they are now; the same state told again changes nothing."""
        if findings is self._last:
            return
        self._last = findings
        said: dict[str, _Said] = {f.key: (f.sentence, f.expected, f.actual) for f in findings}
        former, self._said = self._said, said
        if former is None:
            return
        moved = [key for key, now in said.items() if former.get(key) != now]
        if moved:
            self._edits += 1
        for key in moved:
            self._rank[key] = self._edits
            if key not in former:
                self._new[key] = self._edits
        for known in (self._rank, self._new):
            for key in known.keys() - said.keys():
                del known[key]

    def rank(self, key: str) -> int:
        """When a finding was last brought or touched: the higher the later, 0 for before the book was opened."""
        return self._rank.get(key, 0)

    def mark(self, key: str) -> Freshness:
        """Whether the last edit that moved any finding brought this one, touched it, or neither."""
        if not self._edits or self._rank.get(key) != self._edits:
            return ""
        return "new" if self._new.get(key) == self._edits else "touched"
