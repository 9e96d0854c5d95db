"""Books in a list: how far each is and how many days are left, told without opening it.

The desk leaves a book's standing in it when it closes and after each build (:func:`keep_standing`); what is asked
for here is read from outside by the store's glance, so that no lock is taken and a slow drive harms nobody but the
thread that waits for it.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from xinfang_desk.flow.documents import KIND_NAMES
from xinfang_desk.messages import desk as desk_words
from xinfang_desk.messages import marks
from xinfang_desk.messages import start as words

if TYPE_CHECKING:
    from xinfang_desk.flow.desk import Desk
    from xinfang_desk.store.glance import Glance

logger = logging.getLogger(__name__)

DAYS_TO_PUBLISH = 20
"""《预算法》第十四条：部门预算在批复后二十日内由各部门向社会公开。"""
_LONG_PAST = 365
_SOON = 5
Tone = Literal["done", "error", "warning", "missing", "open", "gone"]


@dataclass(frozen=True, slots=True)
class BookCard:
    """A book as a list shows it. ``there``: the file was found; ``tone`` and ``late`` go with ``state`` and ``due``."""

    path: Path
    there: bool
    title: str
    kind: str
    state: str
    tone: Tone
    due: str = ""
    late: bool = False

    @property
    def sentence(self) -> str:
        """All of it, for a screen reader."""
        return marks.COMMA.join(part for part in (self.title, self.kind, self.state, self.due) if part)


def keep_standing(desk: Desk) -> None:
    """Leave in the book how far it is. Never in the way of closing: what fails is only logged."""
    from xinfang_desk.store import StoreError

    if desk.read_only:
        return
    verdict = desk.verdict()
    try:
        newest = desk.book.history(desk.year.year, 1)
        desk.remember(f"standing.{desk.year.year}", json.dumps(
            {"errors": verdict.errors, "warnings": verdict.warnings, "missing": verdict.missing,
             "kind": desk.pack.kind, "changed": newest[0].sequence if newest else 0}))
    except StoreError as error:
        logger.warning("the standing of %s is not kept: %s", desk.path.name, error)


def look(path: Path, today: dt.date) -> BookCard:
    """What a list says of the book at ``path``. Takes as long as its drive does: not for the window's thread."""
    from xinfang_desk.store import StoreError
    from xinfang_desk.store.glance import glance

    try:
        if not path.is_file():
            return _gone(path)
        found = glance(path)
    except (StoreError, OSError) as error:
        return BookCard(path, True, path.stem, "", words.CARD_UNREADABLE.format(reason=str(error)), "error")
    standing = _standing(found.standing)
    kind = _kind(str(standing.get("kind", "")), found.pack)
    state, tone = _state(found, standing)
    due, late = ("", False) if _published(found, today) else _due(found.approval, today)
    return BookCard(path, True, words.CARD_TITLE.format(unit=found.unit or path.stem, year=found.year), kind, state, tone,
                    due, late)


def deadline(approval: str) -> dt.date | None:
    """The last day to publish; ``None`` where there is no approval date (or none the calendar knows)."""
    try:
        return dt.date.fromisoformat(approval) + dt.timedelta(days=DAYS_TO_PUBLISH) if approval else None
    except (ValueError, OverflowError):
        return None


# ---- inside ----------------------------------------------------------------------------------------------------


def _gone(path: Path) -> BookCard:
    state = words.CARD_GONE if path.parent.is_dir() else words.CARD_FOLDER_GONE
    return BookCard(path, False, path.stem, "", state.format(folder=path.parent), "gone")


def _standing(kept: str) -> dict[str, object]:
    try:
        found = json.loads(kept) if kept else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _kind(kept: str, pack: str) -> str:
    """The kind of document in words: as it was when the book was closed, else what its pack says."""
    kinds = {str(kind): name for kind, name in KIND_NAMES.items()}
    if kept not in kinds:
        try:
            manifest = tomllib.loads((_folder(pack) / "pack.toml").read_text(encoding="utf-8"))
            kept = str(manifest["pack"].get("kind", "budget"))
        except (OSError, ValueError, KeyError, AttributeError):
            return ""  # a pack this computer does not have: opening the book will tell
    return kinds.get(kept, "")


def _folder(pack: str) -> Path:
    from xinfang_desk.flow.shelves import shelf
    from xinfang_desk.packs import shelf_of

    return shelf_of(shelf()).folder(pack)


def _count(standing: dict[str, object], name: str) -> int:
    value = standing.get(name)
    return value if isinstance(value, int) else 0


def _state(found: Glance, standing: dict[str, object]) -> tuple[str, Tone]:
    if found.edition and found.edition_changed >= found.changed:
        form = words.CARD_SIGNED if found.signatures else words.CARD_BUILT
        return form.format(number=found.edition, signers=found.signatures), "done"
    if not standing:
        return words.CARD_UNKNOWN, "open"
    state, tone = _verdict(standing)
    if _count(standing, "changed") != found.changed:
        state += words.CARD_STALE
    if found.edition:
        state += words.CARD_CHANGED_SINCE.format(number=found.edition)
    return state, tone


def _verdict(standing: dict[str, object]) -> tuple[str, Tone]:
    missing, errors, warnings = (_count(standing, name) for name in ("missing", "errors", "warnings"))
    parts = [form.format(count=count) for form, count in (
        (desk_words.COUNT_MISSING, missing), (desk_words.COUNT_ERRORS, errors), (desk_words.COUNT_WARNINGS, warnings)) if count]
    tone: Tone = "error" if errors else "missing" if missing else "warning" if warnings else "done"
    return marks.COMMA.join(parts) or words.CARD_READY, tone


def _published(found: Glance, today: dt.date) -> bool:
    """An edition as the book stands, whose day of publication has come: no deadline is left to count."""
    try:
        return (found.edition > 0 and found.edition_changed >= found.changed
                and dt.date.fromisoformat(found.publish) <= today)
    except ValueError:
        return False


def _due(approval: str, today: dt.date) -> tuple[str, bool]:
    last = deadline(approval)
    if last is None:
        return "", False
    left = (last - today).days
    day = words.CARD_DAY.format(month=last.month, day=last.day)
    if left > 0:
        return words.CARD_DAYS_LEFT.format(days=left, day=day), left <= _SOON
    if left == 0:
        return words.CARD_LAST_DAY, True
    if left < -_LONG_PAST:
        return words.CARD_LONG_OVER.format(year=last.year, day=day), True
    return words.CARD_OVER.format(days=-left, day=day), True
