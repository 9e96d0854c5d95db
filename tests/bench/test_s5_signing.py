"""S5: a signature against pyHanko's SimpleSigner used as its manual shows, side by side in one run.

Prints ratios of medians of CPU time, asserts nothing about time. ``make bench`` runs it.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pytest_benchmark.fixture import BenchmarkFixture
from reportlab.pdfgen.canvas import Canvas

from xinfang_desk.signing.keys import OpenKey, make_demo_key, open_key
from xinfang_desk.signing.passphrase import Passphrase
from xinfang_desk.signing.sign import SignRequest, sign_bytes, sign_pdf
from xinfang_desk.signing.verify import verify_bytes

_PAIRS = 15
_PASSPHRASE = "bench-passphrase"


@pytest.fixture(scope="module")
def key_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An RSA-3072 key file."""
    path = tmp_path_factory.mktemp("bench") / "key.p12"
    make_demo_key(path, "经办人甲", Passphrase(_PASSPHRASE))
    return path


@pytest.fixture(scope="module")
def key(key_path: Path) -> OpenKey:
    """The key, opened once."""
    return open_key(key_path, Passphrase(_PASSPHRASE))


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """44 pages of figures, as an edition has."""
    out = BytesIO()
    canvas = Canvas(out, pageCompression=0, invariant=1)
    for page in range(44):
        for row in range(50):
            canvas.drawString(72, 780 - 14 * row, f"{page:02d}-{row:02d}  {page * row:>12,d}.00  {row * 7:>9,d}.50")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def as_in_the_manual(pdf: bytes, key_path: Path) -> Callable[[], bytes]:
    """pyHanko's SimpleSigner, loaded once; invisible, which spares it the font."""
    signer = signers.SimpleSigner.load_pkcs12(str(key_path), passphrase=_PASSPHRASE.encode())
    meta = signers.PdfSignatureMetadata("Signature", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)

    def sign() -> bytes:
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        return bytes(signers.sign_pdf(writer, meta, signer=signer).getvalue())

    return sign


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def test_s5_signature_against_simple_signer(
    benchmark: BenchmarkFixture, pdf: bytes, key: OpenKey, key_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    peer = as_in_the_manual(pdf, key_path)
    request = SignRequest(datetime.now(UTC))
    folder = key_path.parent
    (folder / "source.pdf").write_bytes(pdf)

    def ours() -> bytes:
        return sign_bytes(pdf, key, request)

    def whole() -> object:
        return sign_pdf(folder / "source.pdf", folder / "target.pdf", key, now=datetime.now(UTC))

    assert verify_bytes(ours()).ok
    assert verify_bytes(peer()).ok
    pairs = [(cpu(peer), cpu(ours), cpu(whole)) for _ in range(_PAIRS)]
    benchmark(ours)
    theirs, bare, proven = (statistics.median(column) for column in zip(*pairs, strict=True))
    with capsys.disabled():
        print(
            f"\nS5  RSA-3072, {len(pdf) // 1024} KiB, {_PAIRS} pairs, load {os.getloadavg()[0]:.1f}:"
            f"\n    SimpleSigner, invisible                {theirs * 1000:7.1f} ms"
            f"\n    ours, visible with Chinese             {bare * 1000:7.1f} ms   {theirs / bare:5.1f} x"
            f"\n    ours, written, read back and verified  {proven * 1000:7.1f} ms   {theirs / proven:5.1f} x"
        )
