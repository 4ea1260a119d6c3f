"""Any chat model of LangChain, with every request sent through its scheduler."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import cache
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from loaders.reading.rate_limiting.scheduler import Scheduler

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
        ask = super()._agenerate
        return await self._scheduler.acall(lambda: ask(messages, stop, run_manager, **kwargs))

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
        start = super()._astream

        async def begin() -> tuple[ChatGenerationChunk | None, AsyncIterator[ChatGenerationChunk]]:
            pieces = start(messages, stop, run_manager, **kwargs)
            return await anext(pieces, None), pieces

        first, rest = await self._scheduler.acall(begin)
        if first is None:
            return
        yield first
        try:
            async for piece in rest:
                yield piece
        except Exception as error:
            raise self._scheduler.translated(error) from error


@cache
def scheduled_class(provider: type[BaseChatModel]) -> type[Any]:
    """The provider's class with a scheduler before it."""
    return type(f"Scheduled{provider.__name__}", (ScheduledChat, provider), {})
