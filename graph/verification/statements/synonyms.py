"""Phrases that mean one thing, in any language: `turnover`, `Umsatz`, `营业收入`."""

from __future__ import annotations

from functools import lru_cache

from graph.query.subject_terms import tokens_of


@lru_cache(maxsize=4096)
def meanings(text: str) -> tuple[str, ...]:
    """The names of what a text says in words that have synonyms, as often as it says them."""
    return tuple(token.key for token in tokens_of(text) if token.key.startswith("@"))
