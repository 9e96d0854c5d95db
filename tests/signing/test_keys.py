from __future__ import annotations

import inspect
import os
import stat
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from tests.signing.helpers import NOW, PASSPHRASE, certificate, name, utc, write_p12
from xinfang_desk.signing import SigningError, make_demo_key, open_key
from xinfang_desk.signing.keys import OpenKey
from xinfang_desk.signing.passphrase import Passphrase


def refused(path: Path, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(SigningError) as caught:
        open_key(path, Passphrase(passphrase), now=NOW)
    return caught.value.message_cn


def test_the_demo_key_says_what_it_is(key: OpenKey) -> None:
    identity = key.identity
    assert identity.is_demo
    assert identity.holder == "经办人甲"
    assert identity.organization == "演示"
    assert identity.key == "RSA-2048"
    assert not identity.self_issued
    assert "不具法律效力" in identity.issuer
    assert identity.not_before < utc(NOW) < identity.not_after
    subject = key.certificate.subject.native
    assert subject["common_name"] == "演示证书（不具法律效力） 经办人甲"
    assert subject["organization_name"] == "演示"


def test_the_demo_key_is_3072_bits_unless_told_otherwise() -> None:
    assert inspect.signature(make_demo_key).parameters["bits"].default == 3072


def test_an_opened_key_shows_nothing_secret(key: OpenKey) -> None:
    shown = repr(key)
    assert shown.startswith("OpenKey(identity=SigningIdentity(")
    assert "private_key" not in shown
    assert "certificate" not in shown


@pytest.mark.skipif(os.name == "nt", reason="Windows 的文件权限不是这样表示的")
def test_the_key_file_is_the_owners_alone(key_path: Path) -> None:
    assert stat.S_IMODE(key_path.stat().st_mode) == 0o600


def test_an_existing_key_is_not_overwritten(key_path: Path) -> None:
    before = key_path.read_bytes()
    with pytest.raises(SigningError, match="已经存在"):
        make_demo_key(key_path, "经办人乙", Passphrase(PASSPHRASE), now=NOW, bits=2048)
    assert key_path.read_bytes() == before
    assert [p.name for p in key_path.parent.iterdir()] == [key_path.name]


def test_an_existing_key_is_replaced_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "演示.p12"
    path.write_bytes(b"old")
    made = make_demo_key(path, "经办人乙", Passphrase(PASSPHRASE), now=NOW, bits=2048, replace=True)
    assert open_key(path, Passphrase(PASSPHRASE), now=NOW).identity == made


@pytest.mark.parametrize(("person", "secret", "said"), [("", "123456", "姓名"), ("名" * 60, "123456", "姓名"), ("甲", "12345", "口令太短")])
def test_a_demo_key_needs_a_name_and_a_passphrase(tmp_path: Path, person: str, secret: str, said: str) -> None:
    with pytest.raises(SigningError, match=said):
        make_demo_key(tmp_path / "k.p12", person, Passphrase(secret), now=NOW)
    assert not list(tmp_path.iterdir())


def test_openssl_finds_aes_256_and_pbkdf2(key_path: Path, program: Callable[[str], str]) -> None:
    found = subprocess.run(
        [program("openssl"), "pkcs12", "-in", str(key_path), "-info", "-noout", "-passin", "stdin"],
        input=PASSPHRASE.encode(),
        capture_output=True,
        check=True,
    ).stderr.decode()
    assert "PBKDF2, AES-256-CBC" in found
    assert "hmacWithSHA256" in found
    assert "MAC: sha256" in found


def test_wrong_passphrase(key_path: Path) -> None:
    assert "口令不对" in refused(key_path, "不是这个")
    assert "口令不对" in refused(key_path, "")


def test_the_wrong_passphrase_is_not_in_the_message_nor_in_its_causes(key_path: Path) -> None:
    with pytest.raises(SigningError) as caught:
        open_key(key_path, Passphrase("猜的口令"), now=NOW)
    error: BaseException | None = caught.value
    while error is not None:
        assert "猜的口令" not in repr(error)
        error = error.__cause__


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7\n", bytes(2000), b"0\x82\x01\x00"])
def test_no_pkcs12(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "别的.p12"
    path.write_bytes(content)
    assert "不是 PKCS#12 证书文件" in refused(path)


def test_half_a_pkcs12(tmp_path: Path, key_path: Path) -> None:
    path = tmp_path / "半个.p12"
    path.write_bytes(key_path.read_bytes()[:900])
    assert "不是 PKCS#12 证书文件" in refused(path)


def test_no_file(tmp_path: Path) -> None:
    assert "打不开证书文件" in refused(tmp_path / "没有.p12")
    assert "打不开证书文件" in refused(tmp_path)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "大.p12"
    with path.open("wb") as file:
        file.truncate(64 * 1024 * 1024)
    assert "太大" in refused(path)


def test_no_private_key_in_it(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    path = write_p12(tmp_path / "k.p12", None, None, [certificate(name("经办人甲"), key)])
    assert "没有私钥" in refused(path)


def test_no_certificate_in_it(tmp_path: Path) -> None:
    path = write_p12(tmp_path / "k.p12", ec.generate_private_key(ec.SECP256R1()), None)
    assert "没有与私钥对应的证书" in refused(path)


def test_a_kind_of_key_readers_do_not_know(tmp_path: Path) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    path = write_p12(tmp_path / "k.p12", key, certificate(name("经办人甲"), key))
    assert "RSA 或椭圆曲线" in refused(path)


def test_certificates_have_their_time(tmp_path: Path) -> None:
    key = rsa.generate_private_key(65537, 2048)
    past = certificate(name("经办人甲"), key, start=NOW - timedelta(days=400))
    assert "过期" in refused(write_p12(tmp_path / "past.p12", key, past))
    future = certificate(name("经办人甲"), key, start=NOW + timedelta(days=3))
    assert "起才有效" in refused(write_p12(tmp_path / "future.p12", key, future))


def test_a_certificate_of_ones_own(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    path = write_p12(tmp_path / "k.p12", key, certificate(name("经办人甲"), key))
    identity = open_key(path, Passphrase(PASSPHRASE), now=NOW).identity
    assert (identity.holder, identity.organization, identity.key) == ("经办人甲", "某县信访局", "EC-256")
    assert identity.self_issued
    assert not identity.is_demo
