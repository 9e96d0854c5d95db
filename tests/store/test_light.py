from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_importing_the_store_brings_in_nothing_heavy(project_dir: Path) -> None:
    code = ("import sys, xinfang_desk.store as store; store.StoreError, store.open_book, store.YearInfo; "
            "print(sorted({'sqlalchemy', 'alembic', 'sqlite3'} & set(sys.modules))); "
            "print(store.Book.__name__, store.Saver.__name__, 'alembic' in sys.modules)")
    found = subprocess.run([sys.executable, "-c", code], cwd=project_dir, capture_output=True, text=True, check=True)
    assert found.stdout.splitlines() == ["[]", "Book Saver False"]


def test_a_glance_at_a_book_brings_in_nothing_heavy_either(project_dir: Path) -> None:
    code = ("import sys, xinfang_desk.flow.recent, xinfang_desk.store.glance; "
            "print(sorted({'sqlalchemy', 'alembic', 'pypinyin', 'openpyxl', 'lark'} & set(sys.modules)))")
    found = subprocess.run([sys.executable, "-c", code], cwd=project_dir, capture_output=True, text=True, check=True)
    assert found.stdout.splitlines() == ["[]"]
