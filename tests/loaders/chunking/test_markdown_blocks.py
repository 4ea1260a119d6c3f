from __future__ import annotations

import pytest

from loaders.chunking.markdown_blocks import blocks_of, has_outer_pipe, is_separator, pipe_cells


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks_of(text)]


def test_every_line_ends_up_in_one_block() -> None:
    text = "# One\nA line\nand more\n\n- first\n  goes on\n\n- second\n***\n![A chart](x.png)\nEnd"
    assert kinds(text) == [
        ("heading", "One"),
        ("text", "A line\nand more"),
        ("list", "- first goes on\n- second"),
        ("figure", "A chart"),
        ("text", "End"),
    ]


@pytest.mark.parametrize(
    ("line", "level"),
    [("## Dues #", 2), ("2.1 Harbour dues", 3), ("References", 2)],
)
def test_headings_have_their_level_marked_or_not(line: str, level: int) -> None:
    [block] = blocks_of(line)
    assert (block.kind, block.level) == ("heading", level)


@pytest.mark.parametrize("line", ["2.1 million ships came.", "1.5 Tonnes,", "#hash"])
def test_prose_with_a_number_is_no_heading(line: str) -> None:
    assert [kind for kind, _ in kinds(line)] == ["text"]


def test_what_is_fenced_is_taken_as_it_stands() -> None:
    fenced = "```\n# no heading\n| a | b |\n```"
    assert kinds(f"{fenced}\nafter") == [("text", fenced), ("text", "after")]
    assert kinds("```\nnever closed") == [("text", "```\nnever closed")]


def test_a_pipe_table_has_the_head_that_its_separator_tells() -> None:
    [block] = blocks_of("| Site | Staff |\n|---|--:|\n| **Leeds** | 40 |\n| a \\| b | 7 |")
    assert block.table is not None
    assert block.table.header_rows == 1
    assert block.table.rows == [["Site", "Staff"], ["Leeds", "40"], ["a | b", "7"]]


def test_a_pipe_within_a_sentence_is_no_table() -> None:
    assert kinds("either a | b\nor nothing") == [("text", "either a | b\nor nothing")]


def test_lines_of_pipe_tables_are_known() -> None:
    assert is_separator("|:--|--:|")
    assert not is_separator("| - a |")
    assert not is_separator("-----")
    assert has_outer_pipe(" | a | b |")
    assert not has_outer_pipe("a | b | c")
    assert pipe_cells("| a | b \\| c |") == ["a", "b | c"]
