"""The parts of a question that asks two things: `Which company …, and for how much?`."""

from __future__ import annotations

import re

from loaders.text.tokenizer import content_words, is_generic

_JOINT = re.compile(
    r"\s*,?\s+(?:and|und|sowie)\s+(?=(?:(?:for|at|in|by|to|with|on|of|since|until|zu|für|in|mit|bei"
    r"|seit|bis|von)\s+)?(?:what|which|who|whom|whose|when|where|why|how|was|welche[rsnm]?|wer|wen"
    r"|wem|wann|wo|warum|wie|wofür|wodurch)\b)|[，,；;、](?=[^，,；;、]*(?:多少|什么|哪|谁|何时|如何|为什么|几))",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how|was|welche[rsnm]?|wer|wen|wem|wann|wo|warum"
    r"|wie)\b|多少|什么|哪|谁|何时|如何|为什么|几",
    re.IGNORECASE,
)


def parts_of(question: str) -> list[str]:
    """The questions within a question; the question alone if it asks one thing."""
    parts = [part.strip() for part in _JOINT.split(question) if part.strip()]
    asking = all(_ASKS.search(part) for part in parts)
    return parts if len(parts) > 1 and asking else [question]


def is_elliptical(part: str) -> bool:
    """Whether a part says nothing of its own, so that it goes on about the part before."""
    return not any(not is_generic(word.key) for word in content_words(part))
