"""The report of a check in plain Chinese."""

from __future__ import annotations

from xinfang_desk.messages import marks
from xinfang_desk.messages import signing as words
from xinfang_desk.model.signature import SignatureVerdict, SignerRole, VerifyReport, VerifyState

_LABELS = {role.field_name: role.label for role in SignerRole}


def unreadable(sentence: str) -> VerifyReport:
    """The file cannot be checked at all, for the reason *sentence* gives."""
    return VerifyReport(VerifyState.UNREADABLE, (), sentence, ())


def damaged(sentence: str, *, signed: bool) -> VerifyReport:
    """The file is broken; *signed*: it shows traces of a signature, which then proves nothing."""
    lines = (words.BROKEN_SIGNATURES,) if signed else ()
    return VerifyReport(VerifyState.UNREADABLE, (), sentence, lines)


def unsigned() -> VerifyReport:
    """The file is sound and carries no signature."""
    return VerifyReport(VerifyState.UNSIGNED, (), words.NO_SIGNATURE, ())


def report(state: VerifyState, verdicts: tuple[SignatureVerdict, ...], notes: tuple[str, ...]) -> VerifyReport:
    """The report on a file with signatures; *notes* are sentences about the file as a whole."""
    lines: list[str] = []
    for number, verdict in enumerate(verdicts, 1):
        lines += _about(number, verdict)
    return VerifyReport(state, verdicts, _summary(state, verdicts), (*lines, *notes))


def _summary(state: VerifyState, verdicts: tuple[SignatureVerdict, ...]) -> str:
    if state is VerifyState.UNREADABLE:
        return words.VERDICT_UNKNOWN
    if state is VerifyState.UNSIGNED:
        return words.VERDICT_STAMP_ONLY
    if state is VerifyState.CHANGED:
        return words.VERDICT_FAILED
    people = [verdict for verdict in verdicts if not verdict.is_timestamp]
    sentence = words.VERDICT_PASSED.format(count=len(people))
    if all(verdict.is_demo for verdict in people):
        return sentence + words.ALL_DEMO
    if any(verdict.is_demo for verdict in people):
        return sentence + words.SOME_DEMO
    if not all(verdict.trusted for verdict in people):
        return sentence + words.NOT_TRUSTED
    return sentence


def _about(number: int, verdict: SignatureVerdict) -> list[str]:
    return [
        _who(number, verdict),
        _when(verdict),
        *_what_happened(verdict),
        *([verdict.trust_note] if verdict.trust_note else []),
    ]


def _who(number: int, verdict: SignatureVerdict) -> str:
    if verdict.is_timestamp:
        return words.STAMP_BY.format(number=number, signer_name=verdict.signer_name)
    parts = [words.BY.format(name=verdict.signer_name)]
    parts.append(words.OF_UNIT.format(unit=verdict.organization) if verdict.organization else words.NO_UNIT)
    if verdict.field in _LABELS:
        parts.append(_LABELS[verdict.field])
    parts.append(words.ON_PAGE.format(page=verdict.page) if verdict.page else words.INVISIBLE)
    if verdict.reason:
        parts.append(words.FOR_REASON.format(reason=verdict.reason))
    if verdict.location:
        parts.append(words.IN_PLACE.format(place=verdict.location))
    shape = words.DEMO_SIGNED_BY if verdict.is_demo else words.SIGNED_BY
    return shape.format(number=number, parts=marks.COMMA.join(parts))


def _when(verdict: SignatureVerdict) -> str:
    if verdict.claimed_time is None:
        return words.NO_TIME
    shown = f"{verdict.claimed_time.astimezone():%Y-%m-%d %H:%M:%S}"
    if verdict.time_certified:
        return words.TIME_TRUSTED.format(shown=shown)
    if verdict.is_timestamp:
        return words.TIME_UNTRUSTED.format(shown=shown)
    return words.TIME_LOCAL.format(shown=shown)


def _what_happened(verdict: SignatureVerdict) -> list[str]:
    if not verdict.intact:
        return list(verdict.changes)
    if verdict.covers_whole_file:
        return [words.WHOLE_FILE]
    if verdict.acceptable:
        return [words.ONLY_ADDED, *verdict.changes]
    return [words.CHANGED_AFTER, *verdict.changes]
