"""The edition's date: the only date in any file, so that two builds are byte for byte the same."""

from __future__ import annotations

from datetime import date

from xinfang_desk.messages import terms
from xinfang_desk.model.edition import Edition


def day_of(edition: Edition) -> date:
    """The edition's date; the first day of its year where the printed date is no ISO date."""
    try:
        return date.fromisoformat(edition.date)
    except ValueError:
        return date(edition.year, 1, 1)


def chinese_date(iso: str) -> str:
    """``2023-03-13`` as ``2023年3月13日``; anything else as it is."""
    parts = iso.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return iso
    return terms.DAY.format(year=parts[0], month=int(parts[1]), day=int(parts[2]))
