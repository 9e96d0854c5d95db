"""The ready-made books that come with the program, as the start page lists them: it needs no more of the program yet."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from xinfang_desk.messages import desk as words
from xinfang_desk.messages import practice
from xinfang_desk.places import forms_dir, resources_dir, user_dir

_PRACTICE = re.compile(r'^"sample\.practice" = true$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sample:
    """A ready-made book: ``id`` as in ``sample new 004``, its title and the pack it is for.

    ``practice``: it is the practice department, with mistakes planted in it; all others are fit to be published.
    """

    id: str
    title: str
    pack: str
    path: Path
    practice: bool = False


def samples() -> tuple[Sample, ...]:
    """The ready-made books, in order of their ids."""
    return tuple(_sample(path, path.stat().st_mtime_ns) for path in sorted((resources_dir() / "samples").glob("*.toml")))


@lru_cache(maxsize=32)
def _sample(path: Path, _changed: int) -> Sample:
    """A sample as its file says. Read once: the start page lists them all, each time a book is put away."""
    text = path.read_text(encoding="utf-8")
    head = tomllib.loads(text.partition("\n[[")[0])  # the year and the unit stand before the first list
    year = head["year"]
    manifest = tomllib.loads(_first_table((forms_dir() / year["pack"] / "pack.toml").read_text(encoding="utf-8")))
    kind = words.KINDS[manifest["pack"].get("kind", "budget")]
    title = words.SAMPLE_TITLE.format(unit=head["unit"]["name"], year=year["year"], kind=kind)
    return Sample(path.stem, title, year["pack"], path, _PRACTICE.search(text) is not None)


def _first_table(text: str) -> str:
    return "\n[".join(text.split("\n[", 2)[:2])


def practice_file() -> Path:
    """Where the practice book is kept: in the program's own folder, apart from the clerk's books."""
    return user_dir() / "practice" / practice.FILE
