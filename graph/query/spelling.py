"""A word that no document has, one or two letters off one that they have, is that word misspelt."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache

from graph.knowledge.toml_data import languages, load
from graph.query.intent_patterns import patterns_for
from graph.query.subject_terms import phrases
from loaders.text.function_words import FUNCTION_WORDS
from loaders.text.tokenizer import fold, is_cjk, is_stop, keys, stem, words

ONE_LETTER, TWO_LETTERS = 5, 8
"""Letters of a word from which on it may be one, or two, letters off."""


def corrected(question: str, known: Set[str]) -> str:
    """The question with such words replaced, where only one word is as near."""
    pieces: list[str] = []
    end = 0
    for word in words(question):
        if word.start < end:
            continue
        nearest = _nearest(word.key, known) if _may_be_misspelt(word.text, word.key, known) else ""
        pieces += [question[end : word.start], nearest or word.text]
        end = word.end
    return "".join([*pieces, question[end:]])


def _may_be_misspelt(text: str, key: str, known: Set[str]) -> bool:
    is_name = not text[:1].islower()  # one letter off a name is another name
    if is_name or len(key) < ONE_LETTER or not key.isalpha() or is_cjk(key) or is_stop(key):
        return False
    is_ours = _is_ours(key) or any(form.fullmatch(fold(text)) for form in _forms())
    return key not in known and stem(fold(text)) not in known and not is_ours


@cache
def _ours() -> frozenset[str]:
    """The words of questions that we know: no document need have them."""
    lists = [words for code in languages("intent") for words in patterns_for(code).words.values()]
    phrase_words = [frozenset(phrase) for phrase in phrases()]
    names = [name for formula in load("formulas").values() for name in formula["names"]]
    return FUNCTION_WORDS.union(*lists, *phrase_words, *map(keys, names))


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    return tuple(form for code in languages("intent") for form in patterns_for(code).forms.values())


def _is_ours(key: str) -> bool:
    return key in _ours()


def _nearest(key: str, known: Set[str]) -> str:
    most = 2 if len(key) >= TWO_LETTERS else 1
    for distance in range(1, most + 1):
        found = [
            one for one in known if one[:1] == key[:1] and _distance(key, one, distance) == distance
        ]
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def _distance(one: str, other: str, most: int) -> int:
    """Edits between two words, a swap of neighbours as one; `most` + 1 if there are more."""
    if abs(len(one) - len(other)) > most or not other.isalpha():
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, start=1):
        new = [i]
        for j, letter in enumerate(other, start=1):
            cost = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (char != letter))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == letter:
                cost = min(cost, before[j - 2] + 1)
            new.append(cost)
        if min(new) > most:
            return most + 1
        before, row = row, new
    return row[-1]
