"""Why a book cannot be opened, read or written, each as a sentence the clerk can act on."""

from __future__ import annotations

import errno
from enum import Enum
from pathlib import Path

from xinfang_desk.messages import safety as words
from xinfang_desk.store.info import Holder


class Trouble(Enum):
    """What kind of trouble a file makes, so that the way on can be offered with the sentence."""

    OTHER = "other"
    MISSING = "missing"
    NOT_A_BOOK = "not a book"
    FOREIGN = "foreign"
    NEWER = "newer"
    OLDER = "older, and only to be read"
    DAMAGED = "damaged"
    NOT_WRITABLE = "not writable"
    FULL = "full"
    BUSY = "busy"
    DISK = "disk"
    GONE = "gone while open"
    REPLACED = "replaced while open"
    IN_USE = "in use here"
    ELSEWHERE = "in use on another computer"


class StoreError(Exception):
    """``message`` is a Chinese sentence: what, where, how to mend."""

    def __init__(self, message: str, trouble: Trouble = Trouble.OTHER) -> None:
        # A file name that is no UTF-8 must not make the sentence about it unprintable.
        message = message.encode("utf-8", "replace").decode("utf-8")
        super().__init__(message)
        self.message = message
        self.trouble = trouble


class BookInUse(StoreError):
    """Somebody else has the book open; ``holder`` says who. It may still be opened read only."""

    def __init__(self, path: Path, holder: Holder | None, *, other_machine: bool = False) -> None:
        self.holder = holder
        self.other_machine = other_machine
        who = "另一个窗口" if holder is None else (
            f"“{holder.name}”在电脑“{holder.host}”上（进程 {holder.pid}，自 {holder.since.replace('T', ' ')} 起）")
        mend = "请等对方关闭后再打开，或选择“只读打开”先查看。"
        if other_machine:
            mend += "如果那台电脑已经死机或关机、确实没有人在用，可选择“强制打开”。"
        super().__init__(f"账册“{path.name}”（{path.parent}）正被{who}使用，不能同时修改。{mend}",
                         Trouble.ELSEWHERE if other_machine else Trouble.IN_USE)


def missing_folder(folder: Path) -> StoreError:
    """The folder a book should be in does not exist."""
    return StoreError(f"文件夹“{folder}”不存在，账册放不进去。请先建好这个文件夹，或另选一个位置。",
                      Trouble.MISSING)


def missing_file(path: Path) -> StoreError:
    """There is no such book."""
    return StoreError(f"在“{path.parent}”里找不到账册“{path.name}”。它可能被移走或改了名，请重新选择文件的位置。",
                      Trouble.MISSING)


def already_there(path: Path) -> StoreError:
    """A new book would overwrite a file."""
    return StoreError(f"“{path.parent}”里已经有叫“{path.name}”的文件，新账册不会覆盖它。请换一个文件名，或直接打开原有账册。")


def not_a_book(path: Path) -> StoreError:
    """The bytes are no SQLite file."""
    return StoreError(f"“{path}”不是账册文件，内容不是本程序写的格式。请选择扩展名为 .xfb 的账册。",
                      Trouble.NOT_A_BOOK)


def foreign_file(path: Path) -> StoreError:
    """A SQLite file of another program."""
    return StoreError(f"“{path}”是别的程序的数据库，不是预算公开账册，本程序没有改动它。请选择本程序建立的 .xfb 文件。",
                      Trouble.FOREIGN)


def newer_format(path: Path, found: int, known: int) -> StoreError:
    """Written by a later version of this program."""
    return StoreError(f"账册“{path}”是用较新版本的程序保存的（格式 {found}，本程序只认识到格式 {known}），"
                      "为免丢失内容没有打开，文件也没有改动。请先升级本程序再打开。",
                      Trouble.NEWER)


def older_read_only(path: Path) -> StoreError:
    """An old format can only be read after the upgrade, which must write."""
    return StoreError(f"账册“{path}”是旧格式，只读打开时不能升级。请先关闭其他窗口并正常打开一次，程序会先备份再升级。",
                      Trouble.OLDER)


def damaged(path: Path, detail: str, newest_backup: Path | None) -> StoreError:
    """SQLite's own check fails, or what is inside cannot be understood."""
    mend = (f"最近的备份是“{newest_backup}”，请复制一份后打开它。" if newest_backup
            else "旁边没有找到备份，请把这个文件原样另存一份，再找存放在别处的副本。")
    return StoreError(f"账册“{path}”已损坏（{detail}），程序没有改动它。{mend}",
                      Trouble.DAMAGED)


def not_writable(path: Path) -> StoreError:
    """The file or its folder is read-only."""
    return StoreError(f"账册“{path}”或它所在的文件夹是只读的，改动存不进去。"
                      "请取消文件的只读属性、换到有写权限的文件夹，或选择“只读打开”。",
                      Trouble.NOT_WRITABLE)


def disk_full(path: Path) -> StoreError:
    """No room left; nothing of the failed write counts as saved."""
    return StoreError(f"磁盘空间不够，账册“{path}”没有写进去，这次的改动还没有保存。请清理“{path.parent}”所在的磁盘后重试。",
                      Trouble.FULL)


def explain(error: BaseException, path: Path, newest_backup: Path | None = None) -> StoreError:
    """The sentence for an error of SQLite or of the operating system met at ``path``."""
    if isinstance(error, StoreError):
        return error
    if isinstance(error, OSError):
        return _explain_os(error, path)
    if isinstance(error, UnicodeError):
        return StoreError("文字里有无法保存的残缺字符（多半是从别处粘贴来的），请删去后重新输入。")
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_FULL":
        return disk_full(path)
    if name.startswith("SQLITE_READONLY"):
        return not_writable(path)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreError(f"账册“{path}”正被别的程序（例如杀毒或同步软件）占用，这次没有写进去。请稍等片刻再试。",
                          Trouble.BUSY)
    if name.startswith("SQLITE_CORRUPT") or name == "SQLITE_NOTADB":
        return damaged(path, str(error), newest_backup)
    if name.startswith("SQLITE_CANTOPEN"):
        return StoreError(f"打不开账册“{path}”。请检查文件是否还在、所在文件夹是否有读写权限。",
                          Trouble.DISK)
    if name.startswith("SQLITE_IOERR"):
        return StoreError(f"读写账册“{path}”时磁盘出错（{name}），这次的改动还没有保存。请检查磁盘或 U 盘是否松动、网络盘是否断开，再重试。",
                          Trouble.DISK)
    return StoreError(f"读写账册“{path}”时出错（{error}），这次的改动还没有保存。请关闭后重新打开；若再次出现，请从备份恢复。")


def _explain_os(error: OSError, path: Path) -> StoreError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return not_writable(path)
    if error.errno == errno.ENAMETOOLONG:
        return StoreError(words.NAME_TOO_LONG.format(path=path))
    return StoreError(f"读写“{path}”时出错（{error.strerror}）。请检查磁盘和文件夹是否可用，再重试。",
                      Trouble.DISK)


def gone(path: Path) -> StoreError:
    """The book's file is no longer where it was opened."""
    return StoreError(words.GONE.format(name=path.name, folder=path.parent), Trouble.GONE)


def replaced(path: Path) -> StoreError:
    """Under the book's name lies another file, with other contents."""
    return StoreError(words.REPLACED.format(name=path.name, folder=path.parent), Trouble.REPLACED)
