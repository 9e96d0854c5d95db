#!/usr/bin/env bash
# Writes the lock files anew from pyproject.toml: every version with its hashes, for Python 3.11 to 3.13 on Linux and
# Windows; then those of the installers (tools/installer/locks), one wheel for each platform, and Debian's sources.
# Needs `uv`, and apt for the last; only who changes a dependency runs it.
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
    # --no-config: hashes must come from PyPI itself, not from an index of this machine.
    env -u UV_FIND_LINKS -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL \
        uv pip compile pyproject.toml --quiet --no-config --universal --python-version 3.11 \
        --generate-hashes --no-header --no-emit-index-url "$@"
}

compile --output-file requirements.lock
compile --extra dev --extra bench --output-file requirements-dev.lock
python3 -m tools.installer.lock
