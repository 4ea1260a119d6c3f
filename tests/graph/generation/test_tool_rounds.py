"""Calculations that Gemini asks for and code computes: the real client, on loopback."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from graph.build import RagGraph, build_graph
from graph.generation.chat_writer import ModelWriter
from graph.generation.tool_rounds import MOST_ROUNDS
from loaders.errors import ModelError
from pagewise.models.gemini import gemini_chat
from pagewise.settings import Settings
from tests.gemini_emulator import CHAT, KEY, GeminiEmulator, Reply, Request, calling
from tests.passages import LIBRARY, WordRetriever, fetch

QUESTION = "By how much did net sales grow from 2021 to 2022?"
ANSWER = "Net sales grew by $1,000 million. "

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(params=["plain", "streamed"])
def ask(request: pytest.FixtureRequest, gemini: GeminiEmulator, tmp_path: Path) -> Ask:
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


def sales(year: int, value: str, *, name: str = "a", source: int = 0) -> dict[str, Any]:
    found = {"name": name, "row": "Net sales", "column": str(year), "value": value}
    return {**found, "source": source}


def growth(before: str = "$ 4,000", after: str = "$ 5,000", **more: Any) -> dict[str, Any]:
    operands = [sales(2021, before), sales(2022, after, name="b")]
    return {"formula": "b - a", "operands": operands, **more}


def number_of(request: Request, line: str = "| Net sales |") -> int:
    """The number under which the source with that line was given."""
    head = request.prompt[: request.prompt.index(line)]
    return int(head[head.rindex('<source number="') :].split('"')[1])


class Calculator:
    """Plays these replies, the statement's number put into their calls; then says the answer."""

    def __init__(self, gemini: GeminiEmulator, *replies: Reply, answer: str = ANSWER) -> None:
        self.left, self.answer = list(replies), answer
        gemini.otherwise = self

    def __call__(self, request: Request) -> Reply:
        if not self.left:
            return Reply(f"{self.answer}[{number_of(request)}]")
        reply = self.left.pop(0)
        for call in reply.calls:
            for operand in call.get("operands", ()):
                operand["source"] = operand["source"] or number_of(request)
        return reply


def test_a_question_that_needs_no_calculation_costs_one_call(
    gemini: GeminiEmulator, ask: Ask
) -> None:
    Calculator(gemini, answer="Net sales were $5,000 million in 2022. ")
    answer = ask("What were net sales in 2022?")
    [request] = gemini.generations
    assert [tool["name"] for tool in request.tools] == ["calculate"]
    assert answer["verified"], answer["checks"]
    assert answer["computed"] == []


def test_the_model_names_the_cells_and_code_computes(gemini: GeminiEmulator, ask: Ask) -> None:
    Calculator(gemini, calling(growth()))
    answer = ask()
    _, second = gemini.generations
    assert second.results[0].startswith("5000 - 4000 = 1000 million USD [")
    assert answer["verified"], answer["checks"]
    [computed] = answer["computed"]
    assert (computed["expression"], computed["result"]) == ("5000 - 4000", "1000 million USD")
    assert [cell["value"] for cell in computed["cells"]] == ["$ 4,000", "$ 5,000"]
    assert answer["kind"] == "computed"


def test_several_calculations_at_once_and_one_after_the_other(
    gemini: GeminiEmulator, ask: Ask
) -> None:
    percent = {**growth(), "formula": "(b - a) / a * 100", "unit": "%", "decimals": 1}
    ratio = {**growth(), "formula": "b / a"}
    Calculator(
        gemini,
        calling(growth(), percent),
        calling(ratio, text="One more. "),
        answer="It grew by $1,000 million, 25.0%, or 1.25 times. ",
    )
    answer = ask()
    assert [one["result"] for one in answer["computed"]] == ["1000 million USD", "25.0%", "1.25"]
    assert len(gemini.generations[-1].results) == 3
    assert answer["verified"], answer["checks"]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        pytest.param(
            growth(after="4,321"), "there stands Net sales › Year ended", id="a value no cell has"
        ),
        pytest.param(growth(after="$ 500"), "has no value $ 500", id="a piece of a number"),
        pytest.param(
            {**growth(), "operands": [sales(2021, "$ 5,000", source=77)]},
            "no source 77",
            id="a source not given",
        ),
        pytest.param({"operands": []}, "formula: Field required", id="no formula"),
        pytest.param(growth(unit="EUR"), "in USD, not in EUR", id="another currency"),
        pytest.param(
            {**growth(), "formula": "b - a + 17.5"}, "17.5 stands neither", id="a number invented"
        ),
        pytest.param(
            {**growth(), "formula": "__import__('os').system('x')"},
            "not computed",
            id="no arithmetic",
        ),
        pytest.param({"name": "run_shell", "args": {"x": 1}}, "no tool run_shell", id="other tool"),
    ],
)
def test_a_call_that_cannot_be_run_is_told_why_and_made_good(
    gemini: GeminiEmulator, ask: Ask, call: dict[str, Any], told: str
) -> None:
    Calculator(gemini, calling(call), calling(growth()))
    answer = ask()
    _, second, third = gemini.generations
    assert told in second.results[0]
    assert "1000 million USD" in third.results[1]
    assert answer["verified"], answer["checks"]
    assert len(answer["computed"]) == 1


def test_what_the_model_calculates_by_itself_is_not_verified(
    gemini: GeminiEmulator, ask: Ask
) -> None:
    Calculator(gemini)
    answer = ask()
    assert not answer["verified"]
    assert "1,000" in answer["unverified_numbers"]


def test_a_call_that_is_repeated_ends_the_rounds(gemini: GeminiEmulator, ask: Ask) -> None:
    Calculator(gemini, calling(growth()), calling(growth()))
    answer = ask()
    *_, last = gemini.generations
    assert len(gemini.generations) == 3
    assert last.tools == []
    assert "5000 - 4000 = 1000 million USD" in last.body["contents"][-1]["parts"][-1]["text"]
    assert answer["verified"], answer["checks"]


def test_a_call_for_nothing_ends_the_rounds(gemini: GeminiEmulator, ask: Ask) -> None:
    Calculator(
        gemini,
        calling({"formula": "", "operands": []}),
        answer="Net sales were $5,000 million in 2022. ",
    )
    answer = ask("What were net sales in 2022?")
    assert [bool(request.tools) for request in gemini.generations] == [True, False]
    assert answer["verified"], answer["checks"]


def test_rounds_without_end_are_ended_and_named(gemini: GeminiEmulator, ask: Ask) -> None:
    def ever_more(request: Request) -> Reply:
        return calling(growth(note=f"round {len(gemini.generations)}"))

    gemini.otherwise = ever_more
    with pytest.raises(ModelError, match="went on asking for calculations"):
        ask()
    assert len(gemini.generations) == 2 * (MOST_ROUNDS + 1)


@pytest.mark.parametrize(
    ("reply", "named"),
    [
        pytest.param(
            Reply("", finish="MALFORMED_FUNCTION_CALL", no_parts=True),
            "MALFORMED_FUNCTION_CALL",
            id="malformed",
        ),
        pytest.param(Reply("", calls=(growth(),), finish="MAX_TOKENS"), "MAX_TOKENS", id="cut off"),
        pytest.param(Reply("", calls=(growth(),), finish="SAFETY"), "SAFETY", id="withheld"),
    ],
)
def test_a_broken_call_is_asked_for_once_more_then_named(
    gemini: GeminiEmulator, ask: Ask, reply: Reply, named: str
) -> None:
    Calculator(gemini, reply, calling(growth()))
    assert ask()["verified"]
    assert "could not be used" in gemini.generations[1].prompt
    Calculator(gemini, reply, reply)
    with pytest.raises(ModelError, match=named):
        ask()


def test_results_are_known_when_the_answer_is_written_again(
    gemini: GeminiEmulator, ask: Ask
) -> None:
    answers = iter([Reply("It grew by 999. [1]")])
    calculator = Calculator(gemini, calling(growth()))

    def said(request: Request) -> Reply:
        is_second = bool(request.results)
        return next(answers) if is_second and not calculator.left else calculator(request)

    gemini.otherwise = said
    answer = ask()
    assert len(gemini.generations) == 3
    assert "5000 - 4000 = 1000 million USD" in gemini.generations[2].prompt
    assert answer["verified"], answer["checks"]


def test_questions_asked_at_once_do_not_mix(gemini: GeminiEmulator, ask: Ask) -> None:
    """Each of 32 threads asks about another amount, and gets what was computed for it."""

    def said(request: Request) -> Reply:
        amount = request.prompt.rpartition("Question: ")[2].split()[8]
        if request.results:
            result = request.results[0].split(" = ")[1].split()[0]
            return Reply(f"It is {result} million dollars. [1]")
        operand = {**sales(2022, "$ 5,000"), "source": number_of(request)}
        return calling({"formula": f"a * {amount}", "operands": [operand]})

    gemini.otherwise = said
    amounts = [n for _ in range(3) for n in range(13, 45)]
    with ThreadPoolExecutor(32) as pool:
        asked = [f"What are the net sales of 2022 times {n} altogether?" for n in amounts]
        answers = list(pool.map(ask, asked))
    assert [one["computed"][0]["result"] for one in answers] == [
        f"{5000 * n} million USD" for n in amounts
    ]
