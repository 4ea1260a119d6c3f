"""Of several drafts the one that most agree on, among those that stand up to the check."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from graph.draft import Draft
from graph.evidence.sources import Evidence
from graph.verification.verify import MARKER, verify, without_links
from loaders.text.quantities import numbers_in
from loaders.text.tokenizer import fold


def majority(drafts: Sequence[Draft], evidence: Evidence) -> tuple[Draft, dict[str, int]]:
    """The first draft of the greatest number that agree; those that fail the check only if all do.

    Drafts agree when they give the same numbers, or, without numbers, say the same. How many have
    `passed`, and how many of these `agreed`, is told too.
    """
    passed = [draft for draft in drafts if verify(draft, evidence).verified]
    said = [(meaning(draft, evidence), draft) for draft in passed or drafts]
    counts = Counter(key for key, _ in said)
    best = max(said, key=lambda one: counts[one[0]])
    agreed = counts[best[0]] if passed else 0
    return best[1], {"passed": len(passed), "agreed": agreed}


def meaning(draft: Draft, evidence: Evidence) -> tuple[str, ...]:
    """What a draft says, without how: its numbers beyond the question's, by value."""
    if draft.abstained:
        return ("abstained",)
    text = MARKER.sub(" ", without_links(draft.text))
    asked = {mention.amount for mention in numbers_in(evidence.question)}
    amounts = {(mention.amount, mention.percent) for mention in numbers_in(text)}
    new = sorted((amount, percent) for amount, percent in amounts if amount not in asked)
    if new:
        return tuple(f"{amount.normalize()}{'%' if percent else ''}" for amount, percent in new)
    return tuple(re.findall(r"\w+", fold(text)))
