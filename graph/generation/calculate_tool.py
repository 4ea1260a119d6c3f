"""The tool `calculate`: a model names values and a formula, code finds them and computes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langchain_core.tools import StructuredTool, ToolException
from pydantic import BaseModel, Field, ValidationError
from pydantic.v1 import ValidationError as ValidationErrorV1

from graph.answer import Computed
from graph.evidence.sources import Evidence
from graph.table_qa.calculation import Operand, Request, calculate
from graph.table_qa.cell_lookup import Named
from graph.table_qa.measure import CalculationError
from prompts import load_prompt

NAME = "calculate"
_MOST_OPERANDS = 60


class Value(BaseModel):
    """A value of a source, or a column of its table."""

    name: str = Field(description="its name in the formula, e.g. a")
    source: int = Field(description="number of the source")
    row: str = Field(default="", description="row label as written; * for every row of the table")
    column: str = Field(default="", description="column label as written")
    value: str = Field(default="", description="the value exactly as the source writes it")
    words: str = Field(
        default="", description="for a value in a sentence: some words of the sentence"
    )
    unit: str = Field(
        default="", description="its unit and scale as the source announces them, e.g. € million"
    )
    where: list[str] = Field(
        default_factory=list,
        description="with row *: conditions that rows meet, e.g. `Site = Leeds`, `Price > 5`, "
        "`row != Total`; row is a row's label or the heading over it",
    )


class Calculation(BaseModel):
    """A formula, and the values that it has names for."""

    formula: str = Field(description="e.g. (a - b) / b * 100")
    operands: list[Value] = Field(max_length=_MOST_OPERANDS)
    unit: str = Field(default="", description="unit and scale of the result, e.g. %")
    decimals: int | None = Field(default=None, description="decimals, if so many are asked for")
    note: str = Field(default="", description="an assumption that was made")


def calculate_tool(evidence: Evidence) -> StructuredTool:
    """The tool over these sources; its artifact is the result as an answer keeps it."""

    def run(
        formula: str,
        operands: Sequence[Value],
        unit: str = "",
        decimals: int | None = None,
        note: str = "",
    ) -> tuple[str, Computed | None]:
        request = Request(formula, [_operand(one) for one in operands], unit, decimals, note)
        try:
            done = calculate(request, evidence)
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


def _operand(named: Value) -> Operand:
    place = Named(named.value, named.row, named.column, named.words)
    return Operand(named.name.strip(), named.source, place, named.unit, named.where)


def _not_of_the_schema(error: ValidationError | ValidationErrorV1) -> str:
    """What of the arguments is wrong, without pydantic's addresses."""
    faults: list[Any] = list(error.errors())
    told = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in faults[:4])
    return f"not computed: the arguments do not fit ({told})"
