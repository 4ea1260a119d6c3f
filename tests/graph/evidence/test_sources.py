from __future__ import annotations

from decimal import Decimal

import pytest
from langchain_core.documents import Document

from graph.evidence.sources import Source, number_sources, plain, with_groups
from tests.passages import PROSE, STATEMENT, chunk, evidence
from tests.reports import table

TABLE, TEXT = number_sources([chunk(STATEMENT, page=4), chunk(PROSE)])


def test_chunks_are_numbered_from_one_in_their_order() -> None:
    assert [one.number for one in (TABLE, TEXT)] == [1, 2]
    found = evidence("?", STATEMENT, PROSE)
    assert found.source(2) is found.sources[1]
    assert found.source(0) is found.source(3) is None


def test_a_source_says_what_its_chunk_knows() -> None:
    assert (TABLE.document, TABLE.page, TABLE.kind) == ("orion.pdf", 4, "table")
    assert TABLE.caption == "Consolidated statements of income (in millions)"
    assert TABLE.box == (50, 60, 500, 300)
    bare = Source(1, Document("text"))
    assert (bare.document, bare.page, bare.kind, bare.box) == ("", 0, "text", None)


def test_tables_are_grids_and_prose_is_the_rest_without_markup() -> None:
    [table] = TABLE.tables
    assert table.rows[2][0] == "Net sales"
    assert TABLE.prose.split() == ["Consolidated", "statements", "of", "income", "(in", "millions)"]
    assert "Net sales" in TABLE.everything
    assert "<td>" not in TABLE.everything


def test_a_value_has_the_scale_that_its_table_announces() -> None:
    assert Decimal(5000) * 10**6 in {quantity.amount for quantity in TABLE.quantities}
    assert TABLE.scales == {Decimal(10) ** 6}
    assert TEXT.scales == set()


def test_numbers_outside_the_cells_are_known_by_themselves() -> None:
    said = {number.text for number in TABLE.said}
    assert "2022" in said
    assert "5,000" not in said


def test_a_page_is_called_by_the_label_that_is_printed_on_it() -> None:
    metadata = {"page": 2, "page_label": "iii", "page_labels": {"3": "iv"}}
    source = Source(1, Document("text", metadata=metadata))
    assert [source.label_of(page) for page in (2, 3, 4)] == ["iii", "iv", ""]


def test_a_chunk_again_keeps_what_was_worked_out() -> None:
    tables = TABLE.tables
    again = TABLE.again(7, 0.25)
    assert (again.number, again.score) == (7, 0.25)
    assert again.tables is tables


def test_what_is_handed_back_counts_pages_from_one() -> None:
    assert TABLE.retrieved().page == 5


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("## Dues\n**rose** by _a lot_", "Dues\nrose by a lot"),
        ("a &lt;b&gt; snake_case", "a <b> snake_case"),
        ("one<br/>two", "one two"),
    ],
)
def test_markup_is_taken_off(markup: str, text: str) -> None:
    assert plain(markup) == text


def test_spaces_between_thousands_part_no_number() -> None:
    assert with_groups("13 647") == "13\u00a0647"
    assert with_groups("13 64 of 7") == "13 64 of 7"


VISITORS = table("Besucher", "Gruppe|2022", "Kinder|156.730", "Erwachsene|187.410")


@pytest.mark.parametrize(
    ("prose", "value"),
    [
        ("Der Eintritt kostet 8,50 Euro, und für Kinder ist er frei.", "156730"),
        ("The fee is 8.50 euros, and children go free.", "156.730"),
    ],
)
def test_a_table_that_does_not_show_it_is_read_as_its_document_writes(
    prose: str, value: str
) -> None:
    first, _ = number_sources([chunk(VISITORS), chunk(prose)])
    [quantity, _] = [cell.quantity for cell in first.tables[0].cells()]
    assert quantity is not None
    assert quantity.value == Decimal(value)
