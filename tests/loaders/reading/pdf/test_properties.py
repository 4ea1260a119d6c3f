from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from loaders.loader import PageLoader
from loaders.reading.pdf.properties import date_of, properties_of
from loaders.storing.truth.records import DocumentProperties, Heading


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Four pages, the first two with roman labels, with an author, a date and bookmarks."""
    document: Any = pymupdf.open()  # type: ignore[no-untyped-call]
    for number in range(4):
        page = document.new_page()
        page.insert_text((72, 72), f"Chapter {number + 1}", fontsize=20)
        page.insert_text((72, 120), "The quick brown fox jumps over the lazy dog near the river.")
    document.set_page_labels(
        [
            {"startpage": 0, "prefix": "", "style": "r", "firstpagenum": 1},
            {"startpage": 2, "prefix": "", "style": "D", "firstpagenum": 1},
        ]
    )
    document.set_metadata({"author": "Anna Berg", "creationDate": "D:20240301120000+01'00'"})
    document.set_toc([[1, "Preface", 1], [1, "Results", 3], [2, "Revenue", 4]])
    path = tmp_path / "report.pdf"
    document.save(path)
    document.close()
    return path


def test_a_pdf_tells_its_author_date_labels_and_bookmarks(report: Path) -> None:
    loader = PageLoader(report)
    chunks = list(loader.lazy_load())
    assert loader.record is not None
    properties = loader.record.properties
    assert (properties.author, properties.created) == ("Anna Berg", "2024-03-01")
    assert properties.labels == ("i", "ii", "1", "2")
    assert properties.contents == (
        Heading(1, "Preface", 0),
        Heading(1, "Results", 2),
        Heading(2, "Revenue", 3),
    )
    assert {chunk.metadata["page"]: chunk.metadata["page_label"] for chunk in chunks} == {
        0: "i", 1: "ii", 2: "1", 3: "2",
    }  # fmt: skip


@pytest.mark.parametrize("labels", ["", "<</Nums[0<</Type/PageLabel/S/D/St 1>>]>>"])
def test_a_pdf_without_any_of_it_says_nothing(tmp_path: Path, labels: str) -> None:
    """The type of an entry of labels is no part of them."""
    document: Any = pymupdf.open()  # type: ignore[no-untyped-call]
    document.new_page().insert_text((72, 72), "Plain")
    if labels:
        document.xref_set_key(document.pdf_catalog(), "PageLabels", labels)
    document.save(tmp_path / "plain.pdf")
    document.close()
    loader = PageLoader(tmp_path / "plain.pdf")
    assert all("page_label" not in chunk.metadata for chunk in loader.lazy_load())
    assert loader.record is not None
    assert loader.record.properties == DocumentProperties()


@pytest.mark.parametrize(
    ("told", "date"),
    [
        ("D:20240301120000+01'00'", "2024-03-01"),
        ("D:2024", "2024"),
        ("202403", "2024-03"),
        ("yesterday", ""),
        (None, ""),
    ],
)
def test_dates_of_a_pdf(told: str | None, date: str) -> None:
    assert date_of(told) == date


def test_properties_read_back() -> None:
    properties = DocumentProperties("A", "2024", "2025", ("i",), (Heading(1, "One", 0),))
    assert DocumentProperties(**asdict(properties)) == properties


@pytest.mark.parametrize(("told", "author"), [("(anonymous)", ""), ("Ida (Berg)", "Ida (Berg)")])
def test_what_a_program_writes_for_want_of_an_author_is_none(told: str, author: str) -> None:
    document: Any = pymupdf.open()  # type: ignore[no-untyped-call]
    document.new_page()
    document.set_metadata({"author": told})
    assert properties_of(document)["author"] == author
