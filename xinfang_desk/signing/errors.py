"""The one exception of this room."""

from __future__ import annotations


class SigningError(Exception):
    """Signing cannot go on. ``message_cn`` is a full sentence for the clerk: what, where, how to mend."""

    def __init__(self, message_cn: str) -> None:
        super().__init__(message_cn)
        self.message_cn = message_cn
