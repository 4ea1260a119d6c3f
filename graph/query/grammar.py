"""How a language asks, goes on and points back: the words of `knowledge/conversation.*.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from graph.knowledge import toml_data
from loaders.text.tokenizer import fold

KIND = "conversation"
DEFAULT = "en"
PRONOUNS = ("pointing", "owner", "thing", "person", "several", "place")

Phrases = frozenset[tuple[str, ...]]
"""Phrases as their words."""


@dataclass(frozen=True)
class Grammar:
    """One language's words by what they do in a question; all are folded."""

    language: str
    words: Mapping[str, Phrases]
    """By kind: asking, verbs, prepositions …; longer phrases go before shorter ones."""
    leads: tuple[str, ...]
    tails: tuple[str, ...]
    pronouns: Mapping[str, tuple[str, ...]]
    """By what they stand for: owner, thing, person, several, place, pointing."""
    empty: re.Pattern[str]
    """Where a pronoun stands for nothing that was said."""
    sentence: re.Pattern[str]
    """Where a pronoun stands for a whole sentence."""
    replies: Mapping[str, str]
    greetings: frozenset[str]
    in_total: str = ""
    owned: str = ""
    place_preposition: str = ""
    nouns_are_capitalised: bool = False
    longest: Mapping[str, int] = field(default_factory=dict)
    """The number of words of each kind's longest phrase."""

    def length_at(self, kind: str, keys: Sequence[str], start: int = 0) -> int:
        """How many words from `start` on are the longest phrase of this kind there; 0 if none."""
        for length in range(min(self.longest[kind], len(keys) - start), 0, -1):
            if tuple(keys[start : start + length]) in self.words[kind]:
                return length
        return 0

    def has(self, kind: str, key: str) -> bool:
        return (key,) in self.words[kind]

    def say(self, reply: str, **values: str) -> str:
        """A reply with its values; a value's own braces stay as they are."""
        return self.replies[reply].format(**values)


def grammar(language: str) -> Grammar:
    """The language's, or English for one that has no file."""
    known = toml_data.languages(KIND)
    return _grammar(language if language in known else DEFAULT)


def grammar_of(text: str, language: str) -> Grammar:
    """The grammar whose words the text has the most of; the `language`'s if another has no more."""
    keys = re.findall(r"\w+", fold(text))
    first = grammar(language)
    every = [first, *(_grammar(name) for name in toml_data.languages(KIND))]
    return max(every, key=lambda one: _share(one, keys))


def _share(one: Grammar, keys: Sequence[str]) -> int:
    kinds = ("asking", "verbs", "articles", "prepositions")
    return sum(any(one.has(kind, key) for kind in kinds) for key in keys)


@cache
def _grammar(language: str) -> Grammar:
    data = toml_data.load(f"{KIND}.{language}")
    told: dict[str, Any] = data["words"]
    fragments, pronouns = data["fragments"], data["pronouns"]
    words = {kind: _phrases(value) for kind, value in told.items() if isinstance(value, list)}
    for kind in ("year_before", "year_after", "superlatives"):
        words[kind] = _phrases(fragments[kind])
    words |= {kind: _phrases(pronouns[kind]) for kind in ("places", "who")}
    return Grammar(
        language,
        words,
        leads=_longest_first(fragments["leads"]),
        tails=_longest_first(fragments["tails"]),
        pronouns={
            kind: _longest_first(value) for kind, value in pronouns.items() if kind in PRONOUNS
        },
        empty=_any_of(pronouns["empty"]),
        sentence=_any_of(pronouns["sentence"]),
        replies=data["reply"],
        greetings=frozenset(data["talk"]["greetings"]),
        in_total=fragments["in_total"],
        owned=pronouns["owned"],
        place_preposition=pronouns["place_preposition"],
        nouns_are_capitalised=told["nouns_are_capitalised"],
        longest={kind: max(map(len, phrases), default=0) for kind, phrases in words.items()},
    )


def _phrases(values: Sequence[str]) -> Phrases:
    return frozenset(tuple(value.split()) for value in values)


def _longest_first(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(values, key=len, reverse=True))


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or r"(?!)")
