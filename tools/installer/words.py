"""What the builder says, Chinese first and English second, and the one exception that carries such a pair."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Say:
    """One sentence in both languages."""

    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh}\n    {self.en}"


class BuildTrouble(Exception):
    """A step that could not be done; the message says what, why and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.say = Say(zh, en)
