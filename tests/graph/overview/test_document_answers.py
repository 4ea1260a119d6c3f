"""Questions about a document as a whole, through the graph, in five languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from langchain_core.documents import Document

from graph.build import RagGraph, build_graph
from graph.draft import Draft
from graph.evidence.sources import Evidence
from graph.offline.keyless_writer import KeylessWriter
from graph.overview.document_answers import Overview
from graph.overview.headings import headings_read
from graph.overview.imprint import byline
from graph.state import RagInput
from loaders.storing.truth.records import DocumentProperties, DocumentRecord, Heading
from tests.passages import WordRetriever

TITLE = "The Harbour Report"


def chunk(text: str, page: int, section: str = "", source: str = "harbour.pdf") -> Document:
    return Document(
        page_content=text,
        metadata={
            "source": source,
            "page": page,
            "pages": [page],
            "kind": "text",
            "chunk_id": f"{source} {page} {text[:12]}",
            "section": section,
            "title": TITLE if source == "harbour.pdf" else "",
            "caption": "",
        },
    )


CHUNKS = [
    chunk(f"{TITLE}\n\nPrepared by Maria Holm\n\nVersion 2.1\n\nPublished 12 March 2024", 0, TITLE),
    chunk(
        "Harbours grew in 2023. The report counts ships and cranes in nine harbours. It is made "
        "once a year. Nothing else is counted.",
        1,
        "1 Abstract",
    ),
    chunk("Ships came from 40 countries.", 2, "2 Ships"),
    chunk("The cranes lift up to 90 t.", 3, "2 Ships › 2.1 Cranes"),
    chunk("No outlook is given.", 4, "3 Outlook"),
]
OTHER = [chunk("Quays are long. Cranes stand on them.", 0, "", "quays.pdf")]
HARBOUR = DocumentRecord("harbour.pdf", "a", pages=5, title="harbour")
QUAYS = DocumentRecord("quays.pdf", "b", pages=1, title="quays")


@dataclass
class Summariser(KeylessWriter):
    """A writer that sums up."""

    given: Evidence | None = None

    def __post_init__(self) -> None:
        super().__init__()

    def summarize(self, evidence: Evidence) -> Draft:
        self.given = evidence
        return Draft(text="Harbours grew in 2023. [2] Ships came from 40 countries. [3]")


def library(records: Sequence[DocumentRecord], writer: Any = None, **options: Any) -> RagGraph:
    chunks = [*CHUNKS, *OTHER]
    overview = Overview(
        records=lambda: records,
        chunks_of=lambda name: [one for one in chunks if one.metadata["source"] == name],
        search=lambda words: chunks,
    )
    return build_graph(
        WordRetriever(chunks=chunks),
        lambda ids: [one for one in chunks if one.metadata["chunk_id"] in ids],
        writer or KeylessWriter(),
        overview=overview,
        **options,
    )


def ask(question: str, *records: DocumentRecord, **given: Any) -> dict[str, Any]:
    asked: RagInput = {"question": question, **given}  # type: ignore[typeddict-item]
    answer: dict[str, Any] = library(records or (HARBOUR,)).invoke(asked)["answer"]
    return answer


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many pages does the document have?", "5 pages"),
        ("how many pages", "5 pages"),
        ("And how many pages does it have?", "5 pages"),
        ("Wie viele Seiten hat das Dokument?", "5 Seiten"),
        ("Combien de pages a le document ?", "5 pages"),
        ("¿Cuántas páginas tiene el documento?", "5 páginas"),
        ("这份文件有多少页？", "5 页"),
        ("How many pages does harbour.pdf have?", "5 pages"),
        ("What is the title of the report?", TITLE),
        ("Who wrote it?", "Maria Holm"),
        ("Who is the author of the harbour report?", "Maria Holm"),
        ("Wer hat das Dokument geschrieben?", "Maria Holm"),
        ("When was it published?", "12 March 2024"),
        ("Which version is it?", "2.1"),
    ],
)
def test_what_the_library_knows_is_answered(question: str, words: str) -> None:
    answer = ask(question)
    assert words in answer["answer"]
    assert answer["verified"]
    assert not answer["abstained"]
    assert answer["kind"] in {"computed", "quote"}


def test_what_is_printed_is_cited_where_it_stands() -> None:
    [citation] = ask("Who wrote it?")["citations"]
    assert (citation["document"], citation["page"]) == ("harbour.pdf", 1)
    assert citation["quote"] == "Prepared by Maria Holm"


def test_a_section_that_begins_within_a_chunk_is_one_of_the_contents() -> None:
    text = "## 1. Scope\n\nFor all.\n\n## 2. Travel\n\nBy train.\n\n### Hotels\n\nUp to £160."
    chunks = [chunk(f"# {TITLE}\n\n{text}", 0, "1. Scope"), chunk("## 3. End\n\nSo.", 1, "3. End")]
    found = [(one.level, one.text, one.page) for one in headings_read(chunks)]
    assert found == [(1, "1. Scope", 0), (1, "2. Travel", 0), (2, "Hotels", 0), (1, "3. End", 1)]


@pytest.mark.parametrize(
    "question",
    [
        "List the chapters.",
        "What sections does the document have?",
        "Welche Kapitel hat der Bericht?",
        "Quels chapitres contient le rapport ?",
        "列出章节",
    ],
)
def test_the_contents_are_the_headings_with_their_pages(question: str) -> None:
    answer = ask(question)
    lines = answer["answer"].splitlines()[1:]
    assert [line.split("(")[0].strip(" -") for line in lines] == [
        "1 Abstract", "2 Ships", "2.1 Cranes", "3 Outlook",
    ]  # fmt: skip
    assert [one["page"] for one in answer["citations"]] == [2, 3, 4, 5]


def test_bookmarks_go_before_headings_and_bring_their_labels() -> None:
    properties = DocumentProperties(
        labels=("i", "ii", "1", "2", "3"), contents=(Heading(1, "Ships", 2), Heading(1, "End", 4))
    )
    marked = DocumentRecord("harbour.pdf", "a", pages=5, properties=properties)
    answer = ask("Show me the table of contents", marked)
    assert [(one["quote"], one["page"], one["label"]) for one in answer["citations"]] == [
        ("Ships", 3, "1"), ("End", 5, "3"),
    ]  # fmt: skip


def test_properties_of_the_file_are_told_as_its_properties() -> None:
    properties = DocumentProperties(author="Tom Hale", created="2024-01-02")
    record = DocumentRecord("quays.pdf", "b", pages=1, title="Quays of 2023", properties=properties)
    assert (
        "properties of the file quays.pdf name Tom Hale" in ask("Who wrote it?", record)["answer"]
    )
    assert "created on 2024-01-02" in ask("When was it created?", record)["answer"]
    assert "Quays of 2023" in ask("What is the title of the document?", record)["answer"]


def test_what_is_not_known_goes_the_ordinary_way() -> None:
    assert ask("Who wrote it?", QUAYS)["abstained"]


@pytest.mark.parametrize("question", ["Summarise the document", "Fasse das Dokument zusammen"])
def test_a_keyless_summary_is_quoted(question: str) -> None:
    answer = ask(question)
    assert answer["kind"] == "quote"
    assert TITLE in answer["answer"]
    assert "It is made once a year. [2]" in answer["answer"]
    assert "Nothing else" not in answer["answer"]
    assert "2 Ships" in answer["answer"]
    assert {one["page"] for one in answer["citations"]} >= {1, 2, 3}


def test_a_model_s_summary_is_checked_like_any_draft() -> None:
    writer = Summariser()
    graph = library((HARBOUR,), writer)
    answer = graph.invoke({"question": "What is this document about?"})["answer"]
    assert writer.given is not None
    assert len(writer.given.sources) == len(CHUNKS)
    assert answer["verified"]
    assert [one["page"] for one in answer["citations"]] == [2, 3]


def test_of_several_documents_it_is_asked_which() -> None:
    answer = ask("Summarise the document", HARBOUR, QUAYS)
    assert answer["abstained"]
    assert answer["kind"] == "none"
    assert "harbour.pdf or quays.pdf" in answer["answer"]
    assert "5 pages" in ask("How many pages?", HARBOUR, QUAYS)["answer"]
    assert "1 page" in ask("How many pages?", HARBOUR, QUAYS)["answer"]
    assert TITLE in ask("Summarise the harbour report", HARBOUR, QUAYS)["answer"]
    chosen = ask("Summarise the document", HARBOUR, QUAYS, document="harbour.pdf")
    assert TITLE in chosen["answer"]


def test_a_word_of_one_document_s_name_tells_which_is_meant() -> None:
    manual = DocumentRecord("Crane manual.pdf", "c", pages=7)
    answer = ask("How many pages does the manual have?", HARBOUR, QUAYS, manual)
    assert answer["answer"] == "Crane manual.pdf has 7 pages."


def test_the_library_and_what_its_documents_are_about() -> None:
    assert "2 documents" in ask("Which documents do you have?", HARBOUR, QUAYS)["answer"]
    about = ask("Which documents do you have about cranes?", HARBOUR, QUAYS)
    assert {one["document"] for one in about["citations"]} == {"harbour.pdf", "quays.pdf"}
    one = ask("Which documents mention outlook?", HARBOUR, QUAYS)
    assert {one["document"] for one in one["citations"]} == {"harbour.pdf"}


@pytest.mark.parametrize(
    "question",
    [
        "How many pages does chapter 2 have?",
        "Who wrote the letter to the board?",
        "What is the title of the third chapter?",
        "Summarise the risks",
        "What is the share of ships about?",
        "When was the crane built?",
        "Which documents did the board sign?",
        "What is in the annex about cranes?",
    ],
)
def test_a_question_about_less_than_a_document_goes_the_ordinary_way(question: str) -> None:
    steps = library((HARBOUR, QUAYS)).stream({"question": question}, stream_mode="updates")
    assert "retrieve" in [node for step in steps for node in step]


def test_it_may_mean_what_was_asked_about_before() -> None:
    history = [["What does the crane lift?", "90 t"]]
    steps = library((HARBOUR,)).stream(
        {"question": "What is it about?", "history": history}, stream_mode="updates"
    )
    assert "describe" not in [node for step in steps for node in step]


def test_who_is_printed_beside_the_file_s_author_has_written_it_too() -> None:
    page = chunk("On quays\n\nT. Hale, A. Lund and P. Vik\n\nQuays are long.", 0, "", "quays.pdf")
    place = byline("Tom Hale", [page])
    assert place is not None
    assert place.text == "T. Hale, A. Lund and P. Vik"
    assert byline("Microsoft Office User", [page]) is None
