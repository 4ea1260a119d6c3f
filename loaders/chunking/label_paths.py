"""The labels that head a row or a column, one below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.text.units import is_unit_line

_MARK = re.compile(
    r"(?<=[^\W\d_]{3})[⁰¹²³⁴-⁹ᵃ-ᶻ*†‡]{1,3}$|(?<=\d{4})[⁰¹²³⁴-⁹ᵃ-ᶻ*†‡]{1,3}$|\s?\[\^\w{1,3}\]$"
)


def without_mark(label: str) -> str:
    """A label without the footnote mark behind it: `Free cash flow²`, but `m²`."""
    return _MARK.sub("", label).rstrip()


def label_path(texts: Sequence[str]) -> tuple[str, ...]:
    """Without blanks, and without a text that repeats the one before it."""
    path: list[str] = []
    for text in map(without_mark, texts):
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


def is_unit_title(text: str) -> bool:
    """In brackets, or "in millions": it is said of figures, and names none."""
    return text.lstrip().startswith(("(", "（", "[")) or is_unit_line(text)
