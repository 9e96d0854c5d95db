"""A TOML file together with the line of every key and section, so that faults can be shown where they are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from xinfang_desk.messages import expr as formula_words
from xinfang_desk.messages import packs as words
from xinfang_desk.packs.problems import Problems

Path = tuple[str | int, ...]
"""Where a value stands: ``("check", 3, "test")`` is the key ``test`` of the fourth ``[[check]]``."""

_STRING = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL)
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*$")
_KEY = re.compile(r"\s*((?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|\"[^\"]*\"))*)\s*=")
_PART = re.compile(r"[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'")
_AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")
_TOML_REASONS = (
    ("Cannot overwrite", words.TOML_KEY_TWICE),
    ("Cannot declare", words.TOML_SECTION_TWICE),
    ("Cannot mutate", words.TOML_INLINE_CLOSED),
    ("Expected '='", words.TOML_NO_EQUALS),
    ("Expected ']'", words.TOML_BRACKETS),
    ('Expected "', formula_words.QUOTES_OPEN),
    ("Unclosed array", words.TOML_BRACKETS),
    ("Unclosed inline table", words.TOML_CURLY),
    ("Unterminated string", formula_words.QUOTES_OPEN),
    ("Illegal character", words.TOML_CHARACTER),
    ("Unescaped", words.TOML_BACKSLASH),
    ("Expected newline", words.TOML_TWO_ON_LINE),
    ("Invalid value", words.TOML_VALUE),
    ("Invalid initial character", words.TOML_KEY),
)


@dataclass(slots=True)
class Source:
    """A parsed file. ``name`` is what problems call it."""

    name: str
    text: str
    data: Mapping[str, object]
    _lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line (from 1) of a key or section, or of the nearest enclosing one; 1 where nothing is known."""
        if not self._lines:
            self._lines = line_map(self.text)
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines[path]


def read_source(name: str, text: str, problems: Problems) -> Source | None:
    """The parsed text; ``None`` after noting a fault where it is not TOML."""
    try:
        return Source(name, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        near = words.TOML_NEAR if found and found[1] else words.TOML_AT_END
        reason = next((cn for en, cn in _TOML_REASONS if en in str(error)), words.TOML_SYNTAX)
        problems.add(name, line, near.format(reason=reason, column=found and found[2]))
        return None
    except RecursionError:
        problems.add(name, 1, words.TOML_TOO_DEEP)
        return None


def line_map(text: str) -> dict[Path, int]:
    """Path → line of every section header and key of a valid TOML text."""
    lines: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    base: Path = ()
    depth = 0
    for number, line in enumerate(_without_strings(text).split("\n"), start=1):
        header = _HEADER.match(line) if depth == 0 else None
        if header:
            base = _enter(header[2], header[1] == "[[", counts)
            lines.setdefault(base, number)
            continue
        key = _KEY.match(line) if depth == 0 else None
        if key:
            path = base + _parts(key[1])
            for length in range(len(base) + 1, len(path) + 1):
                lines.setdefault(path[:length], number)
            line = line[key.end():]
        if depth or "[" in line or "{" in line:
            depth += line.count("[") + line.count("{") - line.count("]") - line.count("}")
    return lines


def _without_strings(text: str) -> str:
    """The text with every string and comment that could mislead replaced by blanks, newlines kept."""
    def blank(match: re.Match[str]) -> str:
        found = match[0]
        if found.startswith("#"):
            return ""
        if any(char in found for char in "\n[]{}#="):
            return '"' + "\n" * found.count("\n") + '"'
        return found

    return _STRING.sub(blank, text)


def _parts(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _enter(dotted: str, is_array: bool, counts: dict[Path, int]) -> Path:
    """The path of a section header: every array on the way stands at its latest element."""
    path: Path = ()
    names = _parts(dotted)
    for i, name in enumerate(names):
        path += (name,)
        last = i == len(names) - 1
        if last and is_array:
            counts[path] = counts.get(path, -1) + 1
            path += (counts[path],)
        elif path in counts:
            path += (counts[path],)
    return path
