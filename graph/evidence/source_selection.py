"""Which of the sources a model is shown: as many as the question needs, and no more."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.evidence.sources import Source
from loaders.text.tokenizer import is_stop, keys

ENOUGH_TEXT = 6_000
"""Bytes of sources after which a text must be wanted for a word, not only be near."""
ENOUGH_TABLES = 12_000
"""The same for a table, which says more in as many bytes."""
MOST = 16_000
"""Bytes of sources that are never exceeded but by the nearest one."""
_NEAREST = 6
"""So many are shown for being near; what comes after them must have a word of the question."""
_HOLDERS = 2
"""A word is looked after when so many sources with it are shown."""
_MOST_CAPITALS = 0.5
"""Share of capitalized words and initials: lists of names, exhibits and references have more than
the prose of any language, German included."""
_SHORTEST_LISTING = 40
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Candidate:
    """A source, what it costs, and which of the question's words it has."""

    source: Source
    size: int
    words: frozenset[str]
    is_listing: bool


def select_sources(
    question: str, sources: Sequence[Source], sizes: Mapping[int, int]
) -> list[Source]:
    """The sources to be shown, in the search's order; `sizes` are their bytes as they are written.

    The search knows more than words, so its order holds; words only say when it is not enough yet.
    """
    wanted = frozenset(key for key in keys(question) if not is_stop(key))
    given = [
        Candidate(one, sizes[one.number], wanted & one.keys, is_listing(one)) for one in sources
    ]
    is_spoken = any(one.words for one in given)  # else the question is in another language
    chosen: list[Candidate] = []
    for candidate in sorted(given, key=lambda one: one.is_listing and not _has_rare(one, given)):
        spent = sum(one.size for one in chosen)
        if chosen and spent + candidate.size > MOST:
            continue
        if len(chosen) >= _NEAREST and not candidate.words and is_spoken:
            continue
        enough = ENOUGH_TABLES if candidate.source.tables else ENOUGH_TEXT
        if spent < enough or _is_wanted(candidate, chosen):
            chosen.append(candidate)
    return [candidate.source for candidate in chosen]


def is_listing(source: Source) -> bool:
    """Whether a text is names one after the other rather than sentences."""
    if source.kind != "text" or source.tables:
        return False
    words = _WORD.findall(source.prose)
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= _SHORTEST_LISTING and capitals > _MOST_CAPITALS * len(words)


def _has_rare(candidate: Candidate, given: Sequence[Candidate]) -> bool:
    """Whether it has a word of the question that no source but listings has."""
    others = [one.words for one in given if not one.is_listing]
    return bool(candidate.words.difference(*others))


def _is_wanted(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    return any(sum(word in one.words for one in chosen) < _HOLDERS for word in candidate.words)
