"""Which documents of the library a question names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import PurePath

from graph.knowledge.toml_data import words_of
from graph.query.across import YEAR, years_asked
from graph.query.query_cleaning import blanked
from loaders.text.analyzer import PIECE, POSSESSIVE, content_pieces, is_run, pieces, stem
from loaders.text.function_words import FUNCTION_WORDS
from loaders.text.tokenizer import fold

SEPARATORS = re.compile(r"[^\w]+|_")
COMMON = frozenset(words_of("retrieval", "files", "common")) | FUNCTION_WORDS
"""They name no document: many have them in their names."""
SHORTEST = 3
LONGEST_SLICE = 12


@dataclass(frozen=True, slots=True)
class Naming:
    """The documents that a question names, and the words that name them."""

    documents: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    """As stems: they say where to look, and little about what for."""
    names: frozenset[str] = frozenset()
    """The same words as they are written, without capitals and accents."""

    def without_names(self, question: str) -> str:
        """Blanks for what is written like the name of a document, if anything else is asked."""
        spans = [match.span() for match in PIECE.finditer(question) if self._is_name(match[0])]
        spans += [m.span() for n in self.names if is_run(n) for m in re.finditer(n, question)]
        bare = blanked(question, spans)
        return bare if content_pieces(bare) else question

    def _is_name(self, token: str) -> bool:
        return token[0].isupper() and _plain(token) in self.names


def named_documents(question: str, names: Sequence[str]) -> Naming:
    """Match a question's words against the documents' names; years only tell namesakes apart."""
    asked = _asked(question)
    words = {name: _name_words(name) for name in names}
    named = {name: held & asked.keys() for name, held in words.items()}
    named = {
        name: found
        for name, found in named.items()
        if found and (found == words[name] or any(asked[word] for word in found))
    }
    spoken = {word for found in named.values() for word in found}
    halves = {
        half for one, other in _pairs(question) if one + other in spoken for half in (one, other)
    }
    chosen = _of_the_years(question, named)
    said = frozenset(spoken | halves)
    return Naming(tuple(chosen), frozenset(map(stem, said)), said)


def wholly_named(question: str, names: Sequence[str]) -> tuple[str, ...]:
    """All documents named, if of one the question says all that tells it apart, like a name.

    Whoever asks like that wants no other's figure; what `named_documents` finds is preferred.
    """
    asked = _asked(question)
    words = {name: _name_words(name) for name in names}
    if not any(held and all(map(asked.get, held)) for held in words.values()):
        return ()
    named = {name: held for name, held in words.items() if any(map(asked.get, held))}
    return tuple(_of_the_years(question, named))


def dated_documents(question: str, names: Sequence[str]) -> tuple[str, ...]:
    """The documents whose names bear the years that are asked for, if these are several."""
    years = years_asked(question)
    dated = tuple(name for name in names if years & set(YEAR.findall(name)))
    borne = {year for name in dated for year in YEAR.findall(name)} & years
    return dated if len(borne) > 1 else ()


def _of_the_years(question: str, named: Mapping[str, frozenset[str]]) -> list[str]:
    """Of the documents with one name, those of the years that are asked for, if there are any."""
    years = years_asked(question)
    chosen = []
    for name, found in named.items():
        namesakes = [other for other, words in named.items() if words == found]
        dated = [other for other in namesakes if years & set(YEAR.findall(other))]
        if not dated or name in dated:
            chosen.append(name)
    return chosen


@lru_cache(maxsize=100_000)
def _name_words(name: str) -> frozenset[str]:
    """The words of a file's name that no other report would have."""
    folded = map(fold, SEPARATORS.split(PurePath(name).stem))
    return frozenset(
        word
        for word in folded
        if len(word) >= SHORTEST and not word.isdigit() and word not in COMMON
    )


def _asked(question: str) -> dict[str, bool]:
    """Words, words in pairs, parts of identifiers and of runs; true if written like a name."""
    found: dict[str, bool] = {}
    for place, piece in enumerate(pieces(question)):
        named = is_run(piece) or (place > 0 and piece[0].isupper())
        parts = _slices(piece) if is_run(piece) else [piece, *SEPARATORS.split(piece)]
        for part in parts:
            found[_plain(part)] = named or found.get(_plain(part), False)
    for one, other in _pairs(question):
        found.setdefault(one + other, True)
    return found


def _pairs(question: str) -> Iterator[tuple[str, str]]:
    return pairwise(_plain(piece) for piece in pieces(question))


def _plain(word: str) -> str:
    return fold(POSSESSIVE.sub("", word))


def _slices(run: str) -> Iterator[str]:
    for start in range(len(run)):
        for end in range(start + 2, min(len(run), start + LONGEST_SLICE) + 1):
            yield run[start:end]
