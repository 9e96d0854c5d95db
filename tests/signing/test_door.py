from __future__ import annotations

import subprocess
import sys

import pytest

from xinfang_desk import signing


def test_the_door_loads_nothing_heavy() -> None:
    code = (
        "import sys, xinfang_desk.signing as s; assert s.SigningError and s.Passphrase\n"
        "print([m for m in ('pyhanko', 'cryptography', 'fontTools', 'asn1crypto', 'asyncio') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


def test_every_name_of_the_door_is_there() -> None:
    for name in signing.__all__:
        assert getattr(signing, name).__name__ == name
    with pytest.raises(AttributeError):
        signing.no_such_name  # type: ignore[attr-defined]  # noqa: B018
