"""A small library that the surfaces share; building one takes seconds."""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections.abc import Iterator

import pymupdf
import pytest

from app.library import Library
from app.settings import Settings

PAGES = (
    "Revenue rose to 12.5 million euros in 2023.\nThe company employs 340 people in Hamburg.",
    "The board met nine times.",
)


@pytest.fixture(scope="session")
def small_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Two pages, `report.pdf`, read and answered by the embedded default."""
    folder = tmp_path_factory.mktemp("small")
    document = pymupdf.open()
    for text in PAGES:
        document.new_page(width=400, height=300).insert_text((50, 80), text, fontsize=12)
    document.save(folder / "report.pdf")
    with Library(Settings(home=folder / "home", offline=True)) as library:
        library.index([str(folder / "report.pdf")])
        yield library
