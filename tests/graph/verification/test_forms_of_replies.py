"""Replies as models write them: local forms, rounding, lists stand; one thing changed does not."""

from __future__ import annotations

import pytest

from graph.draft import Draft
from graph.evidence.sources import Evidence, number_sources
from graph.verification.verify import Verdict, verify
from loaders.text.language_detection import language_of
from tests.passages import chunk
from tests.reports import table

SENSOR = table(
    "Table 2. Characteristics",
    "Parameter|Condition|Min.|Typ.|Max.|Unit",
    "Peak current|during conversion|–|714|780|µA",
    "Idle current||–|3|5|",
    "Storage temperature||-45|–|150|°C",
    "Operating range||300|–|1250|hPa",
    "Accuracy, 900–1100 hPa||–|±0.4|±1.0|hPa",
)
TRIAL = table(
    "Table 1. Patients",
    "Characteristic|Drug|Placebo",
    "Eosinophils, cells/µl, median (IQR)|310 (180–520)|295 (170–505)",
    "Hospital admission, n (%)|9 (3.9)|21 (9.0)",
)
EVENTS = table("Table 6. Adverse events", "Event, n (%)|Placebo|60 mg", "Nausea|8 (3.8)|26 (12.3)")
BALANCE = table(
    "Konzernbilanz in T€",
    "|31.12.2024|31.12.2023",
    "Finanzschulden|41.380|44.725",
    "Vorräte|29.387|31.045",
)
DIVISIONS = table(
    "Umsatz in Mio. €",
    "|2024|2023",
    "Mehl|97,6|92,9",
    "Feinkost|52,3|47,0",
    "Futter|34,3|33,4",
    "Konzern|184,2|173,3",
)
EXPORTS = table("Exportaciones", "País|2024 (%)|2023 (%)", "Italia|38,2|41,7", "Portugal|17,5|15,9")
OIL = table(
    "Ventas de la cooperativa",
    "Producto|Toneladas 2024|Ingresos 2024 (miles de €)|Precio (€/kg)",
    "Virgen|8.891|62.239|6,85",
)
CHANGES = table(
    "Key figures in € million",
    "|2024|2023|Change",
    "Revenue|386.2|359.6|7.4%",
    "Net profit|41.5|43.2|-3.9%",
)
VOTES = table(
    "Votes",
    "Motion|Proposed by|For|Against|Result",
    "M1 Dredging|Oliver Stead|6|0|carried",
    "M2 Mooring fees|Ruth Calloway|4|3|carried",
    "M3 Sale of the shed|Tom Achebe|2|4|lost",
)
SERVICE = table(
    "Service levels",
    "Priority|Response|Restoration",
    "P1 – critical|15 minutes|4 hours",
    "P2 – major|1 hour|8 hours",
)
RATES = """The exacerbation rate was 0.84 with velomapride and 1.41 with placebo. Three reflow \
passes are allowed. The harbour handled 214 commercial calls (2024: 198) and 3,460 leisure \
visits."""
ACTIONS = """Nora Whitby obtains quotes for dredging by 31 July 2025. Callum Reid sends the lease \
to the solicitors by 27 June 2025. Amendment No. 2 was signed for Marlow by Fiona Hartley, for \
Tessel by Joost van Dam."""
DIVIDEND = "Wir schlagen eine Dividende von 1,35 € je Aktie vor (Vorjahr 1,20 €)."


def checked(text: str, *sources: str, question: str = "") -> Verdict:
    chunks = [chunk(one, source="report 2024.pdf") for one in sources]
    found = Evidence(question, language_of(question or text), number_sources(chunks))
    return verify(Draft(text=text), found)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The peak current is 714 microamperes during conversion. [1]", SENSOR),
        ("The idle current is typically 3 µA. [1]", SENSOR),
        ("It may be stored between minus 45 and 150 degrees Celsius. [1]", SENSOR),
        ("The sensor operates from 300 to 1,250 hPa. [1]", SENSOR),
        ("The median of eosinophils was 310 cells/µl (IQR 180–520) with the drug. [1]", TRIAL),
        ("With placebo 21 patients (9.0 %) had a hospital admission. [1]", TRIAL),
        ("On 60 mg 26 patients (12.3%) had nausea. [1]", EVENTS),
        (
            "21 with placebo and 9 with the drug had a hospital admission (9.0 % and 3.9 %). [1]",
            TRIAL,
        ),
        ("Ende 2024 betrugen die Finanzschulden 41.380 T€, Ende 2023 44.725 T€. [1]", BALANCE),
        ("Die Finanzschulden betrugen Ende 2024 41,4 Mio. €. [1]", BALANCE),
        ("El principal destino es Italia: 38,2% (41,7% en 2023). [1]", EXPORTS),
        ("Los ingresos por aceite virgen fueron de 62,2 millones de euros en 2024. [1]", OIL),
        ("Three motions were tabled: M1, M2 and M3. [1]", VOTES),
        ("Two motions were carried:\n- M1 [1]\n- M2 [1]", VOTES),
        ("Since Amendment No. 2 others sign: Fiona Hartley for Marlow. [1]", ACTIONS),
        ("Fiona Hartley signed for Marlow and Joost van Dam for Tessel. [1]", ACTIONS),
        (
            "Die EBIT-Marge fehlt; die Dividende beträgt 1,35 € (Vorjahr: 1,20 €). [1]",
            f"EBIT. {DIVIDEND}",
        ),
    ],
)
def test_a_right_reply_stands_in_any_form(text: str, source: str) -> None:
    assert checked(text, source).failed == []


@pytest.mark.parametrize(
    ("text", "source", "what"),
    [
        ("It may be stored between 45 °C and 150 °C. [1]", SENSOR, "sign"),
        ("The sensor operates from 300 to 1100 hPa. [1]", SENSOR, "cell"),
        ("The idle current is typically 3 mA. [1]", SENSOR, "unit"),
        ("With placebo 21 % had a hospital admission. [1]", TRIAL, "unit"),
        ("On 60 mg 26% had nausea. [1]", EVENTS, "unit"),
        (
            "The median of eosinophils was 310 cells/µl (IQR 170–505) with the drug. [1]",
            TRIAL,
            "cell",
        ),
        ("Ende 2024 betrugen die Finanzschulden 44.725 T€. [1]", BALANCE, "period"),
        ("Die Finanzschulden betrugen Ende 2024 41,5 Mio. €. [1]", BALANCE, "number"),
        ("52,3 Mio. € in 2023, 47,0 Mio. € in 2024 für Feinkost. [1]", DIVISIONS, "period"),
        ("Los ingresos fueron de 8.891 miles de euros en 2024. [1]", OIL, "unit"),
        ("El precio fue de 6,85 €/t. [1]", OIL, "unit"),
        ("Net profit was 41.5 million euros, up by 3.9%. [1]", CHANGES, "direction"),
        ("M1, M2 and M3 were carried. [1]", VOTES, "cell"),
        ("Ruth Calloway proposed M3. [1]", VOTES, "cell"),
        ("Four motions were tabled: M1, M2 and M3. [1]", VOTES, "count"),
        ("P2 has a response within 15 minutes. [1]", SERVICE, "subject"),
        (
            "The exacerbation rate was 1.41 with velomapride and 0.84 with placebo. [1]",
            RATES,
            "subject",
        ),
        ("Four reflow passes are allowed. [1]", RATES, "number"),
        ("The harbour handled 214 commercial calls, down from 198. [1]", RATES, "direction"),
        ("The harbour handled 3,460 commercial calls. [1]", RATES, "unit"),
        ("Callum Reid sends the lease to the solicitors by 31 July 2025. [1]", ACTIONS, "subject"),
        ("Die Dividende für 2024 beträgt 1,20 € je Aktie. [1]", DIVIDEND, "subject"),
    ],
)
def test_a_reply_that_is_wrong_in_one_way_does_not(text: str, source: str, what: str) -> None:
    verdict = checked(text, source)
    assert what in {check.what for check in verdict.checks}, verdict.checks


def test_a_total_that_nothing_calls_so_is_not_the_highest() -> None:
    question = "Welcher Bereich hatte 2024 den höchsten Umsatz?"
    assert checked("Mehl mit 97,6 Mio. €. [1]", DIVISIONS, question=question).verified
    assert not checked("Feinkost mit 52,3 Mio. €. [1]", DIVISIONS, question=question).verified


def test_a_document_says_once_what_its_tables_count_in() -> None:
    prices = table("Price list", "Label|1–4 rolls|5–19 rolls", "Matt|8.40|7.60", "Gloss|9.10|8.25")
    text = "Gloss costs €9.10 per 1,000 labels for 1–4 rolls. [1]"
    assert checked(text, prices, "Prices in euros, excluding VAT, per 1,000 labels.").verified
    assert not checked(text, prices, "Prices are net, per 1,000 labels.").verified


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("Las ventas fueron de 84.236 miles de euros en 2024. [1]", True),
        ("Las ventas fueron de 84,2 millones de euros en 2024. [1]", True),
        ("Las ventas fueron de 84.236.000 euros en 2024. [1]", True),
        ("Las ventas fueron de 84.236 millones de euros en 2024. [1]", False),
        ("Las ventas fueron de 84,2 miles de euros en 2024. [1]", False),
        ("Las ventas fueron de 84.236 euros en 2024. [1]", False),
        ("Las ventas fueron de 84.236 miles de dólares en 2024. [1]", False),
    ],
)
def test_what_a_document_says_of_all_amounts_is_their_scale(text: str, *, is_right: bool) -> None:
    rows = "Ventas|84.236|81.590", "Gastos de personal|19.863|19.147", "Margen (%)|3,2|2,1"
    sales = chunk(table("Cuenta de resultados de la sociedad", "|2024|2023", *rows))
    sales.metadata["amounts"] = "Importes en miles de euros, salvo indicación en contrario."
    found = Evidence("¿Cuáles fueron las ventas?", "es", number_sources([sales]))
    assert verify(Draft(text=text), found).verified == is_right


def test_an_agreement_that_was_amended_is_not_quoted_alone() -> None:
    agreement = "Agreement MSA-117. The Customer pays a monthly fee of £18,500."
    change = "Amendment No. 2 to MSA-117. The monthly fee of £18,500 is replaced by £21,250."
    chunks = [chunk(agreement, source="agreement.pdf"), chunk(change, source="change.pdf")]
    found = Evidence("What is the monthly fee?", "en", number_sources(chunks))
    old = verify(Draft(text="The monthly fee is £18,500. [1]"), found)
    assert [check.what for check in old.checks] == ["superseded"]
    both = "The monthly fee is £21,250 [2]; before the amendment it was £18,500 [1]."
    assert verify(Draft(text=both), found).verified


FEES = """Fees in €
<table><tr><th>Item</th><th>2024</th><th>2023</th></tr><tr><td>Parking per km</td><td>0.36</td>
<td>0.30</td></tr><tr><td>Hall rent</td><td>9,814</td><td>8,200</td></tr></table>"""


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Parking per km was 36 cents in 2024. [1]", "What was the fee?"),
        ("Hall rent was about €9.8 thousand in 2024. [1]", "What was the hall rent?"),
        ("Hall rent was 9 814 € in 2024. [1]", "What was the hall rent?"),
        ("Half of the hall rent of €9,814 in 2024 is €4,907. [1]", "What is a half of it?"),
        ("Hall rent was €9,814 in 2024, €1,614 above 2023 (€8,200). [1]", "What was it?"),
        ("With 35 guests the hall rent was €9,814 in 2024. [1]", "What was it with 35 guests?"),
        ("Mr Hall paid €9,814 of hall rent in 2024. [1]", "What did he pay of hall rent?"),
    ],
)
def test_a_right_value_may_be_said_in_other_words(text: str, question: str) -> None:
    verdict = checked(text, FEES, question=question)
    assert verdict.verified, verdict.failed


@pytest.mark.parametrize("said", ["€9,814 thousand", "€9.81 million"])
def test_an_amount_whose_table_says_no_scale_was_not_checked(said: str) -> None:
    table = FEES.replace("Fees in €\n", "")
    verdict = checked(f"Hall rent was {said} in 2024. [1]", table, "The fine was €40.")
    assert (verdict.verified, len(verdict.unchecked)) == (False, 1)


def test_a_scale_that_only_another_table_has_was_not_checked() -> None:
    table = FEES.replace("Fees in €\n", "")
    stated = "Income in € million\n" + FEES.partition("\n")[2].replace("9,814", "7.5")
    verdict = checked("Hall rent was €9,814 million in 2024. [1]", table, stated)
    assert (verdict.verified, len(verdict.unchecked)) == (False, 1)
