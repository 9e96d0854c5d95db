"""Builds the installers: one folder tree (runtime, packages, our code) packed for each system.

Standard library only, so that a bare machine can run it. The layout of an installed program::

    runtime/        CPython 3.11
    pkgs/           the locked wheels, unpacked and trimmed
    app/            xinfang_desk with its forms, resources, manual and ``_data/about``
    bin/            the launcher (Linux)

``build_installer.py`` at the top of the checkout is the command.
"""
