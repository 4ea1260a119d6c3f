"""A compound that no document has is what its parts are: `Gasabsatz` is the `Absatz` of `Gas`.

Languages whose nouns grow together say so by `words.links`, the letters between two of them. The
parts are less sure than the word: the first has to name a row or a column of its own.
"""

from __future__ import annotations

from collections.abc import Set

from graph.query.intent_patterns import patterns_for
from loaders.text.languages import language as language_data
from loaders.text.tokenizer import fold, keys, stem, words

LEAST_FIRST, LEAST_LAST = 3, 4
"""Letters of the parts."""


def apart(question: str, language: str, known: Set[str]) -> tuple[str, frozenset[str]]:
    """The question with such words cut in two, and the keys of their first parts."""
    links = ("", *language_data(language).words("words", "links"))
    if len(links) == 1:
        return question, frozenset()
    pieces: list[str] = []
    firsts: list[str] = []
    end = 0
    for word in words(question):
        is_whole = word.key in known or stem(fold(word.text)) in known or not word.text.isalpha()
        cut = 0 if is_whole or word.joined else _cut(fold(word.text), language, links, known)
        if cut and len(fold(word.text)) == len(word.text):
            first = word.text[:cut]
            firsts += keys(_bare(fold(first), links, known))
            pieces += [question[end : word.start], _bare(fold(first), links, known), " "]
            pieces.append(word.text[cut:].capitalize())
            end = word.end
    return "".join([*pieces, question[end:]]), frozenset(firsts)


def _cut(word: str, language: str, links: tuple[str, ...], known: Set[str]) -> int:
    """Where the last part begins, the longest that there is; 0 if the word has none."""
    forms = patterns_for(language).forms
    ours = patterns_for(language).words["difference"]
    for place in range(LEAST_FIRST, len(word) - LEAST_LAST + 1):
        last = word[place:]
        is_operation = last in ours or any(forms[one].fullmatch(last) for one in ("move", "gap"))
        if (is_operation or _is_known(last, known)) and _bare(word[:place], links, known):
            return place
    return 0


def _bare(first: str, links: tuple[str, ...], known: Set[str]) -> str:
    """A first part without the letters that link it, if it is a known word."""
    for link in links:
        bare = first.removesuffix(link) if link else first
        is_cut = not link or bare != first
        if is_cut and len(bare) >= LEAST_FIRST and _is_known(bare, known):
            return bare
    return ""


def _is_known(word: str, known: Set[str]) -> bool:
    return (keys(word)[:1] == [word] and word in known) or stem(word) in known
