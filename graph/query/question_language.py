"""In which language a question is that does not tell it itself: that of the texts it is about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from loaders.text.language_detection import language_of
from loaders.text.tokenizer import fold

_WORD = re.compile(r"[^\W\d_]{3,}")


def question_language(question: str, default: str, texts: Iterable[str]) -> str:
    """The language of the texts that say at least half of a question's words, or the default.

    `Eigenkapitalquote 2024` has no word that tells a language, and `Forfait annuel des sites` has
    one that German has too: who asks in the words of a document asks in its language.
    """
    words = {fold(word) for word in _WORD.findall(question)}
    if not words or language_of(question, default=""):
        return default
    said: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        said[language_of(text, default="")] |= words & {fold(one) for one in _WORD.findall(text)}
    said.pop("", None)
    most = max(said, key=lambda code: len(said[code]), default="")
    if not most or 2 * len(said[most]) < len(words):
        return default
    return language_of(question, default=most)
