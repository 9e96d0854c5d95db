"""Builds the installers a clerk can run: setup.exe, .deb and .run.

Standard library only::

    python build_installer.py [--target windows|deb|run|all] --out DIR [--cache DIR]

It says first what it can and cannot build on this machine, and why.
"""

from __future__ import annotations

import sys

from tools.installer.command import main

if __name__ == "__main__":
    sys.exit(main())
