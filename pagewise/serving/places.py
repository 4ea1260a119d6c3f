"""So many requests at once; those that come too many are told so, and wait for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class NoPlace(Exception):
    """All places are taken."""


class Places:
    """What is counted while it is answered."""

    def __init__(self, most: int) -> None:
        self.free = most

    @contextmanager
    def one(self) -> Iterator[None]:
        """Hold a place.

        Raises:
            NoPlace: There is none.
        """
        if self.free < 1:
            raise NoPlace
        self.free -= 1
        try:
            yield
        finally:
            self.free += 1
