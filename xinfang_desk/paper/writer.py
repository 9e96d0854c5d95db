"""Writes an edition's files: each beside its target, read back, compared, synced, then moved into place."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xinfang_desk.messages import marks
from xinfang_desk.messages import paper as words
from xinfang_desk.model.edition import Edition, MadeFile, SignatureArea
from xinfang_desk.paper.errors import PaperError, WriteRefused

if TYPE_CHECKING:
    from xinfang_desk.paper.pdf import MadePdf

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper in memory: its bytes, its page count, the room for a signature, and how it is read back."""

    data: bytes
    check: Callable[[bytes, str], None]
    pages: int = 0
    area: SignatureArea | None = None


def write_edition(
    edition: Edition, folder: Path, *, progress: Progress = lambda sentence: None
) -> tuple[MadeFile, ...]:
    """Write the files that ``edition.names`` names (keys workbook, narrative, narrative_pdf, document) into ``folder``.

    ``folder`` is made where it is missing. ``progress`` is told in a Chinese sentence what is being done. All
    files are made and read back before the first is moved into place.

    Raises:
        MissingGlyph: a character is in none of our fonts.
        ReadbackError: a file does not say what it should.
        WriteRefused: the folder or a file cannot be written. In all cases former files stay as they were, and
            nothing half-written is left behind.
    """
    unknown = set(edition.names) - set(words.WRITING)
    if unknown:
        raise PaperError(
            words.KIND_UNKNOWN.format(unknown=marks.AND.join(sorted(unknown)))
        )
    waiting: list[tuple[str, Path, Path, _Paper]] = []
    try:
        _make_folder(folder)
        for kind, name in edition.names.items():
            progress(words.WRITING[kind].format(name=name))
            paper = _MAKERS[kind](edition)
            target = folder / name
            beside = _write_beside(target, paper.data)
            waiting.append((kind, beside, target, paper))
            progress(words.CHECKING.format(name=name))
            paper.check(_read(beside), name)
        for _, _, target, _ in waiting:
            _check_free(target)
        for _, beside, target, _ in waiting:
            _move(beside, target)
    finally:
        for _, beside, _, _ in waiting:
            beside.unlink(missing_ok=True)
    _sync_folder(folder)
    return tuple(
        MadeFile(
            kind, target, len(paper.data), hashlib.sha256(paper.data).hexdigest(), paper.pages, paper.area
        )
        for kind, _, target, paper in waiting
    )


def write_file(target: Path, data: bytes) -> None:
    """Put a finished file into place: written beside it and synced first, so that nothing half-written remains.

    Raises :class:`WriteRefused`; a former file stays as it was.
    """
    beside = _write_beside(target, data)
    try:
        _check_free(target)
        _move(beside, target)
    finally:
        beside.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _workbook(edition: Edition) -> _Paper:
    from xinfang_desk.paper.readback import check_workbook
    from xinfang_desk.paper.xlsx import workbook_bytes

    return _Paper(workbook_bytes(edition), lambda data, name: check_workbook(data, edition, name))


def _narrative(edition: Edition) -> _Paper:
    from xinfang_desk.paper.docx import narrative_docx
    from xinfang_desk.paper.readback import check_narrative

    return _Paper(narrative_docx(edition), lambda data, name: check_narrative(data, edition, name))


def _document(edition: Edition) -> _Paper:
    from xinfang_desk.paper.pdf import document_pdf

    return _pdf(document_pdf(edition), edition)


def _narrative_pdf(edition: Edition) -> _Paper:
    from xinfang_desk.paper.pdf import narrative_pdf

    return _pdf(narrative_pdf(edition), edition)


def _pdf(made: MadePdf, edition: Edition) -> _Paper:
    from dataclasses import replace

    from xinfang_desk.paper.readback import check_pdf

    return _Paper(
        made.data,
        lambda data, name: check_pdf(replace(made, data=data), edition, name),
        made.pages,
        made.area,
    )


_MAKERS: dict[str, Callable[[Edition], _Paper]] = {
    "workbook": _workbook,
    "narrative": _narrative,
    "narrative_pdf": _narrative_pdf,
    "document": _document,
}


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(error, folder) from error


def _write_beside(target: Path, data: bytes) -> Path:
    """A file with these bytes on the disk, in the target's folder; removed again if it cannot be finished."""
    beside: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".xinfang-", suffix=".tmp", dir=target.parent)
        beside = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp gives the owner alone a look; a published paper is for everyone.
        beside.chmod(0o644)
    except OSError as error:
        if beside is not None:
            beside.unlink(missing_ok=True)
        raise _refused(error, target) from error
    return beside


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _refused(error, path) from error


def _check_free(target: Path) -> None:
    """Refuse before the first file is moved if one of the targets cannot be replaced."""
    if target.is_dir():
        raise _refused(IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)), target)
    if os.name == "nt" and target.exists():
        # Windows does not let go of a file that another program has open.
        try:
            with target.open("r+b"):
                pass
        except OSError as error:
            raise _refused(error, target) from error


def _move(beside: Path, target: Path) -> None:
    try:
        beside.replace(target)
    except OSError as error:
        raise _refused(error, target) from error


def _sync_folder(folder: Path) -> None:
    """Put the new names on the disk too; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network disks know no such call; the files themselves are synced.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise _refused(error, folder) from error
    finally:
        os.close(handle)


def _refused(error: OSError, target: Path) -> WriteRefused:
    """The sentence for what the system said."""
    name, folder = target.name, target.parent
    sharing = getattr(error, "winerror", None) in (32, 33)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        text = words.DISK_FULL.format(name=name, folder=folder)
    elif sharing or (os.name == "nt" and error.errno == errno.EACCES and target.exists()):
        text = words.FILE_OPEN_ELSEWHERE.format(name=name)
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        text = words.NO_PERMISSION.format(folder=folder, name=name)
    elif error.errno in (errno.EISDIR, errno.ENOTDIR, errno.EEXIST):
        text = words.NAME_TAKEN.format(target=target, name=name)
    else:
        text = words.CANNOT_WRITE.format(name=name, folder=folder, strerror=error.strerror or error)
    return WriteRefused(text)
