from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.chunking.markup import parse_markup, shown

TABLE = "<table><tr><th>Model</th><th>Score</th></tr><tr><td>A</td><td>1.5</td></tr></table>"


@pytest.mark.parametrize(
    "markup",
    [
        f"<chunk>\nText.\n</chunk>\n<chunk>\n{TABLE}\n</chunk>",
        f"<chunk>\nText.\n<chunk>\n{TABLE}",
        f"<chunk><chunk>Text.</chunk>{TABLE}</chunk>",
        f"Text.\n\n{TABLE}",
        f"```html\n<chunk>Text.</chunk>\n<chunk>{TABLE}</chunk>\n```",
        f"```\n<chunk>Text.</chunk>\n<chunk>{TABLE}</chunk>",
        f"Text.\n\n{TABLE.removesuffix('</table>')}",
        f"<chunk>Text.</chunk><chunk>{TABLE.removeprefix('<table>')}</chunk>",
        "Text.\n\n| Model | Score |\n|---|---|\n| A | 1.5 |",
        "Text.\n\n| Model | Score |\n| A | 1.5 |\n",
    ],
    ids=[
        "whole",
        "unclosed chunks",
        "nested chunks",
        "no chunk",
        "in a fence",
        "in half a fence",
        "unclosed table",
        "no table tag",
        "pipe table",
        "pipe table without rule",
    ],
)
def test_broken_markup_becomes_what_was_meant(markup: str) -> None:
    text, table = parse_markup(markup)
    assert (text.kind, text.text) == ("text", "Text.")
    assert table.table is not None
    assert table.table.to_lines() == ["A › Score = 1.5"]


@pytest.mark.parametrize(
    "markup",
    [
        f"<chunk>Table 3 | Scores\n{TABLE}</chunk>",
        f"<chunk>### Table 3 | Scores\n\n{TABLE}</chunk>",
        f"<chunk>{TABLE}\n**Table 3 | Scores**</chunk>",
        f"<chunk>Table 3 | Scores</chunk><chunk>{TABLE}</chunk>",
        f"Table 3 | Scores\n\n{TABLE}",
        TABLE.replace("<table>", "<table><caption>Table 3 | Scores</caption>"),
    ],
)
def test_a_caption_finds_its_table(markup: str) -> None:
    [block] = parse_markup(markup)
    assert (block.kind, block.caption) == ("table", "Table 3 | Scores")


def test_captions_after_their_tables_are_not_shifted() -> None:
    blocks = parse_markup(f"{TABLE}\n\nTabelle 1: Eins\n\n{TABLE}\n\nTabelle 2: Zwei")
    assert [block.caption for block in blocks] == ["Tabelle 1: Eins", "Tabelle 2: Zwei"]


def test_a_sentence_about_a_table_is_no_caption() -> None:
    blocks = parse_markup(f"Table 3 shows that A wins.\n\n{TABLE}")
    assert [block.kind for block in blocks] == ["text", "table"]
    assert blocks[1].caption == ""


def test_summary_and_notes_stay_with_their_table() -> None:
    starred = TABLE.replace("1.5", "1.5*")
    [table, text] = parse_markup(
        f"<chunk>Table 1: Scores\n{starred}\nSummary: A has 1.5.\n\n* measured twice"
        "\n\nMore.</chunk>"
    )
    assert table.summary == "Summary: A has 1.5.\n* measured twice"
    assert text.text == "More."


def test_notes_on_marks_in_the_table_follow_it_from_other_chunks() -> None:
    marked = TABLE.replace("Score", "Score (1)")
    table, text = parse_markup(
        f"<chunk>{marked}</chunk><chunk>- (1) In points.</chunk><chunk>- (2) Not of it.</chunk>"
    )
    assert table.summary == "- (1) In points."
    assert text.kind == "list"


def test_a_figure_is_its_chunk() -> None:
    [figure] = parse_markup("<chunk>Figure 2: Growth.\n\nThe line rises from 1 to 9.</chunk>")
    assert (figure.kind, figure.caption) == ("figure", "Figure 2: Growth.")
    assert figure.text.endswith("from 1 to 9.")


def test_boxes_are_read() -> None:
    [block] = parse_markup('<chunk box="10 20.5 300 400">Text</chunk>')
    assert block.box == (10.0, 20.5, 300.0, 400.0)


def test_no_text_passes_for_a_tag() -> None:
    [block] = parse_markup("<chunk>&lt;table&gt;&lt;tr&gt;&lt;td&gt;9 p &lt; 0.05 a&amp;b</chunk>")
    assert block.kind == "text"
    assert block.text == "&lt;table>&lt;tr>&lt;td>9 p < 0.05 a&b"
    assert shown(block.text) == "<table><tr><td>9 p < 0.05 a&b"


def test_unknown_tags_are_text() -> None:
    [block] = parse_markup("<chunk>Between <think> and </think>.<script>alert(1)</script></chunk>")
    assert shown(block.text) == "Between <think> and </think>."


PIECES = st.sampled_from(
    "<chunk> </chunk> <table> </table> <tr> </tr> <td> </td> \n \n\n |a|b|\n -_item\n"
    " #_Head\n Table_1:_x\n ```\n w0 w1 w2 _".replace("_", "\u2000").split(" ")
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30))
def test_no_word_is_lost_whatever_the_tags_do(pieces: list[str]) -> None:
    blocks = parse_markup("".join(pieces).replace("\u2000", " "))
    found = " ".join(
        f"{block.text} {block.caption} {block.summary} {block.lead_in} "
        + (" ".join(text for row in block.table.rows for text in row) if block.table else "")
        for block in blocks
    )
    for word in ("w0", "w1", "w2"):
        assert found.count(word) == "".join(pieces).count(word)
