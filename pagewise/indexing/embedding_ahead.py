"""Chunks are embedded while later pages are read, so that no core waits for the other half."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from langchain_core.documents import Document

AT_ONCE = 16
"""Few: who stops waits for no more than these."""


def embedded_ahead(
    chunks: Iterable[Document], embed: Callable[[Sequence[Document]], None]
) -> Iterator[Document]:
    """Pass the chunks on, and hand them to `embed`, some at a time, in a thread beside.

    What is not embedded when they end is left to whoever stores them; so is what failed, who then
    tells why. Only references wait in between.
    """
    pool = ThreadPoolExecutor(1, "embedding")
    waiting: list[Document] = []
    try:
        for chunk in chunks:
            waiting.append(chunk)
            if len(waiting) == AT_ONCE:
                pool.submit(embed, waiting)
                waiting = []
            yield chunk
    finally:
        pool.shutdown(cancel_futures=True)
