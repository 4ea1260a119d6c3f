from __future__ import annotations

import pytest

from loaders.text.captions import (
    bare_caption,
    caption_of,
    is_summary,
    names_figure,
    names_table,
    says_continued,
    says_note,
)


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [
        ("Table 4 | Results", "table", "4"),
        ("**Table 2.1: Sales**", "table", "2.1"),
        ("Tabelle 3: Umsatz", "table", "3"),
        ("表3 收入构成", "table", "3"),
        ("Figure 2: Accuracy", "figure", "2"),
        ("Abb. 7 – Ablauf", "figure", "7"),
        ("图 1：结构", "figure", "1"),
    ],
)
def test_a_caption_has_a_kind_and_a_number(line: str, kind: str, number: str) -> None:
    caption = caption_of(line)
    assert caption is not None
    assert (caption.kind, caption.number) == (kind, number)


@pytest.mark.parametrize("line", ["Table 4 shows the results.", "Tables are long", "The table"])
def test_prose_about_a_table_is_no_caption(line: str) -> None:
    assert caption_of(line) is None


def test_what_names_a_table_or_a_figure_may_go_on_as_it_likes() -> None:
    assert names_table("table 4 shows the results")
    assert names_table("表三 收入")
    assert names_figure("Chart 2 and more")
    assert not names_table("Figure 2")


@pytest.mark.parametrize(
    "caption", ["Table 4 (continued)", "Tabelle 4 – Fortsetzung", "表3（续）", "Tableau 2 (suite)"]
)
def test_a_caption_says_that_it_goes_on(caption: str) -> None:
    assert says_continued(caption)
    assert not says_continued("Table 4: Sales")


def test_summaries_and_notes_call_themselves_so() -> None:
    assert is_summary("This table shows the sales.")
    assert is_summary("Table 2 Summary: sales rose")
    assert not is_summary("Sales rose.")
    assert says_note("Source: company")
    assert says_note("资料来源 公司年报")
    assert not says_note("Notebook sales rose")


def test_a_caption_is_shown_without_its_markdown() -> None:
    assert bare_caption("## **Table 1: Sales**") == "Table 1: Sales"
