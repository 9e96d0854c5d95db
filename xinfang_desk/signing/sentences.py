"""The report of a check in plain Chinese."""

from __future__ import annotations

from xinfang_desk.model.signature import SignatureVerdict, SignerRole, VerifyReport, VerifyState

_LABELS = {role.field_name: role.label for role in SignerRole}


def unreadable(sentence: str) -> VerifyReport:
    """The file cannot be checked at all, for the reason *sentence* gives."""
    return VerifyReport(VerifyState.UNREADABLE, (), sentence, ())


def damaged(sentence: str, *, signed: bool) -> VerifyReport:
    """The file is broken; *signed*: it shows traces of a signature, which then proves nothing."""
    lines = ("文件里有签名，但已无法核验，请不要把它当作签过名的文件使用。",) if signed else ()
    return VerifyReport(VerifyState.UNREADABLE, (), sentence, lines)


def unsigned() -> VerifyReport:
    """The file is sound and carries no signature."""
    return VerifyReport(VerifyState.UNSIGNED, (), "这份 PDF 没有签名，不能证明由谁定稿，也看不出有没有被改动过。", ())


def report(state: VerifyState, verdicts: tuple[SignatureVerdict, ...], notes: tuple[str, ...]) -> VerifyReport:
    """The report on a file with signatures; *notes* are sentences about the file as a whole."""
    lines: list[str] = []
    for number, verdict in enumerate(verdicts, 1):
        lines += _about(number, verdict)
    return VerifyReport(state, verdicts, _summary(state, verdicts), (*lines, *notes))


def _summary(state: VerifyState, verdicts: tuple[SignatureVerdict, ...]) -> str:
    if state is VerifyState.UNREADABLE:
        return "有签名无法核验，不能认定文件是否被改动。"
    if state is VerifyState.UNSIGNED:
        return "这份 PDF 只有时间戳，没有人签名。"
    if state is VerifyState.CHANGED:
        return "核验没有通过：文件在签名之后被改动过，或签名没有覆盖全部内容。请不要把它当作签过名的文件使用。"
    people = [verdict for verdict in verdicts if not verdict.is_timestamp]
    sentence = f"核验通过：文件有 {len(people)} 个签名，签名之后内容没有被改动。"
    if all(verdict.is_demo for verdict in people):
        return sentence + "签名用的是演示证书，不具法律效力。"
    if any(verdict.is_demo for verdict in people):
        return sentence + "其中有演示证书的签名，不具法律效力。"
    if not all(verdict.trusted for verdict in people):
        return sentence + "但签名人的身份没有得到发证机构证明。"
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
        return f"第 {number} 个是时间戳，由“{verdict.signer_name}”加盖。"
    parts = [f"签名人{verdict.signer_name}"]
    parts.append(f"单位“{verdict.organization}”" if verdict.organization else "证书里没有写单位")
    if verdict.field in _LABELS:
        parts.append(_LABELS[verdict.field])
    parts.append(f"签在第 {verdict.page} 页" if verdict.page else "在页面上看不见")
    if verdict.reason:
        parts.append(f"签名事由“{verdict.reason}”")
    if verdict.location:
        parts.append(f"地点“{verdict.location}”")
    demo = "演示签名" if verdict.is_demo else "签名"
    return f"第 {number} 个{demo}：" + "，".join(parts) + "。"


def _when(verdict: SignatureVerdict) -> str:
    if verdict.claimed_time is None:
        return "签名里没有写时间。"
    shown = f"{verdict.claimed_time.astimezone():%Y-%m-%d %H:%M:%S}"
    if verdict.time_certified:
        return f"签名时间 {shown}，由受信任的时间戳机构证明。"
    if verdict.is_timestamp:
        return f"时间戳的时间 {shown}，但时间戳机构不在受信任的机构之内。"
    return f"签名时间 {shown}，这是签名人电脑的本机时间，没有时间戳机构证明。"


def _what_happened(verdict: SignatureVerdict) -> list[str]:
    if not verdict.intact:
        return list(verdict.changes)
    if verdict.covers_whole_file:
        return ["签名覆盖整个文件，签名之后没有任何改动。"]
    if verdict.acceptable:
        return ["签名时的内容完好，之后只追加了别的签名或核验资料：", *verdict.changes]
    return ["签名时的内容还在文件里，但之后又追加了改动，现在看到的不是签名时的样子：", *verdict.changes]
