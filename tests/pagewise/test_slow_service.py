"""A model that drips or is silent: the whole call has a limit, and who leaves ends it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest
from langchain_core.messages import HumanMessage

from loaders.errors import ModelError
from loaders.reading.rate_limiting.model_calls import Stopped, nobody_waits
from loaders.reading.rate_limiting.scheduler import CallFailed, Scheduler
from pagewise.async_bridge import MOST_THREADS, one_in_thread
from pagewise.models import gemini as door
from pagewise.models.gemini import gemini_chat, gemini_embeddings
from pagewise.settings import Settings
from tests.dripping_service import DrippingService, dripping
from tests.gemini_emulator import CHAT, EMBEDDINGS, KEY

PATIENCE_S = 60
"""Seconds that a loaded machine may take; far fewer than a service would take without limits."""
LIMIT_S = 0.5


@pytest.fixture
def service() -> Iterator[DrippingService]:
    with dripping() as service:
        yield service


def settings_for(service: DrippingService) -> Settings:
    return Settings(
        chat=f"google_genai:{CHAT}",
        embeddings=f"google_genai:{EMBEDDINGS}",
        google_api_key=KEY,
        google_base_url=service.url,
    )


def invoked(settings: Settings) -> object:
    return gemini_chat(settings).invoke([HumanMessage("?")])


def streamed(settings: Settings) -> object:
    return list(gemini_chat(settings).stream([HumanMessage("?")]))


def embedded(settings: Settings) -> object:
    return gemini_embeddings(settings).embed_query("?")


@pytest.mark.parametrize("ask", [invoked, streamed, embedded])
@pytest.mark.parametrize("is_silent", [False, True], ids=["drips", "is silent"])
def test_the_whole_call_has_a_limit(
    ask: Callable[[Settings], object], *, is_silent: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "CHAT_TIMEOUT_S", LIMIT_S)
    monkeypatch.setattr(door, "EMBED_TIMEOUT_S", LIMIT_S)
    with dripping(is_silent=is_silent) as service:
        with pytest.raises(ModelError, match=r"no whole answer after 0\.5 seconds"):
            ask(settings_for(service))
        assert service.wait_until_empty(PATIENCE_S)
        assert not service.asked.acquire(blocking=False) or not service.asked.acquire(
            blocking=False
        )


def test_a_page_has_one_too(service: DrippingService) -> None:
    chat = door.plain_chat(settings_for(service), CHAT, 240)
    with pytest.raises(CallFailed, match="too long"):
        Scheduler(CHAT).call(lambda: chat.invoke([HumanMessage("?")]), seconds=LIMIT_S)
    assert service.wait_until_empty(PATIENCE_S)


@pytest.mark.parametrize("ask", [invoked, streamed])
def test_who_leaves_ends_the_call(
    service: DrippingService, ask: Callable[[Settings], object]
) -> None:
    async def leave() -> None:
        task = asyncio.create_task(one_in_thread(lambda: ask(settings_for(service))))
        await asyncio.to_thread(service.asked.acquire)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(leave())
    assert service.wait_until_empty(PATIENCE_S)


def test_a_call_is_not_begun_for_somebody_who_has_left(service: DrippingService) -> None:
    has_left = threading.Event()
    has_left.set()
    token = nobody_waits.set(has_left)
    try:
        with pytest.raises(Stopped):
            invoked(settings_for(service))
    finally:
        nobody_waits.reset(token)
    assert service.wait_until_empty(PATIENCE_S)


def test_those_who_wait_for_a_model_hold_up_nobody(service: DrippingService) -> None:
    async def crowd() -> str:
        settings = settings_for(service)
        waiting = [
            asyncio.create_task(one_in_thread(lambda: invoked(settings)))
            for _ in range(MOST_THREADS // 8)
        ]
        for _ in waiting:
            await asyncio.to_thread(service.asked.acquire)
        async with asyncio.timeout(PATIENCE_S):
            heard = await one_in_thread(lambda: "hello")
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return heard

    assert asyncio.run(crowd()) == "hello"
    assert service.wait_until_empty(PATIENCE_S)
