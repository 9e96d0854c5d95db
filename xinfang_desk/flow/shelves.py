"""The packs of this user: those that come with the program, and over them those put in from a .zip.

Each .zip that was put in is a folder of its own under the user's ``packs/``: its files as they were, and
``bundle.json`` with where they come from and what each must hash to. A folder comes into being by one renaming, so
there is never half of one. What no longer hashes to what it should is not used, and says so; nothing else suffers.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xinfang_desk.messages import pack_install as words
from xinfang_desk.places import forms_dir, user_dir

if TYPE_CHECKING:
    from xinfang_desk.packs import Forms, PackInfo

logger = logging.getLogger(__name__)

RECORD = "bundle.json"
FORMAT = 1
_CODES = "codes/"
_NAME = re.compile(r"codes/\d{4}|(?!codes/)[\w-]+/[\w-]+")
_shipped_only = False
_listed: tuple[tuple[object, ...], tuple[PackInfo, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """What came from one .zip. ``titles`` by pack id (``hunan/2027``) or ``codes/2027``; ``files`` by path within
    ``folder``, with the SHA-256 each must have. ``damaged`` by the same ids: a sentence, for those not to be used."""

    folder: Path
    serial: int
    source: str
    sha256: str
    when: str
    titles: Mapping[str, str]
    files: Mapping[str, str]
    damaged: Mapping[str, str]

    @property
    def day(self) -> str:
        """When it was put in, to the minute."""
        return self.when[:16].replace("T", " ")

    @property
    def origin(self) -> str:
        """Where it comes from, in words."""
        return words.INSTALLED.format(when=self.day, source=self.source, checksum=self.sha256[:16])


def packs_dir() -> Path:
    """The folder of what this user has put in; it need not be there."""
    return user_dir() / "packs"


def bundles() -> tuple[Bundle, ...]:
    """What has been put in, the oldest first; folders whose record cannot be read are left out (see :func:`unreadable`)."""
    found = [bundle for folder in _folders() if (bundle := _read(folder)) is not None]
    return tuple(sorted(found, key=lambda bundle: bundle.serial))


def unreadable() -> tuple[Path, ...]:
    """The folders whose record cannot be read: nothing in them is used."""
    return tuple(folder for folder in _folders() if _read(folder) is None)


def shelf() -> Forms:
    """All packs and code tables there are, what was put in before what comes with the program.

    The folder ``forms/`` itself where nothing was put in. Raises :class:`FileNotFoundError` where the program is not
    completely installed.
    """
    base = forms_dir()
    there = () if _shipped_only else bundles()
    return laid_over(base, there) if there else base


def listed() -> tuple[PackInfo, ...]:
    """Every pack of the shelf, as :func:`xinfang_desk.packs.list_packs` has them. Read anew only where something has been
    put in, taken out or damaged since: to go through all of them takes a tenth of a second."""
    global _listed
    from xinfang_desk.packs import list_packs

    there = () if _shipped_only else bundles()
    standing = (forms_dir(), *((bundle.folder, bundle.sha256, *sorted(bundle.titles), *sorted(bundle.damaged.items()))
                               for bundle in there))
    if _listed is None or _listed[0] != standing:
        _listed = standing, list_packs(shelf())
    return _listed[1]


def laid_over(base: Path, over: tuple[Bundle, ...]) -> Forms:
    """``forms/`` with bundles laid over it, the later over the earlier."""
    from xinfang_desk.packs import Shelf

    packs: dict[str, Path] = {}
    codes: dict[int, Path] = {}
    blocked: dict[str, str] = {}
    for bundle in over:
        for name in bundle.titles:
            blocked.pop(name, None)
            if name.startswith(_CODES):
                codes[int(name.removeprefix(_CODES))] = bundle.folder / name
            else:
                packs[name] = bundle.folder / name
        blocked |= bundle.damaged
    return Shelf(base, packs, codes, blocked)


@contextmanager
def shipped_only() -> Iterator[None]:
    """Leave aside what this user has put in: for the self-test, which knows what the shipped packs must give."""
    global _shipped_only
    before, _shipped_only = _shipped_only, True
    try:
        yield
    finally:
        _shipped_only = before


# ---- inside ----------------------------------------------------------------------------------------------------


def _folders() -> list[Path]:
    """The folders of bundles; those still being written or on their way out begin with a dot."""
    try:
        return sorted(path for path in packs_dir().iterdir() if path.is_dir() and not path.name.startswith("."))
    except OSError:
        return []


def _read(folder: Path) -> Bundle | None:
    try:
        read = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        bundle = Bundle(folder, int(read["serial"]), str(read["source"]), str(read["sha256"]), str(read["when"]),
                        _texts(read["titles"]), _texts(read["files"]), {})
        if not all(_NAME.fullmatch(name) for name in bundle.titles):
            raise ValueError(folder.name)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        logger.error("the record of %s cannot be read: %s", folder, error)
        return None
    return Bundle(folder, bundle.serial, bundle.source, bundle.sha256, bundle.when, bundle.titles, bundle.files,
                  _damage(bundle))


def _texts(read: Any) -> dict[str, str]:
    return {str(key): str(value) for key, value in read.items()}


_judged: dict[Path, tuple[object, dict[str, str]]] = {}
"""What the files of a bundle looked like from outside when they were last hashed, and what was found."""


def _damage(bundle: Bundle) -> dict[str, str]:
    """What must not be used, with the sentence why. Files that look the same from outside are not read again."""
    look = (bundle.serial, tuple(bundle.titles), tuple(_look(bundle.folder / name) for name in bundle.files))
    known = _judged.get(bundle.folder)
    if known is not None and known[0] == look:
        return known[1]
    found: dict[str, str] = {}
    for name, wanted in bundle.files.items():
        owner = "/".join(name.split("/")[:2])
        if owner not in bundle.titles or owner in found:
            continue
        try:
            content = (bundle.folder / name).read_bytes()
        except OSError:
            found[owner] = words.FILE_GONE.format(id=owner, source=bundle.source, file=name)
            continue
        if hashlib.sha256(content).hexdigest() != wanted:
            found[owner] = words.FILE_CHANGED.format(id=owner, source=bundle.source, file=name)
    _judged[bundle.folder] = (look, found)
    return found


def _look(path: Path) -> tuple[int, int]:
    try:
        state = path.stat()
    except OSError:
        return -1, -1
    return state.st_size, state.st_mtime_ns
