"""From the book to the files that are handed over: workbook, narrative, complete PDF, and the signature."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.messages import desk as said
from xinfang_desk.messages import marks
from xinfang_desk.model.edition import Edition, Explained, MadeFile
from xinfang_desk.model.finding import Finding

if TYPE_CHECKING:
    from xinfang_desk.signing import OpenKey

Progress = Callable[[str], None]

CHARTS = "edition.charts"
"""The fact that says whether the pictures are printed too."""

AT_THE_PRESS = threading.RLock()
"""Held while paper is made or looked at: the libraries below are not for two threads at once."""


class BuildCancelled(DeskError):
    """The clerk called the build off before any file was moved into place."""

    def __init__(self) -> None:
        super().__init__(said.BUILD_CANCELLED)


class BuildRefused(DeskError):
    """The book is not fit to be published: ``findings`` and ``missing`` tell why."""

    def __init__(self, findings: tuple[Finding, ...], missing: tuple[str, ...]) -> None:
        self.findings = findings
        self.missing = missing
        parts = [said.OPEN_FINDINGS.format(count=len(findings))] if findings else []
        parts += [said.OPEN_BLANKS.format(count=len(missing))] if missing else []
        super().__init__(said.BUILD_REFUSED.format(parts=marks.COMMA.join(parts)))


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made. ``same``: the files are byte for byte those of the last edition."""

    files: tuple[MadeFile, ...]
    number: int
    same: bool
    draft: bool


def blockers(desk: Desk) -> BuildRefused | None:
    """Why no edition may be built now, or ``None``."""
    open_ones = tuple(f for f in desk.findings() if f.blocks)
    missing = tuple(said.FIELD_OF_PAGE.format(page=section.page.title, field=field.label) for section in desk.sections() for field in section.missing)
    return BuildRefused(open_ones, missing) if open_ones or missing else None


def edition_of(desk: Desk, *, draft: bool = False, number: int = 1) -> Edition:
    """The edition as the papers will print it."""
    year = desk.year
    words = {"unit": _file_safe(year.unit.name), "year": str(year.year)}
    dates = ("result.publish.date",) if desk.pack.kind == "selfeval" else ("publish.date", "approval.date")
    date = str(next((found for address in dates if (found := year.facts.get(address))),
                    dt.datetime.now().astimezone().date().isoformat()))
    explained = tuple(Explained(f.sentence, f.explanation) for f in desk.findings() if f.explanation)
    named = said.DRAFT_NAME if draft else "{name}"
    return Edition(unit=year.unit.name, year=year.year, title=desk.document().title, date=date, sheets=desk.sheets(),
                   document=desk.document(), explained=explained, draft=draft, number=number,
                   charts=desk.charts() if year.facts.get(CHARTS) is True else (),
                   names={kind: named.format(name=pattern.format(**words))
                          for kind, pattern in desk.pack.files.items()})


def _file_safe(name: str) -> str:
    """A unit's name as part of a file name on Windows and Linux alike."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "", name).strip(" .") or said.NO_UNIT_NAME


def build(desk: Desk, folder: Path, *, draft: bool = False, key: OpenKey | None = None,
          progress: Progress = lambda sentence: None) -> Built:
    """Write the edition into ``folder`` and, with ``key``, a signed copy of the complete PDF.

    Raises :class:`BuildRefused` where the book has errors, unanswered warnings or blanks (not for a draft), and
    :class:`DeskError` where a file cannot be written; then what was there before is untouched.
    """
    edition = snapshot(desk, draft=draft)
    return record(desk, edition, write(edition, folder, key=key, progress=progress), key)


def snapshot(desk: Desk, *, draft: bool = False) -> Edition:
    """The first step of a build, in the thread the desk lives in: the edition as the book stands, frozen.

    Raises :class:`BuildRefused` (not for a draft), and :class:`DeskError` where the last edits are not on disk.
    """
    desk.take_back()
    refused = blockers(desk)
    if refused is not None and not draft:
        raise refused
    if not desk.saved():
        raise DeskError(said.BUILD_UNSAVED)
    return edition_of(desk, draft=draft)


def write(edition: Edition, folder: Path, *, key: OpenKey | None = None, progress: Progress = lambda sentence: None,
          cancelled: Callable[[], bool] = lambda: False) -> tuple[MadeFile, ...]:
    """The second step, in any thread: the files, and with ``key`` a signed copy of the complete PDF.

    ``cancelled`` is asked before each file; once all are in place there is no way back. Raises
    :class:`BuildCancelled`, and :class:`DeskError` where a file cannot be written.
    """
    from xinfang_desk import paper

    def step(sentence: str) -> None:
        if cancelled():
            raise BuildCancelled
        progress(sentence)

    try:
        with AT_THE_PRESS:
            files = list(paper.write_edition(edition, folder, progress=step))
    except (paper.PaperError, OSError) as error:
        raise DeskError(str(error)) from error
    if key is not None:
        progress(said.SIGNING)
        files.append(_sign(files, key, edition.draft))
    return tuple(files)


def record(desk: Desk, edition: Edition, files: tuple[MadeFile, ...], key: OpenKey | None) -> Built:
    """The last step, in the desk's thread again: the edition and its hashes are kept in the book."""
    from xinfang_desk.flow.recent import keep_standing

    number, same = _record(desk, edition, files, key)
    keep_standing(desk)
    return Built(files, number, same, edition.draft)


def _sign(files: list[MadeFile], key: OpenKey, draft: bool) -> MadeFile:
    from xinfang_desk import signing

    source = next(file for file in files if file.kind == "document")
    target = Path(source.path).with_name(said.SIGNED_NAME.format(stem=Path(source.path).stem))
    assert source.area is not None
    try:
        signing.sign_pdf(Path(source.path), target, key, now=dt.datetime.now().astimezone(),
                         page=source.area.page, rect=source.area.rect,
                         reason=said.SIGNED_DRAFT if draft else said.SIGNED_FOR)
    except signing.SigningError as error:
        raise DeskError(error.message_cn) from error
    return _made("signed", target, source.pages)


def _made(kind: str, path: Path, pages: int) -> MadeFile:
    import hashlib

    content = path.read_bytes()
    return MadeFile(kind, path, len(content), hashlib.sha256(content).hexdigest(), pages)


def _record(desk: Desk, edition: Edition, files: tuple[MadeFile, ...], key: OpenKey | None) -> tuple[int, bool]:
    """Keep the edition with its hashes in the book; the same files again are the same edition."""
    if desk.read_only or edition.draft:
        return 0, False
    made = [file for file in files if file.kind != "signed"]
    # A year may be published both as a budget and as a self-evaluation; each is compared with its own kind.
    past = [one for one in desk.book.editions(edition.year) if one.title == edition.title]
    same = bool(past) and {(f.name, f.sha256) for f in past[-1].files} == {(Path(f.path).name, f.sha256) for f in made}
    number = past[-1].number if same else desk.book.add_edition(
        edition.year, title=edition.title, date=edition.date, files=made, explained=edition.explained,
        now=dt.datetime.now().astimezone())
    if key is not None:
        desk.book.record_signatures(edition.year, number, [key.identity.holder])
    return number, same
