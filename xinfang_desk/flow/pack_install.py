"""Putting form packs in from a .zip on a stick: looked at and tried first, then put in as a whole or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xinfang_desk import __version__
from xinfang_desk.flow import shelves
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.packs import CheckCalledOff, judge, years_words
from xinfang_desk.messages import pack_install as words
from xinfang_desk.places import forms_dir

if TYPE_CHECKING:
    from xinfang_desk.flow.shelves import Bundle
    from xinfang_desk.packs import Forms
    from xinfang_desk.packs.archive import Archive

logger = logging.getLogger(__name__)

Progress = Callable[[str], None]

_COMING, _GOING = ".new-", ".gone-"
_LEFT_OVER_SECONDS = 3600
_CODES = "codes/"


@dataclass(frozen=True, slots=True)
class Offered:
    """A pack (or a year's code tables, ``codes/2027``) in a .zip. ``replaces``: what it stands in for, in words."""

    id: str
    title: str
    region: str
    years: str
    replaces: str
    lines: tuple[str, ...] = ()
    """what trying it gave: how much is in it, whether its examples hold"""


@dataclass(frozen=True, slots=True)
class Offer:
    """A .zip that was looked at. ``faults``: why it cannot be put in, all of them; () where it can.

    ``already``: the very same .zip is in use already.
    """

    path: Path
    size: int
    sha256: str
    packs: tuple[Offered, ...]
    ignored: tuple[str, ...]
    faults: tuple[str, ...]
    already: bool
    archive: Archive | None = None

    @property
    def ok(self) -> bool:
        """Whether it can be put in."""
        return not self.faults and not self.already

    @property
    def titles(self) -> str:
        """What is in it, in words."""
        return words.AND.join(words.QUOTED.format(title=pack.title) for pack in self.packs)


def look_into(path: Path, progress: Progress = lambda sentence: None, called_off: Callable[[], bool] = lambda: False) -> Offer:
    """Read a .zip, check every pack in it and run its examples; nothing is put in. Takes up to minutes.

    Raises :class:`CheckCalledOff`, and :class:`DeskError` where there is no room to try it.
    """
    from xinfang_desk.packs import PackError
    from xinfang_desk.packs.archive import read_archive

    progress(words.STEP_READING.format(name=path.name))
    try:
        archive = read_archive(path)
    except PackError as error:
        return Offer(path, 0, "", (), (), tuple(problem.sentence for problem in error.problems), already=False)
    over = shelves.bundles()
    if _in_use(archive, over):
        return Offer(path, archive.size, archive.sha256, (), archive.ignored, (), already=True)
    with _unpacked(archive) as folder:
        titles = dict.fromkeys([*archive.packs, *(f"{_CODES}{year}" for year in archive.codes)], "")
        staged = shelves.laid_over(forms_dir(), (*over, _staged(folder, titles)))
        faults = list(_clashes(archive, over))
        packs = []
        for pack_id in archive.packs:
            if called_off():
                raise CheckCalledOff
            progress(words.STEP_CHECKING.format(id=pack_id))
            verdict = judge(pack_id, staged, progress, called_off)
            packs.append(_offered(pack_id, staged, over, verdict.lines if verdict.ok else ()))
            faults += () if verdict.ok else verdict.lines[1:]  # the first only counts
        packs += [_offered_codes(year, over) for year in archive.codes]
        faults += _code_faults(archive, staged)
        if not faults:
            faults += _breakage(staged, over, titles, progress, called_off)
    return Offer(path, archive.size, archive.sha256, tuple(packs), archive.ignored, tuple(faults), already=False, archive=archive)


def install(offer: Offer) -> str:
    """Put in what was looked at; returns the sentence that says so. Raises :class:`DeskError`; then nothing changed."""
    if not offer.ok or offer.archive is None:
        raise DeskError("\n".join(offer.faults) or words.ALREADY.format(name=offer.path.name))
    _sweep()
    over = shelves.bundles()
    titles = {pack.id: pack.title for pack in offer.packs}
    try:
        _write_bundle(offer, titles, max((bundle.serial for bundle in over), default=0) + 1)
    except OSError as error:
        raise _refused(error) from error
    for folder in shelves.unreadable():
        if offer.sha256[:12] in folder.name:
            _throw_away(folder)
    for bundle in over:
        kept = {name: title for name, title in bundle.titles.items() if name not in titles}
        if len(kept) < len(bundle.titles):
            _keep_only(bundle, kept)
    return words.DONE.format(titles=offer.titles)


def remove(pack_id: str) -> str:
    """Take out a pack (or ``codes/2027``) that was put in; returns the sentence that says so.

    The code tables of its .zip go with the last pack of it. Raises :class:`DeskError` where there is no such pack, or
    others still need it.
    """
    from xinfang_desk.packs import shelf_of

    over = shelves.bundles()
    if pack_id in [folder.name for folder in shelves.unreadable()]:
        _throw_away(shelves.packs_dir() / pack_id)
        return words.REMOVED.format(title=words.QUOTED.format(title=pack_id))
    owners = [bundle for bundle in over if pack_id in bundle.titles]
    if not owners:
        if shelf_of(forms_dir()).has(pack_id):
            raise DeskError(words.NOT_INSTALLED_SHIPPED.format(id=pack_id))
        known = sorted({name for bundle in over for name in bundle.titles})
        raise DeskError(words.NOT_INSTALLED.format(id=pack_id, known=words.AND.join(known) or words.NOTHING_INSTALLED))
    title = owners[-1].titles[pack_id]
    left = tuple(replace(bundle, titles=_without(bundle.titles, pack_id)) if bundle in owners else bundle for bundle in over)
    needing = _needing(over, left)
    if needing:
        raise DeskError(words.STILL_NEEDED.format(id=pack_id, others=words.AND.join(needing)))
    try:
        for bundle, less in zip(over, left, strict=True):
            if less is not bundle:
                _keep_only(bundle, less.titles)
    except OSError as error:
        raise _refused(error) from error
    back = shelf_of(forms_dir()).has(pack_id)
    return (words.REMOVED_SHIPPED_BACK if back else words.REMOVED).format(title=words.QUOTED.format(title=title))


# ---- looking ---------------------------------------------------------------------------------------------------


@contextmanager
def _unpacked(archive: Archive) -> Iterator[Path]:
    """The files of a .zip in a folder that is gone afterwards; their names have been judged by the archive."""
    try:
        with tempfile.TemporaryDirectory(prefix="xinfang-pack-") as name:
            for file, content in _contents(archive):
                path = Path(name) / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            yield Path(name)
    except OSError as error:
        raise _refused(error) from error


def _contents(archive: Archive) -> Iterator[tuple[str, bytes]]:
    for pack_id, files in archive.packs.items():
        yield from ((f"{pack_id}/{name}", content) for name, content in files.items())
    for year, files in archive.codes.items():
        yield from ((f"{_CODES}{year}/{name}", content) for name, content in files.items())


def _staged(folder: Path, titles: Mapping[str, str]) -> Bundle:
    return shelves.Bundle(folder, 0, "", "", "", titles, {}, {})


def _in_use(archive: Archive, over: tuple[Bundle, ...]) -> bool:
    wanted = {*archive.packs, *(f"{_CODES}{year}" for year in archive.codes)}
    return any(bundle.sha256 == archive.sha256 and wanted <= set(bundle.titles) and not bundle.damaged for bundle in over)


def _clashes(archive: Archive, over: tuple[Bundle, ...]) -> Iterator[str]:
    """Ids that differ from another only by case: one folder on Windows."""
    from xinfang_desk.packs import shelf_of

    known = [*archive.packs, *shelf_of(shelves.laid_over(forms_dir(), over)).pack_ids()]
    for pack_id in archive.packs:
        other = next((one for one in known if one != pack_id and one.casefold() == pack_id.casefold()), "")
        if other:
            yield words.PACK_CASE.format(id=pack_id, other=other)


def _offered(pack_id: str, staged: Forms, over: tuple[Bundle, ...], lines: tuple[str, ...]) -> Offered:
    from xinfang_desk.packs import list_packs

    info = next(info for info in list_packs(staged) if info.id == pack_id)
    return Offered(pack_id, info.title, info.region, years_words(info.years), _replaces(pack_id, over), lines)


def _offered_codes(year: int, over: tuple[Bundle, ...]) -> Offered:
    name = f"{_CODES}{year}"
    return Offered(name, words.CODES_TITLE.format(year=year), "", years_words((year, year)), _replaces(name, over))


def _replaces(name: str, over: tuple[Bundle, ...]) -> str:
    former = next((bundle for bundle in reversed(over) if name in bundle.titles), None)
    if former is not None:
        return words.REPLACES_INSTALLED.format(when=former.day, source=former.source)
    return words.REPLACES_SHIPPED if (forms_dir() / name).is_dir() else words.REPLACES_NEW


def _code_faults(archive: Archive, staged: Forms) -> Iterator[str]:
    from xinfang_desk.packs import PackError, load_codes

    for year in archive.codes:
        try:
            load_codes(year, staged)
        except PackError as error:
            yield from (problem.sentence for problem in error.problems)


def _breakage(staged: Forms, over: tuple[Bundle, ...], titles: Mapping[str, str], progress: Progress,
              called_off: Callable[[], bool]) -> Iterator[str]:
    """Packs that can be used now and could not be any more: they build on what would be replaced."""
    from xinfang_desk.packs import PackError, built_on, load_pack, shelf_of

    before = shelves.laid_over(forms_dir(), over)
    for pack_id in shelf_of(before).pack_ids():
        if pack_id in titles or not built_on(pack_id, before) & set(titles):
            continue
        if called_off():
            raise CheckCalledOff
        progress(words.STEP_OTHERS.format(id=pack_id))
        try:
            load_pack(pack_id, staged)
        except PackError as error:
            if _loads(pack_id, before):
                yield words.OTHER_BREAKS.format(id=pack_id, sentence=error.problems[0].sentence)


def _loads(pack_id: str, forms: Forms) -> bool:
    from xinfang_desk.packs import PackError, load_pack

    try:
        load_pack(pack_id, forms)
    except PackError:
        return False
    return True


def _needing(over: tuple[Bundle, ...], left: tuple[Bundle, ...]) -> tuple[str, ...]:
    """Packs that stay put in and could not be used any more with what is left."""
    before, after = shelves.laid_over(forms_dir(), over), shelves.laid_over(forms_dir(), left)
    staying = {name for bundle in left for name in bundle.titles if not name.startswith(_CODES)}
    return tuple(name for name in sorted(staying) if _loads(name, before) and not _loads(name, after))


def _without(titles: Mapping[str, str], name: str) -> dict[str, str]:
    """What stays of a bundle: nothing where only code tables would be left that came along with the packs."""
    left = {one: title for one, title in titles.items() if one != name}
    only_codes = all(one.startswith(_CODES) for one in left)
    return {} if only_codes and not name.startswith(_CODES) else left


# ---- on disk ---------------------------------------------------------------------------------------------------


def _write_bundle(offer: Offer, titles: Mapping[str, str], serial: int) -> None:
    """A new folder, whole from the first moment it can be seen."""
    assert offer.archive is not None
    home = shelves.packs_dir()
    home.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=_COMING, dir=home))
    try:
        hashes = {}
        for name, content in _contents(offer.archive):
            _write(beside / name, content)
            hashes[name] = hashlib.sha256(content).hexdigest()
        record = {"format": shelves.FORMAT, "serial": serial, "source": offer.path.name, "sha256": offer.sha256,
                  "size": offer.size, "when": dt.datetime.now().astimezone().isoformat(timespec="seconds"),
                  "program": __version__, "titles": dict(titles), "files": hashes}
        _write(beside / shelves.RECORD, json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8"))
        beside.chmod(0o755)
        target = home / f"{serial:04d}-{offer.sha256[:12]}"
        beside.rename(target if not target.exists() else target.with_name(f"{target.name}-{beside.name[-8:]}"))
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _keep_only(bundle: Bundle, titles: Mapping[str, str]) -> None:
    """Leave these of a bundle; without any the whole folder goes. Its record is changed before its files."""
    if not titles:
        _throw_away(bundle.folder)
        return
    record = json.loads((bundle.folder / shelves.RECORD).read_text(encoding="utf-8"))
    record["titles"] = dict(titles)
    record["files"] = {name: value for name, value in bundle.files.items() if "/".join(name.split("/")[:2]) in titles}
    beside = bundle.folder / f"{_COMING}{shelves.RECORD}"
    beside.unlink(missing_ok=True)
    _write(beside, json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8"))
    beside.replace(bundle.folder / shelves.RECORD)
    for name in set(bundle.titles) - set(titles):
        shutil.rmtree(bundle.folder / name, ignore_errors=True)


def _throw_away(folder: Path) -> None:
    """Out of use by one renaming, then off the disk."""
    gone = folder.with_name(f"{_GOING}{folder.name}")
    folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def _sweep() -> None:
    """Folders that a killed program left half-written or half-removed; never one that another program is writing now."""
    home = shelves.packs_dir()
    for path in home.glob(".*") if home.is_dir() else ():
        if path.name.startswith((_COMING, _GOING)):
            try:
                old = time.time() - path.stat().st_mtime > _LEFT_OVER_SECONDS
            except OSError:
                continue
            if old or path.name.startswith(_GOING):
                shutil.rmtree(path, ignore_errors=True)


def _refused(error: OSError) -> DeskError:
    logger.error("packs cannot be written: %s", error)
    return DeskError(words.CANNOT_WRITE.format(folder=shelves.packs_dir(), strerror=error.strerror or error))
