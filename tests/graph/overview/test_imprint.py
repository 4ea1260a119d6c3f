from __future__ import annotations

from typing import Any

import pytest
from langchain_core.documents import Document

from graph.overview.imprint import byline, line_of, opening, title_in

PARAGRAPH = (
    "The harbour of Larkmoor rents berths. Dues rose by a tenth. Cranes stand idle. More follows."
)


def chunk(text: str, page: int = 0, **metadata: Any) -> Document:
    return Document(text, metadata={"page": page, "kind": "text", "section": "", **metadata})


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("author", "Author: Anna Berg"),
        ("author", "Verfasser: Anna Berg"),
        ("date", "Date: 3 May 2024"),
        ("date", "Stand: 03.05.2024"),
        ("version", "Version 2.1"),
    ],
)
def test_the_first_pages_tell_in_any_language(kind: str, line: str) -> None:
    found = line_of(kind, [chunk(f"# Report\n\n{line}\n\nText of the report.")])
    assert found is not None
    assert found.text == line


def test_later_pages_and_long_lines_tell_nothing() -> None:
    assert line_of("author", [chunk("Author: Anna Berg", page=2)]) is None
    assert line_of("author", [chunk("Author: Anna Berg " + "and others " * 20)]) is None


def test_who_wrote_it_is_looked_for_by_the_surname() -> None:
    chunks = [chunk("Report\n\nA. Berg and O. Dahl\n\nText")]
    found = byline("Anna Berg", chunks)
    assert found is not None
    assert found.text == "A. Berg and O. Dahl"
    assert byline("Ole Voss", chunks) is None
    assert byline("", chunks) is byline("Li", [chunk("Li")]) is None


def test_the_abstract_goes_before_the_first_paragraph() -> None:
    first, abstract = chunk(PARAGRAPH), chunk("An abstract. " * 10, page=1, section="1 › Abstract")
    found = opening([first, abstract])
    assert found is not None
    assert found.chunk is abstract
    found = opening([chunk("Too short."), first])
    assert found is not None
    assert found.text == PARAGRAPH.removesuffix(" More follows.")


def test_what_is_no_sentence_or_stands_late_opens_nothing() -> None:
    assert opening([chunk("a list of words without an end " * 5)]) is None
    assert opening([chunk(PARAGRAPH, page=12)]) is None


def test_the_title_is_that_of_the_first_pages() -> None:
    titled = chunk("x", page=1, title="Annual report")
    found = title_in([chunk("y"), titled])
    assert found is not None
    assert (found.text, found.chunk) == ("Annual report", titled)
    assert title_in([chunk("y", page=2), titled]) is None
    assert title_in([]) is None
