from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from graph.answer import CellReference, Citation
from graph.build import build_graph
from graph.evidence.sources import Source
from graph.offline.keyless_writer import KeylessWriter
from graph.verification.citation_boxes import Places, alike_box, box_of, cell_box
from loaders.pages.word import Word
from pagewise.library import Library
from tests.passages import LIBRARY, WordRetriever, chunk, fetch


def page(*lines: str, top: float = 70.0) -> list[Word]:
    """Words ten points a letter, in lines of twenty points."""
    words = []
    for number, line in enumerate(lines):
        left = 60.0
        for text in line.split():
            height = top + 20 * number
            words.append(Word(text, (left, height, left + 5 * len(text), height + 10)))
            left += 5 * len(text) + 5
    return words


def cited(quote: str, cell: CellReference | None = None) -> Citation:
    return Citation(
        marker=1,
        document="orion.pdf",
        page=1,
        kind="table" if cell else "text",
        quote=quote,
        box=(0, 0, 1, 1),
        cell=cell,
    )


def test_a_quote_is_found_over_line_breaks_and_hyphens() -> None:
    words = page("It may suffer from re-", "ward hacking, they say.")
    found = box_of("from reward hacking", words)
    assert found is not None
    assert (found[1], found[3]) == (70.0, 100.0)


def test_a_quote_that_the_reader_wrote_a_little_differently_is_found() -> None:
    words = page("Preface of the year", "The maximum generation length is 32,768 tokens")
    found = alike_box("The maximum generation length is set to 32,768 tokens", words)
    assert found is not None
    assert (found[1], found[3]) == (90.0, 100.0)
    assert alike_box("Nothing of the kind was ever printed here", words) is None


def test_of_equal_cells_the_one_on_its_row_and_below_its_column_is_taken() -> None:
    words = page("Item 2021 2022", "Sales 500 500", "Costs 500 300")
    found = cell_box(CellReference(row=("Costs",), column=("2021",), value="500"), words)
    assert found is not None
    assert found[1] == 110.0
    second = cell_box(CellReference(row=("Sales",), column=("2022",), value="500"), words)
    assert second is not None
    assert second[0] > found[0]
    assert second[1] == 90.0


def test_a_number_is_no_other_number_without_its_point() -> None:
    words = page("Sales 129 12.9")
    found = cell_box(CellReference(row=("Sales",), column=(), value="12.9"), words)
    assert found == words[2].box


def test_what_is_not_among_the_words_keeps_the_chunk_s_box() -> None:
    source = Source(1, chunk("Some prose."))
    citation = cited("Some prose.")
    assert Places(lambda document, number: ()).placed(citation, source) == citation


def test_a_cell_of_a_stitched_table_cites_the_page_of_its_row() -> None:
    table = chunk(
        "<table><thead><tr><th>Item</th><th>2022</th></tr></thead><tbody>"
        "<tr><td>Sales</td><td>500</td></tr><tr><td>Costs</td><td>300</td></tr></tbody></table>"
    )
    table.metadata |= {"pages": [0, 1], "row_pages": [0, 1]}
    over = {1: page("Costs 300")}
    places = Places(lambda document, number: over.get(number, []))
    cell = CellReference(row=("Costs",), column=("2022",), value="300")
    placed = places.placed(cited("Costs › 2022 = 300", cell), Source(1, table))
    assert (placed.page, placed.box) == (2, over[1][1].box)
    blind = Places(lambda document, number: ()).placed(cited("", cell), Source(1, table))
    assert (blind.page, blind.box) == (2, None)


def test_a_quote_of_a_passage_over_two_pages_cites_its_own() -> None:
    passage = chunk("It begins here. It ends there.")
    passage.metadata["pages"] = [0, 1]
    pages = [page("It begins here."), page("It ends there.", top=40)]
    placed = Places(lambda document, number: pages[number]).placed(
        cited("It ends there."), Source(1, passage)
    )
    assert placed.page == 2
    assert placed.box is not None
    assert placed.box[1] == 40


def test_the_graph_asks_for_the_words_of_cited_pages_alone() -> None:
    asked: list[tuple[str, int]] = []

    def words(document: str, number: int) -> Sequence[Word]:
        asked.append((document, number))
        return page("QuizBench (EM) 61.2 64.0 88.5 -")

    graph = build_graph(WordRetriever(chunks=LIBRARY), fetch, KeylessWriter(), words=words)
    answer = graph.invoke({"question": "What does Lyra V3 score on QuizBench?"})["answer"]
    assert set(asked) == {("orion.pdf", 0)}
    assert answer["citations"][0]["box"] == [185.0, 70.0, 205.0, 80.0]


@pytest.mark.parametrize(
    "question",
    [
        "What was the operating profit of the Leak sensors segment in 2025?",
        "Until when is the calibration certificate valid?",
    ],
)
def test_a_citation_s_box_is_the_quote_s_own(sample_library: Library, question: str) -> None:
    [citation, *_] = sample_library.ask(question).citations
    assert citation.box is not None
    words: Any = sample_library.store.ledger.words(citation.document, citation.page - 1)
    left, top, right, bottom = citation.box
    inside = [
        word.text
        for word in words
        if word.box[0] >= left and word.box[1] >= top
        and word.box[2] <= right and word.box[3] <= bottom
    ]  # fmt: skip
    expected = citation.cell.value if citation.cell else citation.quote
    assert expected.replace(" ", "") in "".join(inside).replace(" ", "")
    assert len(inside) <= 2 * len(expected.split())
