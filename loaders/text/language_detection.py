"""Which language a text is in: told by its commonest words and its letters."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from loaders.text.languages import language, languages
from loaders.text.tokenizer import fold, is_cjk

DEFAULT = "en"
_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")
_MARK = re.compile(r"(?<=\S)\s*\b[A-Z]\b(?!['’])|\b\w(?=-)|(?<=-)\w\b|\b(?:\w\.){2,}")
"""A letter that names something, as in `grade E`, `O-ring` and `a.s.l.`, is no word `e` or `a`."""
_PLACES = (("words", "function"), ("words", "telling"), ("unit_lines", "glue"))
_WEIGHT = 12
"""Of a word or letter, shared among the languages that have it."""
_TELLING = 2
"""What a letter counts for, in words."""


def language_of(text: str, default: str = DEFAULT) -> str:
    """The code of the language; `default` where nothing tells it, or two are as likely."""
    if is_cjk(text):
        return "zh"
    scores: Counter[str] = Counter()
    for word in _WORD.findall(_MARK.sub(" ", text)):
        is_name = word.isupper() and len(word) > 1 and not text.isupper()  # `SI` is no `si`
        codes = () if is_name else _common_words().get(fold(word), ())
        for code in codes:
            scores[code] += _WEIGHT // len(codes)
    for letter in _letters().keys() & set(_without_names(text, is_told=bool(scores)).lower()):
        for code in _letters()[letter]:
            scores[code] += _WEIGHT * _TELLING // len(_letters()[letter])
    best = scores.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        tied = [code for code, score in best if score == best[0][1]] if best else []
        return tied[0] if default and tied and default not in tied else default
    return best[0][0]


def _without_names(text: str, *, is_told: bool) -> str:
    """The words whose letters tell a language: of `is Müller paid?` not the name's.

    Where every word has a capital, as in `Umsatz Österreich`, and no other word tells a language,
    none is told to be a name.
    """
    words = _WORD.findall(text)
    plain = [word for word in words if not word[0].isupper()]
    return " ".join([*words[:1], *plain] if plain or is_told else words)


def writes_comma(text: str) -> bool:
    """Whether a text is surely of a language that writes 97,3."""
    code = language_of(text, default="")
    return bool(code) and language(code).text("numbers", "decimal") == ","


@cache
def _common_words() -> dict[str, tuple[str, ...]]:
    """For each common word, folded, the languages that have it."""
    found: dict[str, set[str]] = {}
    for one in languages():
        for word in (word for place in _PLACES for word in one.words(*place)):
            found.setdefault(fold(word), set()).add(one.code)
    return {word: tuple(sorted(codes)) for word, codes in found.items()}


@cache
def _letters() -> dict[str, tuple[str, ...]]:
    """For each letter that English has not, the languages that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for one in languages():
        for letter in one.words("words", "letters"):
            found[letter] = (*found.get(letter, ()), one.code)
    return found
