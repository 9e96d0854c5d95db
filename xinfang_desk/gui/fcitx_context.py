"""What this program says to fcitx: an input context of its own, over the session bus.

Two ways of speaking exist. The newer one (``org.freedesktop.portal.Fcitx``) is understood by fcitx5 and by fcitx4 with
its portal add-on; the older (``org.fcitx.Fcitx-<screen>``) by every fcitx4. Both were tried with real ones
(``tests/installers/input_methods.py``).
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xinfang_desk.gui.dbus_line import BUS, CallFailed, Line, Signal

logger = logging.getLogger(__name__)

_NAME = "xinfang-desk"
_PREEDIT, _FORMATTED, _WE_COMMIT = 1 << 1, 1 << 4, 1 << 5
CAPABILITIES = _PREEDIT | _FORMATTED | _WE_COMMIT
"""We show what is being composed ourselves, and keep it ourselves where the focus goes elsewhere."""
HIGHLIGHT = 1 << 4
KEY_SECONDS, IMPATIENT_SECONDS = 3.0, 0.2
"""So long one key may take: fcitx 5 loads its words at the first, and a key given up too early would come twice. Where one
was too slow, the next are not waited for so long."""


@dataclass(frozen=True, slots=True)
class Composed:
    """What is being composed: pieces with their fcitx flags, and the cursor in characters (-1: none)."""

    pieces: tuple[tuple[str, int], ...] = ()
    cursor: int = -1

    @property
    def text(self) -> str:
        """All pieces together."""
        return "".join(words for words, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class Committed:
    """Words that are done."""

    text: str


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A key the input method hands back. ``keysym`` and ``state`` as X counts them."""

    keysym: int
    state: int
    released: bool


Said = Composed | Committed | Forwarded


@dataclass(slots=True)
class Context:
    """An input context with fcitx. Methods raise ``LineLost`` when the bus is gone."""

    line: Line
    service: str
    path: str
    newer: bool
    _rect: tuple[int, int, int, int] = field(default=(0, 0, 0, 0))
    _slow: bool = False

    @property
    def interface(self) -> str:
        """The interface the context is spoken to by."""
        return "org.fcitx.Fcitx.InputContext1" if self.newer else "org.fcitx.Fcitx.InputContext"

    def focus(self, has_it: bool) -> None:
        """Tell whether somebody types here."""
        self._tell("FocusIn" if has_it else "FocusOut")

    def reset(self) -> None:
        """Give up what is being composed."""
        self._tell("Reset")

    def cursor_at(self, rect: tuple[int, int, int, int]) -> None:
        """Where on the screen (in its own pixels: x, y, width, height) the list of words should appear."""
        if rect != self._rect:
            self._rect = rect
            self._tell("SetCursorRect", "iiii", *rect)

    def key(self, keysym: int, keycode: int, state: int, released: bool, at: int) -> bool:
        """Offer a key; returns whether the input method has taken it."""
        kind = "uuubu" if self.newer else "uuuiu"
        values = (keysym, keycode, state, released if self.newer else int(released), at & 0xFFFFFFFF)
        try:
            taken = self.line.call(self.service, self.path, self.interface, "ProcessKeyEvent", kind, *values,
                                   seconds=IMPATIENT_SECONDS if self._slow else KEY_SECONDS)
        except CallFailed as error:
            logger.warning("fcitx: %s", error)
            self._slow = True
            return False
        self._slow = False
        return bool(taken and taken[0])

    def said(self) -> tuple[list[Said], bool]:
        """What the input method has said since, in order; and whether it is still there (``False``: it has left)."""
        found: list[Said] = []
        here = True
        for message in self.line.signals():
            if message.interface == BUS:
                here = here and not self._gone(message)
            elif message.path == self.path:
                one = understood(message)
                if one is not None:
                    found.append(one)
        return found, here

    def _gone(self, message: Signal) -> bool:
        return message.member == "NameOwnerChanged" and message.body[:1] == (self.service,)

    def _tell(self, member: str, signature: str = "", *values: Any) -> None:
        self.line.tell(self.service, self.path, self.interface, member, signature, *values)


def understood(message: Signal) -> Said | None:
    """What a signal of an input context means; ``None`` where it means nothing to us."""
    match message.member, message.signature, message.body:
        case "CommitString", "s", (str(text),):
            return Committed(text)
        case "UpdateFormattedPreedit", "a(si)i", (list(pieces), int(cursor)):
            return composed([(str(words), int(flags)) for words, flags in pieces], cursor)
        case "UpdatePreedit", "si", (str(text), int(cursor)):
            return composed([(text, 0)], cursor)
        case "ForwardKey", "uub", (int(keysym), int(state), bool(released)):
            return Forwarded(keysym, state, released)
        case "ForwardKey", "uui", (int(keysym), int(state), int(released)):
            return Forwarded(keysym, state, bool(released))
    return None


def composed(pieces: list[tuple[str, int]], cursor_byte: int) -> Composed:
    """fcitx counts the cursor in bytes of UTF-8."""
    kept = tuple((words, flags) for words, flags in pieces if words)
    whole = "".join(words for words, _ in kept).encode()
    cursor = len(whole[:cursor_byte].decode(errors="ignore")) if 0 <= cursor_byte <= len(whole) else -1
    return Composed(kept, cursor)


def screen_number(environment: Mapping[str, str]) -> int:
    """The screen's number in ``DISPLAY``: ``:1.0`` and ``host:1`` are 1; 0 where there is none."""
    number = environment.get("DISPLAY", "").rpartition(":")[2].partition(".")[0]
    return int(number) if number.isascii() and number.isdigit() else 0


def services(environment: Mapping[str, str]) -> tuple[tuple[str, bool], ...]:
    """The names fcitx may answer to, best first; with each, whether it speaks the newer way."""
    return (("org.freedesktop.portal.Fcitx", True),
            (f"org.fcitx.Fcitx-{screen_number(environment)}", False))


def fcitx_answers(line: Line, environment: Mapping[str, str]) -> tuple[str, bool] | None:
    """The name fcitx answers to now, and whether it speaks the newer way; ``None`` where it does not run."""
    return next((one for one in services(environment) if line.has_owner(one[0])), None)


def open_context(line: Line, environment: Mapping[str, str]) -> Context | None:
    """A context with whichever fcitx runs; ``None`` where none does. Starts none.

    Raises:
        CallFailed: fcitx refuses.
        LineLost: the bus is gone.
    """
    found = fcitx_answers(line, environment)
    if found is None:
        return None
    service, newer = found
    if newer:
        about = [("program", _NAME), ("display", f"x11:{environment.get('DISPLAY', '')}")]
        path, *_ = line.call(service, "/org/freedesktop/portal/inputmethod", "org.fcitx.Fcitx.InputMethod1",
                             "CreateInputContext", "a(ss)", about)
    else:
        number, *_ = line.call(service, "/inputmethod", "org.fcitx.Fcitx.InputMethod", "CreateICv3", "si", _NAME,
                               os.getpid())
        path = f"/inputcontext_{number}"
    context = Context(line, service, str(path), newer)
    line.listen(f"type='signal',path='{path}',interface='{context.interface}'")
    if newer:
        line.tell(service, context.path, context.interface, "SetCapability", "t", CAPABILITIES)
    else:
        line.tell(service, context.path, context.interface, "SetCapacity", "u", CAPABILITIES)
    return context


def watch_names(line: Line, environment: Mapping[str, str]) -> None:
    """Hear of fcitx coming and going."""
    for service, _ in services(environment):
        line.listen(f"type='signal',sender='{BUS}',interface='{BUS}',member='NameOwnerChanged',arg0='{service}'")
