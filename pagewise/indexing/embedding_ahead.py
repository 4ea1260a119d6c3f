"""Chunks are embedded while later pages are read, so that no core waits for the other half."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from langchain_core.documents import Document

Embed = Callable[[Sequence[Document]], None]
AT_ONCE = 16
"""Few: who stops waits for no more than these."""


def embedded_ahead(
    chunks: Iterable[Document], embed: Embed, at_once: int = AT_ONCE
) -> Iterator[Document]:
    """Pass the chunks on, and hand them to `embed`, some at a time, in a thread beside.

    What is not embedded when they end is left to whoever stores them; so is all after a failure,
    who then tells why. Only references wait in between.
    """
    pool = ThreadPoolExecutor(1, "embedding")
    waiting: list[Document] = []
    has_failed = Event()

    def embed_unless_failed(some: Sequence[Document]) -> None:
        if not has_failed.is_set():
            has_failed.set()
            embed(some)
            has_failed.clear()

    try:
        for chunk in chunks:
            waiting.append(chunk)
            if len(waiting) == at_once:
                pool.submit(embed_unless_failed, waiting)
                waiting = []
            yield chunk
    finally:
        pool.shutdown(cancel_futures=True)
