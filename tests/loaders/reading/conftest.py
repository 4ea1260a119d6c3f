"""A page with a sentence."""

# mypy: allow-untyped-calls
from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest


@pytest.fixture
def bolt_pdf(tmp_path: Path) -> Path:
    document = pymupdf.open()
    document.new_page().insert_text((50, 50), "The bolt takes 12 Nm.")
    document.save(tmp_path / "a.pdf")
    return tmp_path / "a.pdf"
