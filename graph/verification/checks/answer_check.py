"""Whether an answer says anything, and its markers are no numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.answer import Check
from graph.verification.statements.statement import MARKS
from loaders.text.number_words import fold_in_place
from loaders.text.tokenizer import is_stop, keys

_MARKED_WORD = re.compile(r"(?P<before>[^\W\d_]+)\s*(?P<mark>\[\d{1,3}\])\s+(?P<after>[^\W\d_]+)")


def answer_faults(text: str) -> Iterator[Check]:
    """An answer without a word, and a marker that stands where a number is expected."""
    if not re.search(r"\w", MARKS.sub(" ", text)):
        yield Check(what="answer", text="", why="the answer says nothing")
    for match in _MARKED_WORD.finditer(text):
        if match["before"].islower() and _is_content(match["after"]):
            why = f"stands where a number would, before {match['after']}"
            yield Check(what="citation", text=match["mark"], why=why)


def _is_content(word: str) -> bool:
    """A plain word that carries something: no name, no `and`."""
    key = next(iter(keys(fold_in_place(word))), "")
    return word[0].islower() and bool(key) and not is_stop(key)
