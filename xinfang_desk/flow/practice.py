"""The practice department: a ready-made book with planted mistakes, and a guide that sees which are still there.

Whether a mistake is mended is read from the findings each time, never noted: a mistake put back is there again.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xinfang_desk.flow import library
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.errors import BookBusy, DeskError
from xinfang_desk.messages import practice as words
from xinfang_desk.model.finding import Finding, Place
from xinfang_desk.model.ledger import Year
from xinfang_desk.places import resources_dir

if TYPE_CHECKING:
    from xinfang_desk.packs.practice import PlantedMistake

logger = logging.getLogger(__name__)

SAMPLE = "practice"
MARK = "sample.practice"
"""The fact that tells a practice book from all others, wherever its file lies."""
STEPS = 3
"""A hint, where it is, and why it is wrong: shown one after the other."""
_KEPT = "practice.steps"


@dataclass(frozen=True, slots=True)
class Task:
    """One planted mistake as the clerk meets it. ``number`` from 1; ``shown``: how many steps have been revealed.

    ``rules``: the rules that found it, each as a sentence; ``place``: where to look, ``None`` where it is mended.
    """

    number: int
    title: str
    mended: bool
    shown: int
    hint: str
    where: str
    why: str
    rules: tuple[str, ...]
    place: Place | None

    @property
    def words(self) -> tuple[str, ...]:
        """What may be read now: all of it once mended."""
        steps = (self.hint, self.where, self.why)
        return (self.why, *self.rules) if self.mended else (
            (*steps, *self.rules) if self.shown >= STEPS else steps[:self.shown])


def is_practice(year: Year) -> bool:
    """Whether a year is that of the practice department."""
    return year.facts.get(MARK) is True


def ready_book(path: Path) -> Path:
    """The practice book at ``path``, made where there is none yet. Raises :class:`DeskError`."""
    if not path.exists():
        _make_folder(path.parent)
        library.new_sample(SAMPLE, path)
    return path


def begin_anew(path: Path, now: dt.datetime) -> Path:
    """A fresh practice book at ``path``; the former one is kept beside it under the day and hour.

    Raises :class:`DeskError` where it is open elsewhere or cannot be moved.
    """
    if path.exists():
        try:
            library.open_desk(path).close()
        except BookBusy:
            raise
        except DeskError as error:
            # Damaged, say: all the more reason to put it aside.
            logger.info("a practice book that does not open is put aside: %s", error)
        aside = path.with_name(words.ASIDE.format(stem=path.stem, moment=f"{now:%Y-%m-%d %H%M%S}", suffix=path.suffix))
        try:
            path.rename(aside)
        except OSError as error:
            raise DeskError(words.CANNOT_PUT_ASIDE.format(path=path, reason=error.strerror)) from error
    return ready_book(path)


class Guide:
    """What is planted in the open practice book and what is mended. Raises :class:`DeskError` where its data is unfit."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._mistakes = planted()
        self._steps = _steps(desk.recall(_KEPT))

    def tasks(self) -> tuple[Task, ...]:
        """Every planted mistake as it stands now."""
        findings = self._desk.findings()
        return tuple(self._task(number, mistake, findings) for number, mistake in enumerate(self._mistakes, 1))

    def reveal(self, number: int) -> None:
        """Show one step more of a mistake; remembered in the book."""
        mistake = self._mistakes[number - 1]
        self._steps[mistake.id] = min(STEPS, self._steps.get(mistake.id, 0) + 1)
        self._desk.remember(_KEPT, json.dumps(self._steps, sort_keys=True))

    def _task(self, number: int, mistake: PlantedMistake, findings: tuple[Finding, ...]) -> Task:
        there = [f for f in findings if f.key.startswith(mistake.finds) and (f.blocks or not mistake.answer)]
        return Task(number, mistake.title, not there, self._steps.get(mistake.id, 0), mistake.hint, mistake.where,
                    mistake.why, self._rules(mistake), self._place(mistake, there[0].place) if there else None)

    def _place(self, mistake: PlantedMistake, found: Place) -> Place:
        if not mistake.page:
            return found
        if mistake.spot is None:
            return Place(mistake.page, space="text" if mistake.text else "", address=mistake.text)
        space, record, field = mistake.spot
        return Place(mistake.page, space=space, record=record, field=field)

    def _rules(self, mistake: PlantedMistake) -> tuple[str, ...]:
        wanted = {start.split("|")[0] for start in mistake.finds}
        return tuple(words.RULE.format(title=check.title, id=check.id, law=check.law)
                     for check in self._desk.pack.checks if check.id in wanted)


def planted() -> tuple[PlantedMistake, ...]:
    """The planted mistakes. Raises :class:`DeskError` where the program is not completely installed."""
    from xinfang_desk.packs import PackError
    from xinfang_desk.packs.practice import read_mistakes

    path = resources_dir() / "samples" / "practice" / "mistakes.toml"
    try:
        return read_mistakes(path.read_text(encoding="utf-8"), path.name, library.sample_year(SAMPLE))
    except (PackError, OSError) as error:
        raise DeskError(words.UNREADABLE.format(reason=error)) from error


def _steps(kept: str | None) -> dict[str, int]:
    try:
        found = json.loads(kept or "{}")
    except ValueError:
        return {}
    return {str(key): step for key, step in found.items() if isinstance(step, int)} if isinstance(found, dict) else {}


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeskError(words.NO_FOLDER.format(folder=folder, reason=error.strerror)) from error
