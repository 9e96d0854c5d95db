"""One connection to the session bus: calls with a time limit, and the signals that came meanwhile, in their order."""

from __future__ import annotations

import os
import socket
import time
from collections import deque
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from xinfang_desk.gui.dbus_wire import (
    CALL,
    ERROR,
    HEAD,
    NO_REPLY,
    REPLY,
    SIGNAL,
    Message,
    WireError,
    message_bytes,
    message_length,
    read_message,
)

BUS = "org.freedesktop.DBus"
_BUS_PATH = "/org/freedesktop/DBus"
_GREETING_SECONDS = 1.0


class LineLost(OSError):
    """The bus is not there, has hung up or talks nonsense."""


class CallFailed(OSError):
    """The other side answered with an error, or not in time."""


def addresses(environment: Mapping[str, str]) -> list[str]:
    """Where the session bus may be reached: what ``socket.connect`` takes, a leading NUL for the abstract kind."""
    found = []
    for one in environment.get("DBUS_SESSION_BUS_ADDRESS", "").split(";"):
        kind, _, rest = one.partition(":")
        keys = dict(part.partition("=")[::2] for part in rest.split(","))
        if kind != "unix":
            continue
        if "path" in keys:
            found.append(unquote(keys["path"]))
        elif "abstract" in keys:
            found.append("\0" + unquote(keys["abstract"]))
        elif keys.get("runtime") == "yes" and environment.get("XDG_RUNTIME_DIR"):
            found.append(environment["XDG_RUNTIME_DIR"] + "/bus")
    if not environment.get("DBUS_SESSION_BUS_ADDRESS") and environment.get("XDG_RUNTIME_DIR"):
        found.append(environment["XDG_RUNTIME_DIR"] + "/bus")
    return found


class Line:
    """A connection of our own. Every method may raise :class:`LineLost`; after that the line is closed."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._serial = 0
        self._held = bytearray()
        self._signals: deque[Message] = deque()
        self._socket = self._connected(addresses(environment))
        try:
            self._greet()
            self.call(BUS, _BUS_PATH, BUS, "Hello", seconds=_GREETING_SECONDS)
        except (OSError, CallFailed) as error:
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
        serial = self._send(Message(CALL, path=path, interface=interface, member=member, destination=to,
                                    signature=signature, body=values))
        until = time.monotonic() + seconds
        while True:
            for message in self._take():
                if message.kind in (REPLY, ERROR) and message.reply_to == serial:
                    if message.kind == ERROR:
                        raise CallFailed(f"{member}: {message.error}")
                    return message.body
            left = until - time.monotonic()
            if left <= 0:
                raise CallFailed(f"{member}: no answer in {seconds} s")
            self._read(left)

    def tell(self, to: str, path: str, interface: str, member: str, signature: str = "", *values: Any) -> None:
        """Call and want no answer."""
        self._send(Message(CALL, path=path, interface=interface, member=member, destination=to, signature=signature,
                           body=values, flags=NO_REPLY))

    def listen(self, rule: str) -> None:
        """Ask the bus for the signals of a match rule."""
        self.call(BUS, _BUS_PATH, BUS, "AddMatch", "s", rule)

    def has_owner(self, name: str) -> bool:
        """Whether somebody answers to a name."""
        return bool(self.call(BUS, _BUS_PATH, BUS, "NameHasOwner", "s", name)[0])

    def signals(self) -> list[Message]:
        """The signals that have come since, in their order; does not wait."""
        self._read(0)
        self._take()
        found = list(self._signals)
        self._signals.clear()
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
        who = str(os.getuid()).encode().hex().encode()
        self._socket.sendall(b"\0AUTH EXTERNAL " + who + b"\r\n")
        answer = b""
        while not answer.endswith(b"\r\n"):
            part = self._socket.recv(512)
            if not part or len(answer) > HEAD * HEAD:
                raise LineLost("no greeting")
            answer += part
        if not answer.startswith(b"OK "):
            raise LineLost("not let in")
        self._socket.sendall(b"BEGIN\r\n")

    def _send(self, message: Message) -> int:
        self._serial += 1
        data = message_bytes(Message(**{name: getattr(message, name) for name in Message.__slots__}
                                     | {"serial": self._serial}))
        try:
            self._socket.settimeout(_GREETING_SECONDS)
            self._socket.sendall(data)
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
        self._held += part

    def _take(self) -> list[Message]:
        """The answers among what has come; signals are kept for :meth:`signals`."""
        answers = []
        try:
            while len(self._held) >= HEAD:
                length = message_length(bytes(self._held[:HEAD]))
                if len(self._held) < length:
                    break
                message = read_message(bytes(self._held[:length]))
                del self._held[:length]
                if message.kind == SIGNAL:
                    self._signals.append(message)
                else:
                    answers.append(message)
        except WireError as error:
            self.close()
            raise LineLost(str(error)) from error
        return answers
