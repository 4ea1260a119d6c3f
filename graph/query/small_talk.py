"""Turns in which nothing is asked."""

from __future__ import annotations

from graph.knowledge import toml_data
from graph.query.grammar import KIND, grammar
from loaders.text.tokenizer import fold

_MARKS = " \t!.,?;:。，！？…¡¿"


def is_greeting(question: str) -> bool:
    """Whether nothing is asked, in any language."""
    bare = fold(question).strip(_MARKS)
    return any(bare in grammar(language).greetings for language in toml_data.languages(KIND))
