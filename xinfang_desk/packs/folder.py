"""Finds and opens the files of a pack. Packs may come from anywhere, so nothing outside the folders they belong in is read."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from xinfang_desk.messages import packs as words
from xinfang_desk.packs.problems import Problems
from xinfang_desk.packs.shelf import Forms, shelf_of
from xinfang_desk.packs.source import Source, read_source

MAX_FILE_BYTES = 2 * 1024 * 1024
MAX_FILES = 500
PACK_ID = re.compile(r"^[\w-]+/[\w-]+$")


@dataclass(slots=True)
class Folder:
    """A pack's folder: the files in it, by their path relative to it (with ``/``)."""

    pack_id: str
    root: Path
    files: dict[str, Path]
    problems: Problems

    def label(self, name: str) -> str:
        """How problems call a file of this pack."""
        return f"{self.pack_id}/{name}"

    def read(self, name: str) -> Source | None:
        """The parsed TOML file, ``None`` where it is absent or faulty (a fault is noted)."""
        path = self.files.get(name)
        if path is None:
            return None
        text = read_text(path, self.label(name), self.problems)
        return None if text is None else read_source(self.label(name), text, self.problems)


def open_folder(pack_id: str, forms: Forms, problems: Problems) -> Folder | None:
    """The folder of a pack id (``region/year``); ``None`` after noting why it cannot be used."""
    if not PACK_ID.fullmatch(pack_id):
        problems.add(pack_id, 0, words.PACK_ID_SHAPE)
        return None
    shelf = shelf_of(forms)
    if pack_id in shelf.blocked:
        problems.add(pack_id, 0, shelf.blocked[pack_id])
        return None
    root, bounds = shelf.folder(pack_id), shelf.bounds(pack_id)
    if not (root / "pack.toml").is_file():
        problems.add(f"{pack_id}/pack.toml", 0, words.PACK_NOT_THERE)
        return None
    if not _inside(root, bounds):
        problems.add(pack_id, 0, words.PACK_OUTSIDE)
        return None
    return Folder(pack_id, root, _list_files(pack_id, root, bounds, problems), problems)


def read_text(path: Path, label: str, problems: Problems) -> str | None:
    """The text of a UTF-8 file (BOM allowed) of at most 2 MB; ``None`` after noting a fault."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        problems.add(label, 0, words.FILE_UNREADABLE.format(strerror=error.strerror or error))
        return None
    if len(content) > MAX_FILE_BYTES:
        problems.add(label, 0, words.FILE_TOO_LARGE)
        return None
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problems.add(label, line, words.FILE_NOT_UTF8)
        return None


def _inside(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root.resolve())


def _list_files(pack_id: str, root: Path, bounds: Path, problems: Problems) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for folder, folders, names in os.walk(root, followlinks=False):
        here = Path(folder)
        for name in (*names, *(sub for sub in folders if (here / sub).is_symlink())):
            path = here / name
            label = path.relative_to(root).as_posix()
            if path.is_symlink() and not _inside(path, bounds):
                problems.add(f"{pack_id}/{label}", 0, words.LINK_OUTSIDE)
            elif path.is_file():
                files[label] = path
            if len(files) > MAX_FILES:
                problems.add(pack_id, 0, words.TOO_MANY_FILES.format(max_files=MAX_FILES))
                return {}
    return dict(sorted(files.items()))
