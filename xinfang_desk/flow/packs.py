"""Form packs for people: what there is and where it comes from, and whether a pack's worked examples hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xinfang_desk.flow import shelves
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.messages import desk as words
from xinfang_desk.messages import pack_install, terms
from xinfang_desk.model.pack import PackKind

if TYPE_CHECKING:
    from xinfang_desk.model.pack import Pack
    from xinfang_desk.packs import Case, Forms


_TOLD_EVERY = 20
"""Examples between two words about how far it is."""


@dataclass(frozen=True, slots=True)
class PackCheck:
    """What checking a pack gave: sentences to print, and whether all is well."""

    lines: tuple[str, ...]
    ok: bool


@dataclass(frozen=True, slots=True)
class PackChoice:
    """A pack a new book can be made for; ``years`` first and last, ``kind`` budget or selfeval."""

    id: str
    title: str
    region: str
    years: tuple[int, int]
    kind: PackKind = "budget"


@dataclass(frozen=True, slots=True)
class PackShown:
    """A pack, or a year's code tables put in from a .zip, as a list shows it. ``problems``: why it cannot be used."""

    id: str
    title: str
    region: str
    years: str
    origin: str
    installed: bool
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


class CheckCalledOff(DeskError):
    """Checking was called off."""

    def __init__(self) -> None:
        super().__init__(pack_install.CALLED_OFF)


def usable_packs() -> tuple[PackChoice, ...]:
    """The packs there are that can be read, in order."""
    return tuple(PackChoice(info.id, info.title, info.region, info.years, info.kind) for info in shelves.listed()
                 if info.years[0] and all(problem.warning for problem in info.problems))


def packs_shown() -> tuple[PackShown, ...]:
    """Every pack with where it comes from, then the code tables that were put in."""
    from xinfang_desk.packs import list_packs
    from xinfang_desk.places import forms_dir

    put_in = {name: bundle for bundle in shelves.bundles() for name in bundle.titles}
    base = forms_dir()
    found = []
    for info in list_packs(shelves.shelf()):
        bundle = put_in.get(info.id)
        origin = pack_install.SHIPPED
        if bundle is not None:
            origin = bundle.origin
            if (base / info.id / "pack.toml").is_file():
                origin += pack_install.COMMA + pack_install.REPLACES_SHIPPED
        title = info.title if bundle is None or info.title != info.id else bundle.titles[info.id]
        found.append(PackShown(info.id, title, info.region, years_words(info.years), origin, bundle is not None, info.notes,
                               tuple(problem.sentence for problem in info.problems)))
    for name, bundle in put_in.items():
        if name.startswith("codes/"):
            found.append(PackShown(name, bundle.titles[name], "", "", bundle.origin, True, (),
                                   tuple(s for one, s in bundle.damaged.items() if one == name)))
    return tuple(found)


def years_words(years: tuple[int, int]) -> str:
    """The years a pack serves, in words; '' where it does not say."""
    first, last = years
    if not first:
        return ""
    return (terms.YEAR if first == last else words.PACK_YEARS).format(year=first, first=first, last=last)


def pack_lines() -> Iterator[str]:
    """One line for each pack, below it where it comes from and its open questions."""
    for shown in packs_shown():
        covers = pack_install.COMMA.join(part for part in (shown.region, shown.years) if part)
        yield (words.PACK_LINE if covers else pack_install.LINE_BARE).format(id=shown.id, title=shown.title, covers=covers)
        yield pack_install.ORIGIN_LINE.format(origin=shown.origin)
        for note in shown.notes:
            yield words.PACK_NOTE.format(note=note)
        for problem in shown.problems:
            yield words.PACK_PROBLEM.format(problem=problem)
    for folder in shelves.unreadable():
        yield pack_install.BUNDLE_UNREADABLE.format(folder=folder.name)


def check_pack(folder: Path, progress: Callable[[str], None] = lambda sentence: None) -> PackCheck:
    """Load the pack in ``folder`` (``…/forms/<region>/<year>``) and run its worked examples.

    Raises :class:`DeskError` where the folder is none of a pack.
    """
    root = folder.resolve()
    if not (root / "pack.toml").is_file():
        raise DeskError(words.NO_PACK.format(folder=folder))
    return judge(f"{root.parent.name}/{root.name}", root.parent.parent, progress)


def judge(pack_id: str, forms: Forms, progress: Callable[[str], None] = lambda sentence: None,
          called_off: Callable[[], bool] = lambda: False) -> PackCheck:
    """Load a pack and run its worked examples. Raises :class:`CheckCalledOff`."""
    from xinfang_desk.engine.rules import RULES
    from xinfang_desk.packs import PackError, load_cases, load_pack

    try:
        pack = load_pack(pack_id, forms, known_rules=frozenset(RULES))
        cases = load_cases(pack, forms)
    except PackError as error:
        problems = tuple(problem.sentence for problem in error.problems)
        return PackCheck((words.PACK_PROBLEMS.format(id=pack_id, count=len(problems)), *problems), False)
    failures = []
    for at, case in enumerate(cases, 1):
        if called_off():
            raise CheckCalledOff
        if at % _TOLD_EVERY == 1:
            progress(pack_install.STEP_CASES.format(id=pack_id, at=at, count=len(cases)))
        failures.append(run_case(pack, case))
    failures = [sentence for sentence in failures if sentence]
    covered = {(case.check, case.failing) for case in cases}
    untested = tuple(sentence.format(id=check.id, title=check.title) for check in pack.checks
                     for failing, sentence in ((True, words.CASE_MISSING_LOUD), (False, words.CASE_MISSING_SILENT))
                     if (check.id, failing) not in covered)
    rules = sum(1 for check in pack.checks if check.rule)
    head = (words.PACK_COUNTED.format(
        title=pack.title, pages=len(pack.pages), tables=len(pack.tables), checks=len(pack.checks), rules=rules,
        sections=len(pack.narrative.sections), cases=len(cases)),)
    tail = (words.CASES_PASS,) if not failures and not untested else ()
    return PackCheck((*head, *failures, *untested, *tail), not failures and not untested)


def run_case(pack: Pack, case: Case) -> str:
    """Run one worked example; '' where it holds, else a sentence that says what differs."""
    from xinfang_desk.engine import Engine
    from xinfang_desk.passages import compose

    alone = replace(pack, checks=tuple(check for check in pack.checks if check.id == case.check))
    engine = Engine(alone, case.year)
    found = [f for f in engine.findings(compose(engine)) if case.key_part in f.key]
    where = words.CASE_AT.format(file=case.file, line=case.line, title=case.title)
    if case.failing and not found:
        return words.CASE_SILENT.format(where=where, check=case.check)
    if not case.failing and found:
        return words.CASE_LOUD.format(where=where, check=case.check, sentence=found[0].sentence)
    if case.failing and case.difference is not None and case.difference not in [f.difference for f in found]:
        return words.CASE_DIFFERS.format(where=where, check=case.check)
    return ""
