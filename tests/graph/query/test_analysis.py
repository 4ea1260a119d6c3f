"""A question understood once: its terms, what it wants, its limits and its form."""

from __future__ import annotations

from decimal import Decimal

import pytest

from graph.query.analysis import analyse


@pytest.mark.parametrize(
    ("question", "language", "terms"),
    [
        ("What was revenue in Poland in 2024?", "en", ["@revenue", "@poland", "2024"]),
        ("Wie hoch war der Umsatz in Polen 2024?", "de", ["@revenue", "@poland", "2024"]),
        ("Quel était le chiffre d'affaires en Pologne ?", "fr", ["@revenue", "@poland"]),
        ("¿Cuáles fueron los ingresos en Polonia?", "es", ["@revenue", "@poland"]),
        ("2024年波兰的营业收入是多少？", "zh", ["2024", "@poland", "@revenue"]),
        ("How high was net debt?", "en", ["@net_debt"]),
        ("By how many percent did revenue grow from 2023 to 2024?", "en",
         ["@revenue", "2023", "2024"]),
        ("Which country had the highest revenue?", "en", ["@country", "@revenue"]),
        ("How many items cost more than 5 euros?", "en", ["item", "@price"]),
        ("What was the average revenue to two decimal places?", "en", ["@revenue"]),
        ("What does Lyra-Mini score on MMLU Pro?", "en", ["lyra", "mini", "mmlu", "pro"]),
        ("De combien le prix a-t-il augmenté ?", "fr", ["@price"]),
        ("Which business earned the most?", "en", ["business"]),
        ("Um wie viel Prozent ging der Umsatz 2024 gegenüber 2023 zurück?", "de",
         ["@revenue", "2024", "2023"]),
        ("In welchem Netzgebiet gab es die meisten Pumpen?", "de", ["netzgebiet", "pumpen"]),
    ],
)  # fmt: skip
def test_the_terms_that_an_answer_has_to_account_for(
    question: str, language: str, terms: list[str]
) -> None:
    assert [term.key for term in analyse(question, language).terms] == terms


@pytest.mark.parametrize(
    ("question", "language", "operation"),
    [
        ("By what percentage did sales grow?", "en", "percent_change"),
        ("How much did sales grow?", "en", "change"),
        ("What is the difference between A and B?", "en", "difference"),
        ("What was the average price?", "en", "average"),
        ("What share of sales came from tea?", "en", "share"),
        ("What is the ratio of debt to equity?", "en", "ratio"),
        ("What is the sum of A and B?", "en", "sum"),
        ("What were sales?", "en", ""),
        ("Um wie viel Prozent stieg der Umsatz?", "de", "percent_change"),
        ("De combien le prix a-t-il augmenté ?", "fr", "change"),
        ("¿Cuánto crecieron los ingresos?", "es", "change"),
        ("两者相差多少？", "zh", "difference"),
    ],
)
def test_the_operation(question: str, language: str, operation: str) -> None:
    assert analyse(question, language).operation == operation


@pytest.mark.parametrize(
    ("question", "language", "order"),
    [
        ("Which country had the highest revenue?", "en", "highest"),
        ("Who scored the fewest points?", "en", "lowest"),
        ("Does revenue have at most two parts?", "en", ""),
        ("Welches Land hatte den höchsten Umsatz?", "de", "highest"),
        ("Quel pays avait le prix le plus bas ?", "fr", "lowest"),
        ("¿Qué país tuvo los mayores ingresos?", "es", "highest"),
        ("哪个国家的营业收入最高？", "zh", "highest"),
    ],
)
def test_the_order(question: str, language: str, order: str) -> None:
    assert analyse(question, language).order == order


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many sites are there?", "count"),
        ("How much is it?", "amount"),
        ("Who is the chair?", "person"),
        ("When did it end?", "time"),
        ("Where is the office?", "place"),
        ("Why was it stopped?", "reason"),
        ("Is it allowed?", "yes_no"),
        ("List the sites.", "list"),
        ("Show me the balance sheet", "table"),
        ("What proportion is it?", "percent"),
        ("By how many percentage points?", "points"),
        ("Which costs are not reimbursed?", "negation"),
    ],
)
def test_the_kind_of_answer(question: str, kind: str) -> None:
    assert kind in analyse(question, "en").asks


@pytest.mark.parametrize(
    ("question", "is_of_yes"),
    [
        ("Wurde der Kredit getilgt?", True),
        ("Hält die Gruppe die Auflagen der Banken ein?", True),
        ("Um wie viel nahm der Umsatz ab?", False),
    ],
)
def test_a_german_verb_in_front_asks_yes_or_no(question: str, *, is_of_yes: bool) -> None:
    assert ("yes_no" in analyse(question, "de").asks) == is_of_yes


@pytest.mark.parametrize(
    ("question", "limit", "above"),
    [
        ("Which items cost more than 5 euros?", "5", True),
        ("Which items cost less than $1,200?", "1200", False),
        ("Welche Wohnungen kosten weniger als 6,50 Euro?", "6.50", False),
        ("Welche Orte haben mehr als 50.000 m²?", "50000", True),
        ("Welche Orte haben mehr als 8.50 m²?", "8.50", True),
        ("Which sites have at least 3.5 hours?", "3.5", True),
    ],
)
def test_a_limit(question: str, limit: str, *, above: bool) -> None:
    bound = analyse(question, "de" if question.startswith("Welche") else "en").bound
    assert bound is not None
    assert (bound.limit, bound.above) == (Decimal(limit), above)


@pytest.mark.parametrize(
    ("question", "language", "allowed"),
    [
        ("Which sites have at least 41 people?", "en", (41, 42)),
        ("Which sites have no fewer than 41 people?", "en", (41, 42)),
        ("Which sites have at most 41 people?", "en", (40, 41)),
        ("Which sites have no more than 41 people?", "en", (40, 41)),
        ("Which sites have more than 41 people?", "en", (42,)),
        ("Welche Orte haben mindestens 41 Leute?", "de", (41, 42)),
        ("Welche Orte haben nicht mehr als 41 Leute?", "de", (40, 41)),
        ("Quels sites ont au moins 41 personnes ?", "fr", (41, 42)),
        ("¿Qué sedes tienen como máximo 41 personas?", "es", (40, 41)),
        ("哪些地点至少41人？", "zh", (41, 42)),
    ],
)
def test_a_limit_may_be_reached_where_words_say_so(
    question: str, language: str, allowed: tuple[int, ...]
) -> None:
    bound = analyse(question, language).bound
    assert bound is not None
    assert tuple(n for n in (40, 41, 42) if bound.allows(Decimal(n))) == allowed


def test_a_year_is_no_limit() -> None:
    assert analyse("What was built under 2010 rules, over 2019?", "en").bound is None


def test_years_periods_and_form() -> None:
    asked = analyse("What was total revenue from 2021 to 2024, to one decimal place?", "en")
    assert asked.periods == ("2021", "2024")
    assert asked.years == ("2021", "2022", "2023", "2024")
    assert asked.decimals == 1
    assert analyse("In which quarter were sales highest?", "en").axis == "quarter"
    assert analyse("What is the total?", "en").says_whole


def test_an_operand_is_asked_for_without_the_operation() -> None:
    asked = analyse("By how much did revenue grow from 2023 to 2024?", "en")
    operand = asked.about(asked.subject)
    assert (operand.operation, operand.order, operand.periods) == ("", "", ())
    assert analyse("Who leads it?", "en").wants_prose


def test_the_degree_is_taken_off_where_a_letter_folds_into_two() -> None:
    asked = analyse("Wie groß ist der Anteil Weidenaus am gesamten Verbrauch?", "de")
    assert asked.operation == "share"
    assert [one.text for one in asked.terms] == ["Weidenaus", "gesamten", "Verbrauch"]


@pytest.mark.parametrize(
    ("question", "language", "terms"),
    [
        ("Montant et durée de la tranche C ?", "fr", ["Montant", "durée", "tranche", "C"]),
        ("Kosten 2023: Plan und Ist?", "de", ["2023", "Plan", "Ist"]),
        ("What was the as-found error?", "en", ["found", "error"]),
        ("What is the number and share of women?", "en", ["number", "share of women"]),
        ("What was revenue and what was EBIT?", "en", ["revenue", "EBIT"]),
    ],
)
def test_what_is_joined_is_asked_for(question: str, language: str, terms: list[str]) -> None:
    assert [one.text for one in analyse(question, language).every_term][-len(terms) :] == terms


@pytest.mark.parametrize(
    ("language", "question", "operation"),
    [
        ("en", "How many patients improved?", ""),
        ("en", "How many trains did the line drop?", "change"),
        ("en", "How much did sales drop?", "change"),
        ("de", "Wie viel Wasser haben die Kunden 2024 abgenommen?", ""),
        ("de", "Um wie viel hat der Absatz 2024 abgenommen?", "change"),
        ("fr", "Combien de patients progressent ?", ""),
        ("fr", "De combien les ventes progressent-elles ?", "change"),
        ("es", "¿Cuántos pacientes aumentaron de peso?", ""),
        ("es", "¿En cuántos MWh bajó el consumo?", "change"),
    ],
)
def test_how_many_do_something_is_a_count(language: str, question: str, operation: str) -> None:
    assert analyse(question, language).operation == operation
