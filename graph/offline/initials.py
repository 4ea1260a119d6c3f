"""Initials: `SBP` says systolic blood pressure, and who asks for an SBP is told by the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.query.subject_terms import Token

LENGTHS = range(3, 6)
"""Letters: two stand for too many things."""
_SHORT = re.compile(r"\b([A-Z]{3,5})(?=s?\b)")

Form = tuple[re.Pattern[str], frozenset[str]]
"""How some terms of a question are said otherwise, and their keys."""


@dataclass(frozen=True)
class Initials:
    """What texts say of a question by initials, or spelt out where it has the initials."""

    question: str
    terms: Sequence[Token]
    texts: Sequence[str]
    """All that is there to be asked: forms that stand nowhere in it are not looked for again."""

    def said(self, text: str) -> frozenset[str]:
        """The keys of the terms that a text says in the other form."""
        return frozenset().union(*(keys for form, keys in self._forms if form.search(text)))

    @cached_property
    def _forms(self) -> list[Form]:
        spelt = [one for one in self._spelt_out() if any(map(one[0].search, self.texts))]
        return [*self._shortened(), *spelt]

    def _shortened(self) -> Iterator[Form]:
        """The runs of words of which the initials are known, as these."""
        known = {short for text in self.texts for short in _SHORT.findall(text)}
        words = list(re.finditer(r"[^\W\d_]+", self.question))
        runs = [words[at : at + n] for n in LENGTHS for at in range(len(words) - n + 1)]
        for run in runs:
            short = "".join(word[0][0] for word in run).upper()
            keys = {t.key for t in self.terms if run[0].start() <= t.start < run[-1].end()}
            if keys and short in known:
                yield re.compile(rf"\b{short}s?\b"), frozenset(keys)

    def _spelt_out(self) -> Iterator[Form]:
        for term in self.terms:
            if short := _SHORT.match(term.text):
                words = r"[^\W\d_]*[ -]".join(short[1])
                yield re.compile(rf"\b{words}", re.IGNORECASE), frozenset({term.key})
