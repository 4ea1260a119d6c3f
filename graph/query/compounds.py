"""A compound that no document has is what its parts are: `Gasabsatz` is the `Absatz` of `Gas`.

Languages whose nouns grow together say so by `words.links`, the letters between two of them. The
parts are less sure than the word: the first has to name a row or a column of its own.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from graph.query.intent_patterns import patterns_for
from loaders.text.languages import language as language_data
from loaders.text.tokenizer import fold, keys, stem, words

LEAST_FIRST, LEAST_LAST = 3, 4
"""Letters of the parts."""


def apart(question: str, language: str, known: Set[str]) -> tuple[str, frozenset[str]]:
    """The question with such words cut in two, and the keys of their first parts."""
    links = language_data(language).words("words", "links")
    if not links:
        return question, frozenset()
    pieces: list[str] = []
    firsts: list[str] = []
    end = 0
    for word in words(question):
        folded = fold(word.text)
        is_cut = word.text.isalpha() and not word.joined and len(folded) == len(word.text)
        first, place = _cut(folded, language, links, known) if is_cut else ("", 0)
        if first:
            firsts += keys(first)
            pieces += [question[end : word.start], first, " ", word.text[place:].capitalize()]
            end = word.end
    return "".join([*pieces, question[end:]]), frozenset(firsts)


def _cut(word: str, language: str, links: Sequence[str], known: Set[str]) -> tuple[str, int]:
    """The first part, and where the last begins, the longest that there is; nothing if none is."""
    patterns = patterns_for(language)
    ours, forms = patterns.words["difference"], (patterns.forms["move"], patterns.forms["gap"])
    if stem(word) in known:
        return "", 0
    for place in range(LEAST_FIRST, len(word) - LEAST_LAST + 1):
        last = word[place:]
        is_last = last in ours or stem(last) in known or any(one.fullmatch(last) for one in forms)
        if is_last and (first := _without_link(word[:place], links, known)):
            return first, place
    return "", 0


def _without_link(part: str, links: Sequence[str], known: Set[str]) -> str:
    """A first part without the letters that link it, if it is a known word."""
    bare = [part, *(part.removesuffix(link) for link in links)]
    return next((one for one in bare if len(one) >= LEAST_FIRST and stem(one) in known), "")
