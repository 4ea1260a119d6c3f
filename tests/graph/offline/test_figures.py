"""The figures of a sentence, and what each is of."""

from __future__ import annotations

import pytest

from graph.offline.figures import clauses_of, figures_of, is_list
from graph.query.subject_terms import tokens_of
from tests.passages import answer

SALES = "Sales were £9.5 million in 2024 (2023: £8.1 million), of which £2.2 million in Oslo."
FARMS = "Alder sold milk for £4.1 million, while Birch employs 30 people."
DEBT = "Net debt was £95.6 million (2023: £75.9 million), equal to 1.2 times underlying EBITDA."
DIVIDEND = (
    "The final dividend of 9.2p, which together with the interim dividend of 4.1p gives a total "
    "of 13.3p (2023: 12.5p), is paid in June."
)
RENT = "3.1 The tenant pays a deposit of £87,390, equal to six months' rent for the hall."
WARRANTY = "Warranty: 24 months from delivery, but 36 months for pumps and 12 months for hoses."
BUYBACK = "In the spring Ostra repurchased 310,000 shares at an average price of £32.26."
COVER = "Cover against hackers: sub-limit £300,000, waiting period 12 hours."
TRIAL = "In trial HALO-1, 54% of patients on 60 mg reached the goal at week 12."
PUMPS = "The order quantity for the PX 25 B is 4 pieces. The basic price of the PX 30 is £80."
LEASE = "The tenant may end this lease on 31 December 2029 by giving nine months' notice."
FINES = "The first fine is £50 and is due on 3 May 2025."
THANKS = "I thank Harriet Osei, who left as treasurer in May, and Tomas Lind, who followed her."


@pytest.mark.parametrize(
    ("text", "number", "said"),
    [
        (SALES, "2.2", "sales Oslo"),
        (SALES, "8.1", "sales 2023"),
        (WARRANTY, "36", "warranty pumps"),
        (FARMS, "30", "Birch people"),
    ],
)
def test_a_clause_that_adds_nothing_takes_over_what_the_first_is_of(
    text: str, number: str, said: str
) -> None:
    [figure] = [one for one in figures_of(text, said) if one.mention.text == number]
    assert figure.is_of(tokens_of(said))


@pytest.mark.parametrize(
    ("text", "number", "said"),
    [(FARMS, "30", "milk Birch"), (DEBT, "1.2", "EBITDA"), (DIVIDEND, "12.5", "interim 2023")],
)
def test_another_statement_is_of_its_own(text: str, number: str, said: str) -> None:
    [figure] = [one for one in figures_of(text, said) if one.mention.text == number]
    assert not figure.is_of(tokens_of(said))


def test_dates_years_names_and_the_number_of_a_paragraph_are_no_figures() -> None:
    text = "3.1 On 4 May 2024 the R1 had 12 experts."
    assert [one.mention.text for one in figures_of(text, "experts")] == ["12"]


def test_clauses_and_lists() -> None:
    assert clauses_of("Bees, and wasps; ants") == ["Bees", " ", " wasps", " ants"]
    assert is_list("Bees and wasps are here.")
    assert not is_list("Bees, here, are many.")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What did Birch sell milk for?", FARMS),
        ("How high is the EBITDA?", DEBT),
        ("What was the interim dividend in 2023?", DIVIDEND),
        ("rent for the hall", RENT),
        ("What is the share price of Ostra?", BUYBACK),
        ("What is the limit against hackers?", COVER),
        ("How many patients reached the goal at week 12 in HALO-2?", TRIAL),
        ("What does the PX 25 cost?", PUMPS),
        ("When does the lease end?", LEASE),
        ("How high is the second fine?", FINES),
        ("When is the second fine due?", FINES),
        ("Who is the treasurer?", THANKS),
        ("sales in May", "Sales of the year were £9.5 million."),
        ("List the fines with their amounts", "The fines are shown as a cost."),
        ("What was Harriet Osei paid?", THANKS),
    ],
    ids=[
        "the figure of another clause",
        "what another figure is told by",
        "a year in brackets, of another number",
        "what a deposit equals",
        "a price of something bought",
        "a part of a word",
        "a name with another number",
        "a longer name",
        "what may be",
        "another ordinal",
        "the date of another ordinal",
        "two people",
        "a month that is not said",
        "a list that is none",
        "no money",
    ],
)
def test_a_sentence_near_what_is_asked_is_not_quoted(question: str, text: str) -> None:
    assert answer(question, f"# Notes\n\n{text}") == ""


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What were sales in Oslo?", SALES),
        ("What were sales in 2023?", SALES),
        ("How long is the warranty for hoses?", WARRANTY),
        ("net debt in 2023", DEBT),
        ("How high is the deposit of the tenant?", RENT),
        ("What does the PX 30 cost?", PUMPS),
        ("How high is the first fine?", FINES),
        ("When is the first fine due?", FINES),
    ],
)
def test_a_sentence_that_is_of_it_is_quoted(question: str, text: str) -> None:
    assert answer(question, f"# Notes\n\n{text}")
