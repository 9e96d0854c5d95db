"""The byte code of those parts of PySide6 that come as text, kept from one start to the next.

PySide6 carries a dozen Python modules inside a library, as text, and compiles them at every start: that was a tenth of
the time to the first window. Python keeps the byte code of all other modules in ``__pycache__``; these are kept there
too, under the hash of their text, so that another PySide6 or another Python never gets the wrong ones.

Most of these modules only serve to tell the types of a call that was wrong, or the signature of a method to a help
viewer. They are made at once, as PySide6 wants, but run only when somebody asks for something in them.
"""

from __future__ import annotations

import builtins
import logging
import marshal
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import cache_from_source, source_hash
from pathlib import Path
from threading import RLock
from types import CodeType
from typing import Any

from xinfang_desk.places import user_dir

logger = logging.getLogger(__name__)

_TEXTS = ("signature_bootstrap.py", "shibokensupport/")
_POSTPONED = tuple(f"shibokensupport/signature/{name}.py" for name in (
    "errorhandler", "layout", "parser", "lib/enum_sig", "lib/pyi_generator", "lib/tool"))
_EMPTY = """\
def __getattr__(name):
    from {here} import first_look
    return first_look(__name__, {file!r}, name)
"""
_HASH_BYTES = 8

_waiting: dict[str, CodeType] = {}
_filling = RLock()
"""The first look may come from two threads at once."""


def kept_file() -> Path:
    """Where the code is kept: beside the byte code of this module, or, where nothing is to be written there (an
    installed program stays as it was shipped, so that it can be removed whole), in the user's own folder."""
    name = f"pyside6.{sys.implementation.cache_tag}.code"
    beside = Path(cache_from_source(__file__)).with_name(name)
    shipped = Path(__file__).parents[1].joinpath("_data").exists()
    if not (shipped or sys.dont_write_bytecode) and os.access(Path(__file__).parent, os.W_OK):
        return beside
    return user_dir() / name


@contextmanager
def kept_code(file: Path) -> Iterator[None]:
    """While PySide6 is imported: what has been compiled before is taken from *file*, what has not is put there.

    A file that is missing, damaged or not to be written makes the start slower, nothing else.
    """
    known = _read(file)
    new: dict[str, CodeType] = {}
    usual = builtins.compile

    def remembered(source: Any, filename: Any, mode: str, *more: Any, **named: Any) -> Any:
        if not (isinstance(source, bytes) and isinstance(filename, str) and filename.startswith(_TEXTS)) or more or named:
            return usual(source, filename, mode, *more, **named)
        name = f"{filename} {mode} {source_hash(source).hex()}"
        code = known.get(name)
        if code is None:
            code = new[name] = usual(source, filename, mode)
        return _when_asked(code) if filename in _POSTPONED else code

    builtins.compile = remembered
    try:
        yield
    finally:
        builtins.compile = usual
    if new:
        _write(file, known | new)


def _when_asked(code: CodeType) -> CodeType:
    """Code of a module that stays empty until the first look at a name in it (PEP 562); then *code* runs there."""
    _waiting[code.co_filename] = code
    return builtins.compile(_EMPTY.format(here=__name__, file=code.co_filename), code.co_filename, "exec")


def first_look(module: str, file: str, name: str) -> Any:
    """Fill the module with what has been waiting for a look into it, and give *name* of it."""
    from importlib.abc import InspectLoader

    class Kept(InspectLoader):
        """Has the module's code already."""

        def get_code(self, fullname: str) -> CodeType | None:
            return _waiting.pop(file)

        def get_source(self, fullname: str) -> None:
            return None

    found = sys.modules[module]
    with _filling:
        if file in _waiting:
            Kept().exec_module(found)
            vars(found).pop("__getattr__", None)
    try:
        return vars(found)[name]
    except KeyError:
        raise AttributeError(f"module {module!r} has no attribute {name!r}") from None


def _read(file: Path) -> dict[str, CodeType]:
    try:
        content = file.read_bytes()
    except OSError:
        return {}
    if source_hash(content[_HASH_BYTES:]) != content[:_HASH_BYTES]:
        return {}
    found: dict[str, CodeType] = marshal.loads(content[_HASH_BYTES:])
    return found


def _write(file: Path, codes: dict[str, CodeType]) -> None:
    content = marshal.dumps(codes)
    half = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(source_hash(content) + content)
        half.replace(file)
    except OSError as error:
        logger.debug("the code of PySide6 is not kept: %s", error)
