"""The memory of a hundred threads comes from few places: what one gives back, the next can have.

Glibc lets threads draw from up to eight arenas a core, and each keeps what its busiest moment took:
a server that has answered a crowd holds a tenth more for ever, and more with more cores. One
interpreter seldom has two threads that allocate at once, and answers no slower with two arenas.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress

_M_ARENA_MAX = -8
"""Of glibc's malloc.h."""
ARENAS = 2


def share_arenas() -> None:
    """To be called before the threads begin; without effect where the C library is another."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, ARENAS)
