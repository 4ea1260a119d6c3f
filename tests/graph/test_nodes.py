from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from langchain_core.documents import Document

from graph.answer import Answer
from graph.draft import Draft
from graph.evidence.source_cache import SourceCache
from graph.evidence.sources import Evidence
from graph.nodes import (
    MOST_ATTEMPTS,
    Nodes,
    route_to_check,
    route_to_end,
    route_to_search,
    route_to_tables,
)
from graph.overview.document_answers import Overview
from graph.state import RagState
from loaders.storing.truth.records import DocumentRecord
from tests.passages import LIBRARY, STATEMENT, WordRetriever, chunk, fetch

OTHER = chunk("Net sales of the other company.", source="other.pdf")
CHUNKS = [*LIBRARY, OTHER]


class Writer:
    """Says one thing, and is given the evidence."""

    name = "scripted"

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.given: list[Evidence] = []

    def write(self, evidence: Evidence) -> Draft:
        self.given.append(evidence)
        return self.draft

    def rewrite(self, question: str, history: Sequence[Sequence[str]]) -> str:
        return question


def found(ids: Any) -> list[Document]:
    return [*fetch(ids), *([OTHER] if OTHER.metadata["chunk_id"] in ids else [])]


def nodes(draft: Draft | None = None, arriving: dict[str, Any] | None = None) -> Nodes:
    records = [DocumentRecord(name, "sha", pages=6) for name in ("orion.pdf", "other.pdf")]
    return Nodes(
        retriever=WordRetriever(chunks=CHUNKS),
        source_cache=SourceCache(found, lambda one: [one]),
        writer=Writer(draft or Draft(text="It was $5,000 million. [1]")),
        models={},
        words=lambda document, page: [],
        unread=lambda document: {},
        arriving=lambda: arriving or {},
        overview=Overview(records=lambda: records, chunks_of=lambda name: CHUNKS),
    )


def asked(question: str, **more: Any) -> RagState:
    given: RagState = {"question": question, **more}  # type: ignore[typeddict-item]
    return {**given, **nodes().rewrite(given)}


def test_a_turn_begins_with_nothing_left_of_the_one_before() -> None:
    state = asked("What were net sales in 2022?", draft={"text": "x"}, failed=["y"], attempts=2)
    assert (state["draft"], state["failed"], state["attempts"]) == ({}, [], 0)
    assert state["standalone"] == "What were net sales in 2022?"
    assert route_to_search(state) == "retrieve"


def test_a_follow_up_is_made_to_stand_alone() -> None:
    history = [["What were net sales in 2022?", "It was $5,000 million."]]
    assert asked("And in 2021?", history=history)["standalone"] == "What were net sales in 2021?"


def test_a_greeting_is_answered_at_once() -> None:
    state = asked("Hello!")
    assert route_to_search(state) == "__end__"
    assert Answer.model_validate(state["answer"]).kind == "none"


def test_a_question_about_a_document_as_a_whole_is_described() -> None:
    state = asked("How many pages does orion.pdf have?")
    assert route_to_search(state) == "describe"
    update = nodes().describe(state)
    assert "6 pages" in update["answer"]["answer"]
    assert update["cited"] == ["orion.pdf"]
    assert route_to_check({**state, **update}) == "__end__"


def test_what_was_retrieved_is_of_the_document_that_is_asked() -> None:
    everywhere = nodes().retrieve(asked("net sales"))["retrieved"]
    assert OTHER.metadata["chunk_id"] in {one["chunk_id"] for one in everywhere}
    there = nodes().retrieve(asked("net sales", document="orion.pdf"))["retrieved"]
    assert OTHER.metadata["chunk_id"] not in {one["chunk_id"] for one in there}


def test_a_question_that_does_not_tell_its_language_is_in_that_of_what_is_found() -> None:
    german = chunk("Die Eigenkapitalquote ist im Jahr 2024 auf 36,4 % gesunken.", source="de.pdf")
    library = replace(nodes(), retriever=WordRetriever(chunks=[german]))
    assert library.retrieve(asked("Eigenkapitalquote 2024"))["language"] == "de"
    assert nodes().retrieve(asked("net sales"))["language"] == "en"
    turn = asked("EBITDA 2023?", history=[["Wie hoch war der Umsatz?", "5 Mio. €"]])
    assert turn["language"] == "de"


def test_tables_are_added_after_what_was_found_each_once() -> None:
    state = asked("What were net sales in 2022?")
    prose = [one for one in nodes().retrieve(state)["retrieved"] if one["kind"] == "text"]
    update = nodes().requery_tables({**state, "retrieved": prose, "seconds": {"retrieve": 0.0}})[
        "retrieved"
    ]
    ids = [one["chunk_id"] for one in update]
    assert update[: len(prose)] == prose
    assert len(ids) == len(set(ids)) > len(prose)
    assert route_to_tables(state) == "requery_tables"
    assert route_to_tables({**state, "standalone": "Why is there no critic?"}) == "synthesize"


def checked(text: str, attempts: int) -> dict[str, Any]:
    made = nodes(Draft(text=text))
    state = {**asked("What were net sales in 2022?"), "seconds": {"retrieve": 0.0}}
    table = next(one for one in LIBRARY if one.page_content == STATEMENT)
    ids = {"chunk_id": table.metadata["chunk_id"], "kind": "table", "score": 0.5}
    state = {**state, "retrieved": [ids], "attempts": attempts}
    state = {**state, **made.synthesize(state)}  # type: ignore[arg-type]
    return {**state, **made.verify(state)}  # type: ignore[arg-type]


def test_an_answer_that_stands_ends_the_turn_and_is_remembered() -> None:
    state = checked("Net sales were $5,000 million in 2022. [1]", 0)
    assert route_to_end(state) == "__end__"  # type: ignore[arg-type]
    assert state["answer"]["verified"]
    assert state["history"][-1][0] == "What were net sales in 2022?"
    assert state["cited"] == ["orion.pdf"]


def test_one_that_does_not_stand_goes_back_once_and_is_then_told() -> None:
    wrong = "Net sales were $4,711 million in 2022. [1]"
    assert route_to_end(checked(wrong, 0)) == "synthesize"  # type: ignore[arg-type]
    state = checked(wrong, MOST_ATTEMPTS - 1)
    assert route_to_end(state) == "__end__"  # type: ignore[arg-type]
    assert not state["answer"]["verified"]
