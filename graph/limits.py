"""How much one turn may bring: the same on every surface, told in one line."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.errors import UsageError
from loaders.text.printable import one_line

LONGEST_QUESTION = 4_000
"""Characters."""
MOST_HISTORY = 64_000
"""Characters of all earlier turns together, where a client keeps them itself."""
MOST_TURNS = 8
"""Turns of a conversation that are kept, and that a follow-up is looked up in."""
LONGEST_PASSAGE = 900
"""Characters of a passage that is shown instead of an answer, on every surface."""
LONGEST_TURN = 4_000
"""Characters of a kept answer that a follow-up is looked up in."""


def checked_question(question: str) -> str:
    """The question with single spaces, without signs that nobody sees.

    Raises:
        UsageError: It is empty, or too long.
    """
    bare = one_line(question)
    if not bare:
        raise UsageError("the question is empty; write what you want to know")
    if len(question) > LONGEST_QUESTION:
        raise UsageError(
            f"the question has {len(question):,} characters; at most {LONGEST_QUESTION:,} are taken"
        )
    return bare


def checked_history(history: Sequence[Sequence[str]]) -> list[list[str]]:
    """The last turns; nobody waits for the words of the others.

    Raises:
        UsageError: More was sent than is taken.
    """
    sent = sum(len(part) for turn in history for part in turn)
    if sent > MOST_HISTORY:
        raise UsageError(
            f"the history has {sent:,} characters; at most {MOST_HISTORY:,} are taken: "
            "send the last turns only"
        )
    return [[part[:LONGEST_TURN] for part in turn] for turn in history[-MOST_TURNS:]]
