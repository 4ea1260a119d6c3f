"""Words as the graph compares them: one token for every phrase that means the same.

`net profit` and `Jahresüberschuss` are one token, `profit` alone is another: so `net`, `gross` or
`free` before a measure is never lost, and a language more is a line of `synonyms.toml` more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.knowledge.toml_data import load
from loaders.text.rates import time_nouns
from loaders.text.tokenizer import Word, fold, is_cjk, is_identifier, is_stop, is_year, keys, words
from loaders.text.unit_symbols import shown_unit

_ENDING = re.compile(r"(?:ing|ion|e|ed|ment|al|en|er|es|n)$")
_TAIL = re.compile(r"[sendryt]|al|ed|en|er|es|em|ly|rn|ns|in|te")
"""What inflection adds to a whole word; other letters make another: Niger and Nigeria."""
LEAST_ROOT = 5
"""Letters that two words have to share before an ending is taken for grammar."""
_MIXED = re.compile(r"(?=.*\d)(?=.*[^\W\d_])")
_NUMBER = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a phrase of a text that carries content."""

    key: str
    """The folded word, or `@name` of a phrase of `synonyms.toml`."""
    text: str
    start: int
    end: int
    joined: bool = False
    """Whether it hangs on to the token before it by a hyphen, dot or slash."""

    @property
    def is_year(self) -> bool:
        return is_year(self.key)

    @property
    def is_name(self) -> bool:
        """Whether it names one thing: it mixes letters and digits, or has capitals inside."""
        return bool(_MIXED.match(self.key)) or is_name(self.text)


def is_acronym(text: str) -> bool:
    """Whether a word is written in capitals: the grade `LO`, the `IT` of IT costs."""
    return len(text) > 1 and text.isupper() and text.isalpha()


def is_name(text: str) -> bool:
    """Whether a word mixes letters and digits, or has capitals inside."""
    return bool(_MIXED.match(text)) or any(char.isupper() for char in text[1:])


@cache
def phrases() -> dict[tuple[str, ...], str]:
    """Every phrase as the words that it is made of, with the name of what it means."""
    return {
        tuple(keys(phrase)): name
        for name, group in load("synonyms")["phrases"].items()
        for phrase in group
    }


@cache
def measures() -> frozenset[str]:
    """The names of what is measured in numbers."""
    return frozenset(load("synonyms")["measures"]["names"])


@cache
def outflows() -> frozenset[str]:
    """The keys of what statements print in brackets because it is taken off."""
    data = load("synonyms")["outflows"]
    named = {f"@{name}" for name in data["names"]}
    return frozenset(named | {token.key for text in data["words"] for token in tokens_of(text)})


@cache
def company_forms() -> frozenset[str]:
    """How names of companies end: `GmbH`, `LLC`."""
    return frozenset(load("synonyms")["companies"]["forms"].split())


@cache
def _longest() -> int:
    return max(map(len, phrases()))


@lru_cache(maxsize=16384)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The content of a text in its order; what overlaps a phrase of Chinese signs is a seam."""
    found: list[Token] = []
    every = words(text)
    place = 0
    while place < len(every):
        length, name = _phrase_at(every, place)
        if name:
            taken = every[place : place + length]
            start, end = taken[0].start, taken[-1].end
            found = [one for one in found if one.end <= start]
            found.append(Token(f"@{name}", text[start:end], start, end, taken[0].joined))
            place += length
            while place < len(every) and every[place].start < end:
                place += 1
            continue
        word = every[place]
        is_name = is_acronym(word.text) and not text.isupper()
        if not is_stop(word.key) or word.joined or is_name or _is_in_name(every, place):
            key = time_nouns().get(word.key, word.key)  # the fee per month is the monthly fee
            found.append(Token(key, word.text, word.start, word.end, word.joined))
        place += 1
    return tuple(found)


def _is_in_name(every: Sequence[Word], place: int) -> bool:
    """A letter that a name begins or ends with (`C-Eval`), a capital after one (`MMLU Pro`)."""
    word = every[place]
    after = every[place + 1] if place + 1 < len(every) else None
    if after and after.joined and len(word.key) == 1:
        return True
    before = every[place - 1] if place else None
    if before is None or before.end + 1 != word.start:
        return False
    if len(word.text) == 1 and word.text.isupper():
        return not is_stop(before.key)  # `zone A`
    return word.text.istitle() and len(word.key) > 1 and is_name(before.text)


def _phrase_at(every: Sequence[Word], place: int) -> tuple[int, str]:
    """The longest phrase that begins at this word."""
    known = phrases()
    for length in range(min(_longest(), len(every) - place), 0, -1):
        name = known.get(tuple(word.key for word in every[place : place + length]), "")
        if name and not _is_part_of_name(every, place, length):
            return (0, "") if length == 1 and _is_unit(every, place) else (length, name)
    return 0, ""


def _is_unit(every: Sequence[Word], place: int) -> bool:
    """Whether a word is the unit of a number, or of a rate: the `min` of `5 min` and `L/min`."""
    word = every[place].text
    if not place or shown_unit(word) != word:  # a symbol: of `340 people` the unit is a word
        return False
    before, is_rate = every[place - 1], every[place].joined
    return bool(shown_unit(before.text)) if is_rate else _NUMBER.fullmatch(before.text) is not None


def _is_part_of_name(every: Sequence[Word], place: int, length: int) -> bool:
    """Whether a hyphenated name goes on: the `Max` of `QwQ-Max` is no maximum.

    `Non-current liabilities` are no `current liabilities`.
    """
    if length > 1 and every[place].joined:
        return True
    last = place + length
    goes_on = last < len(every) and every[last].joined and is_identifier(every[last])
    return (every[place].joined and place > 0 and is_identifier(every[place - 1])) or goes_on


def same(one: str, other: str) -> bool:
    """Whether two keys mean one thing: equal, or a word with another ending."""
    if one == other:
        return True
    if one[:LEAST_ROOT] != other[:LEAST_ROOT] or not (one.isalpha() and other.isalpha()):
        return False
    if is_cjk(one) or is_cjk(other):
        return False
    short, long = sorted((one, other), key=len)
    if len(short) >= LEAST_ROOT and long.startswith(short) and _TAIL.fullmatch(long, len(short)):
        return True
    root = _ENDING.sub("", one)
    return len(root) >= LEAST_ROOT and root == _ENDING.sub("", other)


def holds(keys_of_text: Iterable[str], key: str) -> bool:
    """Whether a text with these keys says the word."""
    if not isinstance(keys_of_text, frozenset):
        return any(same(one, key) for one in keys_of_text)
    if key in keys_of_text:
        return True
    return any(same(one, key) for one in _by_start(keys_of_text).get(key[:LEAST_ROOT], ()))


@lru_cache(maxsize=2048)
def _by_start(keys_of_text: frozenset[str]) -> dict[str, list[str]]:
    """By how they begin: keys that are the same, and not equal, begin alike."""
    found: dict[str, list[str]] = {}
    for key in keys_of_text:
        if len(key) >= LEAST_ROOT:
            found.setdefault(key[:LEAST_ROOT], []).append(key)
    return found


@lru_cache(maxsize=4096)
def keys_in(text: str) -> frozenset[str]:
    """The tokens of a text as they are compared."""
    return frozenset(token.key for token in tokens_of(text))


def joined_key(tokens: Iterable[Token]) -> str:
    """Tokens written together: `Live Code Bench` as `livecodebench`."""
    return "".join(_folded(token.text) for token in tokens)


@lru_cache(maxsize=16384)
def _folded(word: str) -> str:
    return fold(word)
