"""Whether a sentence has the number that is asked for: of what is counted, and of it alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from graph.offline.figures import Figure, figures_of
from graph.offline.sentences import ASIDE, Sentence
from graph.query.analysis import QuestionAnalysis
from graph.query.intent_patterns import patterns_for
from graph.query.subject_terms import Token, holds, keys_in, measures, same, tokens_of
from graph.verification.statements.vocabulary import vocabulary_of
from loaders.text.number_words import counts_in
from loaders.text.tokenizer import fold, words
from loaders.text.unit_symbols import shown_unit
from loaders.text.unit_words import PERIODS

NEAR = 4
"""Tokens between a count and the noun that it counts."""
_LENGTHS = {"mm", "cm", "m", "km", "mi", "ft"}
_UNITS = {
    "age": PERIODS,
    "length": PERIODS | {"h", "min", "s"} | _LENGTHS,
    "distance": _LENGTHS,
    "weight": {"g", "kg", "t", "lb"},
}
_BEFORE = 3
"""Words before a number that may say what it is."""


def values_in(
    analysis: QuestionAnalysis, sentence: Sentence, terms: Sequence[Token] = ()
) -> list[str]:
    """Its own numbers of these terms; where no change is asked for, without those that say one."""
    figures = [one for one in figures_of(sentence.text, analysis.question) if one.is_of(terms)]
    numbers = [one.mention.text for one in figures if not _is_limit(one, analysis)]
    changes = [one.mention.text for one in figures if _is_change(one, sentence.text)]
    if changes:  # `rose 9.1%, or 7.8% at constant currency`
        changes += [one.mention.text for one in figures if one.mention.percent]
    if not changes or analysis.operation:
        return numbers
    plain = ASIDE.sub(" ", sentence.text)
    return [number for number in numbers if number in plain and number not in changes]


def has_number(analysis: QuestionAnalysis, sentence: Sentence, terms: Sequence[Token] = ()) -> bool:
    """A number of its own, in percent if a share is asked for; a count stands by what it counts.

    By how much a thing changed is not what it is.
    """
    numbers = values_in(analysis, sentence, terms)
    if not _is_of_measure(analysis, numbers, sentence.text):
        return False
    if "percent" in analysis.asks and not analysis.asks & {"points"}:
        return bool(numbers) and "%" in sentence.text
    if analysis.operation:
        return len(numbers) >= 1 and any(not re.fullmatch(r"(?:19|20)\d\d", one) for one in numbers)
    if "count" in analysis.asks and analysis.terms:
        return _counts(sentence, analysis, numbers)
    is_spelt = not figures_of(sentence.text, analysis.question)
    return bool(numbers) or (is_spelt and _has_spelt_amount(sentence.text))


def _is_of_measure(analysis: QuestionAnalysis, numbers: Sequence[str], text: str) -> bool:
    """Whether a sentence about an amount says more than a share: a budget is no percentage."""
    names = [term.key.removeprefix("@") for term in analysis.terms]
    is_amount = "percent" not in analysis.asks and any(name in measures() for name in names)
    return not is_amount or not numbers or not all(_is_percent(one, text) for one in numbers)


def _has_spelt_amount(text: str) -> bool:
    """Whether a number in words stands before its unit: `three months`."""
    every = [word.text for word in words(text)]
    return any(shown_unit(unit) and list(counts_in(number)) for number, unit in pairwise(every))


def is_in_dimension(analysis: QuestionAnalysis, text: str) -> bool:
    """Whether a text has an amount in a unit of what is asked: how old is no matter of hours."""
    known = patterns_for(analysis.language)
    found = known.asks["degree"].search(fold(analysis.question))
    asked = next(filter(None, found.groups()), "") if found else ""
    units = [_UNITS[name] for name, said in known.dimensions.items() if asked in said]
    every = [word.text for word in words(text)]
    return not units or any(
        shown_unit(unit) in units[0] and (number[:1].isdigit() or any(counts_in(number)))
        for number, unit in pairwise(every)
    )


def _counts(sentence: Sentence, analysis: QuestionAnalysis, numbers: Sequence[str]) -> bool:
    """Whether a number stands close before the noun that is counted, or right behind it.

    What stands between them says of which: 44 young people are no answer to how many people.
    """
    noun, tokens = analysis.counted or analysis.terms[0], tokens_of(sentence.text)
    is_spelt = not figures_of(sentence.text, analysis.question)
    nouns = [place for place, token in enumerate(tokens) if same(token.key, noun.key)]
    counts = [
        place
        for place, token in enumerate(tokens)
        if token.text in numbers or (is_spelt and list(counts_in(token.text)))
    ]
    asked = [term.key for term in analysis.every_term]
    return any(
        0 <= at - noun_at <= 1
        or (
            at < noun_at <= at + NEAR
            and all(holds(asked, one.key) for one in tokens[at + 1 : noun_at])
        )
        for noun_at in nouns
        for at in counts
    )


def _is_limit(figure: Figure, analysis: QuestionAnalysis) -> bool:
    """Whether a number is only what something may be, or is to be: `the limit of 100 mg`."""
    limits = patterns_for(analysis.language).words["limits"]
    before = [word.key for word in words(figure.lead)[-_BEFORE:]]
    asked = keys_in(analysis.question)
    return any(key in limits and key not in asked for key in before)


def _is_change(figure: Figure, text: str) -> bool:
    """Whether a sentence says by how much something rose or fell: `raised it by 0.9`, `rose 9%`."""
    known = vocabulary_of(text)
    moves, end = known.moves(figure.lead), fold(figure.lead).rstrip("$€£ ")
    is_direct = figure.mention.percent and any(end.endswith(one) for one in moves)
    return is_direct or (bool(moves) and bool(known.by_words.search(end)))


def _is_percent(number: str, text: str) -> bool:
    return text.partition(number)[2].lstrip().startswith("%")
