"""Text to tokens as the model was trained on them: the likeliest cut of each word into pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pagewise.models.e5.weights import Vocabulary

SPACE = "▁"
"""What stands for a space in the pieces; only a piece's first character can be one."""
KNOWN_WORDS = 2**15
"""Words whose pieces are remembered: a document says few different ones."""
UNKNOWN_PENALTY = 10.0
"""How much less likely a character that no piece has is than the rarest piece."""


class Tokenizer:
    """A unigram model: a cut is as likely as the product of its pieces."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._ids = dict(zip(vocabulary.pieces, range(len(vocabulary.pieces)), strict=True))
        self._ids.pop(vocabulary.pieces[vocabulary.unknown])
        self._scores = vocabulary.scores
        self._unknown = vocabulary.unknown
        self._unknown_score = min(vocabulary.scores) - UNKNOWN_PENALTY
        self._longest = max(map(len, vocabulary.pieces))
        self._replacements = vocabulary.replacements
        self._pieces_of = lru_cache(KNOWN_WORDS)(self._cut)

    def ids(self, text: str) -> list[int]:
        """The tokens of a text, without begin and end."""
        normal = re.sub(" +", " ", text.translate(self._replacements))
        marked = normal.replace(" ", SPACE)
        if not marked.startswith(SPACE):
            marked = SPACE + marked
        words = re.findall(f"{SPACE}[^{SPACE}]*", marked)
        return [piece for word in words for piece in self._pieces_of(word)]

    def _cut(self, word: str) -> tuple[int, ...]:
        """Viterbi: the best cut up to each character, from the best cuts before it."""
        best = [0.0] + [float("-inf")] * len(word)
        last = [(0, self._unknown)] * (len(word) + 1)
        for start in range(len(word)):
            for end, piece, score in self._pieces_from(word, start):
                if best[start] + score > best[end]:
                    best[end], last[end] = best[start] + score, (start, piece)
        return tuple(_backwards(last))[::-1]

    def _pieces_from(self, word: str, start: int) -> Iterator[tuple[int, int, float]]:
        for end in range(start + 1, min(start + self._longest, len(word)) + 1):
            piece = self._ids.get(word[start:end])
            if piece is not None:
                yield end, piece, self._scores[piece]
        yield start + 1, self._unknown, self._unknown_score


def _backwards(last: list[tuple[int, int]]) -> Iterator[int]:
    place = len(last) - 1
    while place:
        place, piece = last[place]
        yield piece
