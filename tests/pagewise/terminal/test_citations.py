"""What is doubtful behind an answer is told, and only that."""

from __future__ import annotations

import pytest
from langchain_core.documents import Document

from graph.answer import Answer, CellReference, Citation
from pagewise.library import Library
from pagewise.terminal.citations import Passage, doubtful_numbers, passages_of


def cited(value: str, **metadata: object) -> tuple[Passage, Answer]:
    cell = CellReference(row=("Revenue",), column=("2024",), value=value)
    citation = Citation(
        marker=1,
        document="report.pdf",
        page=4,
        kind="table",
        quote=f"Revenue › 2024 = {value}",
        box=None,
        cell=cell,
    )
    chunk = Document("…", metadata={"source": "report.pdf", "page": 3, **metadata})
    answer = Answer(question="?", answer=f"Revenue was {value} million. [1]", citations=[citation])
    return Passage(1, [citation], chunk), answer


@pytest.mark.parametrize("doubts", [["343.4"], ["Revenue › 343.4"]], ids=["number", "cell"])
def test_a_used_number_that_the_audit_doubts_is_marked(doubts: list[str]) -> None:
    passage, answer = cited("343.4", doubts=doubts)
    assert doubtful_numbers([passage], answer) == {"343.4"}


@pytest.mark.parametrize("doubts", [["99.9"], ["Costs › 343.4"]], ids=["number", "cell"])
def test_what_is_doubtful_elsewhere_is_not_marked(doubts: list[str]) -> None:
    passage, answer = cited("343.4", doubts=doubts)
    assert doubtful_numbers([passage], answer) == set()


def test_the_cited_chunk_is_found_again(sample_library: Library) -> None:
    answer = sample_library.ask("What was the revenue of Leak sensors in 2025?")
    [passage, *_] = passages_of(sample_library.store, answer)
    assert passage.chunk is not None
    assert "Leak sensors" in passage.chunk.page_content
