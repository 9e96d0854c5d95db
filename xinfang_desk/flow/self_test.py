"""The program tries itself: the main job on a sample, compared with figures and files that are known.

What must come out is in ``resources/self_test/expected.json``. The figures there are those printed in the published
document; the hashes are written by ``tools/self_test.py``. Works without a screen, on every system the same way.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import platform
import secrets
import sqlite3
import ssl
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xinfang_desk import __version__
from xinfang_desk.flow import shelves
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.messages import marks
from xinfang_desk.messages import self_test as words
from xinfang_desk.model.pack import Severity
from xinfang_desk.places import resources_dir

if TYPE_CHECKING:
    from xinfang_desk.flow.build import Built
    from xinfang_desk.flow.desk import Desk
    from xinfang_desk.signing import OpenKey

logger = logging.getLogger(__name__)

GOOD, DIFFERS, CANNOT = 0, 1, 2
REPORT = "report.json"
PICTURE = "window.png"
_MAKER = "xinfang-desk --self-test"
_SETTINGS = "settings"

Say = Callable[[str], None]
Window = Callable[[Path, Path, Path], tuple[str, tuple[str, ...]]]
"""Shows the book in the window with settings of its own folder and saves a picture; gives what it saw in a sentence,
and what was wrong. Raises :class:`DeskError` where no window can be opened."""


class CannotTest(Exception):
    """The self-test cannot begin, with the sentence why."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out. ``files`` by kind: name, size, sha256, content."""

    sample: str
    figures: tuple[Mapping[str, str], ...]
    findings: Mapping[str, int]
    files: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing tried. ``state``: ok, differs, or broken (the step could not be carried through)."""

    step: str
    state: str
    sentence: str

    @property
    def text(self) -> str:
        """As it is printed."""
        mark = {"ok": words.PASSED, "differs": words.FAILED, "broken": words.BROKEN}[self.state]
        return words.LINE.format(mark=mark, sentence=self.sentence)


@dataclass(slots=True)
class Report:
    """Everything that was tried; goes into ``report.json`` as it is."""

    system: dict[str, str]
    begun: str
    lines: list[Line] = field(default_factory=list)
    figures: list[dict[str, object]] = field(default_factory=list)
    files: list[dict[str, object]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def code(self) -> int:
        """0 all as known, 1 something differs, 2 a step could not be carried through."""
        states = {line.state for line in self.lines}
        return CANNOT if "broken" in states else DIFFERS if "differs" in states else GOOD


def expected() -> Expected:
    """What must come out. Raises :class:`CannotTest` where the program is not completely installed."""
    path = resources_dir() / "self_test" / "expected.json"
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        return Expected(read["sample"], tuple(read["figures"]), read["findings"], {one["kind"]: one for one in read["files"]})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CannotTest(words.NO_EXPECTED.format(path=path)) from error


def run(folder: Path, say: Say = lambda sentence: None, *, window: Window | None = None) -> Report:
    """Try the program and leave what it makes, and ``report.json``, in ``folder``.

    ``folder`` must be new, empty, or hold a former self-test, which is then removed. ``window`` tries the window too.
    Raises :class:`CannotTest` where it cannot begin.
    """
    wanted = expected()
    _make_room(folder)
    report = Report(_system(), dt.datetime.now().astimezone().isoformat(timespec="seconds"))
    _write(folder, report, done=False)
    say(words.HEAD.format(sample=wanted.sample, version=__version__, system=report.system["system"]))
    with shelves.shipped_only():
        _Trial(folder, wanted, report, say).run(window)
    _write(folder, report, done=True)
    return report


def made_files(folder: Path, built: Built) -> list[dict[str, object]]:
    """Name, size and hashes of the unsigned files of a build, as ``expected.json`` lists them."""
    from xinfang_desk import paper

    return [{"kind": file.kind, "name": Path(file.path).name, "size": file.size, "sha256": file.sha256,
             "content": paper.content_hash(Path(file.path).read_bytes(), Path(file.path).name)}
            for file in built.files if file.kind != "signed" and Path(file.path).is_relative_to(folder)]


class _Trial:
    """The steps in order; each tells what it found, and the later ones go on where they can."""

    def __init__(self, folder: Path, wanted: Expected, report: Report, say: Say) -> None:
        self._folder = folder
        self._wanted = wanted
        self._report = report
        self._say = say
        self._book = folder / words.BOOK_NAME

    def run(self, window: Window | None) -> None:
        with self._step(words.STEP_BOOK):
            self._make_book()
        if not self._book.is_file():
            return
        with self._step(words.STEP_CHECKS), closing(self._open()) as desk:
            self._checks(desk)
        built: list[Built] = []
        with self._step(words.STEP_PAPERS), closing(self._open()) as desk:
            built.append(self._papers(desk, self._key()))
        if built:
            with self._step(words.STEP_FILES):
                self._compare(built[0])
            with self._step(words.STEP_VERIFY):
                self._verify(built[0])
        if window is not None:
            with self._step(words.STEP_WINDOW):
                seen, wrong = window(self._book, self._folder / PICTURE, self._folder / _SETTINGS)
                for sentence in wrong:
                    self._tell("differs", sentence)
                if not wrong:
                    self._tell("ok", seen)

    # ---- the steps

    def _make_book(self) -> None:
        from xinfang_desk.flow.library import new_sample, sample_year

        new_sample(self._wanted.sample, self._book)
        with closing(self._open()) as desk:
            kept = desk.year
        with closing(self._open()) as desk:
            again = desk.year
        seed = sample_year(self._wanted.sample)
        if kept != again or (kept.lines, kept.incomes, kept.priors) != (seed.lines, seed.incomes, seed.priors):
            self._tell("differs", words.BOOK_DIFFERS.format(name=words.BOOK_NAME))
        else:
            self._tell("ok", words.BOOK.format(lines=len(kept.lines)))

    def _checks(self, desk: Desk) -> None:
        found = Counter(finding.severity.value for finding in desk.findings())
        counts = {severity.value: found[severity.value] for severity in Severity}
        verdict = desk.verdict()
        if counts != dict(self._wanted.findings):
            self._tell("differs", words.COUNTS_DIFFER.format(wanted=_counted(self._wanted.findings), found=_counted(counts)))
        elif not verdict.ready:
            self._tell("differs", words.NOT_READY.format(sentence=verdict.sentence))
        else:
            self._tell("ok", words.CHECKED.format(counts=_counted(counts)))
        wrong = 0
        for figure in self._wanted.figures:
            text = _cell_text(desk, figure)
            self._report.figures.append({**figure, "found": text})
            if text != figure["text"]:
                wrong += 1
                self._tell("differs", words.FIGURE_DIFFERS.format(
                    title=figure["title"], expected=figure["text"], found=text or words.NO_CELL, sheet=figure["sheet"],
                    row=figure["row"], column=figure["column"]))
        if not wrong:
            self._tell("ok", words.FIGURES.format(count=len(self._wanted.figures)))

    def _key(self) -> OpenKey:
        from xinfang_desk import signing

        # Asked for by nobody and kept nowhere: this key is good for this run only.
        secret = signing.Passphrase(secrets.token_urlsafe(18))
        path = self._folder / words.KEY_NAME
        try:
            signing.make_demo_key(path, words.SIGNER, secret)
            return signing.open_key(path, secret)
        except signing.SigningError as error:
            raise DeskError(error.message_cn) from error
        finally:
            secret.forget()

    def _papers(self, desk: Desk, key: OpenKey) -> Built:
        from xinfang_desk.flow.build import build

        built = build(desk, self._folder / words.OUT_NAME, key=key)
        self._tell("ok", words.MADE.format(count=len(built.files) - 1))
        return built

    def _compare(self, built: Built) -> None:
        made = {str(file["kind"]): file for file in made_files(self._folder, built)}
        for kind, known in self._wanted.files.items():
            file = made.pop(kind, None)
            if file is None:
                self._tell("differs", words.FILE_MISSING.format(name=known["name"]))
                continue
            same_bytes = file["sha256"] == known["sha256"]
            same_content = file["content"] == known["content"] and file["name"] == known["name"]
            self._report.files.append({**file, "expected": known["sha256"], "expected_content": known["content"],
                                       "same_bytes": same_bytes, "same_content": same_content})
            if not same_content:
                self._tell("differs", words.FILE_DIFFERS.format(
                    name=file["name"], expected=known["content"][:16], found=str(file["content"])[:16]))
            elif same_bytes:
                self._tell("ok", words.SAME_BYTES.format(name=file["name"], size=file["size"]))
            else:
                self._tell("ok", words.SAME_CONTENT.format(name=file["name"], zlib=zlib.ZLIB_RUNTIME_VERSION))
        for file in made.values():
            self._tell("differs", words.FILE_UNKNOWN.format(name=file["name"]))

    def _verify(self, built: Built) -> None:
        from xinfang_desk.flow.keys import verify

        paths = {file.kind: Path(file.path) for file in built.files}
        if "signed" not in paths:
            self._tell("differs", words.NOT_SIGNED)
            return
        signed = paths["signed"]
        if signed.read_bytes().startswith(paths["document"].read_bytes()):
            self._tell("ok", words.SIGNED.format(name=signed.name))
        else:
            self._tell("differs", words.SIGNED_CHANGED.format(name=signed.name))
        found = verify(signed)
        if found.ok and [one.signer_name for one in found.signatures] == [words.SIGNER]:
            self._tell("ok", words.VERIFIED.format(sentence=found.verdict_sentence))
        else:
            self._tell("differs", words.NOT_VERIFIED.format(name=signed.name, sentence=found.verdict_sentence))

    # ---- inside

    def _open(self) -> Desk:
        from xinfang_desk.flow.library import open_desk

        return open_desk(self._book)

    def _tell(self, state: str, sentence: str) -> None:
        line = Line(self._step_now, state, sentence)
        self._report.lines.append(line)
        self._say(line.text)

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        """A step that cannot be carried through is told; what comes after it is still tried."""
        self._step_now = name
        begun = time.monotonic()
        try:
            yield
        except DeskError as error:
            logger.error("self-test: %s", error)
            self._tell("broken", str(error))
        except Exception as error:
            logger.exception("self-test: an error nobody expected")
            self._tell("broken", words.SURPRISE.format(step=name, name=type(error).__name__, error=error))
        finally:
            self._report.seconds[name] = round(time.monotonic() - begun, 3)


def _counted(counts: Mapping[str, int]) -> str:
    return marks.AND.join(words.COUNT.format(count=counts.get(one.value, 0), severity=one.label) for one in Severity)


def _cell_text(desk: Desk, figure: Mapping[str, str]) -> str:
    try:
        return desk.sheet(figure["sheet"]).cell(figure["row"], figure["column"]).text
    except KeyError:
        return ""


def _system() -> dict[str, str]:
    """What this runs on, for whoever reads the report later."""
    return {"program": __version__, "python": platform.python_version(), "system": platform.platform(),
            "machine": platform.machine(), "libc": " ".join(platform.libc_ver()).strip(), "zlib": zlib.ZLIB_RUNTIME_VERSION,
            "sqlite": sqlite3.sqlite_version, "openssl": ssl.OPENSSL_VERSION,
            "filesystem": sys.getfilesystemencoding(), "executable": sys.executable or ""}


def _make_room(folder: Path) -> None:
    """A folder with nothing in it but what a former self-test left, which is removed."""
    import shutil

    try:
        folder.mkdir(parents=True, exist_ok=True)
        inside = sorted(folder.iterdir())
        ours = _is_report(folder / REPORT)
        for path in inside:
            if not ours or not (path.name in (REPORT, PICTURE, words.KEY_NAME, words.OUT_NAME, _SETTINGS) or path.name.startswith(words.BOOK_NAME)
                                or path.name.startswith(Path(words.BOOK_NAME).stem)):
                raise CannotTest(words.FOLDER_IN_USE.format(folder=folder, name=path.name))
        for path in inside:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    except OSError as error:
        raise CannotTest(words.FOLDER_REFUSED.format(folder=folder, strerror=error.strerror or error)) from error


def _is_report(path: Path) -> bool:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(read, dict) and read.get("made_by") == _MAKER


def _write(folder: Path, report: Report, *, done: bool) -> None:
    """The report on disk; it is there from the beginning, so that a folder is known as ours even after a crash."""
    text = json.dumps({"made_by": _MAKER, "done": done, "ok": done and report.code == GOOD, "code": report.code if done else CANNOT,
                       "begun": report.begun, "system": report.system, "lines": [asdict(line) for line in report.lines],
                       "figures": report.figures, "files": report.files, "seconds": report.seconds},
                      ensure_ascii=False, indent=1)
    try:
        (folder / REPORT).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise CannotTest(words.FOLDER_REFUSED.format(folder=folder, strerror=error.strerror or error)) from error
