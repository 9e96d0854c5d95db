"""The bytes of D-Bus: what is written is read again, and nonsense is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desk.gui.dbus_line import addresses
from xinfang_desk.gui.dbus_wire import (
    CALL,
    HEAD,
    LONGEST,
    Message,
    WireError,
    message_bytes,
    message_length,
    pack,
    read_message,
    types,
    unpack,
)

_WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
_BASIC: dict[str, st.SearchStrategy[Any]] = {
    "y": st.integers(0, 255), "b": st.booleans(), "n": st.integers(-2**15, 2**15 - 1), "q": st.integers(0, 2**16 - 1),
    "i": st.integers(-2**31, 2**31 - 1), "u": st.integers(0, 2**32 - 1), "x": st.integers(-2**63, 2**63 - 1),
    "t": st.integers(0, 2**64 - 1), "s": _WORDS, "o": _WORDS}


def _typed(depth: int) -> st.SearchStrategy[tuple[str, Any]]:
    basic = st.sampled_from(sorted(_BASIC)).flatmap(lambda kind: st.tuples(st.just(kind), _BASIC[kind]))
    if depth == 0:
        return basic
    several = st.lists(_typed(depth - 1), min_size=1, max_size=4)
    return st.one_of(
        basic, several.map(lambda parts: ("(" + "".join(k for k, _ in parts) + ")", tuple(v for _, v in parts))),
        _typed(depth - 1).flatmap(lambda one: st.integers(0, 3).map(lambda times: ("a" + one[0], [one[1]] * times))))


@given(st.lists(_typed(3), max_size=5))
def test_what_is_written_is_read_again(parts: list[tuple[str, Any]]) -> None:
    signature, values = "".join(kind for kind, _ in parts), tuple(value for _, value in parts)
    message = Message(CALL, serial=7, path="/a", interface="a.b", member="C", destination="d.e", signature=signature,
                      body=values)
    data = message_bytes(message)
    assert message_length(data[:HEAD]) == len(data)
    assert read_message(data) == message


@given(st.binary(max_size=200))
def test_nonsense_is_refused(data: bytes) -> None:
    try:
        found = read_message(data)
    except WireError:
        return
    assert found.kind == data[1]


@given(st.integers(0, 199), st.integers(0, 255))
def test_a_spoilt_message_is_refused_or_read(at: int, byte: int) -> None:
    data = bytearray(message_bytes(Message(CALL, serial=1, path="/p", interface="i.f", member="M", signature="a(si)sv"[:6],
                                           body=([("字", 1), ("词", 2)], "句"))))
    data[at % len(data)] = byte
    try:
        found = read_message(bytes(data))
    except WireError:
        return
    assert found.kind == data[1]


def test_bytes_as_the_specification_lays_them_out() -> None:
    assert pack("ybs", (1, True, "中")) == b"\1\0\0\0\1\0\0\0\3\0\0\0\xe4\xb8\xad\0"
    assert pack("ax", ([5],)) == b"\x08\0\0\0\0\0\0\0\5\0\0\0\0\0\0\0"
    assert unpack("v", b"\1s\0\0\2\0\0\0ok\0") == ("ok",)
    assert unpack("u", b"\0\0\1\0", ">") == (256,)


@pytest.mark.parametrize("signature", ["z", "a", "(", "()", "(s", "a" * 40 + "s", "{"])
def test_a_signature_that_is_none(signature: str) -> None:
    with pytest.raises(WireError):
        list(types(signature))


@pytest.mark.parametrize(("signature", "values"), [("u", (-1,)), ("s", (5,)), ("ss", ("a",)), ("y", (256,)), ("v", (1,)),
                                                  ("(ss)", (("a",),)), ("s", ("\ud800",))])
def test_values_that_do_not_fit(signature: str, values: tuple[Any, ...]) -> None:
    with pytest.raises(WireError):
        pack(signature, values)


def test_a_message_that_claims_to_be_endless() -> None:
    head = bytearray(message_bytes(Message(CALL, serial=1, path="/p", member="M"))[:HEAD])
    head[4:8] = LONGEST.to_bytes(4, "little")
    with pytest.raises(WireError):
        message_length(bytes(head))


@pytest.mark.parametrize(("environment", "found"), [
    ({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/0/b%20us,guid=1"}, ["/run/user/0/b us"]),
    ({"DBUS_SESSION_BUS_ADDRESS": "tcp:host=a;unix:abstract=/tmp/x"}, ["\0/tmp/x"]),
    ({"DBUS_SESSION_BUS_ADDRESS": "unix:runtime=yes", "XDG_RUNTIME_DIR": "/r"}, ["/r/bus"]),
    ({"XDG_RUNTIME_DIR": "/r"}, ["/r/bus"]),
    ({}, [])])
def test_where_the_session_bus_is(environment: dict[str, str], found: list[str]) -> None:
    assert addresses(environment) == found
