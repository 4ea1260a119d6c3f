"""What a chat model decides in a conversation, and how it sums a document up: on loopback."""

from __future__ import annotations

from typing import Any

import pytest

from graph.build import build_graph
from graph.generation.chat_writer import ModelWriter
from graph.generation.summary import LONGEST_PART
from graph.overview.document_answers import Overview
from loaders.errors import ModelError
from loaders.storing.truth.records import DocumentRecord
from tests.gemini_emulator import GeminiEmulator, Reply
from tests.passages import PROSE, WordRetriever, chunk

GOOD = "The maximum generation length is 32,768 tokens. [1]"
HISTORY = [["What is the temperature of sampling?", "0.6"]]


def graph(chat: Any, *texts: str) -> Any:
    chunks = [chunk(text, page=page) for page, text in enumerate(texts or (PROSE,))]
    return build_graph(
        WordRetriever(chunks=chunks),
        lambda ids: [one for one in chunks if one.metadata["chunk_id"] in ids],
        ModelWriter(chat),
        overview=Overview(
            records=lambda: [DocumentRecord("orion.pdf", "sha", pages=len(chunks))],
            chunks_of=lambda name: chunks,
        ),
    )


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        pytest.param(
            "Which maximum generation length is used?",
            "Which maximum generation length is used?",
            id="a question of its own comes back unchanged",
        ),
        pytest.param(
            "How does that compare?",
            "How does the temperature of sampling compare?",
            id="what no rule would recognise",
        ),
    ],
)
def test_with_history_the_model_always_decides(
    gemini: GeminiEmulator, chat: Any, asked: str, written: str
) -> None:
    gemini.will_say(written, GOOD)
    answer = graph(chat).invoke({"question": asked, "history": HISTORY})["answer"]
    rewrite, synthesize = gemini.generations
    assert HISTORY[0][0] in rewrite.prompt
    assert written in synthesize.prompt
    assert answer["question"] == asked


def test_what_the_catalog_knows_costs_no_call(gemini: GeminiEmulator, chat: Any) -> None:
    asked = {"question": "How many pages does the document have?", "history": HISTORY}
    answer = graph(chat).invoke(asked)["answer"]
    assert gemini.generations == []
    assert answer["answer"] == "orion.pdf has 1 page."


def test_a_question_that_was_rewritten_may_be_about_the_document(
    gemini: GeminiEmulator, chat: Any
) -> None:
    gemini.will_say("number of pages of orion.pdf")
    asked = {"question": "And its number of pages, of orion.pdf?", "history": HISTORY}
    assert "1 page" in graph(chat).invoke(asked)["answer"]["answer"]


def test_a_short_document_is_summed_up_by_one_call_and_checked(
    gemini: GeminiEmulator, chat: Any
) -> None:
    gemini.will_say(f"- {GOOD}")
    answer = graph(chat).invoke({"question": "What is this document about?"})["answer"]
    [request] = gemini.generations
    assert "part 1 of 1" in request.prompt
    assert (answer["kind"], answer["verified"]) == ("written", True)
    assert answer["citations"][0]["page"] == 1


def test_a_long_document_is_summed_up_in_parts(gemini: GeminiEmulator, chat: Any) -> None:
    long = "The length is 32,768 tokens. " + "Words follow words in a long text. " * 300
    texts = [f"Page {number}. {long}" for number in range(3)]
    assert LONGEST_PART < sum(map(len, texts)) < 3 * LONGEST_PART
    gemini.will_say("- It is 32,768 tokens. [1]", "- It is 32,768 tokens. [3]")
    answer = graph(chat, *texts).invoke({"question": "Summarise the document"})["answer"]
    assert len(gemini.generations) == 2
    assert answer["verified"]
    assert len(answer["answer"].splitlines()) == 2


def test_a_summary_with_a_number_of_its_own_goes_back(gemini: GeminiEmulator, chat: Any) -> None:
    gemini.will_say("- It is 4711. [1]", GOOD)
    answer = graph(chat).invoke({"question": "Summarise the document"})["answer"]
    assert "4711" not in answer["answer"]
    assert answer["verified"]


def test_a_summary_that_nobody_could_use_is_told(gemini: GeminiEmulator, chat: Any) -> None:
    gemini.will(Reply("The", finish="SAFETY"))
    with pytest.raises(ModelError, match="withheld"):
        graph(chat).invoke({"question": "Summarise the document"})
