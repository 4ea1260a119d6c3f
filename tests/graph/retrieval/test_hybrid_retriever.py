from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.retrieval.hybrid_retriever import HybridRetriever
from loaders.storing.store import Store
from loaders.storing.truth.filters import Filters
from loaders.storing.truth.records import DocumentRecord
from tests.words import MODEL, WordEmbeddings, make_chunks

INCOME = """Consolidated Statements of Earnings
<table><thead><tr><th></th><th>2021</th><th>2020</th></tr></thead><tbody>
<tr><th>Net sales</th><td>195,929</td><td>166,761</td></tr>
<tr><th>Cost of goods sold</th><td>170,684</td><td>144,939</td></tr>
<tr><th>Gross profit</th><td>25,245</td><td>21,822</td></tr></tbody></table>"""
CONTENTS = (
    "Gross margin . . . . . . . . 3\nNet sales . . . . . . . . . 4\nOutlook . . . . . . . . . 5"
)
TEXTS = {
    "Acme_2021_report.pdf": [
        CONTENTS,
        INCOME,
        "Our stores opened later in the second year of the plan.",
        "Legal proceedings: two claims were filed against the company.",
    ],
    "Acme_2019_report.pdf": ["Net sales were 152,703 in 2019.", "Nothing else happened."],
    "四方科技_2019.pdf": [
        "公司2019年毛利率为31.25%，净利润有所增长。",
        "公司电子信箱: info@example.com",
    ],
    "belohnung.pdf": [
        "Das Belohnungsmodell misst den Anteil der Zielsprache.",
        "Ein anderer Satz.",
    ],
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    home: Path = tmp_path_factory.mktemp("library")
    with Store(home, WordEmbeddings(), MODEL) as store:
        for name, texts in TEXTS.items():
            chunks = make_chunks(name, *texts)
            for chunk in chunks:
                if "<table>" in chunk.page_content:
                    chunk.metadata |= {"kind": "table", "section": "Statements"}
            store.replace(DocumentRecord(name, name), chunks)
        yield store


def pages_found(store: Store, question: str, **settings: object) -> list[tuple[str, int]]:
    found = HybridRetriever(store=store, **settings).invoke(question)
    return [(chunk.metadata["source"], chunk.metadata["page"]) for chunk in found]


@pytest.mark.parametrize(
    ("question", "document", "page"),
    [
        ("What was Acme's gross profit in 2021?", "Acme_2021_report.pdf", 1),
        ("What is the gross margin of Acme for FY2021?", "Acme_2021_report.pdf", 1),
        ("Were there any lawsuits?", "Acme_2021_report.pdf", 3),
        ("What were net sales in 2019?", "Acme_2019_report.pdf", 0),
        ("2019年四方科技毛利率是多少？", "四方科技_2019.pdf", 0),
        ("电子邮箱是什么", "四方科技_2019.pdf", 1),
        ("Was misst das Modell der Belohnung?", "belohnung.pdf", 0),
    ],
)
def test_the_chunk_that_answers_comes_first(
    store: Store, question: str, document: str, page: int
) -> None:
    assert pages_found(store, question)[0] == (document, page)


def test_scores_fall_along_one_list(store: Store) -> None:
    found = HybridRetriever(store=store).invoke("Acme net sales in 2021 and 2019, 四方科技")
    scores = [chunk.metadata["score"] for chunk in found]
    assert scores == sorted(scores, reverse=True)
    assert len({chunk.metadata["chunk_id"] for chunk in found}) == len(found)
    assert all(0 < score < 1 for score in scores)


def test_no_more_than_k_are_returned(store: Store) -> None:
    assert len(pages_found(store, "net sales", k=2)) == 2
    assert len(HybridRetriever(store=store, k=2).invoke("net sales", k=3)) == 3
    assert HybridRetriever(store=store).invoke("net sales", k=0) == []


def test_a_retriever_can_be_told_where_to_look(store: Store) -> None:
    there = HybridRetriever(store=store).within(Filters(documents=("belohnung.pdf",)))
    assert {chunk.metadata["source"] for chunk in there.invoke("net sales")} == {"belohnung.pdf"}
    tables = HybridRetriever(store=store, filters=Filters(kinds=("table",)))
    assert {chunk.metadata["kind"] for chunk in tables.invoke("net sales")} == {"table"}


def test_each_document_that_is_named_gives_evidence(store: Store) -> None:
    found = pages_found(store, "Compare Acme 2019 with 四方科技: net profit 净利润")
    assert {found[0][0], found[1][0]} == {"Acme_2019_report.pdf", "四方科技_2019.pdf"}


def test_each_year_that_is_asked_for_gives_evidence(store: Store) -> None:
    found = pages_found(store, "net sales in 2019 and 2021")
    assert {"Acme_2019_report.pdf", "Acme_2021_report.pdf"} <= {name for name, _ in found[:3]}


def test_which_company_wants_evidence_from_each(tmp_path: Path) -> None:
    with Store(tmp_path, WordEmbeddings(), MODEL) as store:
        for name in ("one.pdf", "two.pdf", "three.pdf"):
            texts = [f"Operating margin of the company, {place}" for place in "abcdef"]
            store.replace(DocumentRecord(name, name), make_chunks(name, *texts))
        found = pages_found(store, "Which company has the highest operating margin?", k=3)
    assert {name for name, _ in found} == {"one.pdf", "two.pdf", "three.pdf"}


def test_a_year_tells_namesakes_apart(store: Store) -> None:
    assert pages_found(store, "net sales in Acme's 2019 report")[0][0] == "Acme_2019_report.pdf"
    assert pages_found(store, "net sales in Acme's 2021 report")[0][0] == "Acme_2021_report.pdf"


@pytest.mark.parametrize("question", ["", "   ", "?!", "\0", "x" * 5000])
def test_a_question_without_words_is_no_failure(store: Store, question: str) -> None:
    found = HybridRetriever(store=store).invoke(question)
    assert bool(found) is bool(question.strip())


def test_an_empty_library_finds_nothing(tmp_path: Path) -> None:
    with Store(tmp_path, WordEmbeddings(), MODEL) as store:
        assert HybridRetriever(store=store).invoke("anything") == []


ROUNDED = "How many claims were filed? Please round your answer to two decimal places in millions."


def test_how_to_answer_is_nothing_to_look_for(tmp_path: Path) -> None:
    texts = ("We round an answer in millions to two decimal places.", "Three claims.", "Others.")
    with Store(tmp_path, WordEmbeddings(), MODEL) as store:
        store.replace(DocumentRecord("a.pdf", "a.pdf"), make_chunks("a.pdf", *texts))
        assert pages_found(store, ROUNDED)[0] == ("a.pdf", 1)


def test_the_embedding_takes_the_question_as_it_was_asked(tmp_path: Path) -> None:
    asked: list[str] = []

    class Noting(WordEmbeddings):
        def embed_query(self, text: str) -> list[float]:
            asked.append(text)
            return super().embed_query(text)

    with Store(tmp_path, Noting(), MODEL) as store:
        store.replace(DocumentRecord("a.pdf", "a.pdf"), make_chunks("a.pdf", "Three claims."))
        pages_found(store, ROUNDED)
    assert asked[-1] == ROUNDED
