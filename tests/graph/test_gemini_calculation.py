"""Calculations that Gemini names and code computes: the real client, on loopback."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from graph.build import RagGraph, build_graph
from graph.generation.chat_writer import ModelWriter
from pagewise.gemini import gemini_chat
from pagewise.settings import Settings
from tests.gemini_emulator import CHAT, KEY, GeminiEmulator, Reply
from tests.passages import LIBRARY, WordRetriever, fetch

QUESTION = "By how much did net sales grow from 2021 to 2022?"


@pytest.fixture(params=["plain", "streamed"])
def ask(request: pytest.FixtureRequest, gemini: GeminiEmulator, tmp_path: Path) -> Any:
    """The graph as it is asked at once, or streamed, which takes another endpoint."""
    settings = Settings(
        home=tmp_path,
        google_api_key=KEY,
        google_base_url=gemini.url,
        chat=f"google_genai:{CHAT}",
    )
    writer = ModelWriter(gemini_chat(settings))
    graph: RagGraph = build_graph(WordRetriever(chunks=LIBRARY), fetch, writer)

    def asked(question: str = QUESTION) -> dict[str, Any]:
        if request.param == "plain":
            given: dict[str, Any] = graph.invoke({"question": question})["answer"]
            return given
        pieces = graph.stream({"question": question}, stream_mode=["messages", "values"])
        last: Any = [piece for mode, piece in pieces if mode == "values"][-1]
        streamed: dict[str, Any] = last["answer"]
        assert all("stream" in one.path for one in gemini.generations)
        return streamed

    return asked


def named(*values: str, operation: str = "difference", source: int = 1) -> str:
    """What the model replies when it is asked which calculation the question needs."""
    operands = [
        {"source": source, "row": "Net sales", "column": "", "value": value} for value in values
    ]
    return json.dumps({"operation": operation, "operands": operands})


def source_of_sales(gemini: GeminiEmulator) -> str:
    """The number under which the statement with the net sales was given."""
    prompt = gemini.generations[0].prompt
    head = prompt[: prompt.index("Net sales › ")]
    return head[head.rindex('<source number="') :].split('"')[1]


class Calculator:
    """Names this calculation, with the statement's number in it, then says this."""

    def __init__(self, gemini: GeminiEmulator, calculation: Reply, answer: str) -> None:
        self.gemini, self.calculation, self.answer = gemini, calculation, answer
        self.asked = 0
        gemini.otherwise = self

    def __call__(self, request: Any) -> Reply:
        marker = source_of_sales(self.gemini)
        if "responseSchema" in str(request.body) or "responseJsonSchema" in str(request.body):
            self.asked += 1
            text = self.calculation.text.replace('"source": 1', f'"source": {marker}')
            return Reply(text, finish=self.calculation.finish)
        return Reply(f"{self.answer} [{marker}]")


def test_the_model_names_the_cells_and_code_computes(gemini: GeminiEmulator, ask: Any) -> None:
    calculator = Calculator(gemini, Reply(named("5,000", "4,000")), "Net sales grew by 1,000.")
    answer = ask()
    calculation, synthesis = gemini.generations
    assert calculator.asked == 1
    config = calculation.body["generationConfig"]
    assert config["responseMimeType"] == "application/json"
    assert re.search(r"Net sales › .*2022 = \$ ?5,000", calculation.prompt)
    assert "= 1000 [" in synthesis.prompt.replace(",", "")
    assert answer["verified"], answer["unverified_numbers"]
    assert [computed["result"].replace(",", "") for computed in answer["computed"]] == ["1000"]


@pytest.mark.parametrize(
    ("reply", "times"),
    [
        pytest.param(Reply(named("5,000", "4,000")[:-20], finish="MAX_TOKENS"), 2, id="truncated"),
        pytest.param(Reply(named("5,000", "4,000"), finish="SAFETY"), 2, id="withheld"),
        pytest.param(Reply("the difference is 1,000"), 2, id="no JSON"),
        pytest.param(
            Reply('{"operation": "run_shell", "operands": []}'), 2, id="no such operation"
        ),
        pytest.param(Reply(named("5,000", "4,321")), 1, id="a value that no cell has"),
        pytest.param(Reply(named("5,000", "4,000", source=77)), 1, id="a source not given"),
        pytest.param(Reply(named(operation="none")), 1, id="nothing to compute"),
    ],
)
def test_a_calculation_that_cannot_be_used_computes_nothing(
    gemini: GeminiEmulator, ask: Any, reply: Reply, times: int
) -> None:
    calculator = Calculator(gemini, reply, "Net sales grew by 1,000.")
    answer = ask()
    assert calculator.asked == times
    assert "Computed by code:\nnothing" in gemini.generations[-1].prompt
    assert answer["computed"] == []
    assert not answer["verified"]  # it calculated by itself, although it was told not to
    assert "1,000" in answer["unverified_numbers"]
