"""A clock for threads: to wait is to move it."""

from __future__ import annotations

import threading
import time


class SimulatedClock:
    """Give `clock` and `clock.pause` to what waits."""

    def __init__(self, now: float = 1_000_000.0) -> None:
        self.now = now
        self._turn = threading.Lock()

    def __call__(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        with self._turn:
            self.now += min(seconds, 1.0)
        time.sleep(0.0005)  # lets answers that are under way come in
