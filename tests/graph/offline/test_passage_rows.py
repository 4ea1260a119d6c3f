"""A table as a passage: its head, the rows that are asked for, its notes, as far as they fit."""

from __future__ import annotations

import pytest

from graph.evidence.sources import Evidence, number_sources
from graph.offline.evidence_view import EvidenceView
from graph.offline.passage_rows import TablePassage, cut, row_text
from tests.passages import chunk, evidence
from tests.reports import table

SHOPS = table(
    "Shops of the chain",
    "Shop|Pupils|Rent (€)|Town",
    *(f"Shop {n}|{100 + 7 * n}|{900 - n}|Town of the long name number {n}" for n in range(30)),
)


def passage(question: str, text: str) -> TablePassage:
    view = EvidenceView(evidence(question, text))
    return TablePassage(view, view.views[0])


def shown(question: str, text: str, room: int = 900, row: int = 1) -> str:
    return passage(question, text).text(room, row)


def test_a_row_is_shown_with_the_unit_of_its_unit_column() -> None:
    text = table("Drug", "Parameter|Unit|10 mg|25 mg", "Peak|ng/mL|112|286", "Half-life|h|9|10")
    assert "Peak: 10 mg = 112 ng/mL" in shown("Peak at the 10 mg dose?", text)


@pytest.mark.parametrize(
    ("text", "room", "said"),
    [
        ("Sales = 1,234,567", 12, "Sales = …"),
        ("Sales = 12", 12, "Sales = 12"),
        ("字" * 900, 100, "字" * 98 + " …"),
    ],
)
def test_what_does_not_fit_is_cut_between_words(text: str, room: int, said: str) -> None:
    assert cut(text, room) == said


def test_a_label_is_not_said_again_as_a_value() -> None:
    found = passage("?", table("", "Code|Town|People", "A1|Ulm|2", "B2|Jena|3"))
    assert row_text(found.table, found.table.rows[0].index) == "A1: Town = Ulm, People = 2"


@pytest.mark.parametrize(
    ("text", "head"),
    [
        (table("", "£m|Roofing", "Profit|29.5"), "£m — Profit: Roofing = 29.5"),
        (table("All amounts in € million.", "|2024", "Debt|7"), "All amounts in € million. — Debt"),
        (table("Fees", "Service|Fee", "Copy|2"), "Fees — Copy: Fee = 2"),
    ],
    ids=["the unit of the corner", "the unit line", "a corner without unit"],
)
def test_a_table_is_shown_with_what_stands_above_it(text: str, head: str) -> None:
    assert shown("What was it?", text).startswith(head)


def test_a_table_without_caption_is_shown_under_its_heading() -> None:
    found = chunk(table("", "|A", "Profit|2"))
    found.metadata["section"] = "Report › Year ended March 2024"
    view = EvidenceView(Evidence("What was it?", "en", number_sources([found])))
    text = TablePassage(view, view.views[0]).text(900, 1)
    assert text == "Year ended March 2024 — Profit: A = 2"


def test_a_chart_is_shown_as_its_labels_and_values() -> None:
    found = chunk("Read from the chart:\n\n- 2021: 262.4\n- 2022: 288.9", kind="figure")
    found.metadata["caption"] = "Figure 1 | Orders (in € millions)"
    view = EvidenceView(Evidence("Why did orders rise?", "en", number_sources([found])))
    text = TablePassage(view, view.views[0]).text(900, 1)
    assert text == "Figure 1 | Orders (in € millions) — 2021: 262.4; 2022: 288.9"


def test_what_the_marks_of_a_table_mean_is_shown_below_its_rows() -> None:
    text = table("Trial", "Group|p-value²", "All|0.01") + "\n\n² Wilcoxon rank sum test"
    assert shown("Which test is behind the p-value?", text).endswith("; ² Wilcoxon rank sum test")


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("Which shop has the most pupils?", "Shop 29: 303"),
        ("Which shop has the lowest rent?", "Shop 29: 303 | 871"),
        ("Which shops have more than 290 pupils?", "Shop 28: 296"),
        ("Which shops have a rent of less than 872?", "Shop 29: 303 | 871"),
        ("What is said of the town number 27?", "Shop 27: 289"),
    ],
    ids=["the most", "the least", "above a limit", "below a limit", "its words"],
)
def test_of_a_large_table_the_rows_that_are_asked_for_are_shown(question: str, row: str) -> None:
    assert row in shown(question, SHOPS)


def test_a_table_without_room_names_its_heads_once() -> None:
    text = shown("Which shop is it?", SHOPS)
    assert text.startswith("Shops of the chain — Pupils | Rent (€) | Town; Shop 0: 100 | 900 | ")
    assert text.count("Rent") == 1
    assert len(text) <= 900


def test_heads_that_would_leave_no_room_stand_with_their_values() -> None:
    heads = "|".join(["Shop", *(f"Head {n} {'of many words ' * 6}" for n in range(6))])
    text = shown("Which shop?", table("", heads, *(f"Shop {n}|1|2|3|4|5|6" for n in range(9))))
    assert text.startswith("Shop 0: Head 0 of many words")
    assert "= 6" in text


def test_a_small_table_is_shown_whole_each_value_under_its_head() -> None:
    text = table("Fees", "Service|Fee", "Copy|2", "Card|9")
    assert shown("What is the fee for a card?", text) == "Fees — Copy: Fee = 2; Card: Fee = 9"


def test_a_row_is_shown_even_where_there_is_hardly_room() -> None:
    text = table("Fees", "Service|Fee", "Copy|2", "Card|9")
    assert shown("What is the fee?", text, room=20) == "Fees — Copy: Fee = 2"


def test_heads_without_any_row_are_not_shown() -> None:
    assert passage("What is the fee?", SHOPS).rows(40) == ""
