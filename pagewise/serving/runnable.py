"""The library as a Runnable: for LangServe, and for a place in anybody's chain.

from langserve import add_routes
add_routes(app, Answering(library), path="/pagewise")
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from functools import partial
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForChainRun as AsyncManager
from langchain_core.callbacks import CallbackManagerForChainRun as SyncManager
from langchain_core.runnables import (
    ConfigurableFieldSpec,
    RunnableConfig,
    RunnableGenerator,
    RunnableLambda,
)
from langchain_core.runnables.utils import AddableDict

from graph.answer import Answer
from graph.state import Json
from loaders.errors import PagewiseError, UsageError
from pagewise.async_bridge import in_thread, one_in_thread
from pagewise.library import Library
from pagewise.serving.schemas import Question

MOST_AT_ONCE = 32
LONGEST_THREAD = 200


class Answering(RunnableGenerator[Json, Json]):
    """Questions in, answers out, as `ask --json` prints them; `configurable.thread_id` is kept.

    A compiled graph alone would lose its thread behind LangServe, which only lets declared
    configuration through, and would stream its whole state.
    """

    def __init__(self, library: Library) -> None:
        # Both are given the run and the configuration too.
        super().__init__(self._stream, self._astream, name="pagewise")  # type: ignore[arg-type]
        self.library = library
        library.open()

    @property
    def InputType(self) -> type[Question]:  # type: ignore[override]
        return Question

    @property
    def OutputType(self) -> type[Answer]:  # type: ignore[override]
        return Answer

    @property
    def config_specs(self) -> list[ConfigurableFieldSpec]:
        return [
            ConfigurableFieldSpec(
                id="thread_id",
                annotation=str,
                name="Thread",
                description="Go on with this conversation, and keep it.",
                default="",
            )
        ]

    def invoke(self, input: Json, config: RunnableConfig | None = None, **kwargs: Any) -> Json:
        return self._call_with_config(self._answer, input, config)

    async def ainvoke(
        self, input: Json, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Json:
        """In a thread of the answers; whoever leaves ends the model's call too."""
        return await one_in_thread(partial(self.invoke, input, config))

    def astream_log(
        self, input: Json, config: RunnableConfig | None = None, **kwargs: Any
    ) -> AsyncIterator[Any]:
        """Log the steps, and the answer as one: LangServe's playground prints each piece apart."""
        shown = RunnableLambda(self._answer_first, name=self.name)
        return shown.astream_log(input, config, **kwargs)

    async def abatch(
        self,
        inputs: list[Json],
        config: RunnableConfig | list[RunnableConfig] | None = None,
        *,
        return_exceptions: bool = False,
        **kwargs: Any,
    ) -> list[Json]:
        if len(inputs) > MOST_AT_ONCE:
            raise UsageError(f"{len(inputs)} questions at once; at most {MOST_AT_ONCE} are taken")
        return await super().abatch(inputs, config, return_exceptions=return_exceptions)

    def _answer_first(self, input: Json, config: RunnableConfig) -> Json:
        """The answer before the question: the playground prints the keys in their order."""
        answer = self.invoke(input, config)
        return {"answer": answer.pop("answer"), **answer}

    def _answer(self, question: Json, run_manager: SyncManager, config: RunnableConfig) -> Json:
        return self.library.ask(**_asked(question, config)).model_dump(mode="json")

    def _stream(
        self, questions: Iterator[Json], run_manager: SyncManager, config: RunnableConfig
    ) -> Iterator[Json]:
        for question in questions:
            yield from self._pieces(question, config)

    def _pieces(self, question: Json, config: RunnableConfig) -> Iterator[Json]:
        try:
            for piece in self.library.stream(**_asked(question, config)):
                yield AddableDict(piece)
        except PagewiseError as error:
            yield AddableDict(error=str(error))  # LangServe hides what an exception says
            raise

    async def _astream(
        self, questions: AsyncIterator[Json], run_manager: AsyncManager, config: RunnableConfig
    ) -> AsyncIterator[Json]:
        """The same from a thread: SQLite's checkpointer, among others, knows no other way."""
        async for question in questions:
            async with aclosing(in_thread(self._pieces(question, config))) as pieces:
                async for piece in pieces:
                    yield piece


def _asked(question: Json | Question, config: RunnableConfig) -> dict[str, Any]:
    thread = str(config.get("configurable", {}).get("thread_id") or "")
    if len(thread) > LONGEST_THREAD:
        raise UsageError(f"a thread_id has at most {LONGEST_THREAD} characters")
    return {**Question.model_validate(question).model_dump(), "thread": thread}
