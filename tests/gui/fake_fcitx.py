"""A session bus with nobody on it but an fcitx that composes letters and hands them over in capitals at a blank."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageFlag,
    Parser,
    new_error,
    new_method_return,
    new_signal,
)

from xinfang_desk.gui.dbus_line import BUS

PORTAL, OLDER = "org.freedesktop.portal.Fcitx", "org.fcitx.Fcitx-0"
CONTEXT = "/inputcontext_7"
SPACE, ESCAPE, F4, BACKSPACE = 0x20, 0xFF1B, 0xFFC1, 0xFF08


class FakeFcitx:
    """Listens on ``address`` until :meth:`stop`. ``calls``: what was called, in order, with its arguments."""

    def __init__(self, folder: Path, names: tuple[str, ...] = (PORTAL,),
                 greeting: bytes = b"OK 0123456789abcdef\r\n") -> None:
        self.names = set(names)
        self.address = f"unix:path={folder / 'bus'}"
        self.calls: list[tuple[Any, ...]] = []
        self.deaf = False
        self._words = ""
        self._greeting = greeting
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
        body = (name, "" if owned else ":1.1", ":1.1" if owned else "")
        self._send(new_signal(DBusAddress("/org/freedesktop/DBus", interface=BUS), "NameOwnerChanged", "sss", body))

    def emit(self, member: str, signature: str, *body: Any) -> None:
        sender = DBusAddress(CONTEXT, interface="org.fcitx.Fcitx.InputContext1")
        self._send(new_signal(sender, member, signature, body))

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
        client.sendall(self._greeting)
        parser = Parser()
        first = client.recv(512)
        if not first.startswith(b"BEGIN\r\n"):  # a real bus waits for it for ever
            client.close()
            return
        parser.add_data(first.removeprefix(b"BEGIN\r\n"))
        while True:
            for message in iter(parser.get_next_message, None):
                self._answer(message)
            part = client.recv(4096)
            if not part:
                return
            parser.add_data(part)

    def _send(self, message: Message) -> None:
        assert self._client is not None
        self._serial += 1
        self._client.sendall(message.serialise(self._serial))

    def _answer(self, call: Message) -> None:
        member = call.header.fields[HeaderFields.member]
        self.calls.append((member, *call.body))
        signature: str = ""
        body: tuple[Any, ...] = ()
        match member:
            case "NameHasOwner":
                signature, body = "b", (call.body[0] in self.names,)
            case "Hello":
                signature, body = "s", (":1.5",)
            case "Reset":
                self._words = ""
            case "CreateInputContext":
                signature, body = "oay", (CONTEXT, b"\1\2")
            case "CreateICv3":
                signature, body = "ibuuuu", (7, True, 0, 0, 0, 0)
            case "ProcessKeyEvent" if self.deaf:
                return
            case "ProcessKeyEvent":
                taken = self._key(call.body[0]) if not call.body[3] else False
                signature, body = ("b", (taken,)) if isinstance(call.body[3], bool) else ("i", (int(taken),))
            case "Refuse":
                self._send(new_error(call, "no.such.thing"))
                return
        if not call.header.flags & MessageFlag.no_reply_expected:
            self._send(new_method_return(call, signature or None, body))

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
