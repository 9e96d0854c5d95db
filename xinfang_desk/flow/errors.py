"""What the desk refuses, in words: its errors, and the store's refusals told as them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xinfang_desk.flow.ways import Way
    from xinfang_desk.store import StoreError


class DeskError(Exception):
    """Something the clerk asked for cannot be done; the message is a Chinese sentence with the way on.

    ``ways``: what can be done about it, the safe one first; the window offers them as buttons.
    """

    def __init__(self, sentence: str, ways: tuple[Way, ...] = ()) -> None:
        super().__init__(sentence)
        self.ways = ways


class BookBusy(DeskError):
    """Somebody else has the book open. ``elsewhere``: on another computer, so it may be taken over by hand."""

    def __init__(self, sentence: str, *, elsewhere: bool, ways: tuple[Way, ...] = ()) -> None:
        super().__init__(sentence, ways)
        self.elsewhere = elsewhere


@dataclass(frozen=True, slots=True)
class SavingTrouble:
    """Why what was typed is not on disk: a sentence. ``moved``: the file itself is gone or was replaced."""

    sentence: str
    moved: bool

    @classmethod
    def of(cls, error: StoreError) -> SavingTrouble:
        """The trouble of the store as the window tells it."""
        from xinfang_desk.store import Trouble

        return cls(error.message, error.trouble in (Trouble.GONE, Trouble.REPLACED))


@contextmanager
def telling() -> Iterator[None]:
    """The store's refusals come out as :class:`DeskError`, with the ways on."""
    from xinfang_desk.flow.ways import ways_on
    from xinfang_desk.store import BookInUse, StoreError

    try:
        yield
    except BookInUse as error:
        raise BookBusy(error.message, elsewhere=error.other_machine, ways=ways_on(error.trouble)) from error
    except StoreError as error:
        raise DeskError(error.message, ways_on(error.trouble)) from error
