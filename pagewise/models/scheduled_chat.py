"""Any chat model of LangChain, with every request sent through its scheduler."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from functools import cache, partial
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from loaders.reading.rate_limiting.scheduler import Scheduler
from pagewise.async_bridge import in_thread, one_in_thread

CHAT_TIMEOUT_S = 120.0
"""First byte to last, however the service drips."""


class ScheduledChat(BaseChatModel):
    """Stands before a provider's class: a request waits for its turn, and is repeated if it may."""

    _scheduler: Scheduler = PrivateAttr(default_factory=lambda: Scheduler("model"))

    _seconds: float = PrivateAttr(default=CHAT_TIMEOUT_S)

    def use_scheduler(self, scheduler: Scheduler, seconds: float = CHAT_TIMEOUT_S) -> None:
        """Send requests through this scheduler from now on; each may take so long."""
        self._scheduler, self._seconds = scheduler, seconds

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        ask = super()._generate  # type: ignore[safe-super] # the provider's
        return self._scheduler.call(
            lambda: ask(messages, stop, run_manager, **kwargs), seconds=self._seconds
        )

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        """In a thread, as every call: whoever is cancelled ends it with its connection."""
        held = run_manager.get_sync() if run_manager else None
        return await one_in_thread(partial(self._generate, messages, stop, held, **kwargs))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        start = super()._stream
        yield from self._scheduler.stream(
            lambda: start(messages, stop, run_manager, **kwargs), seconds=self._seconds
        )

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        held = run_manager.get_sync() if run_manager else None
        made = in_thread(self._stream(messages, stop, held, **kwargs))
        async with aclosing(made) as pieces:
            async for piece in pieces:
                yield piece


@cache
def scheduled_class(provider: type[BaseChatModel]) -> type[Any]:
    """The provider's class with a scheduler before it."""
    return type(f"Scheduled{provider.__name__}", (ScheduledChat, provider), {})
