"""What only ties a turn to the one before: `and what about` at its start, `then` at its end."""

from __future__ import annotations

from graph.query.grammar import Grammar
from graph.query.slots import tokens_of

MARKS = " \t,;:?!.¿¡？。，！"


def without_lead(question: str, grammar: Grammar) -> tuple[str, bool]:
    """The question without what only ties it to the one before, and whether there was any."""
    bare, led = question.strip(MARKS), False
    while lead := _lead_of(bare, grammar):
        bare, led = bare[lead:].strip(MARKS), True
    shorter = _without_tail(bare, grammar)
    return shorter, led or shorter != bare


def _lead_of(text: str, grammar: Grammar) -> int:
    keys = [(token.key, token.end) for token in tokens_of(text, grammar)]
    for lead in grammar.leads:
        parts = lead.split()
        if len(parts) < len(keys) and [key for key, _ in keys[: len(parts)]] == parts:
            return keys[len(parts) - 1][1]
    return 0


def _without_tail(text: str, grammar: Grammar) -> str:
    keys = [(token.key, token.start) for token in tokens_of(text, grammar)]
    for tail in grammar.tails:
        parts = tail.split()
        if len(parts) < len(keys) and [key for key, _ in keys[-len(parts) :]] == parts:
            return text[: keys[-len(parts)][1]].strip(MARKS)
    return text
