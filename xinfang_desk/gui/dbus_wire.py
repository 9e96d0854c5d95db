"""The bytes of D-Bus: values by signature, messages by header. Pure; little-endian is written, both are read.

Only what an input method needs of the specification (https://dbus.freedesktop.org/doc/dbus-specification.html, protocol
version 1). PySide6's own QtDBus cannot be used: it sends every Python ``int`` as ``i``, and an input method wants ``u``.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_FIXED = {"y": "B", "n": "h", "q": "H", "i": "i", "u": "I", "x": "q", "t": "Q", "d": "d", "b": "I"}
_ALIGN = {"y": 1, "g": 1, "v": 1, "n": 2, "q": 2, "i": 4, "u": 4, "b": 4, "s": 4, "o": 4, "a": 4,
          "x": 8, "t": 8, "d": 8, "(": 8, "{": 8}
_FIELDS = {1: "o", 2: "s", 3: "s", 4: "s", 5: "u", 6: "s", 7: "s", 8: "g", 9: "u"}
"""Header fields and their types: path, interface, member, error name, reply to, destination, sender, signature, fds."""
_PATH, _INTERFACE, _MEMBER, _ERROR, _REPLY_TO, _DESTINATION, _SENDER, _SIGNATURE = range(1, 9)

CALL, REPLY, ERROR, SIGNAL = 1, 2, 3, 4
NO_REPLY = 1
HEAD = 16
"""This many bytes tell how long a message is."""
LONGEST = 1 << 20
"""No message of an input method is longer; one that claims to be is not believed."""
_DEEPEST = 16


class WireError(ValueError):
    """Bytes that are no D-Bus message, or values that do not fit their signature."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message. ``body`` holds a value for each type of ``signature``; structures are tuples, arrays lists, a variant
    its value."""

    kind: int
    serial: int = 0
    path: str = ""
    interface: str = ""
    member: str = ""
    destination: str = ""
    sender: str = ""
    error: str = ""
    reply_to: int = 0
    signature: str = ""
    body: tuple[Any, ...] = ()
    flags: int = 0


def types(signature: str) -> Iterator[str]:
    """The complete types a signature consists of.

    Raises:
        WireError: the signature is none.
    """
    at = 0
    while at < len(signature):
        end = _end_of_type(signature, at, 0)
        yield signature[at:end]
        at = end


def pack(signature: str, values: Sequence[Any]) -> bytes:
    """Values as bytes.

    Raises:
        WireError: a value does not fit its type, or their number is another.
    """
    wanted = list(types(signature))
    if len(wanted) != len(values):
        raise WireError(f"{len(values)} values for {signature!r}")
    out = bytearray()
    try:
        for kind, value in zip(wanted, values, strict=True):
            _put(out, kind, value)
    except (struct.error, TypeError, AttributeError, UnicodeEncodeError) as error:
        raise WireError(f"{values!r} is not {signature!r}: {error}") from error
    return bytes(out)


def unpack(signature: str, data: bytes, order: str = "<") -> tuple[Any, ...]:
    """The values of a signature out of bytes.

    Raises:
        WireError: the bytes are too short or not of this signature.
    """
    reader = _Reader(data, order)
    return tuple(reader.value(kind) for kind in types(signature))


def message_bytes(message: Message) -> bytes:
    """A message as it is sent. Raises :class:`WireError` where the body does not fit its signature."""
    body = pack(message.signature, message.body)
    held = {_PATH: message.path, _INTERFACE: message.interface, _MEMBER: message.member, _ERROR: message.error,
            _REPLY_TO: message.reply_to, _DESTINATION: message.destination, _SENDER: message.sender,
            _SIGNATURE: message.signature}
    out = bytearray(struct.pack("<BBBBII", ord("l"), message.kind, message.flags, 1, len(body), message.serial))
    fields = bytearray()
    for code, value in held.items():
        if value:
            _pad(fields, 8)
            fields += bytes((code, 1)) + _FIELDS[code].encode() + b"\0"
            _put(fields, _FIELDS[code], value)
    out += struct.pack("<I", len(fields)) + fields
    _pad(out, 8)
    return bytes(out) + body


def message_length(head: bytes) -> int:
    """How many bytes a message has, from its first :data:`HEAD`.

    Raises:
        WireError: this is no message, or it is too long to be one of ours.
    """
    order = _order(head)
    if len(head) < HEAD or head[3] != 1:
        raise WireError("not a message of version 1")
    body, fields = struct.unpack(order + "I", head[4:8])[0], struct.unpack(order + "I", head[12:16])[0]
    length = int(HEAD + (fields + 7) // 8 * 8 + body)
    if length > LONGEST:
        raise WireError(f"a message of {length} bytes")
    return length


def read_message(data: bytes) -> Message:
    """One whole message.

    Raises:
        WireError: the bytes are no message.
    """
    length = message_length(data)
    if len(data) != length:
        raise WireError(f"{len(data)} bytes of a message of {length}")
    order = _order(data)
    reader = _Reader(data, order, HEAD - 4)
    found: dict[int, Any] = dict(reader.value("a(yv)"))
    reader.align(8)
    signature = str(found.get(_SIGNATURE, ""))
    body = unpack(signature, data[reader.at:], order)
    kind, flags, serial = data[1], data[2], struct.unpack(order + "I", data[8:12])[0]
    words = {name: str(found.get(code, "")) for name, code in (
        ("path", _PATH), ("interface", _INTERFACE), ("member", _MEMBER), ("destination", _DESTINATION),
        ("sender", _SENDER), ("error", _ERROR))}
    reply_to = found.get(_REPLY_TO, 0)
    if not isinstance(reply_to, int):
        raise WireError("an answer to nothing")
    return Message(kind=kind, serial=serial, reply_to=reply_to, signature=signature, body=body, flags=flags, **words)


def _order(head: bytes) -> str:
    match head[:1]:
        case b"l":
            return "<"
        case b"B":
            return ">"
    raise WireError("neither of the two byte orders")


def _end_of_type(signature: str, at: int, depth: int) -> int:
    if at >= len(signature) or depth > _DEEPEST:
        raise WireError(f"signature {signature!r}")
    kind = signature[at]
    if kind == "a":
        return _end_of_type(signature, at + 1, depth + 1)
    if kind in "({":
        close, at = {"(": ")", "{": "}"}[kind], at + 1
        if signature[at:at + 1] == close:
            raise WireError(f"an empty structure in {signature!r}")
        while signature[at:at + 1] != close:
            at = _end_of_type(signature, at, depth + 1)
        return at + 1
    if kind not in _ALIGN:
        raise WireError(f"signature {signature!r}")
    return at + 1


def _pad(out: bytearray, to: int) -> None:
    out += bytes(-len(out) % to)


def _put(out: bytearray, kind: str, value: Any) -> None:
    _pad(out, _ALIGN[kind[0]])
    match kind[0]:
        case "s" | "o":
            words = value.encode()
            out += struct.pack("<I", len(words)) + words + b"\0"
        case "g":
            out += bytes((len(value),)) + value.encode() + b"\0"
        case "a":
            inner = bytearray(len(out) + 4 + (-(len(out) + 4) % _ALIGN[kind[1]]))
            start = len(inner)
            for one in value:
                _put(inner, kind[1:], one)
            out += struct.pack("<I", len(inner) - start) + inner[len(out) + 4:]
        case "(" | "{":
            parts = list(types(kind[1:-1]))
            if len(parts) != len(value):
                raise WireError(f"{value!r} is not {kind!r}")
            for part, one in zip(parts, value, strict=True):
                _put(out, part, one)
        case "v":
            raise WireError("no variant is ever sent")
        case "b":
            out += struct.pack("<I", bool(value))
        case _:
            out += struct.pack("<" + _FIXED[kind], value)


class _Reader:
    def __init__(self, data: bytes, order: str, at: int = 0) -> None:
        self._data, self._order, self.at = data, order, at

    def align(self, to: int) -> None:
        self.at += -self.at % to

    def value(self, kind: str, depth: int = 0) -> Any:
        if depth > _DEEPEST:
            raise WireError("nested too deep")
        self.align(_ALIGN[kind[0]])
        match kind[0]:
            case "s" | "o":
                return self._words(self.value("u"))
            case "g":
                return self._words(self.value("y"))
            case "a":
                return self._array(kind[1:], depth)
            case "(" | "{":
                return tuple(self.value(part, depth + 1) for part in types(kind[1:-1]))
            case "v":
                held = list(types(self.value("g")))
                if len(held) != 1:
                    raise WireError("a variant of several values")
                return self.value(held[0], depth + 1)
            case _:
                found = struct.unpack(self._order + _FIXED[kind], self._take(struct.calcsize(_FIXED[kind])))[0]
                return bool(found) if kind == "b" else found

    def _array(self, kind: str, depth: int) -> list[Any]:
        length = self.value("u")
        self.align(_ALIGN[kind[0]])
        end = self.at + length
        if end > len(self._data):
            raise WireError("an array longer than its message")
        found = []
        while self.at < end:
            found.append(self.value(kind, depth + 1))
        return found

    def _words(self, length: int) -> str:
        try:
            words = self._take(length).decode()
        except UnicodeDecodeError as error:
            raise WireError(str(error)) from error
        self._take(1)
        return words

    def _take(self, length: int) -> bytes:
        part = self._data[self.at:self.at + length]
        if len(part) != length:
            raise WireError("shorter than it says")
        self.at += length
        return part
