"""What a question joins by `and`: each of the two is asked for, however light its word is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from graph.knowledge.toml_data import languages, load
from graph.query.subject_terms import Token
from loaders.text.tokenizer import Word, is_stop, keys, words


@cache
def and_words() -> tuple[str, ...]:
    """The words for `and` in every language, as its answers write them."""
    return tuple(load(f"messages.{one}")["text"]["and"].strip() for one in languages("messages"))


@cache
def _ands() -> frozenset[str]:
    return frozenset(key for said in and_words() for key in keys(said))


def joined(question: str) -> list[tuple[Word, ...]]:
    """The words on both sides of each `and`; small words behind it are passed over: `A and the B`.

    A capital is a name even where its letter is a small word too.
    """
    every = words(question)
    found: list[tuple[Word, ...]] = []
    for place, word in enumerate(every[1:-1], start=1):
        before = every[place - 1]
        if word.key in _ands() and not question[before.end : word.start].strip():
            after = next((one for one in every[place + 1 :] if not _is_light(one)), word)
            pair = tuple(one for one in (before, after) if not _is_light(one))
            found += [pair] if pair else []
    return found


def joined_terms(tokens: Sequence[Token], question: str) -> tuple[frozenset[str], ...]:
    """The keys of the tokens on both sides of each `and`."""
    return tuple(
        frozenset(one.key for one in tokens if any(holds(one, word) for word in pair))
        for pair in joined(question)
    )


def holds(token: Token, word: Word) -> bool:
    """Whether a word stands in a token, which may be a phrase."""
    return token.start <= word.start and word.end <= token.end


def _is_light(word: Word) -> bool:
    return is_stop(word.key) and word.text.islower()
