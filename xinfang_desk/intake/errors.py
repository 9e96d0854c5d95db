"""What can be wrong with a file from elsewhere; every message is a Chinese sentence a clerk can act on."""

from __future__ import annotations


class IntakeError(Exception):
    """A file cannot be taken in. ``str()`` is the sentence to show: what, where, how to mend."""
