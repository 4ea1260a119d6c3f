from __future__ import annotations

from dataclasses import replace

from loaders.chunking.block import Block
from loaders.chunking.caption_linking import attach
from loaders.chunking.table import Table

ROWS = [["Site", "Staff"], ["Leeds*", "40"], ["Hull", "7"]]


def table() -> Block:
    return Block("table", table=Table.from_rows(ROWS, head_rows=1))


def text(said: str) -> Block:
    return Block("text", said)


def linked(*blocks: Block, is_chunk: bool = False) -> list[Block]:
    return attach(list(blocks), is_chunk=is_chunk)


def test_a_caption_before_a_table_belongs_to_it() -> None:
    [block] = linked(text("Table 3: Staff by site"), table())
    assert block.caption == "Table 3: Staff by site"


def test_a_caption_in_the_last_line_leaves_the_paragraph_before_it() -> None:
    prose, block = linked(text("Most work in Leeds.\nTable 3: Staff by site"), table())
    assert (prose.text, block.caption) == ("Most work in Leeds.", "Table 3: Staff by site")


def test_a_caption_that_was_read_into_the_paragraph_above_leaves_it() -> None:
    for title in ("Table 3. Staff by site", "Table 3: Staff by site (2025)"):
        prose, block = linked(text(f"Most work in Leeds. {title}"), table())
        assert (prose.text, block.caption) == ("Most work in Leeds.", title)
    [prose, block] = linked(text("Most work in Leeds. Table 3 shows how many."), table())
    assert block.caption == ""


def test_where_tables_and_captions_take_turns_captions_follow() -> None:
    first, second = linked(table(), text("Table 1: Staff"), table(), text("Table 2: Rent"))
    assert (first.caption, second.caption) == ("Table 1: Staff", "Table 2: Rent")


def test_a_sentence_that_ends_with_a_colon_leads_in() -> None:
    [block] = linked(text("Staff was as follows:"), table())
    assert (block.lead_in, block.caption) == ("Staff was as follows:", "")


def test_only_the_last_sentence_of_a_long_paragraph_leads_in() -> None:
    long = "Words follow words in this paragraph. " * 15
    prose, block = linked(text(f"{long}Staff was as follows:"), table())
    assert block.lead_in.strip() == "Staff was as follows:"
    assert prose.text == long.rstrip()


def test_notes_on_marks_of_the_table_go_with_it_and_others_do_not() -> None:
    block, prose = linked(table(), text("* With the yard."), text("† Of another table."))
    assert block.summary == "* With the yard."
    assert prose.text == "† Of another table."


def test_a_paragraph_that_a_figures_caption_begins_is_a_figure() -> None:
    [block] = linked(text("Figure 2: The harbour\nwith its cranes"))
    assert (block.kind, block.caption) == ("figure", "Figure 2: The harbour")


def test_within_a_chunk_a_first_short_paragraph_names_its_table() -> None:
    [named] = linked(text("Staff by site"), table(), is_chunk=True)
    assert named.caption == "Staff by site"
    assert len(linked(text("Staff by site"), table())) == 2


def test_a_short_line_right_above_a_table_names_it() -> None:
    above = replace(text("Rent is paid in May."), box=(60, 80, 300, 90))
    line = replace(text("Staff by site"), box=(60, 104, 120, 112))
    grid = replace(table(), box=(60, 118, 400, 160))
    assert [block.caption for block in linked(above, line, grid)] == ["", "Staff by site"]
    sentence = replace(line, text="Staff grew.")
    high = replace(line, box=(60, 92, 120, 100))
    for other in (sentence, high):
        assert linked(above, other, grid)[-1].caption == ""
