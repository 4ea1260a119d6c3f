"""Which of the sources a model is shown: as many as the question needs, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.evidence.sources import Source
from loaders.text.tokenizer import is_cjk, is_stop, keys

ENOUGH = 6_000
"""Bytes of sources after which one must be wanted for a word, not only be near."""
MOST = 16_000
"""Bytes of sources that are never exceeded but by the nearest one."""
_NEAREST = 4
"""The first of the search are shown whatever words they have: it goes by meaning too."""
_SMOOTHING = 10
_HOLDERS = 2
"""A word is looked after when so many sources with it are shown."""
_LEAST_PROSE = 0.15
"""Share of function words; lists of exhibits, names, signatures and references have fewer."""
_LONG_LISTING = 40


@dataclass(frozen=True)
class Candidate:
    """A source, what it costs, and which of the question's words it has."""

    source: Source
    size: int
    words: frozenset[str]


def select_sources(
    question: str, sources: Sequence[Source], sizes: Mapping[int, int]
) -> list[Source]:
    """The sources to be shown, best first; `sizes` are their bytes as they will be written."""
    wanted = frozenset(key for key in keys(question) if not is_stop(key))
    given = [Candidate(one, sizes[one.number], wanted & one.keys) for one in sources]
    chosen: list[Candidate] = []
    for candidate in _ranked(given):
        spent = sum(one.size for one in chosen)
        if chosen and spent + candidate.size > MOST:
            continue
        if spent < ENOUGH or _is_wanted(candidate, chosen):
            chosen.append(candidate)
    return [candidate.source for candidate in chosen]


def is_listing(source: Source) -> bool:
    """Whether a text is names one after the other rather than sentences."""
    if source.kind != "text" or source.tables:
        return False
    found = keys(source.prose)
    if len(found) < _LONG_LISTING or is_cjk(source.prose):
        return False
    return sum(map(is_stop, found)) < _LEAST_PROSE * len(found)


def _ranked(given: Sequence[Candidate]) -> list[Candidate]:
    """By the search's order and by the words asked for, fused; listings after everything else."""
    weights = _weights(given)
    by_words = sorted(given, key=lambda one: -sum(weights[word] for word in one.words))
    places = {one.source.number: place for place, one in enumerate(by_words)}

    def cost(place: int, one: Candidate) -> tuple[bool, float]:
        fused = 1 / (_SMOOTHING + place) + 1 / (_SMOOTHING + places[one.source.number])
        is_last = is_listing(one.source) and not _has_rare(one, given)
        return is_last, -fused if place >= _NEAREST else -1.0 / (1 + place)

    ranked = sorted(enumerate(given), key=lambda pair: cost(*pair))
    return [one for _, one in ranked]


def _weights(given: Iterable[Candidate]) -> dict[str, float]:
    """A word that few sources have tells more."""
    counts: dict[str, int] = {}
    for one in given:
        for word in one.words:
            counts[word] = counts.get(word, 0) + 1
    return {word: 1 / count for word, count in counts.items()}


def _has_rare(candidate: Candidate, given: Sequence[Candidate]) -> bool:
    """Whether it has a word of the question that no source but listings has."""
    others = [one.words for one in given if not is_listing(one.source)]
    return bool(candidate.words.difference(*others))


def _is_wanted(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    return any(sum(word in one.words for one in chosen) < _HOLDERS for word in candidate.words)
