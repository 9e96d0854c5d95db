"""What was appended to a PDF since a revision, in sentences a clerk understands."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.rw_common import PdfHandler

from xinfang_desk.messages import marks
from xinfang_desk.messages import signing as words
from xinfang_desk.signing.pages import Page, pages, value

# Entries that lead back up or sideways: following them would make each page stand for the whole document.
_NOT_CONTENT = frozenset({"/Parent", "/P", "/StructParent", "/StructParents", "/Dest", "/A", "/Popup", "/IRT"})
_DEEPEST = 60
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class _PagePrint:
    content: bytes
    layout: bytes
    notes: Counter[bytes]
    signature_labels: tuple[str, ...]


def describe_changes(old: PdfHandler, new: PdfHandler) -> tuple[str, ...]:
    """Sentences for what differs between two revisions of one file; empty if nothing a reader would see.

    :raises ValueError: a revision's page tree or an object is not what it should be.
    """
    before = [_print(old, page) for page in pages(old)]
    after = [_print(new, page) for page in pages(new)]
    return (*_page_changes(before, after), *_document_changes(old, new))


def _page_changes(before: Sequence[_PagePrint], after: Sequence[_PagePrint]) -> list[str]:
    if len(before) != len(after):
        known = {page.content for page in before}
        fresh = [i for i, page in enumerate(after) if page.content not in known]
        sentence = words.PAGES_BECAME.format(count=len(before), count_2=len(after))
        return [sentence, *([words.PAGES_REPLACED.format(numbers=_numbers(fresh))] if fresh else [])]
    pairs = list(zip(before, after, strict=True))
    said = []
    content = [i for i, (a, b) in enumerate(pairs) if a.content != b.content]
    if content:
        said.append(words.CONTENT_REPLACED.format(numbers=_numbers(content)))
    layout = [i for i, (a, b) in enumerate(pairs) if a.layout != b.layout]
    if layout:
        said.append(words.LAYOUT_CHANGED.format(numbers=_numbers(layout)))
    for i, (a, b) in enumerate(pairs):
        added, removed = (b.notes - a.notes).total(), (a.notes - b.notes).total()
        labels = list((Counter(b.signature_labels) - Counter(a.signature_labels)).elements())
        said += [words.FIELD_ADDED.format(i=i + 1, label=label) for label in labels]
        if added and removed:
            said.append(words.NOTES_CHANGED.format(i=i + 1, removed=max(added, removed)))
        elif added:
            said.append(words.NOTES_ADDED.format(i=i + 1, added=added))
        elif removed:
            said.append(words.NOTES_GONE.format(i=i + 1, removed=removed))
    return said


def _document_changes(old: PdfHandler, new: PdfHandler) -> list[str]:
    said = []
    was, now = _Printer(old), _Printer(new)
    for key, sentence in _CATALOG:
        if was.of_key(old.root, key) != now.of_key(new.root, key):
            said.append(sentence)
    if was.of_key(old.trailer_view, "/Info") != now.of_key(new.trailer_view, "/Info"):
        said.append(words.PROPERTIES_CHANGED)
    return said


_CATALOG = (
    ("/OpenAction", words.OPEN_ACTION_CHANGED),
    ("/AA", words.ACTIONS_CHANGED),
    ("/Names", words.ATTACHMENTS_CHANGED),
    ("/Outlines", words.BOOKMARKS_CHANGED),
    ("/OCProperties", words.LAYERS_CHANGED),
    ("/Metadata", words.METADATA_CHANGED),
    ("/DSS", words.EVIDENCE_ADDED),
)


def _print(handler: PdfHandler, page: Page) -> _PagePrint:
    printer = _Printer(handler)
    content = hashlib.sha256()
    for key in ("/Contents", "/Resources"):
        content.update(printer.of(page.entry(key)))
    layout = hashlib.sha256()
    for key in ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit"):
        layout.update(printer.of(page.entry(key)))
    notes: Counter[bytes] = Counter()
    labels = []
    raw = page.entry("/Annots")
    annotations = raw.get_object() if raw is not None else None
    if isinstance(annotations, generic.ArrayObject):
        for i in range(len(annotations)):
            note = annotations.raw_get(i).get_object()
            if isinstance(note, generic.DictionaryObject) and _is_signature(note):
                labels.append(str(value(note, "/TU") or value(note, "/T") or words.SIGNATURE))
            else:
                notes[printer.of(annotations.raw_get(i))] += 1
    return _PagePrint(content.digest(), layout.digest(), notes, tuple(labels))


def _is_signature(note: generic.DictionaryObject) -> bool:
    return str(value(note, "/FT")) == "/Sig" and isinstance(value(note, "/V"), generic.DictionaryObject)


class _Printer:
    """Fingerprints of objects with all they refer to, each object once."""

    def __init__(self, handler: PdfHandler) -> None:
        self._handler = handler
        self._known: dict[tuple[int, int], bytes] = {}

    def of_key(self, dictionary: generic.DictionaryObject, key: str) -> bytes:
        """The fingerprint of an entry; that of nothing if there is none."""
        return self.of(dictionary.raw_get(key) if key in dictionary else None)

    def of(self, raw: generic.PdfObject | None, depth: int = 0) -> bytes:
        """The fingerprint of *raw*, references followed."""
        if depth > _DEEPEST:
            raise ValueError("objects nested too deep")
        if isinstance(raw, generic.IndirectObject):
            place = (raw.idnum, raw.generation)
            if place not in self._known:
                # What refers back to itself meets this mark instead of running for ever.
                self._known[place] = b"loop"
                self._known[place] = self.of(raw.get_object(), depth + 1)
            return self._known[place]
        digest = hashlib.sha256()
        if isinstance(raw, generic.DictionaryObject):
            for key in sorted(k for k in raw if k not in _NOT_CONTENT):
                digest.update(key.encode("utf-8") + b"\0" + self.of(raw.raw_get(key), depth + 1))
            if isinstance(raw, generic.StreamObject):
                digest.update(raw.encoded_data)
        elif isinstance(raw, generic.ArrayObject):
            for i in range(len(raw)):
                digest.update(self.of(raw.raw_get(i), depth + 1))
        else:
            digest.update(f"{type(raw).__name__}:{raw!r}".encode())
        return digest.digest()


def _numbers(indexes: Sequence[int]) -> str:
    named = marks.AND.join(str(i + 1) for i in indexes[:_MOST_NAMED])
    shape = words.PAGE_LIST_MORE if len(indexes) > _MOST_NAMED else words.PAGE_LIST
    return shape.format(pages=named, count=len(indexes))
