"""The tool `calculate`: a model names values and a formula, code finds them and computes."""

from __future__ import annotations

from typing import Any

from langchain_core.tools import StructuredTool, ToolException
from pydantic import ValidationError
from pydantic.v1 import ValidationError as ValidationErrorV1

from graph.answer import Computed
from graph.evidence.sources import Evidence
from graph.table_qa.calculation import Calculation, calculate
from graph.table_qa.measure import CalculationError
from prompts import load_prompt

NAME = "calculate"


def calculate_tool(evidence: Evidence) -> StructuredTool:
    """The tool over these sources; its artifact is the result as an answer keeps it."""

    def run(**named: Any) -> tuple[str, Computed | None]:
        try:
            done = calculate(Calculation(**named), evidence)
        except CalculationError as error:
            raise ToolException(f"not computed: {error}") from error
        return done.told, done.computed

    return StructuredTool.from_function(
        run,
        name=NAME,
        description=load_prompt("calculate").text.strip(),
        args_schema=Calculation,
        response_format="content_and_artifact",
        handle_tool_error=True,
        handle_validation_error=_not_of_the_schema,
    )


def _not_of_the_schema(error: ValidationError | ValidationErrorV1) -> str:
    """What of the arguments is wrong, without pydantic's addresses."""
    faults: list[Any] = list(error.errors())
    told = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in faults[:4])
    return f"not computed: the arguments do not fit ({told})"
