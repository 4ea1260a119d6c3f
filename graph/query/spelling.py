"""A word that no document has, and a slip or two away from one that they have, is that misspelt."""

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
"""Letters of a word from which on it may be one, or two, slips away."""


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
    begun = (one for one in known if one[:1] == key[:1] and abs(len(one) - len(key)) <= most)
    near = [one for one in begun if one.isalpha()]
    for slips in range(1, most + 1):
        found = [one for one in near if _slips(key, one, slips) == slips]
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def _slips(typed: str, word: str, most: int) -> int:
    """How many slips of the hand lead from a word to what was typed; `most` + 1 if there are more.

    A letter left out, one too many, or two swapped, apart from each other. A letter for another,
    or another ending, makes another word: nitrate and nitrite, propane and propanol.
    """
    pairs = enumerate(zip(typed, word, strict=False))
    start = next((at for at, (one, other) in pairs if one != other), min(len(typed), len(word)))
    mine, other = typed[start:], word[start:]
    if not (mine or other):
        return 0
    if most == 0 or start == 0:
        return most + 1
    if len(mine) + len(other) == 1:
        return 1  # at the end, where words are inflected
    rests = [
        one for one in ((mine, other[1:]), (mine[1:], other)) if one[0][:1] == one[1][:1] != ""
    ]
    if mine[:2] == other[1::-1] and mine[2:3] == other[2:3]:
        rests.append((mine[2:], other[2:]))
    return min((1 + _slips(*one, most - 1) for one in rests), default=most + 1)
