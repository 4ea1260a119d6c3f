"""The names in a text: companies, places, persons, products, identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graph.verification.statements.measures import unit_of
from graph.verification.statements.vocabulary import Vocabulary, vocabularies
from loaders.text.currencies import currency_of
from loaders.text.number_words import counts_in, fold_in_place
from loaders.text.scale_words import scale_of
from loaders.text.tokenizer import CJK, is_cjk, is_stop, keys

_LETTER = rf"(?:(?![{CJK}])[\w&])"
_TOKEN = re.compile(rf"(?![\d_]){_LETTER}+(?:[-.’']{_LETTER}+)*|\d+[A-Z]{_LETTER}*")
_STARTS = re.compile(r"(?:^|[.!?:;|•\n]|\A[\s\-*•>\"“„«(]*)[\s\-*•>\"“„«(]*$")
_MIXED = re.compile(r"[^\W\d_]+\d|\d+[^\W\d_]|.[^\W_]*[A-Z]")
_AMOUNT = re.compile(r"[A-Z]{1,3}\d[\d,]*\.\d+")
"""`P400.00` is an amount in pesos, where the text has it so."""
_POSSESSIVE = re.compile(r"[’']s$")
_LONGEST_NOUN_GAP = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A word that names somebody or something, and where it stands."""

    text: str
    start: int
    is_sure: bool = True
    """Not so at the start of a sentence, where every word has a capital."""

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(keys(_POSSESSIVE.sub("", self.text)))


def names_in(text: str, vocabulary: Vocabulary) -> list[Name]:
    """The names of a sentence, word by word."""
    tokens = list(_TOKEN.finditer(text))
    counted = _counted(text, vocabulary)
    found = []
    for place, token in enumerate(tokens):
        word = token[0]
        if _is_no_name(word, vocabulary) or token.start() in counted:
            continue
        if vocabulary.before_a_name and "-" in word and _is_mixed(word):
            parts = [part for part in word.split("-") if _is_mixed(part)]  # EBIT of EBIT-Marge
            found += [Name(part, token.start() + word.index(part)) for part in parts or [word]]
        elif _is_mixed(word):
            found.append(Name(word, token.start()))
        elif vocabulary.before_a_name:
            is_first = _is_first_of_two(text, tokens, place, vocabulary)
            if is_first or _is_german_name(text, tokens, place, vocabulary):
                found.append(Name(word, token.start()))
            else:
                found.append(Name(word, token.start(), is_sure=False))
        else:
            is_first = _STARTS.search(text[: token.start()]) is not None
            is_begun = next(iter(keys(word)), "") in vocabulary.subjects
            is_begun = is_begun or fold_in_place(word) in vocabulary.function_words
            is_sure = not is_first or (not is_begun and _has_name_beside(text, tokens, place))
            found.append(Name(word, token.start(), is_sure))
    return found


def _is_no_name(word: str, vocabulary: Vocabulary) -> bool:
    is_title = bool(vocabulary.titles & frozenset(keys(word)))
    is_pronoun = vocabulary.pronouns.fullmatch(fold_in_place(word)) is not None
    is_denial = vocabulary.negation.fullmatch(fold_in_place(word)) is not None
    return (
        is_denial
        or is_pronoun
        or is_title
        or not _has_capital(word)
        or _is_common(word)
        or bool(_AMOUNT.fullmatch(word))
    )


def name_words(text: str) -> Iterator[tuple[str, int]]:
    """The names of a sentence as they are compared; neighbours are one."""
    end = -_LONGEST_NOUN_GAP
    for token in _TOKEN.finditer(text):
        word = token[0]
        if is_cjk(word) or not _has_capital(word) or _is_common(word):
            continue
        key = next(iter(keys(_POSSESSIVE.sub("", word))), "")
        if key and not is_stop(key) and token.start() - end >= _LONGEST_NOUN_GAP:
            yield key, token.start()
        end = token.end()


def _has_capital(word: str) -> bool:
    return any(char.isupper() for char in word)


def _is_mixed(word: str) -> bool:
    """Capitals or digits inside, or nothing but capitals: a name in any place."""
    bare = _POSSESSIVE.sub("", word)
    return len(bare) > 1 and (_MIXED.match(bare) is not None or bare.isupper())


def _is_common(word: str) -> bool:
    folded = fold_in_place(_POSSESSIVE.sub("", word))
    if folded in _common_words() or is_stop(next(iter(keys(word)), "a")):
        return True
    return bool(unit_of(word) or currency_of(word) or scale_of(word) != 1)


@cache
def _common_words() -> frozenset[str]:
    return frozenset(word for one in vocabularies().values() for word in one.common)


def _has_name_beside(text: str, tokens: list[re.Match[str]], place: int) -> bool:
    """Whether the first word of a sentence is the beginning of a name, or owns something."""
    token = tokens[place]
    if _POSSESSIVE.search(token[0]):
        return True
    if place + 1 == len(tokens):
        return False
    after = tokens[place + 1]
    is_near = text[token.end() : after.start()] == " "
    return is_near and after[0][0].isupper() and not _is_common(after[0]) and not after[0].isupper()


def _counted(text: str, vocabulary: Vocabulary) -> set[int]:
    """The places of what is a number in words."""
    spans = [(one.start, one.end) for one in vocabulary.fractions(text)]
    spans += [(one.start, one.end) for one in counts_in(text, (vocabulary.language,))]
    return {place for start, end in spans for place in range(start, end)}


def _is_first_of_two(
    text: str, tokens: list[re.Match[str]], place: int, vocabulary: Vocabulary
) -> bool:
    """The first of two words with capitals, without an article: `Paul` of Paul Keller."""
    if place + 1 == len(tokens):
        return False
    if place and fold_in_place(tokens[place - 1][0]) in vocabulary.articles:
        return False
    token, after = tokens[place], tokens[place + 1]
    is_near = text[token.end() : after.start()] == " "
    return is_near and after[0][0].isupper() and not after[0].isupper() and not _is_common(after[0])


def _is_german_name(
    text: str, tokens: list[re.Match[str]], place: int, vocabulary: Vocabulary
) -> bool:
    """Nouns have capitals too: a name follows a preposition at once, or another capital."""
    token = tokens[place]
    if not token[0][0].isupper():
        return True
    before = tokens[place - 1] if place else None
    is_near = before is not None and text[before.end() : token.start()] == " "
    if before is not None and is_near and before[0].lower() in vocabulary.before_a_name:
        return True
    return is_near and before is not None and before[0][0].isupper() and not _is_common(before[0])
