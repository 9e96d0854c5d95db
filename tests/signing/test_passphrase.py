from __future__ import annotations

import getpass
import os
import pickle
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from xinfang_desk.signing import Passphrase, SigningError, ask_passphrase, read_passphrase


@contextmanager
def pipe(content: bytes) -> Iterator[int]:
    reading, writing = os.pipe()
    os.write(writing, content)
    os.close(writing)
    yield reading
    os.close(reading)


@pytest.mark.parametrize("content", ["口令一二三\n".encode(), "口令一二三\r\n第二行\n".encode(), "口令一二三".encode()])
def test_first_line_is_the_passphrase_and_the_descriptor_stays_open(content: bytes) -> None:
    with pipe(content) as fd:
        assert read_passphrase(fd).reveal() == "口令一二三".encode()
        assert os.fstat(fd)


def test_spaces_belong_to_the_passphrase() -> None:
    with pipe(b" a b \n") as fd:
        assert read_passphrase(fd).reveal() == b" a b "


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "没有读到口令"), (b"\n", "没有读到口令"), (b"x" * 3000, "超过"), (b"\xff\xfe\n", "UTF-8")]
)
def test_refused_input_is_explained(content: bytes, said: str) -> None:
    with pipe(content) as fd, pytest.raises(SigningError) as caught:
        read_passphrase(fd)
    assert said in caught.value.message_cn


def test_a_closed_descriptor_is_explained() -> None:
    with pipe(b"x\n") as fd:
        closed = os.dup(fd)
        os.close(closed)
        with pytest.raises(SigningError, match="读不到口令"):
            read_passphrase(closed)


def test_nothing_shows_the_passphrase() -> None:
    secret = Passphrase("很长的口令")
    assert "很长" not in repr(secret)
    assert "很长" not in f"{secret}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    secret.forget()
    assert not secret
    assert secret.reveal() == b""


def test_undecodable_input_does_not_travel_in_the_exception() -> None:
    with pipe(b"secret\xff\n") as fd, pytest.raises(SigningError) as caught:
        read_passphrase(fd)
    assert caught.value.__suppress_context__
    assert caught.value.__cause__ is None


def test_asking_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["口令甲乙丙", "口令甲乙丙", "口令甲乙丙", "别的", ""])
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(typed))
    assert ask_passphrase(repeat=True).reveal() == "口令甲乙丙".encode()
    with pytest.raises(SigningError, match="不一致"):
        ask_passphrase(repeat=True)
    with pytest.raises(SigningError, match="没有输入"):
        ask_passphrase()


def test_no_echo_on_a_terminal_that_cannot_hide(monkeypatch: pytest.MonkeyPatch) -> None:
    def fallback(prompt: str) -> str:
        warnings.warn("Can not control echo on the terminal.", getpass.GetPassWarning, stacklevel=2)
        return "read aloud"

    monkeypatch.setattr(getpass, "getpass", fallback)
    with pytest.raises(SigningError, match="隐藏输入"):
        ask_passphrase()
