"""A picture of a few amounts, as data: what is compared with what, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xinfang_desk.model.money import Fen


@dataclass(frozen=True, slots=True)
class Series:
    """One amount in 分 for each category of its chart; ``None`` where there is none (blank is not nought)."""

    name: str
    values: tuple[Fen | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars over ``categories``: ``grouped`` side by side, or ``stacked`` into one bar whose end is the sum.

    ``sentence`` says in words what the picture shows: it stands under it, and a screen reader reads it instead.
    """

    id: str
    title: str
    form: Literal["grouped", "stacked"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    sentence: str

    @property
    def totals(self) -> tuple[Fen | None, ...]:
        """The sum of each category; ``None`` where all its amounts are blank."""
        found = []
        for at in range(len(self.categories)):
            known = [value for one in self.series if (value := one.values[at]) is not None]
            found.append(sum(known) if known else None)
        return tuple(found)
