"""The made-up edition, and its three papers built once."""

from __future__ import annotations

import pytest

from tests.paper import made
from xinfang_desk.model.edition import Edition
from xinfang_desk.paper.docx import narrative_docx
from xinfang_desk.paper.pdf import MadePdf, document_pdf
from xinfang_desk.paper.xlsx import workbook_bytes


@pytest.fixture(scope="session")
def edition() -> Edition:
    return made.edition()


@pytest.fixture(scope="session")
def workbook(edition: Edition) -> bytes:
    return workbook_bytes(edition)


@pytest.fixture(scope="session")
def narrative(edition: Edition) -> bytes:
    return narrative_docx(edition)


@pytest.fixture(scope="session")
def document(edition: Edition) -> MadePdf:
    return document_pdf(edition)
