"""A small PDF, a 演示 key and a signed file to try things on."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

pytest.importorskip("reportlab")

from reportlab.pdfgen.canvas import Canvas

from tests.signing.helpers import NOW, PASSPHRASE
from xinfang_desk.model.signature import SignerRole
from xinfang_desk.signing.keys import OpenKey, make_demo_key, open_key
from xinfang_desk.signing.passphrase import Passphrase
from xinfang_desk.signing.sign import SignRequest, sign_bytes


@pytest.fixture(scope="session")
def pdf() -> bytes:
    """Three pages with a figure each, compressed as ours are."""
    out = BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=1)
    canvas.setTitle("Budget")
    for number, figure in enumerate(("226.70", "161.01", "65.69"), 1):
        canvas.drawString(72, 720, f"Table {number}: {figure}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture(scope="session")
def key_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A 演示 key file. 2048 bits, because making longer ones takes time."""
    path = tmp_path_factory.mktemp("key") / "演示.p12"
    make_demo_key(path, "经办人甲", Passphrase(PASSPHRASE), now=NOW, bits=2048)
    return path


@pytest.fixture(scope="session")
def key(key_path: Path) -> OpenKey:
    """The opened 演示 key."""
    return open_key(key_path, Passphrase(PASSPHRASE), now=NOW)


@pytest.fixture(scope="session")
def signed(pdf: bytes, key: OpenKey) -> bytes:
    """The PDF with one signature."""
    return sign_bytes(pdf, key, SignRequest(NOW, reason="部门预算公开", location="平乡县"))


@pytest.fixture(scope="session")
def signed_by_three(signed: bytes, key: OpenKey) -> bytes:
    """The PDF signed by all three hands."""
    data = signed
    for role in (SignerRole.REVIEWER, SignerRole.RESPONSIBLE):
        data = sign_bytes(data, key, SignRequest(NOW, role))
    return data


@pytest.fixture
def write(tmp_path: Path) -> Callable[[bytes], Path]:
    """Put bytes into a file with a Chinese name."""

    def to_file(data: bytes) -> Path:
        path = tmp_path / "信访局 预算公开（定稿）.pdf"
        path.write_bytes(data)
        return path

    return to_file
