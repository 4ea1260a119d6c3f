"""A table as a question meets it: headings, totals, charts, what stands around it."""

from __future__ import annotations

import pytest

from graph.evidence.sources import number_sources
from graph.offline.table_view import TableView, views_of
from graph.query.subject_terms import keys_in
from loaders.reading.layout.charts import MARK
from tests.passages import chunk, drafted, evidence
from tests.reports import ACCOUNTS, BUDGET, COUNTRIES, INCIDENTS, INVESTMENTS, PINS, QUARTERS, table


def view_of(*texts: str) -> TableView:
    [view] = views_of(evidence("?", *texts).sources)
    return view


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (COUNTRIES, ["Total"]),
        (BUDGET, ["Town"]),
        (PINS, []),
        (INVESTMENTS, []),
        (table("Sales", "Shop|2024", "North|10", "South|20", "West|31"), []),
        (table("Visits", "Pool|2024|Price", "Hall|1013|4", "Lido|20|5", "Both|1033|"), ["Both"]),
        (table("Sales", "|2024", "Halls|10", "Altogether|40"), []),
        (table("Ranges", "Code|From|Mass", "A1|0|5", "B1|0|6", "C1|0|"), []),
        (table("Besuche", "Bad|2024", "Halle|10", "Zusammen|40"), ["Zusammen"]),
        (table("Income", "|2024", "Fares|10", "Total revenue|40"), ["Total revenue"]),
        (table("Use", "Site|MWh|%", "A|10|4", "B|20|7", "C|5|3", "Year|35|5"), ["Year"]),
        (
            table("Use", "Site|MWh", "A|10", "B|2030", "Subtotal|2040", "C|5", "Town|2045"),
            ["Subtotal", "Town"],
        ),
        (table("Sales", "|2024", "A|10.12", "of which abroad|4", "B|5", "Both|15.12"), ["Both"]),
    ],
    ids=[
        "by name",
        "by its numbers",
        "none",
        "two currencies add up to nothing",
        "no sum",
        "where it has numbers",
        "two rows",
        "nothing",
        "alone",
        "with what they are of",
        "rates are not added",
        "above subtotals",
        "parts are not added",
    ],
)
def test_the_rows_that_add_up_others(text: str, rows: list[str]) -> None:
    view = view_of(text)
    assert [row.label for row in view.rows if row.index in view.totals] == rows


def test_the_column_that_adds_up_others() -> None:
    view = view_of(QUARTERS)
    assert [c.label for c in view.columns if c.index in view.total_columns] == ["Year"]


def test_a_list_has_its_first_column_for_labels_and_its_numbers_for_values() -> None:
    view = view_of(INCIDENTS)
    assert view.rows[0].label == "2025-01-03"
    assert [column.label for column in view.value_columns] == ["Hours lost"]
    assert keys_in("Leeds") in view.attributes(view.rows[0].index).values()


def test_what_stands_around_a_table() -> None:
    caption, _, document = view_of(COUNTRIES).levels
    assert {"@revenue", "@country"} <= caption
    assert document == {"orion"}
    assert "@country" in view_of(COUNTRIES).corner


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        (
            f"Figure 1 | Sales of the works (€ million)\n{MARK}\n- 2023: 317.5\n- 2024: 402.1",
            "What were the sales of the works in 2024?",
            "€402.1 million",
        ),
        (
            f"Figure 2 | Sales\n{MARK}\n- 2023: Pumps 55, Valves 43\n- 2024: Pumps 60, Valves 41",
            "What were the sales of Valves in 2024?",
            "41",
        ),
    ],
    ids=["one series", "two series"],
)
def test_a_chart_whose_numbers_were_read_is_a_table(text: str, question: str, value: str) -> None:
    chart = chunk(text, kind="figure")
    chart.metadata["caption"] = text.partition("\n")[0]
    [view] = views_of(number_sources([chart]))
    assert view.chart
    assert len(view.rows) == 2
    assert value in drafted(question, chart).text


def test_numbers_are_read_as_the_document_writes_them() -> None:
    visitors = table("Besucherzahlen", "Gruppe|2023", "Erwachsene|201.655", "Kinder|163.280")
    prices = table("Preise (€)", "Karte|Preis", "Hund|3,50", "Katze|2,25")
    alone, beside = view_of(visitors), views_of(evidence("?", visitors, prices).sources)[0]
    found = [view.cells[(1, 1)].quantity for view in (alone, beside)]
    assert [str(one.value) for one in found if one] == ["201.655", "201655"]


def test_a_group_ends_with_the_row_that_adds_it_up() -> None:
    [view] = views_of(evidence("?", ACCOUNTS).sources)
    paths = [row.path for row in view.rows]
    assert ("Income", "Subtotal") in paths
    assert ("Reserves",) in paths
    assert ("Expenditure", "Productions") in paths
