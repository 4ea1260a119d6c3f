"""One rule: pages count from 1 in answers and citations of every form, from 0 in metadata."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from pagewise.library import Library
from pagewise.serving.runnable import Answering

PEOPLE = "How many people does the company employ?"
"""It stands on the first page of two."""


def together(pieces: Iterable[dict[str, Any]]) -> dict[str, Any]:
    total: dict[str, Any] = {}
    for piece in pieces:
        for key, value in piece.items():
            total[key] = total[key] + value if key in total else value
    return total


async def awaited(library: Library) -> dict[str, Any]:
    return together([piece async for piece in library.astream(PEOPLE)])


FORMS: dict[str, Callable[[Library], Any]] = {
    "ask": lambda library: library.ask(PEOPLE).model_dump(mode="json"),
    "aask": lambda library: asyncio.run(library.aask(PEOPLE)).model_dump(),
    "JSON": lambda library: json.loads(library.ask(PEOPLE).model_dump_json()),
    "stream": lambda library: together(library.stream(PEOPLE)),
    "astream": lambda library: asyncio.run(awaited(library)),
    "HTTP": lambda library: Answering(library).invoke({"question": PEOPLE}),
    "the graph's state": lambda library: library.graph.invoke({"question": PEOPLE})["answer"],
}


@pytest.mark.parametrize("form", FORMS)
def test_answers_and_citations_count_from_one(small_library: Library, form: str) -> None:
    answer = FORMS[form](small_library)
    assert {one["page"] for one in answer["citations"]} == {1}
    assert {one["page"] for one in answer["retrieved"]} == {1, 2}


def test_metadata_count_from_zero_as_langchains_loaders_do(small_library: Library) -> None:
    [found, *_] = small_library.search(PEOPLE)
    assert found.metadata["page"] == 0
