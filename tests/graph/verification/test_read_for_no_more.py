"""What lets a right reply pass that only looks like another claim, and must not let wrong ones."""

from __future__ import annotations

import pytest

from tests.graph.verification.test_read_for_what_it_is import (
    ACCURACY,
    METERS,
    RESPONSE,
    SCREWS,
    checked,
)
from tests.reports import table

CHANGES = table(
    "Umsatz 2024 in Mio. € (Veränderung zum Vorjahr in Klammern)",
    "Region|Nord|Süd",
    "Umsatz|120,5 (4,3)|98,2 (2,1)",
)
CHANGED = table(
    "Staff 2024 (change from previous year in brackets)",
    "|North|South",
    "Employees|1,205 (43)|982 (21)",
)
TARGET = "Emissions were 346 kt (2030 target: 200 kt). The next report is due in 2031."
FORECAST = "Annual report 2025. The order book stood at £346m (2024 forecast: £311m)."
EXPECTED = "Outlook for 2025 and 2026. The order book stood at £346m (2025: £360m expected)."
FEES = table("Fees (€)", "Item|2024|2025|from 1 July", "Pass|10|11|12", "Card|20|21|22")
SITES = table("Staff", "Site|2024|2025|Target by 30 June", "Oslo|31|34|40", "Bergen|11|12|15")
GROWTH = table("Key figures (%)", "|2024|2025", "Revenue growth|3.1|(5.2)", "Margin|8.1|7.9")
CASH = table("Cash (£m)", "|2024|2025", "Net increase in cash|3.1|(5.2)", "Dividends|8.1|7.9")
SHIPPED = "Norvale 512 t, Halmstad 733 t, Kosnica 840 t"
STOCK = table("Inventory (EUR)", "Item|Unit|Quantity|Value (€)", "Wire|kg|12.50|340.00")
MATERIALS = table("Materials (EUR)", "Item|Unit|Quantity", "Wire|kg|12.50", "Rod|kg|20.25")
PLANTS = table("Plants", "Figure|Kosnica", "Power (MW)|104", "Energy (PJ)|12", "Staff (VZ)|45")
SETTINGS = table(
    "Latency (ms), batch size 8 for Cobalt and beam 16 for Basalt.", "Way|L40", "Full|3"
)
PUMP = "The pump runs at 12 bar and weighs 15 kg."
BOLTS = table("Prices per 1,000 (EUR)", "Article|Price", "Bolt M8|45.20", "Nut M8|12.10")


@pytest.mark.parametrize(
    ("question", "text", "source"),
    [
        ("Umsatz Nord 2023?", "2023 betrug der Umsatz im Norden 4,3 Mio. € [1].", CHANGES),
        (
            "Umsatz im Vorjahr?",
            "Im Vorjahr (2023) lag der Umsatz Nord bei 4,3 Mio. € [1].",
            CHANGES,
        ),
        ("Employees in 2023?", "There were 43 employees in the North in 2023 [1].", CHANGED),
        ("Gas?", "Ende 2023 gab es 33.715 Zähler für Erdgas, im Vorjahr 34.402 [1].", METERS),
        ("Emissions in 2031?", "Emissions were 346 kt in 2031 [1].", TARGET),
        ("Order book in 2025?", "The order book stood at £346m in 2025 [1].", FORECAST),
        ("Order book in 2026?", "The order book stood at £346m in 2026 [1].", EXPECTED),
        ("Price of the pass?", "The pass costs €12 from 1 July 2024 [1].", FEES),
        ("Price of the pass?", "The pass costs €11 since 1 July 2025 [1].", FEES),
        ("Staff in Oslo?", "Oslo had 34 employees at 30 June 2025 [1].", SITES),
        ("Revenue growth 2025?", "Revenue growth was 5.2% in 2025 [1].", GROWTH),
        ("Cash 2025?", "There was a net increase in cash of £5.2m in 2025 [1].", CASH),
        ("CodeFill?", "QuantKV gained 1.3 percentage points on CodeFill [1].", ACCURACY),
        ("CodeFill?", "QuantKV is 1.3 percentage points above the baseline [1].", ACCURACY),
        ("Wie viel hat Norvale?", "Norvale: 733 t [1].", SHIPPED),
        ("How many women?", "29 of the 142 patients on active were women [1].", RESPONSE),
        ("Latency?", "Full takes 3 ms for Basalt with batch size 8 [1].", SETTINGS),
        ("How heavy is the pump?", "The pump weighs 12 or 15 kg [1].", PUMP),
        ("Price of wire?", "Wire costs EUR 12.50 per kg [1].", STOCK),
        ("Price of wire?", "Wire costs EUR 12.50 per kg [1].", MATERIALS),
        ("Is there a half-price pass?", "The half-price pass costs €10 [1].", FEES),
        ("Energy of Kosnica?", "Kosnica has an energy of 12 % [1].", PLANTS),
    ],
)
def test_what_nobody_says_is_found(question: str, text: str, source: str) -> None:
    assert not checked(question, text, source).verified


@pytest.mark.parametrize(
    ("question", "text", "source", "computed"),
    [
        ("Was kosten 2500 Stück 31-0006?", "4.250 EUR [1].", SCREWS, "2500 * 1.70 = 4250 EUR"),
        ("What do 5000 bolts M8 cost?", "EUR 226,000 [1].", BOLTS, "5000 * 45.20 = 226000 EUR"),
        ("Bolt M8 in 2024?", "It is EUR 1,978.80 [1].", BOLTS, "2024 - 45.20 = 1978.80 EUR"),
    ],
)
def test_what_a_question_gives_is_no_price_of_one(
    question: str, text: str, source: str, computed: str
) -> None:
    assert not checked(question, text, source, computed=computed).verified


def test_what_a_question_gives_is_held_against_the_line_over_a_price() -> None:
    worked = "5000 / 1000 * 45.20 = 226 EUR"
    assert checked("What do 5000 bolts M8 cost?", "EUR 226 [1].", BOLTS, computed=worked).verified
