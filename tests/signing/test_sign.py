from __future__ import annotations

import errno
import re
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from tests.signing.helpers import NOW, PASSPHRASE, byte_range, certificate, cms_of, name, update, write_p12
from xinfang_desk.model.signature import SignerRole
from xinfang_desk.places import resources_dir
from xinfang_desk.signing import Passphrase, SigningError, open_key, sign_pdf, verify_pdf
from xinfang_desk.signing.keys import OpenKey
from xinfang_desk.signing.machinery import KeptKeySigner, PlainIncrementalWriter
from xinfang_desk.signing.sign import SignRequest, sign_bytes

Write = Callable[[bytes], Path]
Program = Callable[[str], str]


def refused(data: bytes, key: OpenKey, request: SignRequest | None = None) -> str:
    with pytest.raises(SigningError) as caught:
        sign_bytes(data, key, request or SignRequest(NOW), name="说明.pdf")
    return caught.value.message_cn


def test_signing_a_file(pdf: bytes, key: OpenKey, write: Write) -> None:
    source = write(pdf)
    target = source.with_name("已签名 ①.pdf")
    verdict = sign_pdf(source, target, key, now=NOW, reason="部门预算公开", location="平乡县")
    assert verdict.signer_name == "经办人甲"
    assert verdict.is_demo
    assert verdict.claimed_time == NOW
    assert not verdict.time_certified
    assert verdict.covers_whole_file
    assert verdict.page == 1
    assert (verdict.reason, verdict.location) == ("部门预算公开", "平乡县")
    assert verify_pdf(target, now=NOW).ok
    assert {p.name for p in source.parent.iterdir()} == {source.name, target.name}


def test_signing_in_place(pdf: bytes, key: OpenKey, write: Write) -> None:
    path = write(pdf)
    sign_pdf(path, path, key, now=NOW)
    sign_pdf(path, path, key, now=NOW, role=SignerRole.REVIEWER)
    assert [s.field for s in verify_pdf(path, now=NOW).signatures] == ["Signature-preparer", "Signature-reviewer"]
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_signature_is_an_incremental_update(pdf: bytes, signed: bytes) -> None:
    assert signed.startswith(pdf)
    assert b"/ETSI.CAdES.detached" in signed[len(pdf) :]


def test_same_input_same_bytes(pdf: bytes, key: OpenKey) -> None:
    request = SignRequest(NOW, reason="定稿")
    assert sign_bytes(pdf, key, request) == sign_bytes(pdf, key, request)
    assert sign_bytes(pdf, key, request) != sign_bytes(pdf, key, SignRequest(NOW, reason="草稿"))


def test_the_documents_properties_stay_as_they_were(pdf: bytes, signed: bytes) -> None:
    before, after = PdfFileReader(BytesIO(pdf)), PdfFileReader(BytesIO(signed))
    assert dict(before.trailer["/Info"]) == dict(after.trailer["/Info"])
    assert before.trailer["/ID"][0] == after.trailer["/ID"][0]
    assert before.trailer["/ID"][1] != after.trailer["/ID"][1]


def test_pdfa_marking_survives(pdf: bytes, key: OpenKey) -> None:
    """pyHanko rewrites XMP at each update; ours must not be touched, or it no longer agrees with Info."""
    with pikepdf.open(BytesIO(pdf)) as document:
        with document.open_metadata() as metadata:
            metadata["pdfaid:part"], metadata["pdfaid:conformance"] = "2", "A"
        out = BytesIO()
        document.save(out)
    before = PdfFileReader(BytesIO(out.getvalue())).root["/Metadata"].data
    after = PdfFileReader(BytesIO(sign_bytes(out.getvalue(), key, SignRequest(NOW)))).root["/Metadata"].data
    assert b"pdfaid" in before
    assert after == before


def test_the_stamp_can_be_read_and_says_demo(signed_by_three: bytes, write: Write, program: Program) -> None:
    text = subprocess.run(
        [program("pdftotext"), "-enc", "UTF-8", str(write(signed_by_three)), "-"], capture_output=True, check=True
    ).stdout.decode()
    assert text.count("演示证书（不具法律效力）") == 3
    for role in ("编制", "审核", "负责人"):
        assert f"签名人：经办人甲（{role}）" in text
    local = NOW.astimezone()
    assert text.count(f"本机时间：{local:%Y-%m-%d %H:%M:%S}") == 3


def test_the_font_is_embedded(signed: bytes, write: Write, program: Program) -> None:
    fonts = subprocess.run([program("pdffonts"), str(write(signed))], capture_output=True, check=True).stdout.decode()
    row = next(line for line in fonts.splitlines() if "Xinfang" in line)
    assert re.search(r"yes yes yes", row)


def test_pdfsig_agrees(signed: bytes, write: Write, program: Program) -> None:
    said = subprocess.run([program("pdfsig"), str(write(signed))], capture_output=True, check=False).stdout.decode()
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


def test_qpdf_agrees(signed_by_three: bytes, write: Write, program: Program) -> None:
    done = subprocess.run([program("qpdf"), "--check", str(write(signed_by_three))], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_openssl_agrees(signed: bytes, tmp_path: Path, program: Program) -> None:
    a, length, resume, rest = byte_range(signed)
    (tmp_path / "content").write_bytes(signed[a:length] + signed[resume : resume + rest])
    (tmp_path / "cms.der").write_bytes(cms_of(signed))
    command = [program("openssl"), "cms", "-verify", "-noverify", "-binary", "-inform", "DER"]
    command += ["-in", str(tmp_path / "cms.der"), "-content", str(tmp_path / "content"), "-out", str(tmp_path / "out")]
    good = subprocess.run(command, capture_output=True, check=False)
    assert good.returncode == 0, good.stderr
    (tmp_path / "content").write_bytes(signed[a:length] + signed[resume : resume + rest - 1] + b"!")
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def test_an_elliptic_curve_key_signs_too(pdf: bytes, tmp_path: Path, write: Write) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    path = write_p12(tmp_path / "k.p12", private, certificate(name("经办人乙"), private))
    source = write(pdf)
    verdict = sign_pdf(source, source, open_key(path, Passphrase(PASSPHRASE), now=NOW), now=NOW)
    assert verdict.signer_name == "经办人乙"
    assert not verdict.is_demo


def test_the_place_can_be_chosen(pdf: bytes, key: OpenKey) -> None:
    signed = sign_bytes(pdf, key, SignRequest(NOW, page=2, rect=(300, 500, 470, 560)))
    page = PdfFileReader(BytesIO(signed)).root["/Pages"]["/Kids"][2]
    assert [float(x) for x in page["/Annots"][0]["/Rect"]] == [300, 500, 470, 560]


@pytest.mark.parametrize(
    ("page", "rect", "said"),
    [
        (3, None, "只有 3 页"),
        (-1, None, "只有 3 页"),
        (0, (500, 36, 700, 96), "超出"),
        (0, (36, 36, 40, 40), "太小"),
        (0, (200, 96, 36, 36), "太小"),
    ],
)
def test_a_wrong_place_is_explained(
    pdf: bytes, key: OpenKey, page: int, rect: tuple[float, float, float, float] | None, said: str
) -> None:
    assert said in refused(pdf, key, SignRequest(NOW, page=page, rect=rect))


def test_a_role_signs_once(signed: bytes, key: OpenKey) -> None:
    assert "已经有编制人签名" in refused(signed, key)


def test_what_was_changed_after_signing_is_not_signed_again(signed: bytes, key: OpenKey) -> None:
    changed = signed.replace(b"0", b"1", 1)
    assert "没有通过核验" in refused(changed, key, SignRequest(NOW, SignerRole.REVIEWER))


def test_a_locked_document_takes_no_more_signatures(pdf: bytes, key: OpenKey) -> None:
    meta = PdfSignatureMetadata("Lock", certify=True, docmdp_permissions=MDPPerm.NO_CHANGES, md_algorithm="sha256")
    writer = PlainIncrementalWriter(BytesIO(pdf), now=NOW)
    locked = PdfSigner(meta, KeptKeySigner(key)).sign_pdf(writer).getvalue()
    assert "不接受新的签名" in refused(locked, key)


@pytest.mark.parametrize("data", [b"", b"no pdf", b"%PDF-1.7\nrubbish\n%%EOF\n"])
def test_what_is_no_pdf_is_explained(data: bytes, key: OpenKey) -> None:
    assert "PDF 结构有问题" in refused(data, key)


def test_half_a_pdf_is_explained(pdf: bytes, key: OpenKey) -> None:
    assert "PDF 结构有问题" in refused(pdf[: len(pdf) // 2], key)


def test_an_encrypted_pdf_is_explained(pdf: bytes, key: OpenKey) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert "加了密码" in refused(out.getvalue(), key)


def test_a_page_tree_that_is_no_tree_is_explained(pdf: bytes, key: OpenKey) -> None:
    def loop(writer: object) -> None:
        kids = writer.root["/Pages"]["/Kids"]  # type: ignore[attr-defined]
        kids.append(writer.root.raw_get("/Pages"))  # type: ignore[attr-defined]
        writer.update_container(kids)  # type: ignore[attr-defined]

    assert "PDF 结构有问题" in refused(update(pdf, loop), key, SignRequest(NOW, page=3))


def test_no_source(key: OpenKey, tmp_path: Path) -> None:
    with pytest.raises(SigningError, match="打不开要签名的文件"):
        sign_pdf(tmp_path / "没有.pdf", tmp_path / "目标.pdf", key, now=NOW)
    assert not list(tmp_path.iterdir())


def test_a_full_disk_leaves_nothing_behind(
    pdf: bytes, key: OpenKey, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(pdf)

    def full(fd: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SigningError, match="磁盘是否已满"):
        sign_pdf(source, source.with_name("目标.pdf"), key, now=NOW)
    assert [p.name for p in source.parent.iterdir()] == [source.name]


def test_a_target_that_cannot_be_written_leaves_nothing_behind(pdf: bytes, key: OpenKey, write: Write) -> None:
    source = write(pdf)
    (source.parent / "目标.pdf").mkdir()
    with pytest.raises(SigningError, match="不能写入"):
        sign_pdf(source, source.parent / "目标.pdf", key, now=NOW)
    assert {p.name for p in source.parent.iterdir()} == {source.name, "目标.pdf"}
    assert not list((source.parent / "目标.pdf").iterdir())


def test_what_the_disk_spoils_is_not_kept(
    pdf: bytes, key: OpenKey, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(pdf)
    honest = Path.read_bytes
    monkeypatch.setattr(
        Path, "read_bytes", lambda self: honest(self)[:-1] if self.suffix == ".part" else honest(self)
    )
    with pytest.raises(SigningError, match="不一致"):
        sign_pdf(source, source.with_name("目标.pdf"), key, now=NOW)
    assert [p.name for p in source.parent.iterdir()] == [source.name]


def key_for(person: str, folder: Path) -> OpenKey:
    private = rsa.generate_private_key(65537, 2048)
    path = write_p12(folder / "k.p12", private, certificate(name(person), private))
    return open_key(path, Passphrase(PASSPHRASE), now=NOW)


def test_a_percent_sign_in_a_name_stays_one(pdf: bytes, tmp_path: Path, write: Write, program: Program) -> None:
    signed = sign_bytes(pdf, key_for("甲%(ts)s乙 100%", tmp_path), SignRequest(NOW))
    text = subprocess.run([program("pdftotext"), str(write(signed)), "-"], capture_output=True, check=True).stdout
    assert "甲%(ts)s乙 100%" in text.decode()


def test_a_character_no_font_has_is_named(pdf: bytes, tmp_path: Path) -> None:
    assert "“\U0001f600”" in refused(pdf, key_for("甲\U0001f600", tmp_path))


def test_a_font_can_be_given(pdf: bytes, key: OpenKey, tmp_path: Path) -> None:
    song = resources_dir() / "fonts" / "XinfangSong-Regular.ttf"
    assert b"XinfangSong" in sign_bytes(pdf, key, SignRequest(NOW), font=song)
    (tmp_path / "不是字体.ttf").write_bytes(b"x" * 100)
    with pytest.raises(SigningError, match="读不出来"):
        sign_bytes(pdf, key, SignRequest(NOW), font=tmp_path / "不是字体.ttf")


def test_a_time_without_zone_is_this_machines(pdf: bytes, key: OpenKey, write: Write) -> None:
    source = write(pdf)
    naive = NOW.astimezone().replace(tzinfo=None)
    assert sign_pdf(source, source, key, now=naive).claimed_time == NOW
