from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from langchain_core.documents import Document

from graph.build import build_graph
from graph.evidence.source_cache import MOST_PIECES
from graph.evidence.sources import Source, number_sources
from graph.evidence.table_assembly import whole_tables
from graph.offline.keyless_writer import KeylessWriter
from graph.offline.table_view import views_of
from graph.offline.wording import use
from graph.verification.citation_boxes import row_page
from loaders.chunking.chunks import make_chunks
from loaders.pages.page import Outcome, Reading
from tests.passages import WordRetriever

TOWNS = 120
HEAD = "<thead><tr><th>Town</th><th>Inhabitants</th><th>Remark</th></tr></thead>"
REMARK = "counted by the office on the first day of the year"


def page(rows: str, *, caption: str = "Table 1: Inhabitants of towns") -> str:
    return f"<chunk>\n{caption}\n<table>{HEAD}<tbody>{rows}</tbody></table>\n</chunk>"


def town(number: int) -> str:
    count = 9_000 if number == 77 else 1_000 + number
    return f"<tr><td>Town-{number}</td><td>{count:,}</td><td>{REMARK}</td></tr>"


def cut(*pages: str) -> list[Document]:
    readings = [Reading(number, Outcome.OK, text, "local") for number, text in enumerate(pages)]
    return list(make_chunks("towns.pdf", readings))


ROWS = "".join(map(town, range(TOWNS)))
PIECES = cut(page(ROWS))


def ask(question: str, pieces: Sequence[Document], *, is_whole: bool = True) -> dict[str, Any]:
    """Ask a library whose search finds the first piece of the table and no other."""
    by_id = {piece.metadata["chunk_id"]: piece for piece in pieces}
    graph = build_graph(
        WordRetriever(chunks=pieces[:1]),
        lambda ids: [by_id[chunk_id] for chunk_id in ids],
        KeylessWriter(),
        whole_table=(lambda _: pieces) if is_whole else (lambda chunk: [chunk]),
    )
    answer: dict[str, Any] = graph.invoke({"question": question})["answer"]
    return answer


def sources(*numbers: int) -> list[Source]:
    return number_sources([PIECES[number] for number in numbers])


def test_a_cell_in_a_piece_that_was_not_found_is_looked_up_and_cited() -> None:
    answer = ask("How many inhabitants does Town-100 have?", PIECES)
    assert "1,100" in answer["answer"]
    assert answer["verified"]
    assert answer["citations"][0]["cell"]["value"] == "1,100"
    assert len(answer["retrieved"]) == len(PIECES) > 3


def test_the_most_of_all_pieces_is_the_most() -> None:
    answer = ask("Which town has the most inhabitants?", PIECES)
    assert "Town-77" in answer["answer"]
    assert "9,000" in answer["answer"]
    assert answer["verified"]


def test_rows_are_counted_over_all_pieces() -> None:
    answer = ask("How many towns have more than 1,009 inhabitants?", PIECES)
    assert answer["computed"][0]["expression"] == f"count({TOWNS})"
    assert answer["computed"][0]["result"] == str(TOWNS - 10)
    assert answer["verified"]


@pytest.mark.parametrize(
    "question",
    ["Which town has the most inhabitants?", "How many towns have more than 1,009 inhabitants?"],
)
def test_nothing_is_ranked_or_counted_in_a_part_of_a_table(question: str) -> None:
    answer = ask(question, PIECES, is_whole=False)
    assert answer["computed"] == []
    assert "Town-19" not in answer["answer"]


def test_pieces_become_one_grid_with_one_header() -> None:
    numbers = [*range(1, len(PIECES)), 0]
    [found] = whole_tables(sources(*numbers))
    assert found.is_whole
    assert found.number == 1
    assert found.table.header_rows == 1
    names = [found.table.rows[row][0] for row in found.table.body]
    assert names == [f"Town-{number}" for number in range(TOWNS)]


def test_a_missing_piece_parts_the_table() -> None:
    found = whole_tables(sources(0, 1, 3))
    assert [one.is_whole for one in found] == [False, False]
    assert [len({source.number for source, _ in one.origins.values()}) for one in found] == [2, 1]


def test_a_repeated_group_heads_its_rows_once() -> None:
    groups = "".join(
        f'<tr><td colspan="3">Region {name}</td></tr>' + "".join(map(town, numbers))
        for name, numbers in (("North", range(70)), ("South", range(70, TOWNS)))
    )
    pieces = cut(page(groups))
    [found] = whole_tables(number_sources(pieces))
    assert sum(found.table.is_group_row(row) for row in found.table.body) == 2
    paths = [cell.row_path for cell in found.table.cells()]
    assert paths[0] == ("Region North", "Town-0")
    assert paths[-1] == ("Region South", "Town-119")


def test_each_row_keeps_its_page() -> None:
    groups = '<tr><td colspan="3">Region North</td></tr>'
    first = "".join(map(town, range(50)))
    rest = "".join(map(town, range(50, TOWNS)))
    pieces = cut(page(groups + first), page(rest, caption="Table 1 (continued)"))
    [grid] = views_of(number_sources(pieces))
    assert grid.is_whole
    pages = {}
    for cell in map(grid.found, grid.cells.values()):
        assert use(cell).quote in cell.source.everything
        pages[cell.cell.row_path[-1]] = row_page(
            cell.source, use(cell).cell or pytest.fail("no cell")
        )
    assert pages == {f"Town-{number}": int(number >= 50) for number in range(TOWNS)}


def test_a_table_too_long_to_add_stays_as_it_was_found() -> None:
    pieces = cut(page("".join(map(town, range(1_200)))))
    assert len(pieces) > MOST_PIECES + 1
    assert len(ask("How many inhabitants does Town-3 have?", pieces)["retrieved"]) == 1
