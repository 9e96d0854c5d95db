"""What is wrong with a pack: every problem with its file and line, all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from xinfang_desk.messages import packs as words


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault. ``file`` is relative to the forms folder; ``line`` from 1, 0 where no line can be named.

    A ``warning`` does not keep the pack from being used.
    """

    file: str
    line: int
    message_cn: str
    warning: bool = False

    @property
    def sentence(self) -> str:
        """File, line and message as one sentence."""
        return (words.AT_LINE if self.line else words.IN_FILE).format(
            file=self.file, line=self.line, message=self.message_cn)


class PackError(Exception):
    """A pack, code table, case or ledger file cannot be used; ``problems`` lists every fault, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(problem.sentence for problem in self.problems))


@dataclass(slots=True)
class Problems:
    """Collects faults while a pack is read."""

    items: dict[Problem, None] = field(default_factory=dict)

    def add(self, file: str, line: int, message_cn: str, *, warning: bool = False) -> None:
        """Note a fault; the same one twice (through inheritance) counts once."""
        self.items.setdefault(Problem(file, line, message_cn, warning))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The faults that keep the pack from being used."""
        return tuple(problem for problem in self.items if not problem.warning)

    def raise_errors(self) -> None:
        """Raise :class:`PackError` when there is any fault but warnings."""
        if self.errors:
            raise PackError(self.errors)
