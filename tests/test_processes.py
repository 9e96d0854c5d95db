from __future__ import annotations

import os
import subprocess
import sys

import pytest

from xinfang_desk.processes import lives


def test_a_process_lives_until_it_has_ended() -> None:
    one = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert lives(one.pid) is True
    one.communicate(b"\n")
    assert lives(one.pid) is False
    assert lives(2**70) is False


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 上不这样问")
def test_a_process_of_somebody_else_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(pid: int, sign: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", refused)
    assert lives(1) is None
