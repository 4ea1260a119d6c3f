"""A word and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points, from the top left corner of the page as it is shown."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text layer and its place."""

    text: str
    box: Box
