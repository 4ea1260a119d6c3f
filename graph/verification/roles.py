"""What a person is said to be: chief executive, Vorstandsvorsitzende, 首席执行官."""

from __future__ import annotations

import re
from functools import cache

from graph.verification.vocabulary import roles_data
from loaders.text.number_words import fold_in_place
from loaders.text.tokenizer import is_cjk


def roles_in(text: str) -> frozenset[str]:
    """The roles that a text names, in any language."""
    folded = fold_in_place(text)
    return frozenset(role for role, pattern in _patterns().items() if pattern.search(folded))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {role: _pattern(phrases.split("|")) for role, phrases in roles_data().items()}


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    parts = [
        re.escape(phrase) if is_cjk(phrase) else rf"(?<!\w){re.escape(fold_in_place(phrase))}(?!\w)"
        for phrase in phrases
    ]
    return re.compile("|".join(parts))
