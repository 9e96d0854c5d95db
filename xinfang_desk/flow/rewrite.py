"""Rewriting a paragraph of the 公开说明 by hand, looking at it again, and taking the program's words back."""

from __future__ import annotations

from xinfang_desk.messages import desk as words
from xinfang_desk.model.change import Change, SetValue
from xinfang_desk.model.ledger import FactValue, Year
from xinfang_desk.model.passage import Document, Paragraph
from xinfang_desk.passages.rewriting import address_of, rewriting


def paragraph_of(document: Document, key: str) -> Paragraph:
    """The paragraph of that key. Raises ``KeyError``."""
    for passage in document.passages:
        for paragraph in passage.paragraphs:
            if paragraph.key == key:
                return paragraph
    raise KeyError(key)


def rewrite(year: Year, paragraph: Paragraph, text: str) -> Change | None:
    """The change that gives a paragraph the clerk's own words; figures found again in them stay bound.

    Blank text takes the program's own words back; ``None`` where nothing would change.
    """
    if not paragraph.key or (not paragraph.rewritten and text.strip() == paragraph.text.strip()):
        return None
    plain = " ".join(text.split("\n")).strip()
    return _set(year, paragraph, rewriting(paragraph, plain) if plain else None,
                words.PASSAGE_REWRITTEN if plain else words.PASSAGE_TAKEN_BACK)


def look_again(year: Year, paragraph: Paragraph) -> Change | None:
    """The change that says: seen, the paragraph is right with its new figures."""
    return _set(year, paragraph, rewriting(paragraph, paragraph.text), words.PASSAGE_SEEN) if paragraph.rewritten else None


def _set(year: Year, paragraph: Paragraph, value: FactValue | None, label: str) -> Change | None:
    address = address_of(paragraph.key)
    old = year.facts.get(address)
    return None if old == value else Change(label, (SetValue("facts", address, old, value),))
