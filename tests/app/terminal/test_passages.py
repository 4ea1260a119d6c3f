"""What is doubtful behind an answer is told, and only that."""

from __future__ import annotations

from pathlib import Path

import pytest
from langchain_core.documents import Document

from app.library import Library
from app.settings import Settings
from app.terminal.passages import Passage, doubts_about, doubts_in, passages_of
from graph.answer import Answer, CellReference, Citation


def cited(value: str, **metadata: object) -> tuple[Passage, Answer]:
    cell = CellReference(("Revenue",), ("2024",), value)
    citation = Citation(1, "report.pdf", 3, "table", f"Revenue › 2024 = {value}", None, cell)
    chunk = Document("…", metadata={"source": "report.pdf", "page": 3, **metadata})
    answer = Answer("?", f"Revenue was {value} million. [1]", citations=[citation])
    return Passage(1, [citation], chunk), answer


@pytest.mark.parametrize(
    ("doubts", "number"),
    [(["343.4"], "343.4"), (["Revenue › 343.4"], "343.4")],
    ids=["number", "cell"],
)
def test_a_used_number_that_the_audit_doubts_is_told(doubts: list[str], number: str) -> None:
    passage, answer = cited("343.4", doubts=doubts)
    [doubt] = doubts_in(passage, answer)
    assert doubt.number == number
    assert "report.pdf, p. 4" in doubt.why


@pytest.mark.parametrize("doubts", [["99.9"], ["Costs › 343.4"]], ids=["number", "cell"])
def test_what_is_doubtful_elsewhere_is_not_told(doubts: list[str]) -> None:
    assert list(doubts_in(*cited("343.4", doubts=doubts))) == []


def test_a_used_total_that_does_not_add_up_is_told() -> None:
    passage, answer = cited("31.9", footing=["Total › 2025: 31.9 stated, parts sum to 31.3"])
    [doubt] = doubts_in(passage, answer)
    assert "parts sum to 31.3" in doubt.why


def test_the_cited_chunk_is_found_again(sample_library: Library) -> None:
    answer = sample_library.ask("What was the revenue of Leak sensors in 2025?")
    [passage, *_] = passages_of(sample_library.store, answer)
    assert passage.chunk is not None
    assert "Leak sensors" in passage.chunk.page_content


def test_an_answer_from_a_document_with_pages_missing_says_so(
    tmp_path: Path, small_pdf: Path
) -> None:
    with Library(Settings(home=tmp_path, offline=True)) as library:
        library.index([str(small_pdf)], pages=[0])
        answer = library.ask("How many people does the company employ?")
        passages = passages_of(library.store, answer)
        [doubt] = doubts_about(library.store, answer, passages)
    assert doubt.why == "report.pdf was not read completely: p. 2 skipped"
