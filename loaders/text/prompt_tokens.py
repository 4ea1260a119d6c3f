"""How many tokens a text takes at most, whatever the model's tokenizer makes of it."""

from __future__ import annotations

import re

_PIECES = re.compile(r"[A-Za-z]+|[^\W\dA-Za-z_]|\d|[^\w\s]|_|\n")
_LETTERS = 4
"""Of an ordinary word, to a token; a rare one may take one for every third."""


def most_tokens(text: str) -> int:
    """An upper bound: digits, signs and letters beyond ASCII are a token each.

    What must fit into a window is measured by it; what is paid for is told by the service.
    """
    return sum(-(-len(piece) // _LETTERS) for piece in _PIECES.findall(text))
