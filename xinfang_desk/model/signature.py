"""签名: who signs, what a check of a signed PDF found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from xinfang_desk.messages import terms


class SignerRole(Enum):
    """The hands a finished edition passes through, in this order."""

    PREPARER = "编制"
    REVIEWER = "审核"
    RESPONSIBLE = "负责人"

    @property
    def field_name(self) -> str:
        """Name of the signature field in the PDF: ASCII, because older readers garble anything else."""
        return f"Signature-{self.name.lower()}"

    @property
    def label(self) -> str:
        """What the field is called for a person, ``编制人签名``."""
        return terms.SIGNATURES[self.name]


@dataclass(frozen=True, slots=True)
class SigningIdentity:
    """Who an opened key belongs to. Holds nothing secret.

    ``holder`` and ``organization`` are the certificate's CN and O (a 演示 certificate's marking is taken off the
    holder and told by ``is_demo``); ``organization`` may be ''. ``self_issued``: no authority stands behind it.
    ``key`` reads ``RSA-3072`` or ``EC-256``. The dates carry their time zone.
    """

    holder: str
    organization: str
    issuer: str
    not_before: datetime
    not_after: datetime
    key: str
    is_demo: bool
    self_issued: bool


class VerifyState(Enum):
    """What became of a checked file."""

    INTACT = "完好"
    CHANGED = "签名后有改动"
    UNSIGNED = "没有签名"
    UNREADABLE = "无法核验"


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """What was found about one signature.

    ``claimed_time`` is the signer's own clock (本机时间) unless ``time_certified``: then a time stamp authority stated
    it. ``intact``: the signed bytes and the signature belong together. ``trusted``: the certificate leads to one the
    caller trusts; it says nothing about the document. ``covers_whole_file``: nothing was added after this signature.
    ``changes``: what was, a sentence each, harmless ones (a further signature) included. ``acceptable``: intact, and
    nothing after it but further signatures or validation data. ``trust_note``: why a reader may say 不受信任, '' if
    trusted. ``is_timestamp``: a document time stamp, nobody's signature. ``page`` (from 1) is where it shows, 0 where
    it does not. ``understood`` False: a format or an algorithm that could not be judged.
    """

    field: str
    signer_name: str
    organization: str
    claimed_time: datetime | None
    time_certified: bool
    intact: bool
    trusted: bool
    covers_whole_file: bool
    acceptable: bool
    changes: tuple[str, ...]
    is_demo: bool
    trust_note: str
    reason: str = ""
    location: str = ""
    page: int = 0
    is_timestamp: bool = False
    understood: bool = True


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What a check of a PDF found. ``ok``: signed, and the document is as the last signer saw it.

    ``ok`` does not speak of trust: a 演示 signature on an untouched file is ``ok`` and its sentences say 演示.
    ``verdict_sentence`` sums up; ``lines`` are full sentences to print under it.
    """

    state: VerifyState
    signatures: tuple[SignatureVerdict, ...]
    verdict_sentence: str
    lines: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """True only for a signed file nobody changed."""
        return self.state is VerifyState.INTACT
