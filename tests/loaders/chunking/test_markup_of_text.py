from __future__ import annotations

from loaders.chunking.chunks import make_chunks
from loaders.chunking.markup import parse_markup
from loaders.chunking.markup_of_text import markup_of_text
from loaders.chunking.table import Table
from loaders.pages.page import Outcome, Reading


def test_markdown_with_html_tables_is_read_as_it_is() -> None:
    [page] = markup_of_text(
        "# 标题\n\n表1 | 结果\n\n<table><tr><td>甲</td><td>1.5</td></tr></table>", ".md"
    )
    heading, table = parse_markup(page)
    assert (heading.kind, table.caption) == ("heading", "表1 | 结果")


def test_text_that_lost_its_marks_gets_headings_and_tables_back() -> None:
    [page] = markup_of_text(
        "1. Einleitung\n\nText.\n\n1.1. Werte\n\nModell\tA\tB\nEins\t1,5\t2,5\nZwei\t3,5\t4,5\n",
        ".txt",
    )
    kinds = [(block.kind, block.level) for block in parse_markup(page)]
    assert kinds == [("heading", 1), ("text", 0), ("heading", 2), ("table", 0)]


def test_a_text_file_cannot_forge_tags() -> None:
    [page] = markup_of_text("<chunk><table><tr><td>1</td></tr></table></chunk>", ".txt")
    assert [block.kind for block in parse_markup(page)] == ["text"]


def test_form_feeds_part_pages() -> None:
    assert len(markup_of_text("One.\fTwo.", ".txt")) == 2


def test_an_html_page_keeps_headings_lists_and_tables() -> None:
    [page] = markup_of_text(
        "<html><head><title>x</title><style>p{}</style></head><body><h2>Head</h2><p>Some"
        " <b>bold</b> text.</p><ul><li>one</li><li>two</li></ul><table>"
        "<tr><td>a</td><td>1</td></tr></table><script>alert(1)</script></body></html>",
        ".html",
    )
    blocks = parse_markup(page)
    assert [block.kind for block in blocks] == ["heading", "text", "list", "table"]
    assert blocks[1].text == "Some **bold** text."


def test_separated_values_are_a_table() -> None:
    [page] = markup_of_text("Name;Wert\nEins;1,5\nZwei;2,5\n", ".csv")
    [chunk] = make_chunks("werte.csv", [Reading(0, Outcome.OK, page, "text")])
    assert Table.from_html(chunk.page_content).to_lines() == [
        "Eins › Wert = 1,5",
        "Zwei › Wert = 2,5",
    ]
