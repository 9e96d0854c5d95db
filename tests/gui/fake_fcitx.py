"""A session bus with nobody on it but an fcitx that composes letters and hands them over in capitals at a blank."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from typing import Any

from xinfang_desk.gui.dbus_line import BUS
from xinfang_desk.gui.dbus_wire import (
    ERROR,
    HEAD,
    NO_REPLY,
    REPLY,
    SIGNAL,
    Message,
    message_bytes,
    message_length,
    read_message,
)

PORTAL, OLDER = "org.freedesktop.portal.Fcitx", "org.fcitx.Fcitx-0"
CONTEXT = "/inputcontext_7"
SPACE, ESCAPE, F4, BACKSPACE = 0x20, 0xFF1B, 0xFFC1, 0xFF08


class FakeFcitx:
    """Listens on ``address`` until :meth:`stop`. ``calls``: what was called, in order, with its arguments."""

    def __init__(self, folder: Path, names: tuple[str, ...] = (PORTAL,)) -> None:
        self.names = set(names)
        self.address = f"unix:path={folder / 'bus'}"
        self.calls: list[tuple[Any, ...]] = []
        self.deaf = False
        self._words = ""
        self._serial = 0
        self._client: socket.socket | None = None
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(folder / "bus"))
        self._server.listen()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        for one in (self._client, self._server):
            if one is not None:
                one.close()

    def hang_up(self) -> None:
        assert self._client is not None
        self._client.shutdown(socket.SHUT_RDWR)

    def owner_changes(self, name: str, owned: bool) -> None:
        (self.names.add if owned else self.names.discard)(name)
        self._send(Message(SIGNAL, path="/org/freedesktop/DBus", interface=BUS, member="NameOwnerChanged",
                           signature="sss", body=(name, "" if owned else ":1.1", ":1.1" if owned else "")))

    def emit(self, member: str, signature: str, *body: Any) -> None:
        self._send(Message(SIGNAL, path=CONTEXT, interface="org.fcitx.Fcitx.InputContext1", member=member,
                           signature=signature, body=body))

    def called(self, member: str) -> list[tuple[Any, ...]]:
        return [call[1:] for call in self.calls if call[0] == member]

    def _serve(self) -> None:
        while True:
            try:
                self._client, _ = self._server.accept()
            except OSError:
                return
            try:
                self._talk(self._client)
            except OSError:
                continue

    def _talk(self, client: socket.socket) -> None:
        client.recv(512)
        client.sendall(b"OK 0123456789abcdef\r\n")
        held = client.recv(512).removeprefix(b"BEGIN\r\n")
        while True:
            while len(held) >= HEAD and len(held) >= message_length(held[:HEAD]):
                length = message_length(held[:HEAD])
                self._answer(read_message(held[:length]))
                held = held[length:]
            part = client.recv(4096)
            if not part:
                return
            held += part

    def _send(self, message: Message) -> None:
        assert self._client is not None
        self._serial += 1
        fields = {name: getattr(message, name) for name in Message.__slots__} | {"serial": self._serial}
        self._client.sendall(message_bytes(Message(**fields)))

    def _answer(self, call: Message) -> None:
        self.calls.append((call.member, *call.body))
        signature: str = ""
        body: tuple[Any, ...] = ()
        match call.member:
            case "NameHasOwner":
                signature, body = "b", (call.body[0] in self.names,)
            case "Hello":
                signature, body = "s", (":1.5",)
            case "Reset":
                self._words = ""
            case "CreateInputContext":
                signature, body = "oay", (CONTEXT, [1, 2])
            case "CreateICv3":
                signature, body = "ibuuuu", (7, True, 0, 0, 0, 0)
            case "ProcessKeyEvent" if self.deaf:
                return
            case "ProcessKeyEvent":
                taken = self._key(call.body[0]) if not call.body[3] else False
                signature, body = ("b", (taken,)) if isinstance(call.body[3], bool) else ("i", (int(taken),))
            case "Refuse":
                self._send(Message(ERROR, reply_to=call.serial, error="no.such.thing"))
                return
        if not call.flags & NO_REPLY:
            self._send(Message(REPLY, reply_to=call.serial, signature=signature, body=body))

    def _key(self, keysym: int) -> bool:
        if 0x61 <= keysym <= 0x7A:
            self._words += chr(keysym)
        elif not self._words:
            return False
        elif keysym == SPACE:
            self.emit("CommitString", "s", self._words.upper() + "。")
            self._words = ""
        elif keysym == ESCAPE:
            self._words = ""
        self.emit("UpdateFormattedPreedit", "a(si)i", [(self._words, 1 << 4)], len(self._words))
        return True
