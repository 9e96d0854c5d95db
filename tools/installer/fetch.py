"""Downloads into the cache, only from PyPI and Debian's archive, and only files whose SHA-256 a lock states.

PyPI is asked through pip, with whatever index this machine's pip is set to; Debian through apt's own downloader,
from the mirror this machine's apt is set to (or ``XINFANG_DEBIAN_MIRROR``). No address stands here.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tools.installer.locks import Archived, Locked, Target
from tools.installer.words import BuildTrouble, Say

TRIES = 3
APT_HELPER = Path("/usr/lib/apt/apt-helper")
MIRROR = "XINFANG_DEBIAN_MIRROR"

# How pip and apt say that a file is not the one asked for: trying again would not help.
_OTHER_FILE = ("DO NOT MATCH THE HASHES", "Hash Sum mismatch")
_SOURCE_LISTS = Path("/etc/apt")
_ONE_LINE = re.compile(r"^deb\s+(?:\[[^\]]*\]\s+)?(?P<uri>\S+)\s+\S+", re.MULTILINE)
_DEB822 = re.compile(r"^URIs:\s*(?P<uri>\S+)", re.MULTILINE)


def obstacles() -> list[Say]:
    """Return why nothing can be had from PyPI on this machine; empty when it can."""
    if importlib.util.find_spec("pip") is None:
        return [Say("这个 Python 没有 pip，取不到 Python 包（Debian：apt-get install python3-pip）",
                    "this Python has no pip to fetch packages with (Debian: apt-get install python3-pip)")]
    return []


def sha256(file: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def require(file: Path, wanted: str) -> Path:
    """Return *file* when its SHA-256 is *wanted*; otherwise delete it.

    Raises:
        BuildTrouble: it is another file than the lock states.
    """
    found = sha256(file)
    if found != wanted:
        file.unlink()
        raise BuildTrouble(
            f"下载的 {file.name} 与锁定的校验值不符（应为 {wanted}，实为 {found}），已删除，没有使用。",
            f"{file.name} is not the file the lock states (wanted {wanted}, found {found}); deleted, not used.",
        )
    return file


def wheels(locked: Sequence[Locked], target: Target, cache: Path) -> list[Path]:
    """Return the wheels of a lock, from the cache or from PyPI.

    Raises:
        BuildTrouble: the network or the index failed, or a file is not the locked one.
    """
    folder = cache / "wheels" / target.name
    folder.mkdir(parents=True, exist_ok=True)
    missing = [wheel for wheel in locked if not _good(folder / wheel.file, wheel.sha256)]
    if missing:
        _again(lambda: _pip_download(missing, target, folder), f"{len(missing)} 个 Python 包", "Python packages")
    return [require(_present(folder / wheel.file), wheel.sha256) for wheel in locked]


def source(locked: Locked, cache: Path) -> Path:
    """Return a source archive of PyPI, found by its file name in pip's own index.

    Not by ``pip download``: that runs the archive's ``setup.py`` to ask its name.

    Raises:
        BuildTrouble: the network or the index failed, or the file is not the locked one.
    """
    folder = cache / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / locked.file
    if not _good(file, locked.sha256):
        _again(lambda: _index_download(locked, file), locked.file, locked.file)
    return require(_present(file), locked.sha256)


def archived(files: Sequence[Archived], cache: Path) -> dict[str, Path]:
    """Return files of Debian's archive by their names, from the cache or from the mirror apt uses.

    Raises:
        BuildTrouble: apt is not there, the network failed, or a file is not the locked one.
    """
    folder = cache / "debian"
    folder.mkdir(parents=True, exist_ok=True)
    for entry in files:
        file = folder / entry.file
        if not _good(file, entry.sha256):
            _again(lambda entry=entry, file=file: _apt_download(entry, file), entry.file, entry.file)  # type: ignore[misc]
    return {entry.file: require(_present(folder / entry.file), entry.sha256) for entry in files}


def mirrors() -> dict[str, str]:
    """Return where this machine's apt finds Debian: ``debian`` and ``debian-security`` → address."""
    stated = os.environ.get(MIRROR)
    if stated:
        base = stated.rstrip("/")
        return {"debian": base, "debian-security": base.removesuffix("/debian") + "/debian-security"}
    found: dict[str, str] = {}
    files = [_SOURCE_LISTS / "sources.list", *sorted((_SOURCE_LISTS / "sources.list.d").glob("*"))]
    for file in files:
        if not file.is_file():
            continue
        text = file.read_text("utf-8", "replace")
        for match in (*_ONE_LINE.finditer(text), *_DEB822.finditer(text)):
            uri = match["uri"].rstrip("/")
            name = uri.rpartition("/")[2]
            if name in ("debian", "debian-security"):
                found.setdefault(name, uri)
    return found


def _good(file: Path, wanted: str) -> bool:
    return file.is_file() and sha256(file) == wanted


def _present(file: Path) -> Path:
    if not file.is_file():
        raise BuildTrouble(
            f"下载以后没有找到 {file.name}：锁定的文件可能已从软件源撤下。",
            f"{file.name} is not there after the download: the locked file may have been withdrawn.",
        )
    return file


def _again(step: Callable[[], None], zh: str, en: str) -> None:
    for tried in range(TRIES):
        try:
            step()
        except (OSError, subprocess.CalledProcessError) as error:
            said = (getattr(error, "stderr", None) or str(error)).strip()
            if any(words in said for words in _OTHER_FILE):
                raise BuildTrouble(
                    f"下载到的{zh}与锁定的校验值不符，没有使用。请检查软件源；锁定的版本要更换时运行 tools/lock.sh。",
                    f"what was downloaded for {en} is not what the lock states; not used. Check the index.",
                ) from error
            reason = said.splitlines()[-1] if said else type(error).__name__
            if tried + 1 < TRIES:
                time.sleep(2 * tried)
        else:
            return
    raise BuildTrouble(
        f"下载不到{zh}，试了 {TRIES} 次（{reason}）。请检查网络，再运行一次；已经下载的不会重来。",
        f"could not download {en}, tried {TRIES} times ({reason}). Check the network and run again.",
    )


def _pip_download(missing: Sequence[Locked], target: Target, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        listed = Path(scratch) / "wanted.txt"
        listed.write_text("".join(f"{wheel.requirement()}\n" for wheel in missing), "utf-8")
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes",
                   "--only-binary", ":all:", "--implementation", "cp", "--python-version", target.python,
                   "--dest", scratch, "--requirement", str(listed)]
        for platform in target.platforms:
            command += ["--platform", platform]
        subprocess.run(command, check=True, capture_output=True, text=True)
        for wheel in missing:
            fetched = Path(scratch) / wheel.file
            if fetched.is_file():
                fetched.replace(folder / wheel.file)


def _index_download(locked: Locked, file: Path) -> None:
    with tempfile.TemporaryDirectory(dir=file.parent) as scratch:
        fetched = Path(scratch) / locked.file
        command = [sys.executable, "-c", _ASK_INDEX, locked.name, locked.file, str(fetched)]
        subprocess.run(command, check=True, capture_output=True, text=True)
        fetched.replace(file)


_ASK_INDEX = """
import json, os, re, shutil, subprocess, sys, urllib.parse, urllib.request
name, wanted, file = sys.argv[1:]
answer = subprocess.run([sys.executable, "-m", "pip", "config", "get", "global.index-url"],
                        capture_output=True, text=True)
index = os.environ.get("PIP_INDEX_URL") or answer.stdout.strip()
if not index:
    from pip._internal.models.index import PyPI
    index = PyPI.simple_url
page = index.rstrip("/") + "/" + re.sub("[-_.]+", "-", name).lower() + "/"
ask = urllib.request.Request(page, headers={"Accept": "application/vnd.pypi.simple.v1+json, text/html;q=0.1"})
with urllib.request.urlopen(ask, timeout=60) as reply:
    kind, body = reply.headers.get_content_type(), reply.read().decode()
if kind.endswith("json"):
    links = [(one["filename"], one["url"]) for one in json.loads(body)["files"]]
else:
    links = [(urllib.parse.unquote(link.partition("#")[0].rpartition("/")[2]), link)
             for link in re.findall('href="([^"]+)"', body)]
for filename, link in links:
    if filename == wanted:
        with urllib.request.urlopen(urllib.parse.urljoin(page, link), timeout=180) as reply, open(file, "wb") as out:
            shutil.copyfileobj(reply, out)
        break
else:
    sys.exit(f"{wanted} is not in the index")
"""


def _apt_download(entry: Archived, file: Path) -> None:
    base = mirrors().get(entry.archive)
    if base is None or not APT_HELPER.is_file():
        raise BuildTrouble(
            f"这台机器的 apt 没有设 {entry.archive} 软件源，取不到 {entry.file}。请设环境变量 {MIRROR}，或换一台 Debian。",
            f"apt here knows no {entry.archive} mirror, so {entry.file} cannot be had. Set {MIRROR}, or use a Debian.",
        )
    with tempfile.TemporaryDirectory(dir=file.parent) as scratch:
        fetched = Path(scratch) / entry.file
        subprocess.run(
            [str(APT_HELPER), "-o", "APT::Sandbox::User=root", "download-file", f"{base}/{entry.path}",
             str(fetched), f"SHA256:{entry.sha256}"],
            check=True, capture_output=True, text=True,
        )
        shutil.move(fetched, file)
