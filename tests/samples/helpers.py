"""What the tests of the shipped books share: a book, its engine, its findings and its printed text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from xinfang_desk.engine import Engine
from xinfang_desk.model.finding import Finding
from xinfang_desk.model.ledger import Income, Kind, Line, Year
from xinfang_desk.model.money import MoneyUnit, parse_amount
from xinfang_desk.model.pack import Pack
from xinfang_desk.packs import load_pack, read_year
from xinfang_desk.passages import compose
from xinfang_desk.places import forms_dir, resources_dir


@cache
def pack_of(pack_id: str) -> Pack:
    return load_pack(pack_id, forms_dir())


def book(name: str) -> Year:
    """The shipped sample of that number."""
    path = resources_dir() / "samples" / f"{name}.toml"
    return read_year(path.read_text("utf-8"), path.name)


def engine_of(year: Year) -> Engine:
    return Engine(pack_of(year.pack), year)


def found(year: Year) -> Mapping[str, list[Finding]]:
    """The findings by check."""
    checks: dict[str, list[Finding]] = {}
    for finding in engine_of(year).findings():
        checks.setdefault(finding.check, []).append(finding)
    return checks


def sections(year: Year) -> Mapping[str, str]:
    """The narrative: the text of each section by its id."""
    document = compose(engine_of(year))
    return {passage.id: "\n".join(p.text for p in passage.paragraphs) for passage in document.passages}


def fen(**wan: str) -> dict[str, int]:
    """Amounts in 万元 → 分; a code is written with a leading ``c``."""
    return {key.lstrip("c"): parse_amount(text, MoneyUnit.WAN) or 0 for key, text in wan.items()}


def sums(items: Iterable[Line] | Iterable[Income], key: Callable[[Line], str] | Callable[[Income], str]) -> dict[str, int]:
    """The amounts added by key, in 分."""
    counted: Counter[str] = Counter()
    for item in items:
        counted[key(item)] += item.amount or 0  # type: ignore[arg-type]
    return dict(counted)


def of_kind(year: Year, *kinds: Kind) -> int:
    return sum(line.amount or 0 for line in year.lines.values() if line.kind in kinds)
