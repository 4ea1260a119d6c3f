from __future__ import annotations

from decimal import Decimal

import pytest

from loaders.text.label_units import label_measure, merged
from loaders.text.quantities import Quantity, missing_mark, numbers_in, parse_quantity


def measured(text: str, context: str) -> Quantity | None:
    """Under heads and labels that say this, a line each, from near to far."""
    return parse_quantity(text, measure=merged(map(label_measure, context.split("\n"))))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("97.3", "97.3"),
        ("(1,234)", "-1234"),
        ("$(1,234)", "-1234"),
        ("−7.5", "-7.5"),
        ("1.234,5", "1234.5"),
        ("29 300", "29300"),
        (".607", "0.607"),
        ("80万", "800000"),
        ("1.2亿", "120000000"),
        ("800k", "800000"),
        ("5 million.", "5000000"),
        ("671B", "671000000000"),
        ("$1.2 billion", "1200000000"),
        ("1,5 Mio. €", "1500000"),
        ("1.2e-5", "0.000012"),
        ("12,345.67", "12345.67"),
        ("５６．７", "56.7"),
    ],
)
def test_a_number_is_read_in_every_form(text: str, amount: str) -> None:
    quantity = parse_quantity(text)
    assert quantity is not None
    assert quantity.amount == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    ["", "-", "n/a", "Emissions of 10 tons per year or more", "Dec 31, 2015", "05.11.2023", "R1"],
)
def test_prose_dates_and_names_are_no_quantity(text: str) -> None:
    assert parse_quantity(text) is None


def test_not_available_dash_and_blank_are_told_apart() -> None:
    assert [missing_mark(text) for text in ("n/a", "—", " ", "k. A.", "0")] == [
        "n/a",
        "dash",
        "blank",
        "n/a",
        "",
    ]


def test_a_footnote_mark_is_no_digit() -> None:
    for text in ("12.5¹", "12.5 [^1]", "12.5 (1)"):
        quantity = parse_quantity(text)
        assert quantity is not None
        assert (quantity.value, quantity.footnote) == (Decimal("12.5"), "1")


def test_a_range_a_margin_and_an_aside_are_kept() -> None:
    span, spread, share = map(parse_quantity, ("5–10", "12.3 ± 0.4", "1269 (19.9%)"))
    assert span is not None
    assert span.high == 10
    assert spread is not None
    assert spread.margin == Decimal("0.4")
    assert share is not None
    assert (share.value, share.aside) == (Decimal(1269), "19.9%")


@pytest.mark.parametrize(
    ("context", "scale"),
    [
        ("Revenue (in millions)", 10**6),
        ("Umsatz in Mio. €", 10**6),
        ("in Tsd. Euro", 10**3),
        ("单位：百万元", 10**6),
        ("营业收入（万元）", 10**4),
        ("EPS per share\n(in millions, except per share data)", 1),
        ("Number of pages", 1),
    ],
)
def test_the_context_says_the_scale(context: str, scale: int) -> None:
    quantity = measured("5", context)
    assert quantity is not None
    assert quantity.scale == scale


def test_percent_is_not_scaled_by_the_caption() -> None:
    quantity = measured("12.5%", "in millions of dollars")
    assert quantity is not None
    assert (quantity.percent, quantity.amount) == (True, Decimal("12.5"))


def test_digits_in_names_are_mentions_but_no_values() -> None:
    mentions = numbers_in("DeepSeek-R1 scores 97.3% on MATH-500 with 671B parameters.")
    assert [(mention.text, mention.in_name) for mention in mentions] == [
        ("1", True),
        ("97.3", False),
        ("500", True),
        ("671", False),
    ]
    assert mentions[1].percent
    assert mentions[3].amount == Decimal(671) * 10**9


def test_a_mention_knows_its_place() -> None:
    text = "从80万到１２３，下降-5.5%，2024-09-12。"
    for mention in numbers_in(text):
        assert text[mention.start : mention.end] == mention.text
    assert [str(mention.value) for mention in numbers_in(text)] == [
        "80",
        "123",
        "-5.5",
        "2024",
        "9",
        "12",
    ]


def test_german_style_decides_what_a_point_means() -> None:
    [tokens, share] = numbers_in("32.768 Token bei 55,5 %")
    assert (tokens.value, share.value) == (Decimal(32768), Decimal("55.5"))
    [english] = numbers_in("32,768 tokens")
    assert tokens.equals(english)
    assert not share.equals(english)


def test_letters_behind_money_are_its_scale() -> None:
    amounts = [mention.amount for mention in numbers_in("£12m, €1.2bn, SEK 3m and 5m of pipe")]
    assert amounts == [12 * 10**6, 12 * 10**8, 3 * 10**6, 5]


def test_a_credit_and_a_minus_behind_are_outflows() -> None:
    values = [parse_quantity(text) for text in ("1,250 CR", "998 DR", "1,234-", "(1,234)-")]
    assert [one.value for one in values if one] == [-1250, 998, -1234, -1234]


def test_a_scaled_number_equals_the_same_written_out() -> None:
    [short], [long] = numbers_in("800k"), numbers_in("800,000")
    assert short.equals(long)


def test_a_time_of_day_is_one_number() -> None:
    found = [(one.text, str(one.value)) for one in numbers_in("from 8:30 to 12:15; 16:9, 10:00:30")]
    assert found[:2] == [("8:30", "8.30"), ("12:15", "12.15")]
    assert [text for text, _ in found[2:]] == ["16", "9", "10", "00", "30"]


def test_a_multiple_counts_nothing_of_its_table() -> None:
    multiple = measured("1.5x", "€ million")
    assert multiple is not None
    assert (multiple.amount, multiple.currency, multiple.unit) == (Decimal("1.5"), "", "x")
