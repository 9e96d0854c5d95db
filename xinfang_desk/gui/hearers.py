"""Who is told what each key of a figure moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec

Told = ParamSpec("Told")


class Hearers(Generic[Told]):
    """Called one after another, in the order they came: what a signal of Qt does, without its way through C++ and back,
    which at every key takes longer than what most of them do.

    Unlike a signal's, a hearer stays when its widget is gone: whoever owns this one lets all go in time
    (:meth:`clear`).
    """

    def __init__(self) -> None:
        self._hearers: tuple[Callable[Told, object], ...] = ()

    def connect(self, hearer: Callable[Told, object]) -> None:
        """From now on tell this one too."""
        self._hearers = *self._hearers, hearer

    def disconnect(self, hearer: Callable[Told, object]) -> None:
        """Tell it no longer; harmless where it was not told before."""
        self._hearers = tuple(one for one in self._hearers if one != hearer)

    def clear(self) -> None:
        """Tell nobody any more."""
        self._hearers = ()

    def emit(self, *args: Told.args, **kwargs: Told.kwargs) -> None:
        """Tell them all."""
        for hearer in self._hearers:
            hearer(*args, **kwargs)
