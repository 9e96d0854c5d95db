"""Keys, signing and verifying: PAdES through pyHanko.

The door of the room. Importing it loads the standard library only; the names that need cryptography and pyHanko load
them when first used, so that the window does not wait for them.
"""

from __future__ import annotations

import importlib
import logging
from typing import TYPE_CHECKING

from xinfang_desk.signing.errors import SigningError
from xinfang_desk.signing.passphrase import Passphrase, ask_passphrase, read_passphrase

if TYPE_CHECKING:
    from xinfang_desk.signing.keys import OpenKey, make_demo_key, open_key
    from xinfang_desk.signing.sign import sign_pdf
    from xinfang_desk.signing.verify import verify_pdf

__all__ = [
    "OpenKey",
    "Passphrase",
    "SigningError",
    "ask_passphrase",
    "make_demo_key",
    "open_key",
    "read_passphrase",
    "sign_pdf",
    "verify_pdf",
]

_HOMES = {
    "OpenKey": "keys",
    "make_demo_key": "keys",
    "open_key": "keys",
    "sign_pdf": "sign",
    "verify_pdf": "verify",
}

# pyHanko reports thousands of object paths and whole tracebacks for a file that merely changed;
# what matters reaches the clerk as a sentence.
for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)


if not TYPE_CHECKING:  # else a misspelt name would pass the type check

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
