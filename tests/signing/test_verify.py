from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.signing.helpers import (
    NOW,
    PASSPHRASE,
    byte_range,
    certificate,
    name,
    update,
    utc,
    with_wider_gap,
    write_p12,
    write_pem,
)
from xinfang_desk.model.signature import SignerRole, VerifyReport, VerifyState
from xinfang_desk.signing import Passphrase, SigningError, open_key, verify_pdf
from xinfang_desk.signing.keys import OpenKey
from xinfang_desk.signing.machinery import KeptKeySigner, PlainIncrementalWriter
from xinfang_desk.signing.sign import SignRequest, sign_bytes
from xinfang_desk.signing.verify import verify_bytes

Write = Callable[[bytes], Path]
Writer = IncrementalPdfFileWriter
pdf_name = generic.NameObject
_SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def check(data: bytes) -> VerifyReport:
    return verify_bytes(data, now=NOW)


def told(report: VerifyReport) -> str:
    return "\n".join((report.verdict_sentence, *report.lines))


# Good files


def test_a_good_file(signed: bytes, write: Write) -> None:
    report = verify_pdf(write(signed), now=NOW)
    assert report.ok
    assert report.state is VerifyState.INTACT
    (verdict,) = report.signatures
    assert verdict.intact
    assert not verdict.trusted
    said = told(report)
    for part in ("核验通过", "演示", "不具法律效力", "经办人甲", "本机时间", "编制人签名", "第 1 页", "不受信任"):
        assert part in said
    assert f"{NOW.astimezone():%Y-%m-%d %H:%M:%S}" in said
    assert "平乡县" in said


def test_three_hands(signed_by_three: bytes) -> None:
    report = check(signed_by_three)
    assert report.ok
    assert [s.covers_whole_file for s in report.signatures] == [False, False, True]
    assert all(s.intact and s.acceptable for s in report.signatures)
    assert report.signatures[0].changes == (
        "第 1 页增加了签名处“审核人签名”。",
        "第 1 页增加了签名处“单位负责人签名”。",
    )
    assert report.signatures[2].changes == ()
    assert "3 个签名" in report.verdict_sentence


def test_every_line_is_a_sentence(signed_by_three: bytes) -> None:
    for line in check(signed_by_three).lines:
        assert line.endswith(("。", "："))


def test_cut_back_to_the_first_signature_looks_whole(signed: bytes, signed_by_three: bytes) -> None:
    """Known limit: the file cannot tell. The book records which signatures an edition has to carry."""
    assert signed_by_three.startswith(signed)
    report = check(signed_by_three[: len(signed)])
    assert report.ok
    assert len(report.signatures) == 1


# Files that are no good


def test_unsigned(pdf: bytes) -> None:
    report = check(pdf)
    assert report.state is VerifyState.UNSIGNED
    assert not report.ok
    assert "没有签名" in report.verdict_sentence


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 a zip", bytes(5000), "纯文字".encode()])
def test_no_pdf(data: bytes) -> None:
    report = check(data)
    assert report.state is VerifyState.UNREADABLE
    assert "不是 PDF" in report.verdict_sentence


def test_no_file(tmp_path: Path) -> None:
    assert "打不开文件" in verify_pdf(tmp_path / "没有.pdf").verdict_sentence
    assert "打不开文件" in verify_pdf(tmp_path).verdict_sentence


def test_encrypted(pdf: bytes) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert "加了密码" in check(out.getvalue()).verdict_sentence


def test_a_header_and_nothing_else() -> None:
    report = check(b"%PDF-1.7\n")
    assert report.state is VerifyState.UNREADABLE
    assert "不完整" in report.verdict_sentence


def test_cut_off(signed: bytes) -> None:
    report = check(signed[: len(signed) - 300])
    assert report.state is VerifyState.UNREADABLE
    assert "末尾缺了一截" in report.verdict_sentence
    assert any("不要把它当作签过名的文件" in line for line in report.lines)


@_SLOW
@given(data=st.data())
def test_cut_off_anywhere_is_never_ok(signed: bytes, pdf: bytes, data: st.DataObject) -> None:
    length = data.draw(st.integers(len(pdf) + 1, len(signed) - 1))
    assert not check(signed[:length]).ok


@_SLOW
@given(data=st.data())
def test_rubbish_never_crashes(signed: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(signed) - 1))
    rubbish = data.draw(st.binary(min_size=1, max_size=80))
    assert isinstance(check(signed[:start] + rubbish + signed[start + len(rubbish) :]), VerifyReport)


# Tampering


@settings(_SLOW, max_examples=150)
@given(data=st.data())
def test_a_flipped_byte_anywhere_in_the_signed_range_is_caught(signed: bytes, data: st.DataObject) -> None:
    _, length, resume, rest = byte_range(signed)
    position = data.draw(st.one_of(st.integers(0, length - 1), st.integers(resume, resume + rest - 1)))
    mask = data.draw(st.integers(1, 255))
    spoiled = bytearray(signed)
    spoiled[position] ^= mask
    report = check(bytes(spoiled))
    assert not report.ok
    assert report.state in (VerifyState.CHANGED, VerifyState.UNREADABLE)


def test_a_changed_figure_is_caught(key: OpenKey) -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pageCompression=0, invariant=1)
    canvas.drawString(72, 720, "226.70")
    canvas.save()
    signed = sign_bytes(out.getvalue(), key, SignRequest(NOW))
    assert signed.count(b"226.70") == 1
    report = check(signed.replace(b"226.70", b"926.70"))
    assert report.state is VerifyState.CHANGED
    assert not report.signatures[0].intact
    assert "有字节被改动过" in told(report)
    assert "不要把它当作签过名的文件" in report.verdict_sentence


@_SLOW
@given(data=st.data())
def test_a_changed_signature_is_caught(signed: bytes, data: st.DataObject) -> None:
    _, length, _, _ = byte_range(signed)
    # The CMS itself, not the noughts behind it.
    used = len(signed[length + 1 :].split(b"0000000000000000")[0])
    position = data.draw(st.integers(length + 1, length + used - 8))
    spoiled = bytearray(signed)
    spoiled[position] = ord("1") if spoiled[position] != ord("1") else ord("2")
    report = check(bytes(spoiled))
    if report.ok:
        # Certificates that only accompany the signature are not signed: who signed must still be the same.
        assert report.signatures[0].signer_name == "经办人甲"
        assert report.signatures[0].intact


def page(writer: Writer, index: int) -> generic.DictionaryObject:
    found = writer.find_page_for_modification(index)[0].get_object()
    assert isinstance(found, generic.DictionaryObject)
    return found


def replace_content(writer: Writer) -> None:
    target = page(writer, 1)
    stream = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 720 Td (Table 2: 961.01) Tj ET")
    target["/Contents"] = writer.add_object(stream)
    writer.update_container(target)


def overwrite_content_stream(writer: Writer) -> None:
    stream = page(writer, 0).raw_get("/Contents")
    stream = stream if isinstance(stream, generic.IndirectObject) else stream[0]
    stream.get_object()._data = b"BT (226.71) Tj ET"
    stream.get_object()._encoded_data = None
    writer.mark_update(stream.reference)


def add_note(writer: Writer) -> None:
    target = page(writer, 2)
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(n) for n in (72, 700, 200, 730)]),
            pdf_name("/Contents"): generic.pdf_string("65.70"),
        }
    )
    writer.register_annotation(generic.IndirectObject(*_place(target), writer), writer.add_object(note))


def _place(target: generic.DictionaryObject) -> tuple[int, int]:
    reference = target.container_ref
    assert isinstance(reference, generic.Reference)
    return reference.idnum, reference.generation


def turn_page(writer: Writer) -> None:
    target = page(writer, 1)
    target["/Rotate"] = generic.NumberObject(180)
    writer.update_container(target)


def drop_page(writer: Writer) -> None:
    tree = writer.root["/Pages"]
    tree["/Kids"].pop()
    tree["/Count"] = generic.NumberObject(2)
    writer.update_container(tree)
    writer.update_container(tree["/Kids"])


def run_on_open(writer: Writer) -> None:
    writer.root["/OpenAction"] = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.pdf_string("app.alert(1)")}
    )
    writer.update_root()


def retitle(writer: Writer) -> None:
    writer.set_info(generic.DictionaryObject({pdf_name("/Title"): generic.pdf_string("Other")}))
    replace_content(writer)


def draw_an_empty_signature_field(writer: Writer) -> None:
    spec = SigFieldSpec("Cover", on_page=0, box=(60, 700, 300, 740), empty_field_appearance=True)
    append_signature_field(writer, spec)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (replace_content, "第 2 页的内容（文字、数字、图或字体）在签名之后被替换"),
        (overwrite_content_stream, "第 1 页的内容"),
        (add_note, "第 3 页增加了 1 处批注"),
        (turn_page, "第 2 页的页面大小或方向"),
        (drop_page, "页数由 3 页变为 2 页"),
        (run_on_open, "文件打开时执行的动作"),
        (retitle, "文件属性"),
        (draw_an_empty_signature_field, "第 1 页增加了 1 处批注或附加内容"),
    ],
)
def test_an_appended_update_is_caught_and_told(signed: bytes, change: Callable[[Writer], None], said: str) -> None:
    changed = update(signed, change)
    assert changed.startswith(signed)
    report = check(changed)
    assert report.state is VerifyState.CHANGED
    assert not report.ok
    (verdict,) = report.signatures
    assert verdict.intact
    assert not verdict.acceptable
    assert not verdict.covers_whole_file
    assert said in told(report)


def test_an_update_between_two_signatures_is_caught(signed: bytes, key: OpenKey) -> None:
    """The second signer covers the forged page; the first did not sign it."""
    changed = update(signed, replace_content)
    writer = PlainIncrementalWriter(BytesIO(changed), now=NOW)
    meta = PdfSignatureMetadata("Second", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    report = check(PdfSigner(meta, KeptKeySigner(key)).sign_pdf(writer).getvalue())
    assert not report.ok
    assert [s.acceptable for s in report.signatures] == [False, True]
    assert "第 2 页的内容" in told(report)


def test_an_update_after_three_signatures_is_caught(signed_by_three: bytes) -> None:
    report = check(update(signed_by_three, add_note))
    assert not report.ok
    assert not any(s.acceptable for s in report.signatures)


def test_validation_data_may_follow(signed: bytes, key: OpenKey) -> None:
    def add_dss(writer: Writer) -> None:
        DocumentSecurityStore.supply_dss_in_writer(writer, sig_contents=None, certs=[key.certificate])

    report = check(update(signed, add_dss))
    assert report.ok, told(report)
    assert "不影响内容" in told(report)


@pytest.mark.parametrize("tail", [b"x", b"\n", b"<script>", bytes(10)])
def test_bytes_after_the_end_are_caught(signed: bytes, tail: bytes) -> None:
    report = check(signed + tail)
    assert not report.ok
    assert f"多出 {len(tail)} 个字节" in told(report)


def test_a_second_end_that_points_nowhere_is_caught(signed: bytes) -> None:
    assert check(signed + b"\n%%EOF\n").state is VerifyState.UNREADABLE


def test_a_second_end_that_points_back_is_caught(signed: bytes) -> None:
    start = signed.rsplit(b"startxref", 1)[1].split()[0]
    report = check(signed + b"5 0 obj << >> endobj\nstartxref\n" + start + b"\n%%EOF\n")
    assert not report.ok
    assert "签名没有覆盖它们" in told(report)


def test_bytes_before_the_header_are_caught(signed: bytes) -> None:
    assert not check(b"\n" + signed).ok


@pytest.mark.parametrize("by", [1, 2, 40])
def test_a_gap_wider_than_the_signature_is_caught(signed: bytes, key: OpenKey, by: int) -> None:
    report = check(with_wider_gap(signed, key, by))
    assert not report.ok
    assert not report.signatures[0].intact
    assert "签名没有覆盖的内容" in told(report)


def test_the_forgers_tool_makes_good_signatures(signed: bytes, key: OpenKey) -> None:
    """Else the test above would pass for the wrong reason."""
    report = check(with_wider_gap(signed, key, 0))
    assert report.ok


def test_a_removed_signature_leaves_a_trace(signed: bytes) -> None:
    def remove(writer: Writer) -> None:
        del writer.root["/AcroForm"]
        writer.update_root()

    report = check(update(signed, remove))
    assert report.state is VerifyState.UNREADABLE
    assert "签名可能被去掉" in report.verdict_sentence


def test_a_page_tree_that_never_ends(signed: bytes) -> None:
    def loop(writer: Writer) -> None:
        kids = writer.root["/Pages"]["/Kids"]
        kids.append(writer.root.raw_get("/Pages"))
        writer.update_container(kids)

    assert not check(update(signed, loop)).ok


def test_a_format_nobody_here_knows(signed: bytes) -> None:
    report = check(signed.replace(b"/ETSI.CAdES.detached", b"/Some.Other.detached"))
    assert report.state is VerifyState.UNREADABLE
    assert not report.signatures[0].understood
    assert "不认识的格式或算法" in told(report)


def test_pyhanko_is_silent(signed: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        check(update(signed, replace_content))
        check(signed.replace(b"/ETSI.CAdES.detached", b"/Some.Other.detached"))
    assert not [r for r in caplog.records if r.name.startswith("pyhanko") and r.levelno >= logging.INFO]


# Whom it convinces


@pytest.fixture(scope="module")
def authority() -> tuple[rsa.RSAPrivateKey, object]:
    private = rsa.generate_private_key(65537, 2048)
    return private, certificate(name("某省财政电子认证", "某省认证中心"), private, authority=True, days=3650)


def issued_key(folder: Path, authority: tuple[rsa.RSAPrivateKey, object], days: int = 365) -> OpenKey:
    ca_key, ca = authority
    private = rsa.generate_private_key(65537, 2048)
    own = certificate(name("经办人丙"), private, ca.subject, ca_key, days=days)  # type: ignore[attr-defined]
    path = write_p12(folder / "k.p12", private, own, [ca])  # type: ignore[list-item]
    return open_key(path, Passphrase(PASSPHRASE), now=NOW)


def test_a_trusted_authority(pdf: bytes, tmp_path: Path, write: Write, authority: tuple[rsa.RSAPrivateKey, object]) -> None:
    path = write(sign_bytes(pdf, issued_key(tmp_path, authority), SignRequest(NOW)))
    pem = write_pem(tmp_path / "ca.pem", authority[1])  # type: ignore[arg-type]
    report = verify_pdf(path, [pem], now=NOW)
    assert report.ok
    assert report.signatures[0].trusted
    assert report.signatures[0].trust_note == ""
    assert report.verdict_sentence.endswith("没有被改动。")
    unasked = verify_pdf(path, now=NOW)
    assert not unasked.signatures[0].trusted
    assert "某省财政电子认证" in told(unasked)
    assert "没有得到发证机构证明" in unasked.verdict_sentence


def test_another_authority(
    pdf: bytes, tmp_path: Path, write: Write, authority: tuple[rsa.RSAPrivateKey, object]
) -> None:
    path = write(sign_bytes(pdf, issued_key(tmp_path, authority), SignRequest(NOW)))
    other = rsa.generate_private_key(65537, 2048)
    pem = write_pem(tmp_path / "other.pem", certificate(name("别的机构"), other, authority=True))
    report = verify_pdf(path, [pem], now=NOW)
    assert report.ok
    assert not report.signatures[0].trusted
    assert "不在给出的受信任机构之内" in told(report)


def test_the_demo_authority_makes_no_real_signature(signed: bytes, key: OpenKey) -> None:
    report = verify_bytes(signed, key.chain, now=NOW)
    assert report.signatures[0].trusted
    assert report.signatures[0].is_demo
    assert "不具法律效力" in report.verdict_sentence


def test_an_expired_certificate(pdf: bytes, tmp_path: Path, authority: tuple[rsa.RSAPrivateKey, object]) -> None:
    data = sign_bytes(pdf, issued_key(tmp_path, authority, days=30), SignRequest(NOW))
    report = verify_bytes(data, now=NOW + timedelta(days=60))
    assert report.ok
    assert "过期" in told(report)
    assert "生效日期" in told(verify_bytes(data, now=NOW - timedelta(days=60)))


def test_a_certificate_of_ones_own(pdf: bytes, tmp_path: Path) -> None:
    private = rsa.generate_private_key(65537, 2048)
    path = write_p12(tmp_path / "k.p12", private, certificate(name("经办人丁"), private))
    own = open_key(path, Passphrase(PASSPHRASE), now=NOW)
    report = check(sign_bytes(pdf, own, SignRequest(NOW)))
    assert report.ok
    assert "自己签发" in told(report)
    assert "某县信访局" in told(report)


@pytest.mark.parametrize("content", [b"", b"hello", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_what_is_no_certificate_cannot_be_trusted(signed: bytes, write: Write, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ca.cer").write_bytes(content)
    with pytest.raises(SigningError, match="不是证书文件"):
        verify_pdf(write(signed), [tmp_path / "ca.cer"], now=NOW)
    with pytest.raises(SigningError, match="打不开"):
        verify_pdf(write(signed), [tmp_path / "没有.cer"], now=NOW)


# Time stamps


@pytest.fixture(scope="module")
def time_stamper() -> tuple[DummyTimeStamper, asn1_x509.Certificate]:
    private = rsa.generate_private_key(65537, 2048)
    own = certificate(name("某时间戳机构", "某时间戳机构"), private, stamps_time=True)
    as_asn1 = asn1_x509.Certificate.load(own.public_bytes(Encoding.DER))
    info = asn1_keys.PrivateKeyInfo.load(
        private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    )
    stamper = DummyTimeStamper(
        as_asn1, info, SimpleCertificateStore(), fixed_dt=utc(NOW) + timedelta(hours=1)
    )
    return stamper, as_asn1


def test_a_certified_time(
    pdf: bytes, key: OpenKey, time_stamper: tuple[DummyTimeStamper, asn1_x509.Certificate]
) -> None:
    meta = PdfSignatureMetadata("Signature-preparer", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    writer = PlainIncrementalWriter(BytesIO(pdf), now=NOW)
    data = PdfSigner(meta, KeptKeySigner(key), timestamper=time_stamper[0]).sign_pdf(writer).getvalue()
    later = NOW + timedelta(hours=2)
    report = verify_bytes(data, (time_stamper[1],), now=later)
    assert report.ok, told(report)
    assert report.signatures[0].time_certified
    assert report.signatures[0].claimed_time == NOW + timedelta(hours=1)
    assert "由受信任的时间戳机构证明" in told(report)
    assert report.signatures[0].page == 0
    unknown = verify_bytes(data, now=later)
    assert not unknown.signatures[0].time_certified
    assert "本机时间" in told(unknown)


def test_a_time_stamp_is_nobodys_signature(
    pdf: bytes, signed: bytes, time_stamper: tuple[DummyTimeStamper, asn1_x509.Certificate]
) -> None:
    def stamped(data: bytes) -> bytes:
        out = PdfTimeStamper(time_stamper[0]).timestamp_pdf(Writer(BytesIO(data)), "sha256")
        return bytes(out.getvalue())

    alone = check(stamped(pdf))
    assert alone.state is VerifyState.UNSIGNED
    assert "没有人签名" in alone.verdict_sentence
    both = check(stamped(signed))
    assert both.ok, told(both)
    assert "1 个签名" in both.verdict_sentence
    assert [s.is_timestamp for s in both.signatures] == [False, True]


def test_a_filled_form_is_a_change(key: OpenKey) -> None:
    """Stricter than pyHanko: a figure typed into a form field after signing is not what was signed."""
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.acroForm.textfield(name="figure", value="226.70", x=72, y=600, width=100, height=20)
    canvas.showPage()
    canvas.save()
    signed = sign_bytes(out.getvalue(), key, SignRequest(NOW))
    assert check(signed).ok

    def fill(writer: Writer) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        field["/V"] = generic.pdf_string("926.70")
        writer.update_container(field)

    filled = update(signed, fill)
    assert not check(filled).ok
    again = PlainIncrementalWriter(BytesIO(filled), now=NOW)
    meta = PdfSignatureMetadata(SignerRole.REVIEWER.field_name, md_algorithm="sha256")
    report = check(PdfSigner(meta, KeptKeySigner(key)).sign_pdf(again).getvalue())
    assert not report.ok
    assert [s.acceptable for s in report.signatures] == [False, True]
