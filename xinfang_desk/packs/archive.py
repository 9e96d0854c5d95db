"""A .zip of form packs from a stick. It may come from anybody, so nothing in it is believed and nothing is unpacked:
its files are read into memory, within bounds, and every fault is told at once."""

from __future__ import annotations

import hashlib
import re
import stat
import tomllib
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath

from xinfang_desk.messages import marks
from xinfang_desk.messages import pack_install as words
from xinfang_desk.packs.folder import MAX_FILE_BYTES, PACK_ID
from xinfang_desk.packs.problems import PackError, Problem, Problems

MEGABYTE = 1024 * 1024
MAX_ZIP_BYTES = 8 * MEGABYTE
MAX_TOTAL_BYTES = 24 * MEGABYTE
MAX_ENTRIES = 2000
CODE_FILES = ("economic_dept.csv", "economic_gov.csv", "function.csv", "mapping.csv", "successors.csv")

_KINDS = frozenset((".toml", ".csv", ".md", ".txt"))
_JUNK = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|\._|Thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)
_BAD_CHARS = re.compile(r'[\x00-\x1f<>:"|?*\ufffd]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)
_OURS = frozenset(("codes", "indicators"))
"""Folders of ``forms/`` that are no region."""
_CODES = re.compile(r"(?:^|.*/)codes/(\d{4})$")
_METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Archive:
    """What a .zip holds, unpacked in memory: per pack id and per year of code tables its files by their path within.

    ``ignored``: files that belong to neither and do no harm.
    """

    name: str
    size: int
    sha256: str
    packs: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
    codes: Mapping[int, Mapping[str, bytes]] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()


def read_archive(path: Path) -> Archive:
    """Read a .zip of packs. Raises :class:`PackError` with every fault, each with the file in the .zip it is about."""
    data = _bytes(path)
    problems = Problems()
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            files = _files(opened, path.name, problems)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        raise PackError([Problem(path.name, 0, words.ZIP_BROKEN.format(name=path.name))]) from error
    packs, codes, ignored = _sorted(files, problems)
    if not packs and not codes and not problems.errors:
        problems.add(path.name, 0, words.ZIP_EMPTY.format(name=path.name))
    problems.raise_errors()
    return Archive(path.name, len(data), hashlib.sha256(data).hexdigest(), packs, codes, ignored)


def checksum(path: Path) -> str:
    """The SHA-256 of a .zip as it lies there. Raises :class:`PackError`."""
    return hashlib.sha256(_bytes(path)).hexdigest()


# ---- the bytes ----------------------------------------------------------------------------------------------------


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_ZIP_BYTES + 1)
    except FileNotFoundError as error:
        raise PackError([Problem(path.name, 0, words.ZIP_NOT_THERE.format(path=path))]) from error
    except OSError as error:
        raise PackError([Problem(path.name, 0, words.ZIP_UNREADABLE.format(
            name=path.name, strerror=error.strerror or error))]) from error
    if len(data) > MAX_ZIP_BYTES:
        raise PackError([Problem(path.name, 0, words.ZIP_TOO_LARGE.format(
            name=path.name, most=MAX_ZIP_BYTES // MEGABYTE))])
    return data


def _files(opened: zipfile.ZipFile, zip_name: str, problems: Problems) -> dict[str, bytes]:
    """The regular files by their cleaned path. Reading stops where the whole grows too large."""
    entries = opened.infolist()
    if len(entries) > MAX_ENTRIES:
        problems.add(zip_name, 0, words.ZIP_ENTRIES.format(count=len(entries), most=MAX_ENTRIES))
        return {}
    files: dict[str, bytes] = {}
    seen: set[str] = set()
    total = 0
    for entry in entries:
        name = _name(entry)
        if entry.is_dir() or (name is not None and (name.endswith("/") or _JUNK.search(name))):
            continue
        fault = _fault(entry, name)
        if fault or name is None:
            problems.add(_told(name or entry.filename), 0, fault)
            continue
        if name.casefold() in seen:
            problems.add(_told(name), 0, words.ENTRY_TWICE)
            continue
        seen.add(name.casefold())
        content = _content(opened, entry)
        if content is None:
            problems.add(_told(name), 0, words.ENTRY_BROKEN)
            continue
        if len(content) > MAX_FILE_BYTES:
            problems.add(_told(name), 0, words.FILE_TOO_BIG.format(most=MAX_FILE_BYTES // MEGABYTE))
        total += len(content)
        if total > MAX_TOTAL_BYTES:
            problems.add(zip_name, 0, words.ZIP_TOTAL.format(most=MAX_TOTAL_BYTES // MEGABYTE))
            return {}
        files[name] = content
    for name in files:
        if any(other.casefold().startswith(f"{name.casefold()}/") for other in files):
            problems.add(_told(name), 0, words.ENTRY_TWICE)
    return files


def _content(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | None:
    """At most one byte more than is allowed, whatever the entry says of its size; ``None`` where it cannot be read."""
    try:
        with opened.open(entry) as file:
            return file.read(MAX_FILE_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
        return None


def _name(entry: zipfile.ZipInfo) -> str | None:
    """The entry's path with ``/``; ``None`` where its encoding cannot be told. Old Windows programs write GBK and \\."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8_NAME:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return None
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
        else:
            return None
    return name.replace("\\", "/")


def _fault(entry: zipfile.ZipInfo, name: str | None) -> str:
    """Why an entry is not taken, '' where it may be."""
    if name is None:
        return words.ENTRY_NAME
    parts = name.split("/")
    if name.startswith("/") or any(part in ("", ".", "..") for part in parts) or re.match(r"^[A-Za-z]:", name):
        return words.ENTRY_OUTSIDE
    if any(_BAD_CHARS.search(part) or _RESERVED.match(part) or part[-1] in ". " or len(part) > 100 for part in parts) or len(parts) > 12:
        return words.ENTRY_NAME
    mode = entry.external_attr >> 16
    if mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
        return words.ENTRY_LINK
    if entry.flag_bits & _ENCRYPTED:
        return words.ENTRY_LOCKED
    if entry.compress_type not in _METHODS:
        return words.ENTRY_METHOD
    return "" if PurePosixPath(name).suffix.lower() in _KINDS else words.ENTRY_KIND


def _told(name: str) -> str:
    """A name from the .zip as it can be shown: nothing in it that a terminal or a window would obey."""
    shown = "".join(char if char.isprintable() else "□" for char in name)
    return shown if len(shown) <= 80 else shown[:60] + marks.CUT + shown[-16:]


# ---- whose they are -----------------------------------------------------------------------------------------------

Sorted = tuple[dict[str, dict[str, bytes]], dict[int, dict[str, bytes]], tuple[str, ...]]


def _sorted(files: Mapping[str, bytes], problems: Problems) -> Sorted:
    roots = sorted(_folder(name) for name in files if name.rpartition("/")[2] == "pack.toml")
    for inner, outer in _nested(roots):
        problems.add(_told(f"{inner}/pack.toml"), 0, words.PACK_NESTED.format(outer=_told(outer)))
    ids = {root: _pack_id(root, files, problems) for root in roots}
    packs: dict[str, dict[str, bytes]] = {}
    codes: dict[int, dict[str, bytes]] = {}
    ignored = []
    for pack_id in sorted({one for one in ids.values() if one and list(ids.values()).count(one) > 1}):
        problems.add(pack_id, 0, words.PACK_TWICE.format(id=pack_id))
    for name, content in sorted(files.items()):
        root = next((one for one in roots if one == "" or name.startswith(f"{one}/")), None)
        year = _CODES.match(_folder(name))
        if root is not None:
            packs.setdefault(ids[root], {})[name[len(root):].lstrip("/")] = content
        elif year is not None and name.rpartition("/")[2] in CODE_FILES:
            codes.setdefault(int(year[1]), {})[name.rpartition("/")[2]] = content
        elif year is not None and name.endswith(".csv"):
            problems.add(_told(name), 0, words.CODES_NAMES.format(names=words.AND.join(CODE_FILES)))
        elif name.endswith((".md", ".txt")) or "/indicators/" in f"/{name}":
            ignored.append(_told(name))
        else:
            problems.add(_told(name), 0, words.ENTRY_STRAY)
    packs.pop("", None)
    return packs, codes, tuple(ignored)


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


def _nested(roots: list[str]) -> Iterator[tuple[str, str]]:
    for inner in roots:
        for outer in roots:
            if inner != outer and (outer == "" or inner.startswith(f"{outer}/")):
                yield inner, outer


def _pack_id(root: str, files: Mapping[str, bytes], problems: Problems) -> str:
    """What the pack calls itself; where it does not say, its last two folders; '' after noting a fault."""
    name = f"{root}/pack.toml".lstrip("/")
    found = _own_id(files[name]) or "/".join(root.split("/")[-2:])
    if not PACK_ID.fullmatch(found):
        problems.add(_told(name), 0, words.PACK_NAMELESS)
        return ""
    region, _, _ = found.partition("/")
    for part in found.split("/"):
        if _RESERVED.match(part) or len(part) > 60:
            problems.add(_told(name), 0, words.PACK_RESERVED.format(id=_told(found), part=_told(part)))
            return ""
    if region.casefold() in _OURS:
        problems.add(_told(name), 0, words.PACK_RESERVED.format(id=_told(found), part=region))
        return ""
    return found


def _own_id(content: bytes) -> str:
    """``id`` in ``[pack]``; '' where it is missing or the file is none (that is told when the pack is read)."""
    try:
        read = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return ""
    pack = read.get("pack")
    found = pack.get("id") if isinstance(pack, dict) else None
    return found if isinstance(found, str) else ""
