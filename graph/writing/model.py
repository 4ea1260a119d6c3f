"""A chat model writes the answer; code computes, and checks what comes back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langgraph.constants import TAG_NOSTREAM
from pydantic import BaseModel, Field, ValidationError

from graph.answer import Computed
from graph.asking.operations import operation_of, wish_of
from graph.asking.words import fold
from graph.checking.evidence import Evidence, Source
from graph.tables.arithmetic import Operand, Operation, compute
from graph.writing.writer import Draft
from loaders.chunking.values import parse_quantity
from loaders.errors import ModelError
from prompts import load_prompt

ABSTAIN = "NOT FOUND:"
_THOUGHT = re.compile(r"<(think|thinking|thought)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_LANGUAGES = {"en": "English", "de": "German", "zh": "Chinese"}
_CUT_OFF = frozenset({"max_tokens", "length"})
_DONE = frozenset({"", "stop", "end_turn", "tool_calls", "stop_sequence", "unspecified"})


class CalculationOperand(BaseModel):
    """A value of the sources."""

    source: int = Field(description="number of the source")
    row: str = Field(default="", description="row label as written")
    column: str = Field(default="", description="column label as written")
    value: str = Field(description="the value exactly as the source writes it")


class Calculation(BaseModel):
    """An operation and the values that it takes, in order."""

    operation: Literal[
        "difference",
        "change",
        "percent_change",
        "sum",
        "average",
        "ratio",
        "share",
        "product",
        "none",
    ]
    operands: list[CalculationOperand] = Field(default_factory=list)


class ModelWriter:
    """Writes with any chat model of LangChain; one call a question, one more for arithmetic."""

    def __init__(self, chat: BaseChatModel, name: str = "") -> None:
        self.chat = chat
        self._name = name

    @property
    def name(self) -> str:
        if self._name:
            return self._name
        found = getattr(self.chat, "model", None) or getattr(self.chat, "model_name", None)
        return str(found or self.chat.get_name())

    def rewrite(self, question: str, history: Sequence[Sequence[str]]) -> str:
        """Ask the model for a question that stands alone."""
        turns = "\n".join(f"User: {turn[0]}\nAnswer: {turn[1]}" for turn in history[-4:])
        prompt = load_prompt("rewrite").fill(history=turns, question=question)
        message = self.chat.invoke([HumanMessage(prompt)])
        lines = text_of(message).strip().splitlines()
        return lines[0].strip().strip('"') if lines and len(lines[0]) < 600 else question

    def write(self, evidence: Evidence) -> Draft:
        """Write from the sources; a reply that was cut off or withheld is an error, not an answer.

        Raises:
            ModelError: The model gave no usable reply.
        """
        computed = self._calculate(evidence) if operation_of(evidence.question) else []
        prompt = load_prompt("synthesize").fill(
            language=_LANGUAGES.get(evidence.language, "the question's"),
            computed="\n".join(_computed_line(c) for c in computed) or "nothing",
            sources="\n\n".join(source.fenced() for source in evidence.sources),
            question=evidence.question,
            failed=_told(evidence.failed),
        )
        text = text_of(self.chat.invoke([HumanMessage(prompt)])).strip()
        if not text:
            raise ModelError(
                f"{self.name}: empty reply; ask again, or choose another PAGEWISE_CHAT"
            )
        if text.startswith(ABSTAIN):
            return Draft(text.removeprefix(ABSTAIN).strip(), abstained=True)
        return Draft(text, computed=computed)

    def _calculate(self, evidence: Evidence) -> list[Computed]:
        """The model names operation and cells; code computes, if the cells hold these values."""
        structured = self.chat.with_structured_output(Calculation, include_raw=True)
        structured = structured.with_config(tags=[TAG_NOSTREAM])  # no part of what people read
        prompt = load_prompt("calculate").fill(
            sources="\n\n".join(source.fenced() for source in evidence.sources),
            question=evidence.question,
        )
        reply: Any = structured.invoke([HumanMessage(prompt)])
        text_of(reply["raw"])  # structured output repairs what was cut off: the reason tells
        try:
            calculation = Calculation.model_validate(reply["parsed"], from_attributes=True)
        except ValidationError:
            return []
        return _result_of(calculation, evidence)


def text_of(message: BaseMessage) -> str:
    """The text of a reply, without thoughts.

    Raises:
        ModelError: The reply was cut off, blocked, or withheld.
    """
    reason = _finish_reason(message)
    if reason in _CUT_OFF:
        raise ModelError("the model's reply was cut off (MAX_TOKENS); ask for less, or ask again")
    if reason not in _DONE:
        raise ModelError(f"the model withheld its reply ({reason.upper()}); ask in other words")
    return _THOUGHT.sub("", message.text)


def _finish_reason(message: BaseMessage) -> str:
    if not isinstance(message, AIMessage):
        return ""
    reason = message.response_metadata.get("finish_reason") or message.response_metadata.get(
        "stop_reason"
    )
    blocked = (message.response_metadata.get("prompt_feedback") or {}).get("block_reason")
    bare = fold(str(blocked or reason or "")).rsplit(".", 1)[-1]
    return "" if bare in {"0", "none", "block_reason_unspecified"} else bare


def _result_of(calculation: Calculation, evidence: Evidence) -> list[Computed]:
    operands = [_operand(named, evidence) for named in calculation.operands]
    known = [operand for operand in operands if operand]
    if calculation.operation == "none" or len(known) < len(operands):
        return []
    operation: Operation = calculation.operation
    result = compute(operation, known, wish_of(evidence.question).decimals)
    if result is None:
        return []
    value = result.text + ("%" if result.percent else "")
    return [Computed(result.expression, value, tuple(dict.fromkeys(o.marker for o in known)))]


def _operand(named: CalculationOperand, evidence: Evidence) -> Operand | None:
    """The value, if its source holds it."""
    source = evidence.source(named.source)
    quantity = parse_quantity(named.value)
    if source is None or quantity is None or not _holds(source, named.value):
        return None
    return Operand(quantity.value, named.source, quantity.percent)


def _holds(source: Source, value: str) -> bool:
    return re.sub(r"\s+", "", fold(value)) in source.squeezed


def _computed_line(computed: Computed) -> str:
    markers = "".join(f"[{marker}]" for marker in computed.operands)
    return f"{computed.expression} = {computed.result} {markers}"


def _told(failed: Sequence[str]) -> str:
    if not failed:
        return ""
    listed = "\n".join(f"- {line}" for line in failed)
    return f"Your last answer failed these checks. Write it again without these faults:\n{listed}"
