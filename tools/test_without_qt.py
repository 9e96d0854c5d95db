"""Runs the tests in an environment that has every locked package but PySide6.

What comes out shows that no room but ``gui`` needs Qt. The environment is ``.venv-noqt``, kept
until the lock changes.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv-noqt"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".setup-stamp"
LOCK = ROOT / "requirements-dev.lock"
LEFT_OUT = ("pyside6-essentials", "shiboken6", "pytest-qt", "ruff", "mypy", "import-linter", "formualizer")


def main() -> int:
    """Make the environment, prove it has no Qt, run the tests with the arguments given."""
    make_environment()
    probe = subprocess.run([PYTHON, "-c", "import PySide6"], capture_output=True, text=True, check=False)
    if "ModuleNotFoundError" not in probe.stderr:
        print("PySide6 在这个环境里能导入，这次运行证明不了什么。", file=sys.stderr)
        return 1
    return subprocess.run([PYTHON, "-m", "pytest", *sys.argv[1:]], cwd=ROOT, check=False).returncode


def lock_without_qt() -> str:
    """Return the lock less the packages of ``LEFT_OUT``, every other line and hash as it is."""
    entries = re.split(r"^(?=[\w.-]+==)", LOCK.read_text(encoding="utf-8"), flags=re.MULTILINE)
    kept = [entry for entry in entries if entry.partition("==")[0] not in LEFT_OUT]
    if len(kept) != len(entries) - len(LEFT_OUT):
        raise SystemExit("锁文件里没有找全要去掉的软件包，请检查 tools/test_without_qt.py 的 LEFT_OUT。")
    return "".join(kept)


def make_environment() -> None:
    """Make ``.venv-noqt`` unless it is there for this lock."""
    lock = lock_without_qt()
    wanted = hashlib.sha256(f"{ROOT}\n{sys.version_info[:2]}\n{lock}".encode()).hexdigest()
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    locked = VENV / "requirements.lock"
    locked.write_text(lock, encoding="utf-8")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(locked)], check=True)
    subprocess.run([*pip, "--no-build-isolation", "--no-index", "-e", str(ROOT)], check=True)
    STAMP.write_text(wanted)


if __name__ == "__main__":
    sys.exit(main())
