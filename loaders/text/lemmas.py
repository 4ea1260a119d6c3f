"""Irregular forms of verbs, led back to one: `bought` to `buy`, `stieg` to `steigen`."""

from __future__ import annotations

from functools import cache

from loaders.text.languages import languages


@cache
def _bases() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in languages():
        for base, forms in language.lines("verbs"):
            for form in forms:
                found.setdefault(form, base)
    return found


def base_of(word: str) -> str:
    """The form that stands for a folded word; the word itself if it is regular."""
    return _bases().get(word, word)
