"""One connection to the session bus: calls with a time limit, and the signals that came meanwhile, in their order.

The bytes of D-Bus are jeepney's; the waiting is ours, because here the window waits. PySide6's own QtDBus cannot be
used: it sends every Python ``int`` as ``i``, and an input method wants ``u``.
"""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageFlag, MessageType, Parser, new_method_call
from jeepney.auth import BEGIN, AuthenticationError, Authenticator
from jeepney.bus import get_connectable_addresses

BUS = "org.freedesktop.DBus"
_BUS_PATH = "/org/freedesktop/DBus"
_GREETING_SECONDS = 1.0
_NONSENSE = (struct.error, ValueError, TypeError, LookupError, AssertionError)
"""What jeepney raises over bytes that are no message."""


class LineLost(OSError):
    """The bus is not there, has hung up or talks nonsense."""


class CallFailed(OSError):
    """The other side answered with an error, or not in time."""


@dataclass(frozen=True, slots=True)
class Signal:
    """What somebody on the bus told everybody. ``body`` holds a value for each type of ``signature``; structures are
    tuples, arrays lists."""

    path: str
    interface: str
    member: str
    signature: str
    body: tuple[Any, ...]


def addresses(environment: Mapping[str, str]) -> list[str]:
    """Where the session bus may be reached: what ``socket.connect`` takes, a leading NUL for the abstract kind."""
    folder = environment.get("XDG_RUNTIME_DIR", "")
    own = f"unix:path={folder}/bus" if folder else ""
    found = []
    for one in (environment.get("DBUS_SESSION_BUS_ADDRESS") or own).split(";"):
        try:
            found += get_connectable_addresses(own if one == "unix:runtime=yes" else one)
        except (ValueError, RuntimeError):  # an address of a kind that is not spoken here
            continue
    return found


class Line:
    """A connection of our own. Every method may raise :class:`LineLost`; after that the line is closed."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._serial = 0
        self._parser = Parser()
        self._signals: list[Signal] = []
        self._socket = self._connected(addresses(environment))
        try:
            self._greet()
            self.call(BUS, _BUS_PATH, BUS, "Hello", seconds=_GREETING_SECONDS)
        except (OSError, AuthenticationError) as error:
            self.close()
            raise LineLost(str(error)) from error

    def fileno(self) -> int:
        """What to listen at; -1 once closed."""
        return self._socket.fileno()

    def close(self) -> None:
        """Hang up. May be called twice."""
        self._socket.close()

    def call(self, to: str, path: str, interface: str, member: str, signature: str = "", *values: Any,
             seconds: float = _GREETING_SECONDS) -> tuple[Any, ...]:
        """Call and wait for the answer.

        Raises:
            CallFailed: an error came back, or nothing in time.
            LineLost: see the class.
        """
        serial = self._send(to, path, interface, member, signature, values)
        until = time.monotonic() + seconds
        while True:
            for message in self._take():
                fields = message.header.fields
                if fields.get(HeaderFields.reply_serial) == serial:
                    if message.header.message_type is MessageType.error:
                        raise CallFailed(f"{member}: {fields.get(HeaderFields.error_name)}")
                    return tuple(message.body)
            left = until - time.monotonic()
            if left <= 0:
                raise CallFailed(f"{member}: no answer in {seconds} s")
            self._read(left)

    def tell(self, to: str, path: str, interface: str, member: str, signature: str = "", *values: Any) -> None:
        """Call and want no answer."""
        self._send(to, path, interface, member, signature, values, answered=False)

    def listen(self, rule: str) -> None:
        """Ask the bus for the signals of a match rule."""
        self.call(BUS, _BUS_PATH, BUS, "AddMatch", "s", rule)

    def has_owner(self, name: str) -> bool:
        """Whether somebody answers to a name."""
        return bool(self.call(BUS, _BUS_PATH, BUS, "NameHasOwner", "s", name)[0])

    def signals(self) -> list[Signal]:
        """The signals that have come since, in their order; does not wait."""
        self._read(0)
        self._take()
        found, self._signals = self._signals, []
        return found

    @staticmethod
    def _connected(places: list[str]) -> socket.socket:
        last: OSError = LineLost("no session bus is named")
        for place in places:
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
            line.settimeout(_GREETING_SECONDS)
            try:
                line.connect(place)
            except OSError as error:
                line.close()
                last = error
            else:
                return line
        raise LineLost(str(last)) from last

    def _greet(self) -> None:
        talk = Authenticator()
        for words in talk:
            self._socket.sendall(words)
            part = self._socket.recv(512)
            if not part:
                raise LineLost("no greeting")
            talk.feed(part)
        self._socket.sendall(BEGIN)  # the Authenticator is done before it says so itself

    def _send(self, to: str, path: str, interface: str, member: str, signature: str, values: tuple[Any, ...],
              *, answered: bool = True) -> int:
        message = new_method_call(DBusAddress(path, to, interface), member, signature or None, values)
        if not answered:
            message.header.flags |= MessageFlag.no_reply_expected
        self._serial += 1
        try:
            self._socket.settimeout(_GREETING_SECONDS)
            self._socket.sendall(message.serialise(self._serial))
        except OSError as error:
            self.close()
            raise LineLost(str(error)) from error
        return self._serial

    def _read(self, seconds: float) -> None:
        """Take what has come; wait for something at most so long."""
        try:
            self._socket.settimeout(seconds)
            part = self._socket.recv(1 << 16)
        except (BlockingIOError, TimeoutError):
            return
        except OSError as error:
            self.close()
            raise LineLost(str(error)) from error
        if not part:
            self.close()
            raise LineLost("the bus has hung up")
        self._parser.add_data(part)

    def _take(self) -> list[Message]:
        """The answers among what has come; signals are kept for :meth:`signals`."""
        answers = []
        try:
            for message in messages(self._parser):
                if message.header.message_type is MessageType.signal:
                    self._signals.append(_signal(message))
                else:
                    answers.append(message)
        except LineLost:
            self.close()
            raise
        return answers


def messages(parser: Parser) -> Iterator[Message]:
    """The messages that have come in whole. Raises :class:`LineLost` over bytes that are none."""
    while True:
        try:
            message = parser.get_next_message()
        except _NONSENSE as error:
            raise LineLost(f"not a message: {error}") from error
        if message is None:
            return
        yield message


def _signal(message: Message) -> Signal:
    path, interface, member, signature = (str(message.header.fields.get(field, "")) for field in (
        HeaderFields.path, HeaderFields.interface, HeaderFields.member, HeaderFields.signature))
    return Signal(path, interface, member, signature, tuple(message.body))
