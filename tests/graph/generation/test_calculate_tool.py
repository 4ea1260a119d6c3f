from __future__ import annotations

from typing import Any

from langchain_core.messages import ToolCall, ToolMessage

from graph.answer import Computed
from graph.generation.calculate_tool import NAME, calculate_tool
from tests.passages import STATEMENT, evidence

GROWTH: dict[str, Any] = {
    "formula": "(a - b) / b * 100",
    "unit": "%",
    "operands": [
        {"name": " a ", "source": 1, "row": "Net sales", "column": "2022", "value": "5,000"},
        {"name": "b", "source": 1, "row": "Net sales", "column": "2021", "value": "4,000"},
    ],
}


def called(args: dict[str, Any]) -> ToolMessage:
    tool = calculate_tool(evidence("How did net sales grow?", STATEMENT))
    message = tool.invoke(ToolCall(name=NAME, args=args, id="1", type="tool_call"))
    assert isinstance(message, ToolMessage)
    return message


def test_a_formula_is_computed_over_the_cells_that_are_named() -> None:
    message = called(GROWTH)
    assert isinstance(message.artifact, Computed)
    assert message.artifact.result.startswith("25")
    assert [cell.value for cell in message.artifact.cells] == ["$ 5,000", "$ 4,000"]
    assert "25" in str(message.content)


def test_what_cannot_be_computed_is_told_to_the_model() -> None:
    wrong = GROWTH | {"operands": [GROWTH["operands"][0] | {"value": "7"}, GROWTH["operands"][1]]}
    message = called(wrong)
    assert message.artifact is None
    assert str(message.content).startswith("not computed: source 1 has no value 7")


def test_arguments_of_another_shape_are_told_without_addresses() -> None:
    message = called({"formula": "a", "operands": [{"name": "a"}]})
    assert message.status == "error"
    assert "operands.0.source" in str(message.content)
    assert "http" not in str(message.content)
