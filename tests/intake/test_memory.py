"""The reader of foreign workbooks has its limit of memory on every system."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from types import SimpleNamespace

import pytest

from xinfang_desk.intake import memory


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 用作业对象，另测")
def test_beyond_the_limit_the_process_gets_no_more() -> None:
    code = ("from xinfang_desk.intake.memory import limit_memory\n"
            "assert limit_memory(500_000_000)\n"
            "try:\n    bytearray(800_000_000)\nexcept MemoryError:\n    print('refused')")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "refused\n"


def test_the_limits_of_a_job_lie_where_windows_reads_them() -> None:
    if ctypes.sizeof(ctypes.c_void_p) != 8:
        pytest.skip("只有 64 位的程序")
    data = bytes(memory.job_limits(0x1234567))
    assert len(data) == 144  # sizeof(JOBOBJECT_EXTENDED_LIMIT_INFORMATION), 64 bits
    assert int.from_bytes(data[16:20], "little") == 0x100  # LimitFlags
    assert int.from_bytes(data[112:120], "little") == 0x1234567  # ProcessMemoryLimit


@pytest.mark.parametrize("joined", [1, 0])
def test_on_windows_the_process_becomes_a_job(joined: int, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []

    class Call:
        restype: object = None

        def __init__(self, answer: int) -> None:
            self.answer = answer

        def __call__(self, *given: object) -> int:
            told.append(len(given))
            return self.answer

    kernel = SimpleNamespace(CreateJobObjectW=Call(7), GetCurrentProcess=Call(-1), SetInformationJobObject=Call(1),
                             AssignProcessToJobObject=Call(joined))
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert memory.limit_memory(1000) is bool(joined)
    assert told == [2, 4, 0, 2]
