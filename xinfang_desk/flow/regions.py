"""Which province a county belongs to, and which form pack its departments use in a year.

The directory is ``resources/regions/counties.csv`` (its README says where it is from).
"""

from __future__ import annotations

import csv
import datetime as dt
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.packs import PackChoice, usable_packs
from xinfang_desk.messages import start as words
from xinfang_desk.messages import terms
from xinfang_desk.places import resources_dir

logger = logging.getLogger(__name__)

NATIONAL = terms.EVERYWHERE
_ENDING = re.compile("(?:自治[县旗州区]|[新林矿地]区|[省市县区旗盟州])$")
_DRAFTING_BEGINS = 10
"""From this month on, people work on next year's budget."""


@dataclass(frozen=True, slots=True)
class County:
    """A county, prefecture or province: ``prefecture`` is '' where there is none above it.

    ``province`` is written as the packs write their region (陕西); ``letters``: pinyin initials, every likely reading;
    ``pinyin``: the readings in full, syllables parted by an apostrophe, readings by a blank.
    """

    name: str
    prefecture: str
    province: str
    letters: tuple[str, ...] = ()
    pinyin: str = ""

    @property
    def bare(self) -> str:
        """The name without 县, 区, 市, …: 紫阳 of 紫阳县. Names of two characters stay whole (忠县)."""
        return _bare(self.name)

    @property
    def shown(self) -> str:
        """The name with what is above it, so that counties of one name are told apart: 朝阳区（吉林 长春市）."""
        above = self.province if not self.prefecture else f"{self.province} {self.prefecture}"
        return words.COUNTY_SHOWN.format(name=self.name, above=above)


@dataclass(frozen=True, slots=True)
class Form:
    """The pack chosen for a province and a year, and in one or two sentences why. ``exact``: made for both."""

    pack: PackChoice
    why: str
    exact: bool


@lru_cache(maxsize=1)
def counties() -> tuple[County, ...]:
    """The whole directory, in the order of the official codes. Raises :class:`DeskError` where it cannot be read."""
    path = resources_dir() / "regions" / "counties.csv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return tuple(County(row["name"], row["prefecture"], row["province"], tuple((row["initials"] or "").split()),
                                row.get("pinyin") or "")
                         for row in csv.DictReader(file))
    except (OSError, UnicodeError, KeyError, csv.Error) as error:
        raise DeskError(words.REGIONS_UNREADABLE.format(reason=error)) from error


def warm() -> None:
    """Read the directory and the packs now, so that the dialog of a new book need not; harmless where that fails."""
    try:
        counties()
        _budget_packs()
    except DeskError as error:
        logger.warning("the dialog of a new book will tell: %s", error)


def provinces() -> tuple[str, ...]:
    """Every province as the packs would name it, in order."""
    return tuple(dict.fromkeys(county.province for county in counties()))


def find(query: str, limit: int = 30) -> tuple[County, ...]:
    """Counties that fit what was typed, best first: the whole name (with or without 县/区/市), its beginning, the
    initials or the pinyin (``zyx``, ``ziyang``, ``ziyx``), then anywhere inside. Province or prefecture may stand in
    front (``陕西紫阳``, ``长春朝阳区``)."""
    wanted = "".join(query.split()).lower()
    if not wanted:
        return ()
    ranked = [(rank, place, county) for place, county in enumerate(counties())
              if (rank := _rank(county, wanted)) is not None]
    return tuple(county for _, _, county in sorted(ranked, key=lambda item: item[:2])[:limit])


def named_in(unit: str) -> County | None:
    """The county a unit's name begins with (紫阳县信访局 → 紫阳县); ``None`` where none does or several of one name do."""
    name = "".join(unit.split())
    named = [(_named(name, county), county) for county in counties()]
    longest = max((length for length, _ in named), default=0)
    best = [county for length, county in named if length == longest > 0]
    return best[0] if len(best) == 1 else None


def proposed_year(today: dt.date) -> int:
    """The budget year somebody starting a book today most likely means: from October on, next year's."""
    return today.year + (today.month >= _DRAFTING_BEGINS)


def offered_years(today: dt.date) -> tuple[int, ...]:
    """The years a new book can be made for, newest first: from next year back to the oldest form there is."""
    packs = _budget_packs()
    oldest = min((pack.years[0] for pack in packs), default=today.year)
    newest = max([today.year + 1, *(pack.years[1] for pack in packs)])
    return tuple(range(newest, oldest - 1, -1))


@lru_cache(maxsize=1)
def all_packs() -> tuple[PackChoice, ...]:
    """Every pack that comes with the program and can be read; read once."""
    return usable_packs()


def form_for(province: str, year: int) -> Form:
    """The pack for a province ('' for unknown: the national one) and a year. Raises :class:`DeskError` without packs.

    A province without a pack of its own gets the national one; a year no pack serves gets the nearest.
    """
    packs = _budget_packs()
    own = [pack for pack in packs if pack.region == province]
    near = own or [pack for pack in packs if pack.region == NATIONAL] or list(packs)
    if not near:
        raise DeskError(words.FORM_NONE)
    distance = min(_distance(pack, year) for pack in near)
    best = [pack for pack in near if _distance(pack, year) == distance]
    pack = best[0]
    return Form(pack, _why(pack, province, year, count=len(best), own=bool(own)), bool(own) and distance == (0, 0))


def chosen_form(pack: PackChoice, year: int) -> Form:
    """The pack the clerk chose by hand, and what is to be said about it."""
    title = words.FORM_CHOSEN.format(title=pack.title)
    return Form(pack, title + _about_year(pack, year), not _about_year(pack, year))


# ---- inside ----------------------------------------------------------------------------------------------------


def _budget_packs() -> tuple[PackChoice, ...]:
    return tuple(pack for pack in all_packs() if pack.kind == "budget")


def _distance(pack: PackChoice, year: int) -> tuple[int, int]:
    """How far a year is from a pack's; of two as far, the earlier pack (what is known goes before what is to come)."""
    first, last = pack.years
    if year > last:
        return year - last, 0
    return (first - year, 1) if year < first else (0, 0)


def _why(pack: PackChoice, province: str, year: int, *, count: int, own: bool) -> str:
    late = _about_year(pack, year)
    if not own:
        sentence = words.FORM_NATIONAL if province else words.FORM_NATIONAL_UNKNOWN
        return sentence.format(province=province, title=pack.title) + late
    if count > 1:
        return words.FORM_SEVERAL.format(region=province, year=min(max(year, pack.years[0]), pack.years[1]), count=count,
                                         title=pack.title) + late
    return words.FORM_FITS.format(region=province, title=pack.title, year=year) if not late else \
        words.FORM_NEAREST.format(region=province, title=pack.title) + late


def _about_year(pack: PackChoice, year: int) -> str:
    first, last = pack.years
    if year > last:
        return words.FORM_LATER.format(last=last, year=year)
    return words.FORM_EARLIER.format(first=first, year=year) if year < first else ""


def _rank(county: County, wanted: str) -> int | None:
    if wanted.isascii():
        return _rank_letters(county, wanted)
    name = _without_above(county.province, county.prefecture, wanted)
    if not name:
        return None
    if name in county.name:
        bare = _bare(county.name)
        return 0 if name in (county.name, bare) else 1 if county.name.startswith(name) else 4
    if len(name) > 2 and _bare(name) == _bare(county.name):
        return 2  # 长安县, which is 长安区 now
    return 5 if name == wanted and county.prefecture.startswith(wanted) else None


def _rank_letters(county: County, wanted: str) -> int | None:
    if wanted in county.letters:
        return 0
    bare = len(_bare(county.name))
    if any(letters.startswith(wanted) for letters in county.letters):
        return 1 if any(letters[:bare] == wanted for letters in county.letters) else 3
    plain = wanted.replace("'", "")
    if not plain or not (county.pinyin.startswith(plain[0]) or f" {plain[0]}" in county.pinyin):
        return None
    # What is usually read comes before what it could be read as.
    ranks = [rank + 2 * (place > 0) for place, reading in enumerate(county.pinyin.split())
             if (rank := _rank_spelled(reading.split("'"), bare, plain)) is not None]
    return min(ranks, default=None)


def _rank_spelled(syllables: Sequence[str], bare: int, typed: str) -> int | None:
    """Letters of a name's pinyin: the whole of each syllable or its beginning, from the first syllable on."""
    if typed in ("".join(syllables), "".join(syllables[:bare])):
        return 0
    ends = {0}
    for syllable in syllables:
        ends = {end + length for end in ends for length in range(1, len(syllable) + 1)
                if typed.startswith(syllable[:length], end)}
        if len(typed) in ends:
            return 1 if "".join(syllables).startswith(typed) else 3
    return None


@lru_cache(maxsize=1)
def _full_names() -> Mapping[str, str]:
    """陕西 → 陕西省: the first row of each province is the province itself."""
    return {county.province: county.name for county in reversed(counties())}


@lru_cache(maxsize=1024)
def _above(province: str, prefecture: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How the province and the prefecture may be written in front of a county, longest first."""
    full = _full_names().get(province, province)
    return (full, province), (prefecture, _bare(prefecture)) if prefecture else ()


@lru_cache(maxsize=1024)
def _without_above(province: str, prefecture: str, wanted: str) -> str:
    """What is left when the province and the prefecture in front are taken off."""
    for forms in _above(province, prefecture):
        front = next((form for form in forms if wanted.startswith(form) and len(wanted) > len(form) + 1), "")
        wanted = wanted[len(front):]
    return wanted


def _named(unit: str, county: County) -> int:
    """How many characters at the head of a unit's name name its county; 0 where they do not."""
    at = unit.find(county.name)
    if at < 0:
        return 0
    rest = unit
    for forms in _above(county.province, county.prefecture):
        front = next((form for form in forms if rest.startswith(form) and not rest.startswith(county.name)), "")
        rest = rest[len(front):]
    return len(unit) - len(rest) + len(county.name) if rest.startswith(county.name) else 0


@lru_cache(maxsize=8192)
def _bare(name: str) -> str:
    short = _ENDING.sub("", name)
    return short if len(short) > 1 else name
