"""Words and digits of a right reply that look like another claim; and the replies that make it.

Each pair holds both ways: what was an alarm without a fault passes, and what its check is for does
not.
"""

from __future__ import annotations

import pytest

from graph.answer import Computed
from graph.draft import Draft
from graph.evidence.sources import Evidence, number_sources
from graph.verification.verify import Verdict, verify
from loaders.text.language_detection import language_of
from tests.passages import chunk
from tests.reports import table

PARTS = (
    table(
        "Annexe 2 – Prix des fournitures (€ HT)",
        "Référence|Désignation|Unité|1 à 9|10 à 49",
        "HU-20|Huile VG 46|kg|12,40|11,10",
        "FI-77|Filtre F7 592 × 592|pièce|41,60|37,90",
        "FI-90|Filtre F9 592 × 592|pièce|58,30|53,40",
    )
    .replace("<th>1 à 9</th><th>10 à 49</th>", '<th colspan="2">Prix selon quantité</th>', 1)
    .replace(
        "</tr></thead>",
        "</tr><tr><th></th><th></th><th></th><th>1 à 9</th><th>10 à 49</th></tr></thead>",
    )
)
STORES = table(
    "Stock list (EUR)",
    "Item|Unit|Quantity|Price",
    "Zinc wire|kg|12.50|3.40",
    "Copper wire|kg|20.25|9.75",
)
ALLOWANCE = """Monthly allowance (EUR)
<table><thead><tr><th>Zone</th><th colspan="2">Single</th><th>Per child</th><th></th></tr>
<tr><th></th><th>months 1–6</th><th>from month 7</th><th>all months</th>
<th>Notice, days</th></tr></thead>
<tbody><tr><td>Zone 1</td><td>950</td><td>720</td><td>210</td><td>30</td></tr>
<tr><td>Zone 2</td><td>1,150</td><td>860</td><td>310</td><td>60</td></tr></tbody></table>"""
MILLS = table(
    "Table 4 Sites 2025",
    "Site|Scope 1, kt CO₂e|Production, kt",
    "Kosnica (PL)|104.7|401",
    "Lindehult (SE)|98.4|412",
    "Torrevalle (ES)|87.9|376",
)
PLANTS = table(
    "Table 5 Plants 2025",
    "Key figure|Kosnica|Lindehult",
    "Capacity (MW)|104|98",
    "Volume (PL)|12|11",
    "Share (%)|55|45",
)
ORDERS = """Annual report 2025. The order book at the year end stood at £346m (2024: £311m), with \
cover of five months. The chief executive's pay was 46 times the median pay of employees \
(2024: 49 times)."""
METERS = table(
    "Tabelle 5: Kennzahlen der Netze zum 31.12.2024 (Vorjahr in Klammern)",
    "|Strom|Erdgas|Wasser",
    "Zähler (Anzahl)|84.930 (84.216)|33.715 (34.402)|34.862 (34.597)",
    "Netzverluste (%)|3,6 (3,7)|1,1 (1,3)|6,8 (7,4)",
)
RESPONSE = table(
    "Table 9. QIX 75 at week 16, responders, n (%)",
    "Subgroup|Placebo (N = 142)|Active (N = 286)|Total (N = 428)",
    "Female|29 (20.4)|57 (19.9)|86 (20.1)",
    "Male|31 (21.8)|60 (21.0)|91 (21.3)",
)
FIVE_YEARS = table(
    "Five-year record",
    "Year ended 30 September|Unit|2025|2023|2022",
    "Free cash flow|£m|52.4|44.3|19.6",
    "Capital expenditure|£m|31.0|28.2|25.5",
)
STAFF = table(
    "Tabelle 4: Beschäftigte zum 31.12. (Anzahl Personen)",
    "Bereich|2024|2023",
    "Verkehrsbetrieb|302|288",
    "Verwaltung|114|109",
)
FREIGHT = table(
    "Frachtkosten je Sendung (EUR)",
    "Sendungsart|Zone 1|Zone 2|Zone 3",
    "Palette bis 300 kg|68,00|112,00|165,00",
    "Palette über 300 kg|94,00|158,00|236,00",
)
SCREWS = table(
    "Staffelpreise je 100 Stück (EUR)",
    "Artikel-Nr.|bis 999|ab 1.000",
    "10-1040|22,60|15,80",
    "31-0006|1,95|1,70",
)
COATING = "Die Schicht ist 20 mm dick und wiegt 3 kg."
DRUG = table("Table 3. Pharmacokinetics", "Dose|half-life, h", "100 mg|9.8", "200 mg|11.2")
BALANCE = table(
    "Balance sheet (NOK million)",
    "|30 Sep 2026|30 Sep 2025",
    "Contract liabilities|531|487",
    "Trade payables|212|260",
)
FEES = table(
    "Forfaits annuels 2025 (€ HT)",
    "Site|Lot CVC|Lot électricité",
    "Angers – Agence|9 850|7 200",
    "Nantes – Siège|41 300|18 900",
)
LATENCY = table(
    "Table 4: Latency of Cobalt-13B at 32k context, batch size 8, in TTFT (ms).",
    "Method|L40S|H100",
    "Full cache|3,120|1,240",
    "SparrowKV|2,951|1,067",
)
SETUPS = table(
    "Table 5: Latency of Cobalt-13B with batch size 8 and of Basalt-7B with batch size 16, in ms.",
    "Method|L40S|H100",
    "Full cache|3,120|1,240",
)
ACCURACY = table(
    "Table 3: Accuracy (%), mean ± standard deviation over five seeds.",
    "Method|LongQA|CodeFill",
    "QuantKV|50.4 ± 1.1|31.2 ± 1.3",
    "SparrowKV|52.9 ± 0.7|35.9 ± 1.0",
)
DELIVERY = table(
    "Lieferfähigkeit",
    "Warengruppe|Regel, Arbeitstage|höchstens, Arbeitstage|Lieferbereitschaft 2025, %",
    "Verbindungselemente A2|2|4|97,0",
    "Verbindungselemente A4|3|5|94,5",
    "Anker|2|3|98,0",
)
ZONES = table(
    "Frachtkosten (EUR)", "Sendung|Zone 1, Deutschland|Zone 2, Benelux", "Paket|6,90|14,50"
)
FREE = "Frei Haus in Zone 1 ab 750 Euro Warenwert, in Zone 2 ab 1.800 Euro."


def checked(question: str, text: str, *sources: str, computed: str = "") -> Verdict:
    chunks = [chunk(one, page=page) for page, one in enumerate(sources)]
    found = Evidence(question, language_of(question), number_sources(chunks))
    formula, _, result = computed.partition(" = ")
    worked = (Computed(expression=formula, result=result, operands=(1,)),) if computed else ()
    return verify(Draft(text=text, computed=worked), found)


RIGHT = [
    ("Prix de l’huile ?", "L’huile VG 46 coûte 11,10 € HT le kg pour 10 à 49 kg [1].", PARTS),
    ("Prix du filtre F9 ?", "Le filtre F9 592 × 592 coûte 58,30 € HT de 1 à 9 pièces [1].", PARTS),
    (
        "Allowance per child in zone 2?",
        "It is EUR 310 per month per child in Zone 2 [1].",
        ALLOWANCE,
    ),
    ("Scope 1 of Kosnica?", "Kosnica (PL) emitted 104.7 kt CO₂e under scope 1 [1].", MILLS),
    ("Order book?", "The order book stood at £346m at the end of 2025 (2024: £311m) [1].", ORDERS),
    (
        "CEO pay ratio 2025?",
        "The pay was 46 times the median pay in 2025 (2024: 49 times) [1].",
        ORDERS,
    ),
    ("Gaszähler im Vorjahr?", "Im Vorjahr (2023) gab es 34.402 Zähler für Erdgas [1].", METERS),
    ("Gaszähler?", "Ende 2024 gab es 33.715 Zähler für Erdgas [1].", METERS),
    (
        "Netzverluste im Wasser?",
        "Die Netzverluste im Wasser betrugen 2024 6,8 % und im Vorjahr 7,4 % [1].",
        METERS,
    ),
    (
        "QIX 75 rate of women in total?",
        "The QIX 75 rate of women at week 16 was 20.1% in total (86 of the 428 patients) [1].",
        RESPONSE,
    ),
    (
        "Free cash flow?",
        "Free cash flow was £19.6m in the year ended 30 September 2022 [1].",
        FIVE_YEARS,
    ),
    (
        "Verkehrsbetrieb Ende 2023?",
        "Zum 31.12.2023 waren es im Verkehrsbetrieb 288 Personen [1].",
        STAFF,
    ),
    (
        "Mehrkosten Palette über 300 kg Zone 3 gegenüber Zone 1?",
        "Eine Palette über 300 kg kostet in Zone 3 142,00 EUR mehr als in Zone 1 "
        "(236,00 EUR gegenüber 94,00 EUR) [1].",
        FREIGHT,
    ),
    ("half-life at 100 mg?", "The half-life at 100 mg was 9.8 h [1].", DRUG),
    (
        "Contract liabilities 2026?",
        "Contract liabilities were NOK 531 million at 30 September 2026 [1].",
        BALANCE,
    ),
    (
        "Forfaits pour Angers ?",
        "Pour Angers – Agence, les forfaits annuels 2025 sont :\n- Lot CVC : 9 850 € HT [1]",
        FEES,
    ),
    (
        "TTFT of SparrowKV on H100?",
        "SparrowKV takes 1,067 ms on the H100, for Cobalt-13B at 32k context and batch size 8 [1].",
        LATENCY,
    ),
    (
        "Standard deviation of QuantKV on CodeFill?",
        "It is 1.3 percentage points (31.2 ± 1.3%) [1].",
        ACCURACY,
    ),
    (
        "Welche Warengruppe hat die niedrigste Lieferbereitschaft 2025?",
        "Die niedrigste Lieferbereitschaft 2025 hatten Verbindungselemente A4 mit 94,5 % [1].",
        DELIVERY,
    ),
    (
        "Ab wann frei Haus?",
        "In Deutschland (Zone 1) liefern wir ab 750 Euro frei Haus [1][2].",
        FREE,
    ),
]
WRONG = [
    ("Prix de l’huile ?", "L’huile VG 46 coûte 12,40 € HT le kg pour 10 à 49 kg [1].", PARTS),
    ("Prix de l’huile ?", "L’huile VG 46 coûte 11,10 $ le kg pour 10 à 49 kg [1].", PARTS),
    ("Prix du filtre F9 ?", "Le filtre F9 592 × 592 coûte 53,40 € HT pour 10 à 49 kg [1].", PARTS),
    ("Prix du filtre F9 ?", "Le filtre F9 592 × 592 coûte 41,60 € HT de 1 à 9 pièces [1].", PARTS),
    ("Prix du filtre F7 ?", "Le filtre F7 592 × 592 coûte 58,30 € HT de 1 à 9 pièces [1].", PARTS),
    ("Prix du filtre F9 ?", "Le filtre F9 592 × 593 coûte 58,30 € HT de 1 à 9 pièces [1].", PARTS),
    ("Price of zinc wire?", "Zinc wire costs EUR 12.50 [1].", STORES),
    ("Notice in zone 2?", "The notice in Zone 2 is EUR 60 [1].", ALLOWANCE),
    (
        "Allowance per child in zone 2?",
        "It is USD 310 per month per child in Zone 2 [1].",
        ALLOWANCE,
    ),
    (
        "Allowance per child in zone 2?",
        "It is EUR 210 per month per child in Zone 2 [1].",
        ALLOWANCE,
    ),
    ("Scope 1 of Kosnica?", "Kosnica (PL) emitted 104.7 Mt CO₂e under scope 1 [1].", MILLS),
    ("Scope 1 of Kosnica?", "Kosnica (PL) emitted 98.4 kt CO₂e under scope 1 [1].", MILLS),
    ("Capacity of Kosnica?", "Kosnica has a capacity of 104 kW [1].", PLANTS),
    ("Volume of Kosnica?", "Kosnica has a volume of 12 t [1].", PLANTS),
    ("Order book?", "The order book stood at £346m at the end of 2024 [1].", ORDERS),
    ("Order book?", "The order book stood at £346m at the end of 2023 [1].", ORDERS),
    ("Order book 2025?", "The order book stood at £311m at the end of 2025 [1].", ORDERS),
    ("Order book?", "The order book stood at £311m in 2025 (2024: £346m) [1].", ORDERS),
    ("CEO pay ratio?", "The pay was 49 times the median pay in 2025 [1].", ORDERS),
    ("CEO pay ratio?", "The pay was 46 times the median pay in 2024 [1].", ORDERS),
    ("Gaszähler?", "Im Jahr 2023 gab es 33.715 Zähler für Erdgas [1].", METERS),
    ("Gaszähler?", "Ende 2024 gab es 34.402 Zähler für Erdgas [1].", METERS),
    ("Gaszähler?", "Es gibt 34.402 Zähler für Erdgas [1].", METERS),
    ("Gaszähler?", "Im Jahr 2022 gab es 34.402 Zähler für Erdgas [1].", METERS),
    ("Netzverluste?", "Die Netzverluste im Wasser betrugen 2024 7,4 % [1].", METERS),
    ("Zähler?", "Es gab 2024 33.715 % Zähler für Erdgas [1].", METERS),
    ("Rate of women?", "The rate of women was 86% in total at week 16 [1].", RESPONSE),
    ("Rate of women?", "The rate of women was 16% in total [1].", RESPONSE),
    ("How many women?", "86 of the 286 patients were women in total [1].", RESPONSE),
    ("How many women?", "57 of the 428 patients were women on active [1].", RESPONSE),
    (
        "Free cash flow?",
        "Free cash flow was £19.6m in the year ended 30 September 2023 [1].",
        FIVE_YEARS,
    ),
    (
        "Free cash flow?",
        "Free cash flow was £19.6m in the year ended 31 December 2022 [1].",
        FIVE_YEARS,
    ),
    (
        "Free cash flow?",
        "Free cash flow was £19.6m in the year ended 30 September 2021 [1].",
        FIVE_YEARS,
    ),
    ("Verkehrsbetrieb?", "Zum 31.12.2023 waren es im Verkehrsbetrieb 302 Personen [1].", STAFF),
    ("Verkehrsbetrieb?", "Zum 31.12.2022 waren es im Verkehrsbetrieb 288 Personen [1].", STAFF),
    ("Verkehrsbetrieb?", "Zum 30.06.2023 waren es im Verkehrsbetrieb 288 Personen [1].", STAFF),
    ("Kosten Zone 3?", "Eine Palette über 300 kg kostet in Zone 3 158,00 EUR [1].", FREIGHT),
    (
        "Kosten Zone 3?",
        "Eine Palette über 300 kg kostet in Zone 3 141,00 EUR mehr als in Zone 1 "
        "(236,00 EUR gegenüber 94,00 EUR) [1].",
        FREIGHT,
    ),
    ("Wie dick?", "Die Schicht ist 20 um dick [1].", COATING),
    ("Wie schwer?", "Die Schicht ist 20 g schwer um 3 kg [1].", COATING),
    ("half-life?", "Half of the patients got 100 mg, for 9.8 h [1].", DRUG),
    ("half-life?", "The half-time at 100 mg was 9.8 h [1].", DRUG),
    ("half-life at 100 mg?", "The half-life at 100 mg was 11.2 h [1].", DRUG),
    (
        "Contract liabilities?",
        "Contract liabilities fell to NOK 531 million in 2026 from 487 [1].",
        BALANCE,
    ),
    (
        "Contract liabilities?",
        "Liabilities contracted from NOK 487 million to NOK 531 million [1].",
        BALANCE,
    ),
    (
        "Contract liabilities 2026?",
        "Contract liabilities were NOK 487 million in 2026 [1].",
        BALANCE,
    ),
    ("Forfaits ?", "Pour Lyon – Agence, le forfait annuel est :\n- Lot CVC : 9 850 € HT [1]", FEES),
    ("Forfaits pour Angers ?", "Pour Angers – Agence, le lot CVC est de 7 200 € HT [1].", FEES),
    ("TTFT on H100?", "SparrowKV takes 1,067 ms on the H100 at batch size 16 [1].", LATENCY),
    ("TTFT on H100?", "SparrowKV takes 2,951 ms on the H100 at batch size 8 [1].", LATENCY),
    (
        "Batch size?",
        "Basalt-7B ran with batch size 8 and Cobalt-13B with batch size 16 [1].",
        SETUPS,
    ),
    ("Batch size of Basalt-7B?", "Basalt-7B ran with batch size 8 [1].", SETUPS),
    (
        "Deviation on CodeFill?",
        "QuantKV lies 31.2 percentage points apart on CodeFill [1].",
        ACCURACY,
    ),
    (
        "Deviation on CodeFill?",
        "The deviation of QuantKV is 1.1 percentage points on CodeFill [1].",
        ACCURACY,
    ),
    (
        "Niedrigste?",
        "Die niedrigste Lieferbereitschaft 2025 hatten Verbindungselemente A2 mit 97,0 % [1].",
        DELIVERY,
    ),
    (
        "Niedrigste?",
        "Die niedrigste Lieferbereitschaft 2025 hatten Verbindungselemente A2 mit 94,5 % [1].",
        DELIVERY,
    ),
    (
        "Niedrigste?",
        "Die niedrigste Lieferbereitschaft 2025 hatten Verbindungselemente A4 mit 4 % [1].",
        DELIVERY,
    ),
    (
        "Ab wann frei Haus?",
        "In Deutschland (Zone 1) liefern wir ab 1.800 Euro frei Haus [1][2].",
        FREE,
    ),
    ("Ab wann frei Haus?", "In Zone 2 liefern wir ab 750 Euro frei Haus [1].", FREE),
]


@pytest.mark.parametrize(("question", "text", "source"), RIGHT)
def test_what_only_looks_like_another_claim_passes(question: str, text: str, source: str) -> None:
    verdict = checked(question, text, source, *([ZONES] if source is FREE else []))
    assert verdict.verified, (verdict.failed, verdict.unchecked)


@pytest.mark.parametrize(("question", "text", "source"), WRONG)
def test_who_makes_the_claim_is_found(question: str, text: str, source: str) -> None:
    verdict = checked(question, text, source, *([ZONES] if source is FREE else []))
    assert verdict.unchecked or not verdict.verified


DISCOUNT = "Ab 1.000 Stück ist 10-1040 um 30,1 % günstiger (15,80 EUR statt 22,60 EUR) [1]."
CALCULATED = "(22.60 - 15.80) / 22.60 * 100 = 30.1%"


@pytest.mark.parametrize(
    ("question", "text", "computed"),
    [
        ("Rabatt für 10-1040 ab 1.000 Stück?", DISCOUNT, CALCULATED),
        ("Rabatt für 10-1040 ab 1.000 Stück?", DISCOUNT.replace("30,1", "30,09"), CALCULATED),
        ("Rabatt für 10-1040 ab 1.000 Stück?", DISCOUNT, CALCULATED.replace("30.1%", "30.09%")),
        (
            "2500 Stück 31-0006?",
            "Sie kosten zusammen 42,50 EUR [1].",
            "2500 / 100 * 1.70 = 42.50 EUR",
        ),
    ],
)
def test_what_the_question_gives_is_an_operand(question: str, text: str, computed: str) -> None:
    verdict = checked(question, text, SCREWS, computed=computed)
    assert verdict.verified, (verdict.failed, verdict.unchecked)


@pytest.mark.parametrize(
    ("question", "text", "computed"),
    [
        ("Rabatt für 10-1040?", DISCOUNT.replace("30,1", "30,2"), CALCULATED),
        ("Rabatt für 10-1040?", DISCOUNT.replace("30,1", "30,9"), CALCULATED),
        ("Rabatt für 10-1040?", DISCOUNT.replace("%", "EUR"), CALCULATED),
        ("Was kosten viele 31-0006?", "Sie kosten 42,50 EUR [1].", "2500 / 100 * 1.70 = 42.50 EUR"),
        ("3000 Stück 31-0006?", "Sie kosten 42,50 EUR [1].", "2500 / 100 * 1.70 = 42.50 EUR"),
        ("2500 Stück 31-0006?", "Sie kosten 43,50 EUR [1].", "2500 / 100 * 1.70 = 42.50 EUR"),
        ("Preis von R2500?", "Er kostet 42,50 EUR [1].", "2500 / 100 * 1.70 = 42.50 EUR"),
    ],
)
def test_an_operand_that_nobody_gives_is_none(question: str, text: str, computed: str) -> None:
    assert not checked(question, text, SCREWS, computed=computed).verified
