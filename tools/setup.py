"""Sets the checkout up: ``.venv`` with the locked packages, and what the system must have.

Standard library only, so that a bare machine can run it:

    python3 tools/setup.py [--tests]

It is safe to run again: what is already there is left alone. With ``--tests`` the programs that
the tests use (poppler, qpdf, LibreOffice, Xvfb, OpenSSL) are looked after too. System packages are
installed only as root or where sudo asks no password; otherwise one sentence names them. Under
``CI=true`` a missing system package is a failure.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / ".setup-stamp"
LOCK = ROOT / "requirements-dev.lock"
STAMP_SOURCES = (LOCK, ROOT / "pyproject.toml", ROOT / "tools" / "hatch_build.py")

OLDEST, NEWEST = (3, 11), (3, 13)
OTHER_NAMES = ("python3.13", "python3.12", "python3.11")

TEST_PROGRAMS = {
    "pdftotext": "poppler-utils",
    "pdffonts": "poppler-utils",
    "pdfsig": "poppler-utils",
    "qpdf": "qpdf",
    "openssl": "openssl",
    "Xvfb": "xvfb",
    "xauth": "xauth",
}
OFFICE_PARTS = {"libsclo.so": "libreoffice-calc", "libswlo.so": "libreoffice-writer"}
OFFICE_FOLDERS = ("/usr/lib/libreoffice/program", "/usr/lib64/libreoffice/program", "/opt/libreoffice/program")

QT_PARTS = (
    "QtCore.abi3.so",
    "QtGui.abi3.so",
    "QtWidgets.abi3.so",
    "QtSvg.abi3.so",
    "QtPrintSupport.abi3.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/platforms/libqwayland-generic.so",
)
NOT_FOUND = re.compile(r"^\s*(lib\S+) => not found", re.MULTILINE)


def main() -> int:
    """Set up; return 0 when the checkout can be used."""
    parser = argparse.ArgumentParser(description="make .venv and look after the system libraries")
    parser.add_argument("--tests", action="store_true", help="also look after the programs the tests use")
    options = parser.parse_args()
    use_right_python()
    make_environment()
    left_out = install_missing(missing_qt_packages(), "窗口（Qt）", "the window (Qt)")
    if options.tests:
        left_out |= install_missing(missing_test_packages(), "测试", "the tests")
    return 1 if left_out and os.environ.get("CI") == "true" else 0


def say(chinese: str, english: str) -> None:
    """Print one message in both languages."""
    print(f"{chinese}\n{english}", flush=True)


def use_right_python() -> None:
    """Go on under a Python of the right age, or end with a sentence."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for name in OTHER_NAMES:
        path = shutil.which(name)
        if path and subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode == 0:
            os.execv(path, [path, *sys.argv])
    say(
        "需要 Python 3.11 至 3.13，本机的是 {}.{}，请先安装。".format(*sys.version_info),
        "Python 3.11 to 3.13 is needed, this machine has {}.{}: please install one first.".format(*sys.version_info),
    )
    sys.exit(1)


def fingerprint() -> str:
    """Return what the environment depends on, as one hash."""
    digest = hashlib.sha256(f"{ROOT}\n{sys.version_info[:2]}\n".encode())
    for source in STAMP_SOURCES:
        digest.update(source.read_bytes())
    return digest.hexdigest()


def make_environment() -> None:
    """Make ``.venv`` and install the locked packages and this project into it."""
    python = VENV / "bin" / "python"
    wanted = fingerprint()
    if STAMP.is_file() and STAMP.read_text() == wanted and python.exists():
        return
    if environment_python(python) != sys.version_info[:2]:
        have_venv_module()
        say("正在建立 .venv ……", "Making .venv …")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    say("正在安装锁定的软件包（首次约需一两分钟）……", "Installing the locked packages (a minute or two the first time) …")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT)], check=True)
    STAMP.write_text(wanted)


def environment_python(python: Path) -> tuple[int, ...] | None:
    """Return the version of the environment's Python and pip's presence in it, ``None`` if it does not run."""
    if not python.exists():
        return None
    code = "import sys, pip; print(*sys.version_info[:2])"
    answer = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=False)
    return tuple(map(int, answer.stdout.split())) if answer.returncode == 0 else None


def have_venv_module() -> None:
    """Make sure ``python -m venv`` works: Debian keeps a part of it in a package of its own."""
    if can_make_environments():
        return
    package = "python{}.{}-venv".format(*sys.version_info)
    install_missing([package], "建立 .venv", "making .venv")
    if not can_make_environments():
        sys.exit(1)


def can_make_environments() -> bool:
    """Return whether this Python has the modules ``venv`` and ``ensurepip`` complete."""
    code = "import venv, ensurepip; ensurepip.version()"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def missing_qt_packages() -> list[str]:
    """Return the Debian packages whose libraries Qt links to and the dynamic loader does not find."""
    if not sys.platform.startswith("linux"):
        return []
    sys.path.insert(0, str(ROOT))
    from xinfang_desk.system_libraries import DEBIAN_PACKAGES

    folder = next(VENV.glob("lib/python3*/site-packages/PySide6"))
    parts = [str(folder / part) for part in QT_PARTS]
    answer = subprocess.run(["ldd", *parts], capture_output=True, text=True, check=False)
    sonames = {name for name in NOT_FOUND.findall(answer.stdout) if not name.startswith("libQt6")}
    return sorted({DEBIAN_PACKAGES.get(soname, soname) for soname in sonames})


def missing_test_packages() -> list[str]:
    """Return the Debian packages of the programs that the tests use and this machine lacks."""
    packages = {package for program, package in TEST_PROGRAMS.items() if shutil.which(program) is None}
    suffix = "" if shutil.which("soffice") else "-nogui"
    for part, package in OFFICE_PARTS.items():
        if not any((Path(folder) / part).exists() for folder in OFFICE_FOLDERS):
            packages.add(package + suffix)
    return sorted(packages)


def install_missing(packages: list[str], chinese_purpose: str, english_purpose: str) -> bool:
    """Install *packages* where that is allowed, else name them; return whether any is still left out."""
    if not packages:
        return False
    names = " ".join(packages)
    prefix = administrator_prefix()
    if prefix is not None and shutil.which("apt-get"):
        say(f"正在安装“{chinese_purpose}”需要的系统软件包：{names}", f"Installing for {english_purpose}: {names}")
        if apt_install(prefix, packages):
            return False
    say(
        f"“{chinese_purpose}”还缺系统软件包，请运行：sudo apt-get install {names}",
        f"Missing system packages for {english_purpose}, please run: sudo apt-get install {names}",
    )
    return True


def administrator_prefix() -> list[str] | None:
    """Return how to start a command as administrator without being asked, or ``None``."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n"]
    return None


def apt_install(prefix: list[str], packages: list[str]) -> bool:
    """Install Debian *packages* and return whether all are installed."""
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    subprocess.run([*apt, "update"], stdout=subprocess.DEVNULL, check=False)
    install = [*apt, "install", "-y", "--no-install-recommends"]
    return subprocess.run([*install, *packages], stdout=subprocess.DEVNULL, check=False).returncode == 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failed:
        command = " ".join(failed.cmd)
        say(f"这一步没有成功，见上面的输出：{command}", f"This step failed, see the output above: {command}")
        sys.exit(1)
