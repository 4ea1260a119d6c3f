from __future__ import annotations

import pytest
from langchain_core.documents import Document

from loaders.chunking.chunks import make_chunks
from loaders.pages.page import Outcome, Reading

TABLE = (
    "<chunk><table><tr><th></th><th>2024</th></tr><tr><td>Stocks</td><td>21,408</td></tr></table>"
    "</chunk>"
)


def tables_of(*pages: str) -> list[Document]:
    readings = [Reading(number, Outcome.OK, page, "local") for number, page in enumerate(pages)]
    chunks = make_chunks("accounts.pdf", readings)
    return [chunk for chunk in chunks if chunk.metadata["kind"] == "table"]


def test_of_a_running_line_the_piece_is_told_that_says_it() -> None:
    line = "Published 18 July · All amounts in EUR million unless otherwise stated · Unaudited"
    (table,) = tables_of(f"<chunk>{line}</chunk>", TABLE)
    assert table.metadata["amounts"] == "All amounts in EUR million unless otherwise stated"


@pytest.mark.parametrize(
    "said",
    [
        "All amounts are in thousands of euros unless otherwise stated.",
        "Alle Beträge in Tsd. €, soweit nicht anders angegeben.",
        "Les montants sont exprimés en milliers d'euros, sauf mention contraire.",
        "Importes en miles de euros, salvo indicación en contrario.",
        "除另有说明外，金额单位为人民币千元。",
    ],
)
def test_what_is_said_once_stands_with_every_table_below(said: str) -> None:
    first = f"<chunk>{said} The company makes tiles in two plants.</chunk>"
    (table,) = tables_of("<chunk>Cover</chunk>", first, TABLE)
    assert table.metadata["amounts"] == said
    assert table.metadata["amounts_page"] == 1


@pytest.mark.parametrize(
    "said",
    [
        "Revenue rose to 4.2 million euros unless otherwise agreed by both of them.",
        "The tables are in order, unless otherwise stated.",
        "Sales are told in thousands of euros.",
    ],
)
def test_other_sentences_say_nothing_of_all_amounts(said: str) -> None:
    (table,) = tables_of(f"<chunk>{said}</chunk>", TABLE)
    assert "amounts" not in table.metadata
