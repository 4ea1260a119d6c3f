"""A small library that the surfaces share; building one takes seconds."""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from pagewise.library import Library
from pagewise.settings import Settings
from tests.langsmith_sink import LangSmithSink
from tests.traced import run_traced

PAGES = (
    "Revenue rose to 12.5 million euros in 2023.\nThe company employs 340 people in Hamburg.",
    "The board met nine times.",
)


@pytest.fixture(scope="session")
def small_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages, `report.pdf`."""
    file = tmp_path_factory.mktemp("small") / "report.pdf"
    document = pymupdf.open()
    for text in PAGES:
        document.new_page(width=400, height=300).insert_text((50, 80), text, fontsize=12)
    document.save(file)
    return file


@pytest.fixture(scope="session")
def small_library(small_pdf: Path) -> Iterator[Library]:
    """The two pages, read and answered by the embedded default."""
    with Library(Settings(home=small_pdf.parent / "home", offline=True)) as library:
        library.index([str(small_pdf)])
        yield library


@pytest.fixture
def sink() -> Iterator[LangSmithSink]:
    with LangSmithSink() as running:
        yield running


@pytest.fixture(scope="module")
def traced_home(tmp_path_factory: pytest.TempPathFactory, small_pdf: Path) -> Path:
    home = tmp_path_factory.mktemp("traced") / "home"
    assert run_traced(home, "", "index", str(small_pdf)).returncode == 0
    return home
