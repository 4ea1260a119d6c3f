"""Words of a label that make it no other thing: what a question need not say of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from graph.knowledge.toml_data import languages
from graph.query.intent_patterns import patterns_for
from graph.query.subject_terms import Token, company_forms
from loaders.text.currencies import currency_of
from loaders.text.number_words import counts_in
from loaders.text.scale_words import scale_of
from loaders.text.tokenizer import fold
from loaders.text.unit_symbols import shown_unit

PRICE = "@price"
EXTREMES = frozenset({"@minimum", "@maximum"})
"""Which of several a value is: columns tell that."""
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th|er)?")
_VERSION = re.compile(r"\d{3,}")


@cache
def spoken(name: str) -> frozenset[str]:
    """A list of words in every language that has it."""
    return frozenset().union(
        *(patterns_for(language).words[name] for language in languages("intent"))
    )


def is_spare(token: Token, label: Sequence[Token]) -> bool:
    """Whether a label stays the same without this token.

    A total is the whole of what it names; the day and month of a year's end are the year's; a
    version at the end of a hyphenated name, a company's form and a scale name nothing.
    """
    if token.key in spoken("form") or token.key == "@total":
        return True
    if len(label) > 1 and token == label[-1] and fold(token.text) in company_forms():
        return True
    if token.key[0] != "@" and is_unit(token.text):  # `H1` is a half-year, and no henry
        return True
    is_dated = any(one.is_year for one in label) and not ends_span(token, label)
    if is_dated and (_DAY.fullmatch(token.key) or is_month(token) or token.key in _dated()):
        return True
    return is_version(token) and any(one.is_name or one.joined for one in label if one != token)


@cache
def _dated() -> frozenset[str]:
    """What may stand beside a year and leaves it the year: all of it, above all."""
    return spoken("dated") | {"@full_year"}


def ends_span(token: Token, label: Sequence[Token]) -> bool:
    """Whether a token is the second year of a span: `2023/24` is not 2023."""
    return any(
        one.is_year and two == token and token.key == f"{(int(one.key[-4:]) + 1) % 100:02}"
        for one, two in pairwise(label)
    )


def is_version(token: Token) -> bool:
    """Whether a token only dates a name: the `1022` of `Claude-3.5-Sonnet-1022`."""
    return token.joined and bool(_VERSION.fullmatch(token.key)) and not token.is_year


def is_unit(text: str) -> bool:
    """Whether a word only says the scale or the unit of figures: `million`, `MWh`."""
    return scale_of(text) != 1 or shown_unit(text) != "" or bool(currency_of(text))


def is_price(term: Token) -> bool:
    """Whether a term asks what a thing costs."""
    return term.key == PRICE


def as_price(token: Token) -> Token:
    """A word of a label by which a price is told, as a question asks for it."""
    is_told = not spoken("prices").isdisjoint({fold(token.text), token.key})
    return replace(token, key=PRICE) if is_told else token


def is_month(token: Token) -> bool:
    """Whether a token names a month."""
    return token.key in spoken("months")


def is_of_time(term: Token) -> bool:
    """Whether a term only says when: `the three months ended June 30, 2025`."""
    is_period = any(term.key in spoken(name) for name in ("year", "quarter", "month", "dated"))
    is_number = term.key.isdigit() or bool(list(counts_in(term.text, languages("intent"))))
    return is_period or is_number or is_month(term)


def is_of_date(terms: Sequence[Token], place: int) -> bool:
    """Whether a term is the day or the month of a date whose year is a term of its own.

    So is the `FY` of `FY 2024`.
    """
    if fold(terms[place].text) == "fy":
        return place + 1 < len(terms) and terms[place + 1].is_year
    if not (is_month(terms[place]) or _DAY.fullmatch(terms[place].key)):
        return False
    near = terms[max(0, place - 2) : place + 3]
    return any(term.is_year for term in near) and any(map(is_month, near))


def is_of_whole(term: Token) -> bool:
    """Whether a term only says that the whole is meant, as a figure does that names no part."""
    return term.key == "@total" or term.key in spoken("whole")
