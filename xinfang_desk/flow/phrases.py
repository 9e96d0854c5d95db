"""Reasons: which are still wanted, and what can be offered for one: last year's, the unit's phrases, those already used.

The phrases are kept in the book as the table-valued fact ``phrases.reason``, one sentence a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from xinfang_desk.expr.evaluate import comparisons
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.picker import initials
from xinfang_desk.messages import reasons as words
from xinfang_desk.model.change import Change, SetValue
from xinfang_desk.model.finding import Finding
from xinfang_desk.model.formula import Fetch
from xinfang_desk.model.ledger import FactValue, Year
from xinfang_desk.model.money import MoneyUnit, format_amount
from xinfang_desk.model.pack import Check, Severity

ADDRESS = "phrases.reason"
REASON = "reason."
_MOST = 40
_SEEN_IN_WAN = 50_00
"""分: less than that would be 0.00 万元"""
_INITIALS_WITHIN = 30

Source = Literal["last", "kept", "used"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence that can be taken over, and where it is from: last year's book, the unit's phrases, this book."""

    text: str
    source: Source


# ---- what is still wanted ----


def wanted(desk: Desk) -> dict[str, str]:
    """The reasons still to be written: address → how much the figure has changed, in words. A hint asks for none."""
    blank = desk.engine.reasons_wanted()
    checks = {check.id: check for check in desk.pack.checks}
    found: dict[str, str] = {}
    for finding in desk.findings():
        if finding.explanation or finding.severity is Severity.HINT:
            continue
        address = blank.get(finding.key, "")
        if not address and finding.place.space == "facts" and finding.place.address.startswith(REASON):
            address = finding.place.address
        if address and not desk.year.facts.get(address):
            changed = _changed(finding, checks[finding.check])
            if found.get(address, words.WANTED) == words.WANTED:
                found[address] = changed
    return found


def _changed(finding: Finding, check: Check) -> str:
    """What is told is the change since last year: only of a check that compares with one figure of last year, not with
    a share of it or a sum."""
    yearly = check.test is not None and any(
        isinstance(one.right, Fetch) and one.right.space == "priors" for one in comparisons(check.test))
    if not yearly or not finding.money or not isinstance(finding.difference, int) or not finding.difference:
        return words.WANTED
    fen = abs(finding.difference)
    amount = format_amount(fen, MoneyUnit.WAN) if fen >= _SEEN_IN_WAN else format_amount(
        fen, MoneyUnit.WAN, decimals=6, trim=True)
    return (words.MORE if finding.difference > 0 else words.LESS).format(amount=amount)


# ---- what can be offered ----


def kept(year: Year) -> tuple[str, ...]:
    """The unit's phrases."""
    stored = year.facts.get(ADDRESS)
    return tuple(row[0] for row in stored if row and row[0]) if isinstance(stored, tuple) else ()


def offers(desk: Desk, address: str, query: str = "") -> list[Phrase]:
    """What can be taken over at an address, the likeliest first: what stood there last year, the unit's phrases, what
    is written elsewhere in this book, what else stood in last year's. ``query``: only what fits."""
    before = desk.last_year()
    last = before.facts if before is not None else {}
    own = [Phrase(text, "last") for text in _texts(last.get(address))]
    own += [Phrase(text, "kept") for text in (*kept(desk.year), *(kept(before) if before is not None else ()))]
    own += [Phrase(text, "used") for place, text in _reasons(desk.year) if place != address]
    if before is not None:
        own += [Phrase(text, "last") for place, text in _reasons(before) if place != address]
    found: dict[str, Phrase] = {}
    for phrase in own:
        if _fits(phrase.text, query.strip()):
            found.setdefault(phrase.text, phrase)
    return list(found.values())[:_MOST]


def _texts(value: FactValue | None) -> tuple[str, ...]:
    return (value.strip(),) if isinstance(value, str) and value.strip() else ()


def _reasons(year: Year) -> Iterator[tuple[str, str]]:
    for address, value in year.facts.items():
        if address.startswith(REASON):
            yield from ((address, text) for text in _texts(value))


def _fits(text: str, query: str) -> bool:
    if not query or query == text:
        return not query
    low = query.lower()
    return low in text.lower() or (low.isascii() and low.isalpha()
                                   and initials(text[:_INITIALS_WITHIN]).startswith(low))


# ---- the unit's phrases ----


def remember(year: Year, text: str) -> Change | None:
    """The change that adds a sentence to the phrases; ``None`` where it is blank or there already."""
    plain = " ".join(text.split())
    return None if not plain or plain in kept(year) else replace_all(year, (*kept(year), plain), words.KEEP_LABEL)


def replace_all(year: Year, texts: Iterable[str], label: str = words.EDIT_LABEL) -> Change | None:
    """The change that makes these the phrases; ``None`` where nothing changes."""
    plain = dict.fromkeys(" ".join(text.split()) for text in texts)
    rows = tuple((text,) for text in plain if text)
    old = year.facts.get(ADDRESS)
    new: FactValue | None = rows or None
    return None if new == old else Change(label, (SetValue("facts", ADDRESS, old, new),))
