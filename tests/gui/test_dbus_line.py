"""The line to the session bus: where it is, and what happens when the other side talks nonsense."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jeepney import DBusAddress, Parser, new_signal

from tests.gui.fake_fcitx import FakeFcitx
from xinfang_desk.gui.dbus_line import Line, LineLost, addresses, messages


def _spoilt(at: int, byte: int) -> bytes:
    message = new_signal(DBusAddress("/p", interface="i.f"), "M", "a(si)s", ([("字", 1), ("词", 2)], "句"))
    data = bytearray(message.serialise(1))
    data[at % len(data)] = byte
    return bytes(data)


@given(st.one_of(st.binary(min_size=16, max_size=200), st.builds(_spoilt, st.integers(0, 199), st.integers(0, 255))))
def test_nonsense_is_refused_or_read(data: bytes) -> None:
    parser = Parser()
    parser.add_data(data)
    try:
        found = list(messages(parser))
    except LineLost:
        return
    assert all(message.header.message_type.value == data[1] for message in found[:1])


def test_a_bus_that_lets_nobody_in(tmp_path: Path) -> None:
    fcitx = FakeFcitx(tmp_path, greeting=b"REJECTED EXTERNAL\r\n")
    with pytest.raises(LineLost):
        Line({"DBUS_SESSION_BUS_ADDRESS": fcitx.address})
    fcitx.stop()


@pytest.mark.parametrize(("environment", "found"), [
    ({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/0/b%20us,guid=1"}, ["/run/user/0/b us"]),
    ({"DBUS_SESSION_BUS_ADDRESS": "tcp:host=a;unix:abstract=/tmp/x"}, ["\0/tmp/x"]),
    ({"DBUS_SESSION_BUS_ADDRESS": "unix:runtime=yes", "XDG_RUNTIME_DIR": "/r"}, ["/r/bus"]),
    ({"XDG_RUNTIME_DIR": "/r"}, ["/r/bus"]),
    ({}, [])])
def test_where_the_session_bus_is(environment: dict[str, str], found: list[str]) -> None:
    assert addresses(environment) == found
