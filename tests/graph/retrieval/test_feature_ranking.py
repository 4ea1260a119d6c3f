from __future__ import annotations

from collections.abc import Sequence

from langchain_core.documents import Document

from graph.retrieval.feature_ranking import rank, wanted
from loaders.storing.search.forward_index import Profiles, packed
from loaders.text.analyzer import piece_lines


def ranked(question: str, *chunks: tuple[int, str], sections: Sequence[str] = ()) -> list[int]:
    """The order in which chunks, each on a page, come out when no search prefers any."""
    headings = sections or [""] * len(chunks)
    documents = [
        Document(page_content=text, metadata={"page": page, "section": heading})
        for (page, text), heading in zip(chunks, headings, strict=True)
    ]
    for document in documents:
        document.metadata["kind"] = "table" if "|" in document.page_content else "text"
    lines = [piece_lines(text, is_table=False) for _, text in chunks]
    profiles = Profiles.of(
        (str(number), "a.pdf", profile) for number, profile in enumerate(packed(documents, lines))
    )
    asked = wanted(question, lambda terms: dict.fromkeys(terms, 1.0))
    return [place for place, _ in rank(asked, profiles, {}, {})]


def test_of_equals_the_one_comes_first_whose_page_is_about_it() -> None:
    chunks = (4, "Revenue rose."), (7, "Nothing else."), (7, "Revenue rose."), (7, "Revenue fell.")
    assert ranked("How did revenue develop?", *chunks)[0] == 2


def test_a_page_helps_no_chunk_that_holds_nothing_of_the_question() -> None:
    chunks = (4, "Staff and revenue."), (7, "Weather."), (7, "Revenue."), (7, "Revenue again.")
    assert ranked("Staff and revenue?", *chunks) == [0, 2, 3, 1]


def test_terms_in_one_line_come_before_terms_apart() -> None:
    chunks = (1, "Revenue rose. Staff in Hamburg fell."), (2, "Revenue in Hamburg rose.")
    assert ranked("Revenue in Hamburg?", *chunks) == [1, 0]


def test_no_chunks_are_no_failure() -> None:
    assert ranked("Revenue?") == []


def test_the_groups_figures_come_before_the_parents() -> None:
    chunks, sections = ((1, "存货 5"), (2, "存货 7")), ("母公司资产负债表", "合并资产负债表")
    assert ranked("存货是多少？", *chunks, sections=sections) == [1, 0]
    assert ranked("母公司的存货是多少？", *chunks, sections=sections) == [0, 1]


STATEMENT, NOTE = (
    "Consolidated Balance Sheets · in millions",
    "Notes to Consolidated Balance Sheets",
)


def test_what_stands_in_a_statement_is_looked_for_there() -> None:
    chunks = (
        (1, "Inventories | 7"),
        (2, "Inventories | 5"),
        (3, "Inventories, by the balance sheet"),
    )
    sections = (NOTE, STATEMENT, STATEMENT)
    assert ranked("How large are the inventories?", *chunks, sections=sections)[0] == 1


def test_a_statement_that_a_question_names_is_looked_into() -> None:
    chunks, sections = (
        ((1, "Dividends | 7"), (2, "Dividends | 5")),
        ("Stock", "Cash Flows Statement"),
    )
    asked = "What were the dividends according to the cash flow statement?"
    assert ranked(asked, *chunks, sections=sections) == [1, 0]
    assert ranked("What were the dividends?", *chunks, sections=sections) == [0, 1]
