"""The manual: pages of Markdown under ``docs/manual``, offline, in the order of its contents page.

Only what the pages use is read: headings, paragraphs, lists, tables, notes (``>``), ``**words of the program**``,
`` `keys` ``, links, and pictures on a line of their own (``![](../tour/05-basic.png)``). A picture that is not there is
left out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path

from xinfang_desk.messages import help as words
from xinfang_desk.messages import marks
from xinfang_desk.model.pack import PackKind
from xinfang_desk.places import manual_dir, tour_dir

CONTENTS = "index"
KEYS_MARK = "{{keys}}"
"""A line of its own where the table of keys is put."""

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_PICTURE = re.compile(r"^!\[([^\]]*)\]\(\.\./tour/([\w-]+)\.png\)$")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_KEY = re.compile(r"`([^`]+)`")
_ITEM = re.compile(r"^(?:-|\d+\.) +")
_SNIPPET = 28


@dataclass(frozen=True, slots=True)
class ManualPage:
    """A page: ``id`` is its file's name, ``text`` its Markdown."""

    id: str
    title: str
    text: str

    @property
    def links(self) -> tuple[str, ...]:
        """Where its links lead: ``basic``, ``basic#标题`` or ``#标题``."""
        return tuple(target.replace(".md", "") for _, target in _LINK.findall(_without_pictures(self.text)))

    @property
    def pictures(self) -> tuple[str, ...]:
        """The names of its pictures."""
        return tuple(match[2] for line in self.text.splitlines() if (match := _PICTURE.match(line.strip())))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys it names."""
        return tuple(_KEY.findall(self.text))

    @property
    def quoted(self) -> tuple[str, ...]:
        """The words of the program it quotes."""
        return tuple(_BOLD.findall(self.text))

    @property
    def headings(self) -> tuple[str, ...]:
        """Its headings below the title."""
        return tuple(line.lstrip("# ").strip() for line in self.text.splitlines() if line.startswith("##"))

    @property
    def plain(self) -> str:
        """Its words without marks."""
        lines = [_ITEM.sub("", line.strip().lstrip("#>| ")) for line in self.text.splitlines()
                 if not _PICTURE.match(line.strip()) and not set(line.strip()) <= set("|-: ")]
        text = _LINK.sub(r"\1", " ".join(line for line in lines if line))
        return text.replace("**", "").replace("`", "").replace(KEYS_MARK, "").replace("|", " ")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the tour: ``page``: the manual page that shows it."""

    name: str
    caption: str
    page: str

    @property
    def path(self) -> Path:
        """Its file, which need not be there."""
        return tour_dir() / f"{self.name}.png"


@dataclass(frozen=True, slots=True)
class Mention:
    """A page that mentions what was looked for, with the words around it."""

    page: str
    title: str
    snippet: str


@lru_cache(maxsize=1)
def pages() -> dict[str, ManualPage]:
    """All pages by id, the contents page first. Raises :class:`FileNotFoundError` where the manual is missing."""
    found = {}
    for path in sorted(manual_dir().glob("*.md")):
        text = path.read_text(encoding="utf-8")
        found[path.stem] = ManualPage(path.stem, text.splitlines()[0].lstrip("# ").strip() if text else path.stem, text)
    first = [CONTENTS, *(found[CONTENTS].links if CONTENTS in found else ())]
    order = [one.partition("#")[0] for one in first]
    return {one: found[one] for one in dict.fromkeys([*order, *found]) if one in found}


@lru_cache(maxsize=1)
def pictures() -> dict[str, Picture]:
    """The pictures that ``docs/tour/captions.toml`` lists, by name, in order."""
    path = tour_dir() / "captions.toml"
    listed = tomllib.loads(path.read_text(encoding="utf-8")).get("picture", [])
    return {item["name"]: Picture(item["name"], item["caption"], item["page"]) for item in listed}


def page_for(section: str, kind: PackKind = "budget") -> str:
    """The manual page of a section of the wizard; the contents page where it has none."""
    known = pages()
    own = f"selfeval-{section}"
    if kind == "selfeval" and own in known:
        return own
    return section if section in known else CONTENTS


def neighbours(page: str) -> tuple[str, str]:
    """The pages before and after a page in the order of the contents; '' at the ends."""
    ids = list(pages())
    at = ids.index(page)
    return ids[at - 1] if at else "", ids[at + 1] if at + 1 < len(ids) else ""


def mentions(query: str) -> list[Mention]:
    """The pages that mention every word of the query, titles first."""
    wanted = query.casefold().split()
    if not wanted:
        return []
    found: list[tuple[int, Mention]] = []
    for page in pages().values():
        text = page.plain
        low = text.casefold()
        if page.id == CONTENTS or not all(word in low for word in wanted):
            continue
        at = low.find(wanted[0])
        begin = max(0, at - _SNIPPET // 2)
        snippet = (marks.CUT if begin else "") + text[begin:at + _SNIPPET * 2].strip() + marks.CUT
        in_title = all(word in page.title.casefold() for word in wanted)
        in_heading = any(wanted[0] in heading.casefold() for heading in page.headings)
        found.append((0 if in_title else 1 if in_heading else 2, Mention(page.id, page.title, snippet)))
    return [mention for _, mention in sorted(found, key=lambda item: item[0])]


def _without_pictures(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not _PICTURE.match(line.strip()))


# ---- as HTML ----


def to_html(text: str, *, keys: Callable[[], str] = lambda: "") -> str:
    """A page as HTML for the help window; ``keys`` gives the table of keys where the page asks for it."""
    return "".join(_blocks([line.rstrip() for line in text.splitlines()], keys))


def _blocks(lines: Sequence[str], keys: Callable[[], str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        end = at + 1
        if not line:
            pass
        elif line == KEYS_MARK:
            yield keys()
        elif line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            title = line.lstrip("# ")
            yield f"<h{level}><a name='{escape(title, quote=True)}'></a>{_inline(title)}</h{level}>"
        elif _PICTURE.match(line):
            yield _picture(line)
        else:
            while end < len(lines) and lines[end].strip() and _sort(lines[end]) == _sort(lines[at]):
                end += 1
            yield _group(_sort(line), [one.strip() for one in lines[at:end]])
        at = end


def _sort(line: str) -> str:
    plain = line.strip()
    if _PICTURE.match(plain) or plain.startswith("#") or plain == KEYS_MARK:
        return "alone"
    return {"|": "table", ">": "note", "-": "ul"}.get(plain[:1] if plain[:2] in ("- ", "> ") or plain[:1] == "|" else "",
                                                      "ol" if re.match(r"\d+\. ", plain) else "p")


def _group(sort: str, lines: list[str]) -> str:
    if sort == "table":
        return _table(lines)
    if sort in ("ul", "ol"):
        items = "".join(f"<li>{_inline(_ITEM.sub('', line))}</li>" for line in lines)
        return f"<{sort}>{items}</{sort}>"
    if sort == "note":
        inner = "<br/>".join(_inline(line.lstrip("> ")) for line in lines)
        return f"<table class='note' width='100%' cellpadding='6'><tr><td class='note'>{inner}</td></tr></table>"
    return f"<p>{_inline(''.join(lines))}</p>"


def _table(lines: list[str]) -> str:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    body = [row for row in rows if not all(set(cell) <= set("-: ") for cell in row)]
    headed = len(body) < len(rows)
    made = []
    for i, row in enumerate(body):
        tag = "th" if headed and i == 0 else "td"
        made.append("<tr>" + "".join(f"<{tag}>{_inline(cell)}</{tag}>" for cell in row) + "</tr>")
    return f"<table class='grid' width='100%' cellspacing='0' cellpadding='4'>{''.join(made)}</table>"


def _picture(line: str) -> str:
    match = _PICTURE.match(line)
    assert match is not None
    listed = pictures().get(match[2])
    if listed is None or not listed.path.is_file():
        return ""
    caption = escape(listed.caption)
    return f"<p class='picture'><img src='{escape(listed.path.as_uri())}' alt='{caption}'/><br/><span>{caption}</span></p>"


def _inline(text: str) -> str:
    made = escape(text, quote=False)
    made = _KEY.sub(r"<span class='key'>&nbsp;\1&nbsp;</span>", made)
    made = _BOLD.sub(r"<b>\1</b>", made)
    return _LINK.sub(lambda m: f"<a href='page:{escape(m[2].replace('.md', ''), quote=True)}'>{m[1]}</a>", made)


def search_html(query: str) -> str:
    """The list of pages that mention something."""
    found = mentions(query)
    if not found:
        return f"<p>{escape(words.SEARCH_NONE.format(query=query))}</p>"
    items = "".join(f"<p><a href='page:{m.page}'>{escape(m.title)}</a><br/>{escape(m.snippet)}</p>" for m in found)
    return f"<h2>{escape(words.SEARCH_TITLE.format(query=query))}</h2>{items}"
