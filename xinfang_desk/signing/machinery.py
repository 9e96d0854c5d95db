"""pyHanko, made to keep the key and to take the time from the caller."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import IO, Any

from asn1crypto import cms
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.font.api import FontSubsetCollection
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import PdfSigner
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from xinfang_desk.signing.keys import OpenKey

_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


class KeptKeySigner(Signer):
    """Signs with a key that is parsed already: pyHanko's SimpleSigner parses and proves it anew for each signature."""

    def __init__(self, key: OpenKey) -> None:
        store = SimpleCertificateStore()
        store.register_multiple(key.chain)
        super().__init__(signing_cert=key.certificate, cert_registry=store)
        self._private_key = key.private_key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The raw signature (RSA: PKCS#1 v1.5, which every reader knows; EC: ECDSA)."""
        digest = _HASHES[digest_algorithm.lower()]
        if isinstance(self._private_key, rsa.RSAPrivateKey):
            return self._private_key.sign(data, padding.PKCS1v15(), digest)
        return self._private_key.sign(data, ec.ECDSA(digest))


    async def signed_attrs(self, *args: Any, **kwargs: Any) -> cms.CMSAttributes:
        """pyHanko's, encoded once: asn1crypto encodes what was built piece by piece anew at each level it stands in."""
        attributes = await super().signed_attrs(*args, **kwargs)
        return cms.CMSAttributes.load(attributes.dump())

    def signer_info(self, digest_algorithm: str, signed_attrs: cms.CMSAttributes, signature: bytes) -> cms.SignerInfo:
        """pyHanko's, encoded once, as above."""
        return cms.SignerInfo.load(super().signer_info(digest_algorithm, signed_attrs, signature).dump())


def room_for(key: OpenKey) -> int:
    """Hexadecimal digits to keep free for the signature: the certificates, the signature, and room to spare.

    Reckoned instead of tried out: pyHanko's own estimate makes a whole signature to measure it.
    """
    certificates = sum(len(c.dump()) for c in (key.certificate, *key.chain))
    return 2 * (certificates + key.private_key.key_size // 8 + 2048)


class TimedPdfSigner(PdfSigner):
    """Records the caller's time instead of asking the clock."""

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._now = now

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> PdfSigningSession:
        """As pyHanko's, with the time set."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._now
        return session


class PlainIncrementalWriter(IncrementalPdfFileWriter):
    """Adds a signature and nothing else: the document's properties stay as they were signed for.

    pyHanko would write a new producer and date into Info and XMP at each update, by the clock; what PDF/A asks is
    that the two agree, which they do when neither is touched. Identifiers come from the content: same input, same
    bytes.
    """

    def __init__(self, stream: IO[bytes], *, now: datetime, prev: PdfFileReader | None = None) -> None:
        super().__init__(stream, prev=prev)
        stream.seek(0)
        seed = hashlib.sha256(stream.read() + now.isoformat().encode("ascii")).digest()
        first = self._document_id[0] if "/ID" in self.prev.trailer else generic.ByteStringObject(seed[:16])
        self._document_id = generic.ArrayObject([first, generic.ByteStringObject(seed[16:])])
        self._seed = seed

    def _update_meta(self) -> None:
        """Nothing: see the class."""

    def get_subset_collection(self, base_postscript_name: str) -> FontSubsetCollection:
        """A collection whose subset names come from the content too."""
        found = self._font_resources.get(base_postscript_name)
        if found is None:
            found = _NamedSubsets(base_postscript_name, self._seed)
            self._font_resources[base_postscript_name] = found
        return found


class _NamedSubsets(FontSubsetCollection):
    def __init__(self, base_postscript_name: str, seed: bytes) -> None:
        super().__init__(base_postscript_name)
        object.__setattr__(self, "_seed", seed)  # the base class is frozen

    def add_subset(self) -> str:
        """Six capitals, as the PDF standard asks."""
        seed: bytes = self._seed  # type: ignore[attr-defined]
        digest = hashlib.sha256(seed + bytes([len(self.subsets)])).digest()
        return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
