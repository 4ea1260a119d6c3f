"""What a title says of no number alone: what it joins with another thing, or leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from graph.knowledge.toml_data import languages
from graph.offline.table_view import TableView
from graph.query.conjuncts import and_words
from graph.query.intent_patterns import patterns_for
from graph.query.subject_terms import Token, holds, keys_in, tokens_of
from loaders.pages.runs import runs
from loaders.text.languages import any_of
from loaders.text.number_words import fold_in_place
from loaders.text.tokenizer import Word, fold, is_stop, is_year, words

_ASIDE = re.compile(r"\([^()]*\)")
Run = list[Word]


def untold(view: TableView, terms: Sequence[Token]) -> frozenset[str]:
    """Of `imports, exports and transit` it tells none, unless all are asked for or heads say which.

    A thing that is asked for by the word of a head is told by that. Nor does a title tell the
    apprentices of `staff without apprentices`.
    """
    asked = {term.key for term in terms}
    silent = left_out(view.title)
    for things in joined_in(view.title):
        has_rivals = any(asked.isdisjoint(thing) for thing in things)
        for thing in things:
            headed = {key for key in thing if holds(view.leaf_keys, key)}
            if not headed <= asked or (has_rivals and not headed):
                silent |= thing
    return silent - view.corner


@lru_cache(maxsize=1024)
def left_out(title: str) -> frozenset[str]:
    """What stands behind `without` up to the next mark, and nowhere else."""
    said = _excluding().sub(" ", fold(title))
    return keys_in(" ".join(_excluding().findall(fold(title)))) - keys_in(said)


@cache
def _excluding() -> re.Pattern[str]:
    return re.compile(rf"{_said('without').pattern}([^,;:()]*)")


@cache
def _said(name: str) -> re.Pattern[str]:
    """Words that titles of any language have, on folded text."""
    every = (patterns_for(language).titles[name] for language in languages("intent"))
    return re.compile(rf"(?<!\w)(?:{'|'.join(every)})(?!\w)")


@lru_cache(maxsize=1024)
def joined_in(title: str) -> Sequence[Sequence[frozenset[str]]]:
    """The things that a title joins, each by its keys; by what it parts its numbers is none."""
    text = _ASIDE.sub(lambda aside: " " * len(aside[0]), measured(title))
    for also in _said("also").finditer(fold_in_place(text)):
        text = text[: also.start()] + "&".ljust(len(also[0])) + text[also.end() :]
    tokens = tokens_of(text)
    found = []
    for chain in _chains(text):
        spans = [(run[0].start, run[-1].end) for run in chain]
        things = [
            frozenset(one.key for one in tokens if start <= one.start and one.end <= end)
            for start, end in spans
        ]
        found.append([one for one in things if one])
    return found


def measured(title: str) -> str:
    """A title up to what its numbers are parted by: `by campus and level`."""
    found = _said("parted").search(fold_in_place(title))
    return title[: found.start()] if found else title


def _chains(text: str) -> Iterator[list[Run]]:
    """Names that follow each other with a comma between, or `and` in the last place."""

    def gap(before: Run, behind: Run) -> str:
        return text[before[-1].end : behind[0].start]

    phrases = noun_phrases(text)
    for chain in runs(phrases, lambda run, one: not _link().match(gap(run[-1], one))):
        pairs = enumerate(pairwise(chain), start=1)
        joins = [place for place, pair in pairs if _and().search(fold(gap(*pair)))]
        if joins:
            yield chain[: joins[-1] + 1]


def noun_phrases(text: str) -> list[Run]:
    """The names of a text: words between small words, marks and years."""
    names = (one for one in words(text) if not (is_year(one.key) or _is_small(one)))
    return runs(names, lambda run, one: bool(text[run[-1].end : one.start].strip(" -–")))


def _is_small(word: Word) -> bool:
    return is_stop(word.key) and word.text.islower()


@cache
def _and() -> re.Pattern[str]:
    return re.compile(rf"[/&]|\b(?:{any_of([*map(fold, and_words())])})\b")


@cache
def _link() -> re.Pattern[str]:
    """A comma, `and`, or both, and a small word behind them."""
    joins = rf"(?:,\s*(?:{_and().pattern})?|{_and().pattern})"
    return re.compile(rf"\s*{joins}(?:\s+\w{{1,4}})?\s*$", re.IGNORECASE)
