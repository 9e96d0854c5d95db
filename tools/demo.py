"""The whole job on a published disclosure (004, 紫阳县信访局 2023; 003, 平乡县信访局 2021, is checked beside it).

Everything goes into ``build/demo/``.

Every step is a command a user can type; each is printed before it runs. It may be run again: what
the last run made is deleted first, and nothing else is.
"""

from __future__ import annotations

import os
import secrets
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = ROOT / ".venv" / "bin" / "xinfang-desk"
FOLDER = ROOT / "build" / "demo"
MADE = FOLDER / ".made-by-demo"

SAMPLE = "004"
BOOK = FOLDER / "紫阳县信访局2023.xfb"
OTHER_SAMPLE = "003"
OTHER_BOOK = FOLDER / "平乡县信访局2021.xfb"
KEY = FOLDER / "演示.p12"
OUT = FOLDER / "公开稿"

WINDOW_SECONDS = 5
"""How long the window is watched: whatever keeps it from opening shows by then."""


def main() -> int:
    """Run the steps; return 0 when each did its work."""
    clear_last_run()
    not_ours = files_here()
    try:
        failed = run_steps()
    finally:
        made = sorted(files_here() - not_ours)
        MADE.write_text("".join(f"{path.relative_to(FOLDER)}\n" for path in made), encoding="utf-8")
    if failed:
        return 1
    print(f"\n== 做成的文件，都在 {FOLDER.relative_to(ROOT)}/", flush=True)
    for path in made:
        print(f"{path.stat().st_size:>12,}  {path.relative_to(FOLDER)}")
    return open_window()


def run_steps() -> bool:
    """Run every command in turn and stop at the first that fails; return whether one did."""
    # Asked for by nobody and kept nowhere: the demonstration key is good for this run only.
    passphrase = secrets.token_urlsafe(18)
    steps: list[tuple[str, list[str | Path], str | None]] = [
        ("建立账册", ["sample", "new", SAMPLE, BOOK], None),
        ("核查", ["check", BOOK], None),
        ("另一个省的样例：建立账册", ["sample", "new", OTHER_SAMPLE, OTHER_BOOK], None),
        ("另一个省的样例：核查", ["check", OTHER_BOOK], None),
        ("制作演示证书", ["key", "demo", KEY], passphrase),
        ("生成公开稿并签名", ["build", BOOK, "--out", OUT, "--sign", KEY], passphrase),
    ]
    for title, arguments, secret in steps:
        if run_step(title, arguments, secret) != 0:
            return True
    signed = [pdf for pdf in sorted(OUT.rglob("*.pdf")) if is_signed(pdf)]
    return not signed or any(run_step("验证签名", ["verify", pdf], None) != 0 for pdf in signed)


def files_here() -> set[Path]:
    """Return the files in the demonstration's folder."""
    return {path for path in FOLDER.rglob("*") if path.is_file() and path != MADE}


def clear_last_run() -> None:
    """Delete the files the last run wrote down as its own, and folders that are empty then."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not MADE.is_file():
        return
    for line in MADE.read_text(encoding="utf-8").splitlines():
        path = FOLDER / line
        if path.resolve().is_relative_to(FOLDER):
            path.unlink(missing_ok=True)
    # What the window left beside the book since then; an old write-ahead log would spoil a new book.
    for path in FOLDER.glob(f"{BOOK.name}*"):
        path.unlink()
    for folder in sorted((path for path in FOLDER.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    MADE.unlink()


def run_step(title: str, arguments: list[str | Path], secret: str | None) -> int:
    """Run one command of the program; a *secret* goes through a file descriptor, never an argument."""
    words = [str(argument) for argument in arguments]
    if secret is None:
        announce(title, words)
        return subprocess.run([COMMAND, *words], cwd=ROOT, check=False).returncode
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb"):
        with os.fdopen(writing, "w", encoding="utf-8") as pipe:
            pipe.write(secret + "\n")
        words += ["--passphrase-fd", str(reading)]
        announce(title, words)
        return subprocess.run([COMMAND, *words], cwd=ROOT, pass_fds=[reading], check=False).returncode


def announce(title: str, words: list[str]) -> None:
    """Print the step and the command as it could be typed."""
    shown = [word.removeprefix(f"{ROOT}/") for word in words]
    print(f"\n== {title}\n$ .venv/bin/xinfang-desk {shlex.join(shown)}", flush=True)


def is_signed(pdf: Path) -> bool:
    """Return whether *pdf* holds a signature."""
    return b"/ByteRange" in pdf.read_bytes()


def open_window() -> int:
    """Open the window on the book where there is a screen; report a window that did not open."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        print(f"\n这里没有图形界面，不打开窗口。在桌面上运行：.venv/bin/xinfang-desk {BOOK.relative_to(ROOT)}")
        return 0
    print("\n== 打开窗口", flush=True)
    # The window outlives this script: it must not hold the pipe a reader of this output waits on.
    window = subprocess.Popen([COMMAND, BOOK], cwd=ROOT, start_new_session=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return window.wait(timeout=WINDOW_SECONDS)
    except subprocess.TimeoutExpired:
        print("窗口已打开。")
        return 0


if __name__ == "__main__":
    sys.exit(main())
