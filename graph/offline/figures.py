"""The figures of a sentence, each with the words that say what it is of.

`Sales were £9 million, of which £2 million in Oslo`: the second figure is of the sales too, for its
clause says nothing but what is asked. `…, while Bern employs 30 people` is another statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.offline.spare_words import is_unit, spoken
from graph.query.conjuncts import and_words
from graph.query.statement_lines import names_measure
from graph.query.subject_terms import Token, holds, keys_in, tokens_of
from graph.verification.statements.vocabulary import vocabulary_of
from loaders.text.dates import dates_in, month_years_in
from loaders.text.number_words import fold_in_place
from loaders.text.quantities import Mention, numbers_in
from loaders.text.tokenizer import is_year

_NUMBERING = re.compile(r"\s*(?:[-*•]\s+)?(?:\d+(?:\.\d+)*\.?\s+)?")
_ALONE = re.compile(r"\s?%?\)|\s?（[^（）]*）|\s*\([^()]*\)")
_WORD = re.compile(r"[^\W\d_]")
_PUNCTUATION = (
    r"(?<!\d)[,，]|[,，](?!\d)|[;；:：()（）|·•]|\s[–—-]\s|[.。]\s+(?=[A-Z\u00c0-\u00de])"
)


@dataclass(frozen=True)
class Figure:
    """A number of a sentence, and the words that say what it is of."""

    mention: Mention
    lead: str
    """What stands before it in its clause."""
    own: frozenset[str]
    """What its clause says, and the sentence's first words if nothing else is said there."""

    def is_of(self, terms: Sequence[Token]) -> bool:
        """Whether it is of all of these."""
        return all(holds(self.own, term.key) for term in terms)


@lru_cache(maxsize=4096)
def figures_of(text: str, question: str) -> tuple[Figure, ...]:
    """The figures that a sentence adds to a question, in their order."""
    dates = [(one.start, one.end) for one in (*dates_in(text), *month_years_in(text))]
    marks = list(_mentions(text, question, dates))
    cuts = [
        found
        for found in _cuts().finditer(text)
        if not any(start < found.start() < end for start, end in dates)
    ]
    asked = keys_in(question)
    found: list[Figure] = []
    subject = keys_in(text[: marks[0].start]) if marks else frozenset[str]()
    for place, mark in enumerate(marks):
        before = marks[place - 1].end if place else 0
        after = marks[place + 1].start if place + 1 < len(marks) else len(text)
        alone = _ALONE.match(text, mark.end)  # `the share of patients (6%) who …`
        cut = [
            one.end() for one in cuts if before <= one.start() < mark.start and one[0] not in ":："
        ]
        if alone and cut and not _WORD.search(text, cut[-1], mark.start):
            cut.pop()
        start = max([before, *cut]) if place else 0
        behind = alone.end() if alone else mark.end
        end = min([after, *(one.start() for one in cuts if behind <= one.start())])
        lead, rest = text[start : mark.start], text[behind : max(behind, end)]
        own = keys_in(lead) | _said_behind(rest, mark)
        if place and _adds_nothing(f"{lead} {rest}", asked):
            own |= found[-1].own | subject
        found.append(Figure(mark, lead, own))
    return tuple(found)


def is_list(text: str) -> bool:
    """Whether a sentence names several things."""
    return any(_WORD.match(one[0]) for one in _cuts().finditer(text))


def clauses_of(text: str) -> list[str]:
    """A sentence cut where another statement may begin."""
    return _cuts().split(text)


def _mentions(text: str, question: str, dates: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    """The numbers that may be values: no part of a name or date, no year, no paragraph's number."""
    asked = {one.value for one in numbers_in(question)}
    numbering = _NUMBERING.match(text)
    begin = numbering.end() if numbering else 0
    for one in numbers_in(text):
        is_dated = any(start <= one.start < end for start, end in dates)
        is_value = one.value not in asked and not (one.in_name or is_dated or is_year(one.text))
        if is_value and one.start >= begin:
            yield one


def _said_behind(text: str, mention: Mention) -> frozenset[str]:
    """What stands behind a number; what is measured stands before it, or next to it or its unit.

    Of how much it is a share, or a multiple, is no value of that: `1.2 times EBITDA`.
    """
    said: set[str] = set()
    is_beside = False
    for token in tokens_of(text):
        is_beside = is_beside or not text[: token.start].strip()
        is_beside = is_beside and not mention.percent
        if is_beside or not names_measure(token.text):
            said.add(token.key)
        is_beside = is_unit(token.text)
    return frozenset(said)


def _adds_nothing(text: str, asked: frozenset[str]) -> bool:
    """Whether a clause says only what is asked, besides units and words that compare."""
    known = vocabulary_of(text)
    compares = keys_in(" ".join(known.comparison.findall(fold_in_place(text))))
    return all(
        holds(asked, token.key)
        or token.key in compares
        or token.key in known.function_words
        or token.key in spoken("form")
        or (token.key[0].isdigit() and not token.is_year)
        or is_unit(token.text)
        for token in tokens_of(text)
    )


@cache
def _cuts() -> re.Pattern[str]:
    ands = "|".join(map(re.escape, and_words()))
    return re.compile(rf"{_PUNCTUATION}|\b(?:{ands})\b", re.ASCII)
