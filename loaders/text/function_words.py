"""Words that say nothing about what is looked for, in all languages."""

from __future__ import annotations

from loaders.text.languages import words_of
from loaders.text.tokenizer import fold

FUNCTION_WORDS = frozenset(
    fold(word) for line in ("function", "requests") for word in words_of("words", line)
)
"""As `fold` writes them: without capitals and accents."""
