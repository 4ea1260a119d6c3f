from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from loaders.reading.rate_limiting.scheduler import CallFailed, Scheduler
from pagewise.models.scheduled_chat import ScheduledChat, scheduled_class


class Refusal(Exception):
    """As a client library tells that the request was wrong."""

    code = 400


class Speaker(BaseChatModel):
    """A provider's class: says one thing in two pieces, or refuses."""

    refuses: bool = False

    @property
    def _llm_type(self) -> str:
        return "speaker"

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        if self.refuses:
            raise Refusal("the request is wrong")
        return ChatResult(generations=[ChatGeneration(message=AIMessage("It is 5."))])

    def _stream(
        self, messages: list[BaseMessage], *args: Any, **kwargs: Any
    ) -> Iterator[ChatGenerationChunk]:
        for piece in ("It is ", "5."):
            yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
            if self.refuses:
                raise Refusal("the request is wrong")


def chat(*, refuses: bool = False) -> Any:
    made = scheduled_class(Speaker)(refuses=refuses)
    made.use_scheduler(Scheduler("test:speaker"), seconds=30)
    return made


def test_a_provider_keeps_its_class_and_has_one_of_ours_before_it() -> None:
    made = chat()
    assert isinstance(made, ScheduledChat)
    assert isinstance(made, Speaker)
    assert scheduled_class(Speaker) is type(made)


def test_answers_and_streams_come_through_whole() -> None:
    assert chat().invoke("?").text == "It is 5."
    assert [piece.text for piece in chat().stream("?") if piece.text] == ["It is ", "5."]


def test_awaited_answers_and_streams_do_too() -> None:
    async def both() -> tuple[str, str]:
        told = await chat().ainvoke("?")
        pieces = [piece.text async for piece in chat().astream("?")]
        return told.text, "".join(pieces)

    assert asyncio.run(both()) == ("It is 5.", "It is 5.")


def test_a_failure_is_told_as_ours_and_names_the_model() -> None:
    with pytest.raises(CallFailed, match=r"speaker.*the request is wrong"):
        chat(refuses=True).invoke("?")


def test_a_stream_that_breaks_off_is_told_alike() -> None:
    async def awaited() -> None:
        async for _ in chat(refuses=True).astream("?"):
            continue

    with pytest.raises(CallFailed, match="the request is wrong"):
        list(chat(refuses=True).stream("?"))
    with pytest.raises(CallFailed, match="the request is wrong"):
        asyncio.run(awaited())


class Waiting(Speaker):
    """Has begun once `asked` is set, and ends when `may_end` is."""

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        asked, may_end = kwargs["events"]
        asked.set()
        may_end.wait(30)
        return super()._generate(messages)


def test_who_is_cancelled_gives_its_place_back_while_the_call_still_runs() -> None:
    made = scheduled_class(Waiting)()
    made.use_scheduler(scheduler := Scheduler("test:speaker"), seconds=30)
    asked, may_end = threading.Event(), threading.Event()

    async def cancelled() -> None:
        task = asyncio.ensure_future(made.ainvoke("?", events=(asked, may_end)))
        await asyncio.to_thread(asked.wait, 30)
        assert scheduler.pace.under_way == 1
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        async with asyncio.timeout(20):
            while scheduler.pace.under_way:
                await asyncio.sleep(0.01)

    try:
        asyncio.run(cancelled())
    finally:
        may_end.set()
