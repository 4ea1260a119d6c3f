"""What a title says of no number alone: what it joins with another thing, or leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from graph.knowledge.toml_data import languages
from graph.offline.table_view import TableView
from graph.query.conjuncts import and_words
from graph.query.intent_patterns import patterns_for
from graph.query.subject_terms import Token, holds, keys_in, tokens_of
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
    heads = frozenset().union(*(one.leaf_keys for one in (*view.rows, *view.columns)))
    joined: set[str] = set()
    for things in joined_in(view.title):
        rivals = [one for one in things if asked.isdisjoint(one)]
        headed = [frozenset(key for key in one if holds(heads, key)) for one in things]
        joined.update(
            *(
                one
                for one, own in zip(things, headed, strict=True)
                if (own and not own <= asked) or (rivals and not own)
            )
        )
    return frozenset(joined | left_out(view.title)) - view.corner


@lru_cache(maxsize=1024)
def left_out(title: str) -> frozenset[str]:
    """What stands behind `without` up to the next mark, and nowhere else."""
    said = _excluding().sub(" ", fold(title))
    return keys_in(" ".join(_excluding().findall(fold(title)))) - keys_in(said)


@cache
def _excluding() -> re.Pattern[str]:
    return re.compile(rf"{_said('without')}([^,;:()]*)")


def _said(name: str) -> str:
    """A pattern for words that titles of any language have."""
    every = (patterns_for(language).titles[name] for language in languages("intent"))
    return rf"(?<!\w)(?:{'|'.join(every)})(?!\w)"


@lru_cache(maxsize=1024)
def joined_in(title: str) -> Sequence[Sequence[frozenset[str]]]:
    """The things that a title joins, each by its keys; by what it parts its numbers is none."""
    text = _ASIDE.sub(lambda aside: " " * len(aside[0]), measured(title))
    for also in re.finditer(_said("also"), fold_in_place(text)):
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
    found = re.search(_said("parted"), fold_in_place(title))
    return title[: found.start()] if found else title


def _chains(text: str) -> Iterator[list[Run]]:
    """Names that follow each other with a comma between, or `and` in the last place."""
    chain: list[Run] = []
    last = 0
    for run in runs(text):
        gap = text[chain[-1][-1].end : run[0].start] if chain else ""
        if chain and not _link().match(gap):
            yield from [chain[:last]] if last else []
            chain, last = [], 0
        chain.append(run)
        last = len(chain) if len(chain) > 1 and _and().search(fold(gap)) else last
    yield from [chain[:last]] if last else []


def runs(text: str) -> Iterator[Run]:
    """The names of a text: words between small words, marks and years."""
    run: Run = []
    for word in words(text):
        if run and text[run[-1].end : word.start].strip(" -–"):
            yield run
            run = []
        if is_year(word.key) or (is_stop(word.key) and word.text.islower()):
            yield from [run] if run else []
            run = []
        else:
            run.append(word)
    yield from [run] if run else []


@cache
def _and() -> re.Pattern[str]:
    return re.compile(rf"[/&]|\b(?:{any_of([*map(fold, and_words())])})\b")


@cache
def _link() -> re.Pattern[str]:
    """A comma, `and`, or both, and a small word behind them."""
    joins = rf"(?:,\s*(?:{_and().pattern})?|{_and().pattern})"
    return re.compile(rf"\s*{joins}(?:\s+\w{{1,4}})?\s*$", re.IGNORECASE)
