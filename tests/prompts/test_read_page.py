"""What `read_page` decides becomes the chunks that were meant: a page of every case."""

from __future__ import annotations

import pytest
from langchain_core.documents import Document

from loaders.chunking.chunks import make_chunks
from loaders.chunking.table import Table
from loaders.pages.page import Outcome, Reading
from loaders.reading.auditing.audit import audit
from prompts import load_prompt
from tests.loaders.reading.auditing.test_audit import page

LONG = "".join(f"<tr><td>Site {n}</td><td>{n}.5</td></tr>" for n in range(1, 301))


def chunks(markup: str) -> list[Document]:
    return list(make_chunks("report.pdf", [Reading(0, Outcome.OK, markup, "gemini")]))


def table_of(chunk: Document) -> Table:
    return Table.from_html(chunk.page_content)


def test_heading_sentence_caption_and_units_stay_with_their_table() -> None:
    before, chunk = chunks(
        "<chunk>\n## Staff\nThe following table shows our staff.\nTable 3: Staff by region\n"
        "(in thousands)\n<table><thead><tr><th>Region</th><th>2023</th></tr></thead><tbody>"
        "<tr><td>Europe</td><td>1.2</td></tr></tbody></table>\nSummary: Europe has 1.2.\n</chunk>"
    )
    assert chunk.metadata["kind"] == "table"
    assert chunk.metadata["caption"] == "Table 3: Staff by region\n(in thousands)"
    assert chunk.metadata["section"] == before.metadata["section"] == "Staff"
    assert before.page_content == "## Staff\n\nThe following table shows our staff."


def test_a_table_that_is_not_divided_is_cut_between_rows_by_us() -> None:
    made = chunks(
        "<chunk>\n<table><thead><tr><th>Name</th><th>Area</th></tr></thead>"
        f"<tbody>{LONG}</tbody></table>\nSummary: 300 sites.\n</chunk>"
    )
    tables = [table_of(chunk) for chunk in made if chunk.metadata["kind"] == "table"]
    assert len(tables) > 1
    assert len({chunk.metadata["table_id"] for chunk in made}) == 1
    lines = [line for table in tables for line in table.to_lines()]
    assert lines == [f"Site {n} › Area = {n}.5" for n in range(1, 301)]


def test_labels_and_values_side_by_side_are_pairs_in_order() -> None:
    [chunk] = chunks("<chunk>\nName: Ada Byron\nDate: 5 May\nPlace: London\n</chunk>")
    assert chunk.page_content.splitlines() == ["Name: Ada Byron", "Date: 5 May", "Place: London"]


def test_marks_in_brackets_stay_and_raised_ones_are_notes() -> None:
    [chunk] = chunks(
        "<chunk>\nNet debt (a) fell.[^1]\n\n(a) Excluding leases.\n[^1]: Unaudited.\n</chunk>"
    )
    assert "Net debt (a) fell." in chunk.page_content
    assert "(a) Excluding leases." in chunk.page_content
    assert "[^1]: Unaudited." in chunk.page_content


def test_lines_in_a_cell_are_parted_and_stay_in_it() -> None:
    [chunk] = chunks(
        "<chunk>\n<table><thead><tr><th>Role</th><th>Duties</th></tr></thead><tbody><tr>"
        "<td>Chair</td><td>- leads<br>- reports</td></tr></tbody></table>\n</chunk>"
    )
    assert table_of(chunk).to_lines() == ["Chair › Duties = - leads - reports"]


@pytest.mark.parametrize(
    "text", ["It costs $5, then $6 more.", "R&D and AT&T rose.", "p &lt; 0.05"]
)
def test_dollars_and_ampersands_need_no_escape(text: str) -> None:
    [chunk] = chunks(f"<chunk>\n{text}\n</chunk>")
    printed = text.replace("&lt;", "<")
    found = audit(text, page(printed))
    assert (found.word_recall, found.novel_numbers, found.missing_numbers) == (1.0, [], [])
    assert chunk.page_content in {text, printed}


def test_the_values_of_a_figure_are_a_table_without_a_summary() -> None:
    made = chunks(
        "<chunk>\nFigure 2: Sales\nBar chart; x: region, y: sales in € million.\n<table><thead><tr>"
        "<th>Region</th><th>Sales</th></tr></thead><tbody><tr><td>Asia</td><td>7.1</td></tr>"
        "</tbody></table>\n</chunk>"
    )
    assert any("Figure 2: Sales" in chunk.page_content for chunk in made)
    [table] = [chunk for chunk in made if "<table>" in chunk.page_content]
    assert table_of(table).to_lines() == ["Asia › Sales = 7.1"]


def test_a_banner_is_a_heading() -> None:
    [chunk] = chunks("<chunk>\n# Annual Report 2023\nWelcome to our report.\n</chunk>")
    assert chunk.metadata["section"] == "Annual Report 2023"


@pytest.mark.parametrize(
    "words", ["never divided", "heading right above it", "(a)", "<br>", "no Summary", "banner", "$"]
)
def test_the_prompt_decides_each(words: str) -> None:
    assert words in load_prompt("read_page").text
