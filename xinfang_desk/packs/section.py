"""Reads the keys of one TOML section with the types the pack format asks for, noting every fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

from xinfang_desk.expr import FormulaError, did_you_mean, parse_condition, parse_test, parse_value
from xinfang_desk.messages import marks
from xinfang_desk.messages import packs as words
from xinfang_desk.model.formula import ALWAYS, Condition, Test, Value
from xinfang_desk.packs.problems import Problems
from xinfang_desk.packs.source import Path, Source

E = TypeVar("E", bound=Enum)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file, whose line is looked up only when a problem needs it."""

    source: Source
    path: Path
    problems: Problems

    def say(self, message_cn: str, *, warning: bool = False) -> None:
        """Note a fault here."""
        self.problems.add(self.source.name, self.line, message_cn, warning=warning)

    @property
    def line(self) -> int:
        """The line of this place, from 1."""
        return self.source.line(self.path)

    def at(self, *keys: str | int) -> Spot:
        """A place inside this one."""
        return Spot(self.source, (*self.path, *keys), self.problems)


@dataclass(slots=True)
class Section:
    """One table of a TOML file. Each reader method notes the key as known; :meth:`close` reports the others."""

    spot: Spot
    data: Mapping[str, object]
    name: str
    known: set[str] = field(default_factory=set)

    def say(self, key: str, message_cn: str) -> None:
        """Note a fault at a key of this section."""
        self.spot.at(key).say(message_cn)

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        self.known.add(key)
        return key in self.data

    def _get(self, key: str, kind: type[T]) -> T | None:
        if not self.has(key):
            return None
        value = self.data[key]
        if isinstance(value, kind) and (kind is not int or not isinstance(value, bool)):
            return value
        self.say(key, words.KEY_TYPE.format(key=key, type_names=words.TYPES[kind.__name__]))
        return None

    def text(self, key: str, default: str = "") -> str:
        """A text."""
        value = self._get(key, str)
        return default if value is None else value

    def need(self, key: str) -> str:
        """A text that must be there and not empty."""
        if not self.has(key):
            self.spot.say(words.KEY_MISSING.format(name=self.name, key=key))
            return ""
        value = self.text(key)
        if not value.strip() and isinstance(self.data[key], str):
            self.say(key, words.KEY_EMPTY.format(key=key))
        return value

    def flag(self, key: str) -> bool:
        """true or false, false when absent."""
        return bool(self._get(key, bool))

    def whole(self, key: str, default: int = 0) -> int:
        """A whole number."""
        value = self._get(key, int)
        return default if value is None else value

    def decimal(self, key: str) -> float:
        """A number that is not money (a width in mm)."""
        if self.has(key) and isinstance(self.data[key], int) and not isinstance(self.data[key], bool):
            return float(str(self.data[key]))
        return self._get(key, float) or 0.0

    def choice(self, key: str, allowed: Iterable[str], default: str) -> str:
        """One of the allowed words."""
        value = self.text(key, default)
        choices = tuple(allowed)
        if value in choices:
            return value
        shown = marks.AND.join(marks.QUOTED.format(text=choice) for choice in choices if choice)
        self.say(key, words.KEY_CHOICES.format(
            key=key, value=value, shown=shown, hint=did_you_mean(value, choices)))
        return default

    def member(self, key: str, enum: type[E], default: E) -> E:
        """An enum member by its value."""
        value = self.choice(key, (str(member.value) for member in enum), str(default.value))
        return enum(value)

    def texts(self, key: str, *, one: bool = False) -> tuple[str, ...]:
        """A list of texts; with ``one``, a single text counts as a list of one."""
        if one and isinstance(self.data.get(key), str):
            return (self.text(key),)
        value = self._get(key, list)
        if value is None:
            return ()
        if not all(isinstance(item, str) for item in value):
            self.say(key, words.KEY_TEXTS_ONLY.format(key=key))
            return ()
        return tuple(str(item) for item in value)

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        value = self._get(key, list)
        if value is None:
            return ()
        if not all(isinstance(item, int) and not isinstance(item, bool) for item in value):
            self.say(key, words.KEY_INTEGERS_ONLY.format(key=key))
            return ()
        return tuple(item for item in value if isinstance(item, int))

    def rows(self, key: str, width: int) -> tuple[tuple[str, ...], ...]:
        """A list of lists of ``width`` texts."""
        value = self._get(key, list)
        rows: list[tuple[str, ...]] = []
        for item in value or []:
            if isinstance(item, list) and len(item) == width and all(isinstance(part, str) for part in item):
                rows.append(tuple(item))
            else:
                self.say(key, words.KEY_ROW_SHAPE.format(
                    key=key, width=width, value=", ".join([words.SAMPLE_TEXT] * width)))
        return tuple(rows)

    def words(self, key: str) -> dict[str, str]:
        """A section of texts by key."""
        value = self._get(key, dict)
        result: dict[str, str] = {}
        for name, text in (value or {}).items():
            if isinstance(text, str):
                result[str(name)] = text
            else:
                self.spot.at(key, str(name)).say(words.NAMED_TEXT.format(name=name))
        return result

    def mapping(self, key: str) -> Mapping[str, object]:
        """A section of anything by key."""
        value = self._get(key, dict)
        return {str(name): item for name, item in (value or {}).items()}

    def section(self, key: str, name: str) -> Section | None:
        """A section inside this one."""
        value = self._get(key, dict)
        return None if value is None else Section(self.spot.at(key), value, name)

    def sections(self, key: str, name: str) -> tuple[Section, ...]:
        """The ``[[key]]`` sections inside this one."""
        value = self._get(key, list)
        result: list[Section] = []
        for i, item in enumerate(value or []):
            if isinstance(item, dict):
                result.append(Section(self.spot.at(key, i), item, name))
            else:
                self.say(key, words.KEY_SECTIONS.format(key=key))
        return tuple(result)

    def value(self, key: str) -> Value | None:
        """An expression that computes a value, ``None`` when absent."""
        return self._formula(key, parse_value, None)

    def test(self, key: str) -> Test | None:
        """A comparison, ``None`` when absent."""
        return self._formula(key, parse_test, None)

    def condition(self, key: str) -> Condition:
        """A choice of records, every record when absent."""
        return self._formula(key, parse_condition, None) or ALWAYS

    def _formula(self, key: str, parse: Callable[[str], T], default: T | None) -> T | None:
        text = self._get(key, str)
        return default if text is None else formula(self.spot.at(key), text, parse)

    def close(self) -> None:
        """Report keys that nobody asked for."""
        for key in self.data:
            if key not in self.known:
                self.say(key, words.KEY_UNKNOWN.format(
                    name=self.name, key=key, hint=did_you_mean(key, self.known)))


def formula(spot: Spot, text: str, parse: Callable[[str], T]) -> T | None:
    """The parsed expression; ``None`` after noting why it cannot be read."""
    try:
        return parse(text)
    except FormulaError as error:
        spot.say(str(error))
        return None
